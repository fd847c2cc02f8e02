"""Samples of the stance bank, filled anew each epoch, and of our own corpus."""

from __future__ import annotations

import json
import pathlib
import random

from . import bank, generate
from .stance_data import STANCES, Sample, Span, Target

CONTEXT_BEFORE, CONTEXT_AFTER = 700, 500
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def filled(entries: list[bank.Entry], fillers: bank.Fillers, rng: random.Random) -> list[Sample]:
    """Every entry with parties and a speaker drawn for it, straight marks in a third of them."""
    out = []
    for entry in entries:
        speaker = f"{rng.choice(generate.FIRST)} {generate.last_name(rng)}"
        one = bank.fill(entry, fillers.choose(entry, rng), fillers, speaker, rng)
        out.append(sample(entry, one, rng, rng.random() < 0.33))
    return out


def sample(entry: bank.Entry, one: bank.Filled, rng: random.Random | None, straight: bool = False) -> Sample:
    """The sample of a filled entry. Of several mentions of a party in the quotation one is drawn, without `rng` the first."""

    def inside(span: Span) -> bool:
        return one.quote[0] <= span[0] and span[1] <= one.quote[1]

    targets = []
    for slot, stance in sorted(entry.stances.items()):
        if stance == bank.OWN:
            continue
        spans = [m.span for m in one.mentions if m.slot == slot]
        near = [s for s in spans if inside(s)] or spans
        span = rng.choice(near) if rng else near[0]
        targets.append(Target(span, STANCES[stance], 1.0, not inside(span)))
    holders = [m.span for m in one.mentions if m.slot == "S"]
    holder = min(holders, key=lambda s: max(0, one.quote[0] - s[1], s[0] - one.quote[1]))
    text = one.text.translate(STRAIGHT) if straight else one.text
    return Sample(entry.id, "bank", text, one.quote, holder, targets)


def corpus(folder: pathlib.Path, part: str) -> list[Sample]:
    """The judged quotations of our own gold; the first words that mean a party are its target."""
    out = []
    for path in sorted((folder / part).glob("*.json")):
        read = json.loads(path.read_text("utf-8"))
        text = read["article"]["text"]
        for quote in read["quotes"]:
            start, end = quote["spans"][0]["start"], quote["spans"][-1]["end"]
            low, high = max(0, start - CONTEXT_BEFORE), min(len(text), end + CONTEXT_AFTER)
            targets = []
            for stance in quote["stances"]:
                words = next((e for e in stance["evidence"] if low <= e["start"] and e["end"] <= high), None)
                if words:
                    span = (words["start"] - low, words["end"] - low)
                    targets.append(Target(span, STANCES[stance["stance"]], 1.0, not (start <= words["start"] and words["end"] <= end)))
            source = quote["source"]
            at = source and low <= source["start"] and source["end"] <= high and (source["start"] - low, source["end"] - low)
            if targets:
                out.append(Sample(f"{path.stem}-{quote['id']}", "corpus", text[low:high], (start - low, end - low), at or None, targets))
    return out

