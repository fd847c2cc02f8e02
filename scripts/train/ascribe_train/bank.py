"""The stance bank: invented quotations with slots for parties, filled with any parties.

`python -m ascribe_train.bank FOLDER` checks the bank in FOLDER (corpus/stance) and prints what it holds. The format is
described in corpus/stance/README.md. The model must judge words, not parties, so nothing in a template says who is who.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import pathlib
import random
import re
import sys
import tomllib

FORMS = {"": "name", "adj": "adjective", "people": "people", "capital": "capital", "leader": "leader", "gov": "government"}
KINDS = ("state", "union", "armed", "people", "company", "federation", "faction", "body")
STANCES = ("favor", "neutral", "against", "none")
SPLITS = ("train", "dev", "test")
OWN = "own"
TOKEN = re.compile(r"\[\[|\]\]|<([A-Z])\||>|\{([A-Z])(?::(\w+))?\}")
SENTENCE_START = re.compile(r"(?:^|[.!?]['’”\"]?\s+|[,:]\s+(?=[“\"]))[“\"'‘\[]*$|(?:^|[.!?:,]\s)[“\"]$")
Span = tuple[int, int]


class BankError(Exception):
    """A mistake in a line of the bank."""


@dataclasses.dataclass
class Mention:
    """Words that mean a party (or the speaker, `S`) in a filled text."""

    slot: str
    span: Span


@dataclasses.dataclass
class Filled:
    """A quotation with parties in its slots."""

    text: str
    quote: Span
    mentions: list[Mention]
    parties: dict[str, str]


@dataclasses.dataclass
class Entry:
    """One line of the bank."""

    id: str
    split: str
    topic: str
    kind: str
    text: str
    kinds: dict[str, str]
    stances: dict[str, str]
    phenomena: list[str]

    def slots(self) -> list[str]:
        found = [m[1] or m[2] for m in TOKEN.finditer(self.text) if m[1] or m[2]]
        return sorted(set(found) - {"S"})


class Fillers:
    """The parties that can fill slots, by kind."""

    def __init__(self, rows: list[dict]):
        self.parties = {row["id"]: row for row in rows}
        self.by_kind = collections.defaultdict(list)
        for row in rows:
            self.by_kind[row["kind"]].append(row["id"])

    def forms(self, party: str, form: str) -> list[str]:
        """The forms of a party; what it has not is built from its adjective or is its name."""
        row = self.parties[party]
        if row.get(form):
            return row[form]
        adjective = row.get("adjective", [row["name"][0].removeprefix("the ")] if "name" in row else [""])[0]
        if form == "people" and row["kind"] in ("state", "people"):
            return [f"{adjective} people"]
        if form == "government" and row["kind"] == "state":
            return [f"the {adjective} government"]
        return [adjective] if form == "adjective" else row["name"]

    def choose(self, entry: Entry, rng: random.Random) -> dict[str, str]:
        """A different party for every slot."""
        chosen: dict[str, str] = {}
        for slot in entry.slots():
            pool = [p for p in self.by_kind[entry.kinds[slot]] if p not in chosen.values() and self.parties[p].get("name")]
            chosen[slot] = rng.choice(pool)
        return chosen


def load_fillers(folder: pathlib.Path) -> Fillers:
    return Fillers(tomllib.loads((folder / "fillers.toml").read_text("utf-8"))["party"])


def load(folder: pathlib.Path, split: str | None = None) -> list[Entry]:
    """All entries of the bank, or those of one split."""
    out = []
    for path in sorted((folder / "bank").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line.strip():
                try:
                    entry = Entry(**json.loads(line))
                except (TypeError, ValueError) as error:
                    raise BankError(f"{path.name}:{number}: {error}") from error
                if split is None or entry.split == split:
                    out.append(entry)
    return out


def fill(entry: Entry, parties: dict[str, str], fillers: Fillers, speaker: str, rng: random.Random) -> Filled:
    """The text with the parties in its slots. The same form of a party is always the same words."""
    written: dict[tuple[str, str], str] = {}
    text, at, quote, opened, mentions = "", 0, [], [], []
    for match in TOKEN.finditer(entry.text):
        text += entry.text[at:match.start()]
        at = match.end()
        if match[0] in ("[[", "]]"):
            quote.append(len(text))
        elif match[1]:
            opened.append((match[1], len(text)))
        elif match[0] == ">":
            if not opened:
                raise BankError(f"{entry.id}: > without <A|")
            slot, start = opened.pop()
            mentions.append(Mention(slot, (start, len(text))))
        else:
            slot, form = match[2], FORMS.get(match[3] or "")
            if form is None:
                raise BankError(f"{entry.id}: no such form: {match[0]}")
            if slot == "S":
                words = speaker
            else:
                key = (slot, form)
                written.setdefault(key, rng.choice(fillers.forms(parties[slot], form)))
                words = written[key]
                before = text[-5:].lower()
                if form in ("adjective", "people", "government") or before.endswith("the "):
                    words = words.removeprefix("the ") if before.endswith("the ") or form == "adjective" else words
            text = indefinite(text, words)
            start = len(text)
            if SENTENCE_START.search(text):
                words = words[:1].upper() + words[1:]
            text += words
            bare = start + (4 if words.lower().startswith("the ") else 0)
            mentions.append(Mention(slot, (bare, len(text))))
    text += entry.text[at:]
    if len(quote) != 2 or opened:
        raise BankError(f"{entry.id}: one [[ ... ]] and closed <A|...> are needed")
    return Filled(text, (quote[0], quote[1]), mentions, parties)


def indefinite(text: str, words: str) -> str:
    """`a` or `an` before the words that follow."""
    found = re.search(r"\b([Aa])n? $", text)
    if not found:
        return text
    vowel = (words[:1].lower() in "aeio" and not words.startswith("Eu")) or (words[:1] == "U" and not words.startswith(("U.", "UN", "US", "UK", "Un", "Uk")))
    return text[:found.start()] + found[1] + ("n " if vowel else " ")


def problems(entry: Entry, fillers: Fillers) -> list[str]:
    """What is wrong with an entry."""
    out = []
    if entry.split not in SPLITS or entry.kind not in ("direct", "mixed", "indirect"):
        out.append("split or kind is none of those allowed")
    slots = entry.slots()
    if sorted(entry.kinds) != slots or sorted(entry.stances) != slots:
        out.append(f"slots in the text {slots}, kinds {sorted(entry.kinds)}, stances {sorted(entry.stances)}")
        return out
    if bad := [k for k in entry.kinds.values() if k not in KINDS] + [s for s in entry.stances.values() if s not in (*STANCES, OWN)]:
        return [*out, f"not allowed: {bad}"]
    if not any(s != OWN for s in entry.stances.values()):
        out.append("no stance at all")
    rng = random.Random(entry.id)
    try:
        filled = fill(entry, fillers.choose(entry, rng), fillers, "Ana Brandt", rng)
    except (BankError, KeyError, IndexError) as error:
        return [*out, str(error)]
    inside = {m.slot for m in filled.mentions if filled.quote[0] <= m.span[0] and m.span[1] <= filled.quote[1]}
    out.extend(f"{slot} is `none` but stands in the quotation" for slot, s in entry.stances.items() if s == "none" and slot in inside)
    if not any(m.slot == "S" for m in filled.mentions):
        out.append("no speaker: {S} or <S|...>")
    a, b = filled.quote
    if filled.text[a:b] != filled.text[a:b].strip():
        out.append("blank inside [[ ]]")
    before = filled.text[:a][-1:]
    marked = before != "" and before in "“\"‘«„"
    if (entry.kind == "indirect") == marked:
        out.append("marks do not fit the kind")
    return out


def main() -> int:
    folder = pathlib.Path(sys.argv[1])
    fillers, entries, wrong = load_fillers(folder), load(folder), 0
    seen: dict[str, str] = {}
    for entry in entries:
        found = problems(entry, fillers)
        if entry.id in seen:
            found.append("id is used twice")
        words = re.sub(r"\W+", " ", re.sub(TOKEN, " ", entry.text)).lower()
        if words in seen:
            found.append(f"same words as {seen[words]}")
        seen[entry.id], seen[words] = entry.id, entry.id
        for one in found:
            wrong += 1
            print(f"{entry.id}: {one}", file=sys.stderr)
    print(f"{len(entries)} quotations, {sum(len(e.stances) for e in entries)} pairs, {wrong} problems")
    for name, values in (("split", [e.split for e in entries]), ("topic", [e.topic for e in entries]), ("kind", [e.kind for e in entries]),
                         ("stance", [s for e in entries for s in e.stances.values()]), ("phenomenon", [p for e in entries for p in e.phenomena])):
        print(name, dict(collections.Counter(values).most_common()))
    if "--show" in sys.argv:
        rng = random.Random(3)
        for entry in rng.sample(entries, min(12, len(entries))):
            filled = fill(entry, fillers.choose(entry, rng), fillers, "Ana Brandt", rng)
            marks = [f"{m.slot}={filled.text[slice(*m.span)]}" for m in filled.mentions]
            print(f"{entry.id} {filled.text}\n    {entry.stances} {marks}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
