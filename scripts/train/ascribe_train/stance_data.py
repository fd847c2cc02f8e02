"""Readers of the stance data: diplomacy quotes, directed sentiment between two entities, NewsMTSC targets.

All of them give samples: a text, the quote in it (the whole text where there is no quotation), the holder and the
targets with their labels. Nothing is written back to the data folder.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import pathlib
import re

from .document import labelled_quotations, span_of, texts

Span = tuple[int, int]
FAVOR, NEUTRAL, AGAINST, NONE = range(4)
STANCES = {"favor": FAVOR, "neutral": NEUTRAL, "against": AGAINST, "none": NONE}
POLARITY = {1: FAVOR, 0: NEUTRAL, -1: AGAINST}
MARGIN_BEFORE, MARGIN_AFTER = 700, 500


@dataclasses.dataclass
class Target:
    """A mention and the stance of the holder toward it; `outside` the quote `none` is a possible class.

    `soft` are the probabilities to learn instead of the label, where a teacher gave them.
    """

    span: Span
    label: int
    weight: float
    outside: bool
    soft: tuple[float, ...] | None = None


@dataclasses.dataclass
class Sample:
    """One quote (or sentence) with everything that is asked about it."""

    id: str
    corpus: str
    text: str
    quote: Span
    holder: Span | None
    targets: list[Target]


@dataclasses.dataclass
class Judgement:
    """A label of an article: the stance that the speaker of a quotation takes toward what the target's words mean."""

    article: str
    quote: Span
    source: Span | None
    target: Span
    stance: str
    sure: bool

    @property
    def outside(self) -> bool:
        return not (self.quote[0] <= self.target[0] and self.target[1] <= self.quote[1])


def lines(path: pathlib.Path) -> list[dict]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def diplomacy(data: pathlib.Path, part: str, unsure: float = 0.5) -> list[Sample]:
    """Quotes with all their parties; the text is the part of the article around the quote."""
    def span(found: dict | None) -> Span | None:
        return found and (found["start"], found["end"])

    rows = [row for row in lines(data / "diplomacy" / f"{part}.jsonl") if row["stance"] is not None and row["target"] is not None]
    return around_quotes(data, [Judgement(row["article"], span(row["quote"]), span(row["source"]), span(row["target"]), row["stance"],
                                          row["sure"]) for row in rows], unsure)


def own_sentences(data: pathlib.Path, path: pathlib.Path, even: float, reverse: float) -> dict[str, list[Sample]]:
    """Our labels of sentences of those articles, in the manner of NewsMTSC (`news_own`) and of directed sentiment (`directed_own`).

    Tab-separated: article, sentence, holder (`-` in the manner of NewsMTSC), target, stance; spans as `start-end` in code
    points of the article. Most sentences are neutral, more than in the public sets: `even` is the weight of one in the manner of
    NewsMTSC. `reverse` is as in `directed`, and so is the order of those samples: the labelled direction, then the other.
    """
    out = {"news_own": [], "directed_own": []}
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        article, sentence, holder, target, stance = line.split("\t")
        low, high = span_of(sentence)
        text, whole, label = texts(data)[article][low:high], (0, high - low), STANCES[stance]
        inner = tuple(at - low for at in span_of(target))
        if holder == "-":
            weight = even if label == NEUTRAL else 1.0
            out["news_own"].append(Sample(f"s{number}", "news_own", text, whole, None, [Target(inner, label, weight, False)]))
            continue
        by = tuple(at - low for at in span_of(holder))
        back = 1.0 if label == NEUTRAL else reverse
        out["directed_own"].append(Sample(f"s{number}", "directed_own", text, whole, by, [Target(inner, label, 1.0, False)]))
        out["directed_own"].append(Sample(f"t{number}", "directed_own", text, whole, inner, [Target(by, NEUTRAL, back, False)]))
    return out


def own_labels(path: pathlib.Path) -> list[Judgement]:
    """Our labels of further quotations of those articles, in the manner of the diplomacy set.

    Tab-separated: article, quote, source (or `-`), party, target, stance, `sure` or `unsure`; spans as `start-end` in code
    points of the article. The file has no text of the articles.
    """
    out = []
    for line in path.read_text("utf-8").splitlines():
        article, quote, source, _, target, stance, sure = line.split("\t")
        by = None if source == "-" else span_of(source)
        out.append(Judgement(article, span_of(quote), by, span_of(target), stance, sure == "sure"))
    return out


def entities(data: pathlib.Path, path: pathlib.Path, unsure: float) -> list[Sample]:
    """Our labels of quotations toward whomever they name, not parties alone."""
    judgements = [Judgement(one.article, one.quote, one.source, span, stance, sure)
                  for one in labelled_quotations(path) for span, stance, sure in one.targets]
    return around_quotes(data, judgements, unsure, "entities")


def around_quotes(data: pathlib.Path, judgements: list[Judgement], unsure: float, corpus: str = "diplomacy") -> list[Sample]:
    """A sample for each quotation that was judged: the part of the article around it."""
    groups = collections.defaultdict(list)
    for one in judgements:
        groups[one.article, one.quote].append(one)
    out = []
    for (article, (start, end)), group in groups.items():
        text = texts(data)[article]
        low, high = cut_at_blank(text, start - MARGIN_BEFORE, end + MARGIN_AFTER)

        def local(span: Span | None) -> Span | None:
            inside = span is not None and span[0] >= low and span[1] <= high
            return (span[0] - low, span[1] - low) if inside else None

        spans = [local(one.target) for one in group]
        targets = [Target(span, STANCES[one.stance], 1.0 if one.sure else unsure, one.outside) for one, span in zip(group, spans) if span]
        holder = next((local(one.source) for one in group if one.source), None)
        if targets:
            out.append(Sample(f"{article}-{start}", corpus, text[low:high], (start - low, end - low), holder, targets))
    return out


def cut_at_blank(text: str, low: int, high: int) -> Span:
    """The bounds moved outward until no word is cut."""
    low, high = max(0, low), min(len(text), high)
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    return low, high


def directed_rows(data: pathlib.Path, part: str) -> list[tuple[str, Span, Span, int]]:
    """(sentence, p, q, label), brackets removed and entities widened to whole words."""
    out = []
    with open(data / "directed_sentiment" / f"{part}.txt", encoding="utf-8") as file:
        for line in file:
            sentence, p, q, label = line.rstrip("\n").split("\t")
            found = [m for m in re.finditer(r"\[([^\[\]]*)\]", sentence) if m[1] in (p, q)]
            if len(found) != 2:
                continue
            first, second = found
            text = sentence[:first.start()] + first[1] + sentence[first.end():second.start()] + second[1] + sentence[second.end():]
            spans = [(first.start(), first.end() - 2), (second.start() - 2, second.end() - 4)]
            spans = [widen(text, span) for span in spans]
            if first[1] != p:
                spans.reverse()
            out.append((text, spans[0], spans[1], int(label)))
    return out


def widen(text: str, span: Span) -> Span:
    start, end = span
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end].isalnum() and (text[end - 1].isalnum() or text[end - 1] in "’'"):
        end += 1
    return start, end


def directed(rows: list[tuple[str, Span, Span, int]], reverse: float) -> list[Sample]:
    """The labelled direction of every row (p to q where it is neutral), id `dN`, and the other one, id `rN`.

    The other direction counts as neutral with the weight `reverse`, unless that is 0.
    """
    out = []
    for i, (text, p, q, label) in enumerate(rows):
        holder, target = (q, p) if label in (2, 4) else (p, q)
        stance = {0: NEUTRAL, 1: FAVOR, 2: FAVOR, 3: AGAINST, 4: AGAINST}[label]
        whole = (0, len(text))
        out.append(Sample(f"d{i}", "directed", text, whole, holder, [Target(target, stance, 1.0, False)]))
        if reverse > 0:
            weight = 1.0 if stance == NEUTRAL else reverse
            out.append(Sample(f"r{i}", "directed", text, whole, target, [Target(holder, NEUTRAL, weight, False)]))
    return out


def directed_dev(data: pathlib.Path) -> list[tuple[str, Span, Span, int]]:
    """The valid rows whose sentence is not in train."""
    seen = {row[0] for row in directed_rows(data, "train")}
    return [row for row in directed_rows(data, "valid") if row[0] not in seen]


def news(data: pathlib.Path, part: str, together: bool) -> list[Sample]:
    """NewsMTSC: a sentence and its targets, in one sample (`together`) or in one each."""
    groups = collections.defaultdict(list)
    for i, row in enumerate(lines(data / "newsmtsc" / f"{part}.jsonl")):
        groups[row["sentence"], 0 if together else i].append(row)
    out = []
    for (sentence, _), rows in groups.items():
        targets = {(r["from"], r["to"]): Target((r["from"], r["to"]), POLARITY[int(r["polarity"])], 1.0, False) for r in rows}
        out.append(Sample(rows[0]["id"], "news", sentence, (0, len(sentence)), None, list(targets.values())))
    return out
