#!/usr/bin/env python3
"""agreement.py [ARTICLE …]: how far two people who annotated the same articles apart from each other agree.

Compiles every markup file of `corpus/second` and its namesake in `corpus/markup`, and prints one table over all of
them. The formats of the two may differ: places are counted in characters that are no white space, from the start of
the article, so that the same words have the same place in both. F1 and kappa are symmetric, neither file is the truth.
Needs only the standard library (Python 3.11).
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from markup import ArticleMarkup, MarkupError, read
from parties import Parties
from parties import read as read_parties
from resolve import Resolver
from writers import NOTICE, write

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
LEAST_OVERLAP = 0.5
LABELED = ("kind", "stance", "reason")
CLASSES = {"all": {"direct", "mixed", "indirect"}, "marked": {"direct", "mixed"}, "unmarked": {"indirect"}}

Range = tuple[int, int]


@dataclass
class Quote:
    """A quotation with its places in letters; `stances` are labels by party, `goes_on` joins the utterance before."""

    kind: str
    spans: list[Range]
    cue: Range | None
    source: Range | None
    speakers: set[str]
    via: set[str]
    goes_on: bool
    stances: dict[str, str]

    def letters(self) -> set[int]:
        return {at for start, end in self.spans for at in range(start, end)}


@dataclass
class Annotation:
    """One person's annotation of one article. `letters` is its text without white space and without the notice."""

    letters: str
    quotes: list[Quote]
    not_speech: dict[Range, str]
    mentions: dict[str, list[Range]]


@dataclass
class Tally:
    """Counts over all articles: of a measure of F1 both sizes and what they share, of a measure of labels the pairs."""

    shared: Counter = field(default_factory=Counter)
    sizes: Counter = field(default_factory=Counter)
    labels: dict[str, Counter] = field(default_factory=dict)

    def overlap(self, name: str, shared: int, first: int, second: int) -> None:
        self.shared[name] += shared
        self.sizes[name] += first + second

    def pair(self, name: str, first: object, second: object) -> None:
        self.labels.setdefault(name, Counter())[first, second] += 1


def compiled(article: ArticleMarkup, parties: Parties) -> Annotation:
    """The annotation that the markup gives, in letters."""
    document = write(article)
    record = Resolver(article, document.text, document.paragraphs, parties).gold(document.path, "", document.identifier)
    before = [0, *accumulate(not char.isspace() for char in document.text)]

    def place(span: dict | None) -> Range | None:
        return (before[span["start"]], before[span["end"]]) if span else None

    quotes = [
        Quote(
            quote["kind"],
            [place(span) for span in quote["spans"]],
            place(quote["cue"]),
            place(quote["source"]),
            set(quote["speakers"]),
            set(quote["via"]),
            quote["utterance"] == earlier,
            {stance["party"]: stance["stance"] for stance in quote["stances"]},
        )
        for quote, earlier in zip(record["quotes"], [None, *(quote["utterance"] for quote in record["quotes"])])
    ]
    return Annotation(
        "".join(document.text.split()).removesuffix("".join(NOTICE.split())),
        quotes,
        {place(marked): marked["reason"] for marked in record["not_speech"]},
        {entity["id"]: [place(mention) for mention in entity["mentions"]] for entity in record["entities"]},
    )


def matched(first: list[Quote], second: list[Quote]) -> list[tuple[Quote, Quote]]:
    """Pairs of quotations that share half of their letters at least, the closest and those of one class first."""
    candidates = []
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            shared, united = len(one.letters() & other.letters()), len(one.letters() | other.letters())
            if shared >= LEAST_OVERLAP * united:
                same_class = (one.kind == "indirect") == (other.kind == "indirect")
                candidates.append((-shared / united, not same_class, i, j))
    pairs, used = [], set()
    for _, _, i, j in sorted(candidates):
        if not used & {(0, i), (1, j)}:
            used |= {(0, i), (1, j)}
            pairs.append((first[i], second[j]))
    return pairs


def renamed(first: Annotation, second: Annotation) -> dict[str, str]:
    """For every entity of the second its id in the first: the same, or that of the entity with the most mentions in
    common, since people name an unnamed source differently."""
    names = {}
    for identifier, mentions in second.mentions.items():
        common = {
            other: sum(_meet(a, b) for a in mentions for b in places)
            for other, places in first.mentions.items()
            if other not in second.mentions
        }
        best = max(common, key=lambda other: common[other], default=identifier)
        takes_it = identifier not in first.mentions and common.get(best, 0) > 0
        names[identifier] = best if takes_it else identifier
    return names


def compare(first: Annotation, second: Annotation, tally: Tally) -> None:
    """Adds one article to the tally. Raises `ValueError` where the two do not have the same words."""
    if first.letters != second.letters:
        raise ValueError("the two markup files do not hold the same article")
    pairs = matched(first.quotes, second.quotes)
    for name, kinds in CLASSES.items():
        sides = [[quote for quote in side.quotes if quote.kind in kinds] for side in (first, second)]
        within = [(one, other) for one, other in pairs if one.kind in kinds and other.kind in kinds]
        exact = sum(one.spans == other.spans for one, other in within)
        tally.overlap(f"quotations, {name}: exact span", exact, len(sides[0]), len(sides[1]))
        tally.overlap(f"quotations, {name}: half of it shared", len(within), len(sides[0]), len(sides[1]))
        letters = [set().union(*(quote.letters() for quote in side)) for side in sides]
        tally.overlap(f"quotations, {name}: letters", len(letters[0] & letters[1]), len(letters[0]), len(letters[1]))
    names = renamed(first, second)
    for one, other in pairs:
        tally.pair("kind", one.kind, other.kind)
        tally.pair("cue the same", True, one.cue == other.cue)
        tally.pair("source the same", True, one.source == other.source)
        both_or_none = (one.source is None) == (other.source is None)
        tally.pair("source overlaps", True, both_or_none and (one.source is None or _meet(one.source, other.source)))
        tally.pair("speakers the same", True, one.speakers == {names[speaker] for speaker in other.speakers})
        tally.pair("via the same", True, one.via == {names[through] for through in other.via})
        tally.pair("utterance goes on in both or neither", True, one.goes_on == other.goes_on)
        common = one.stances.keys() & other.stances.keys()
        tally.overlap("parties of a quotation", len(common), len(one.stances), len(other.stances))
        for party in common:
            tally.pair("stance", one.stances[party], other.stances[party])
    marked = first.not_speech.keys() & second.not_speech.keys()
    tally.overlap("marked text that is no speech", len(marked), len(first.not_speech), len(second.not_speech))
    for span in marked:
        tally.pair("reason", first.not_speech[span], second.not_speech[span])


def kappa(pairs: Counter) -> float | None:
    """Cohen's kappa of counted pairs of labels; none where both used one label only."""
    total = sum(pairs.values())
    observed = sum(count for (one, other), count in pairs.items() if one == other) / total
    sides: list[Counter] = [Counter(), Counter()]
    for labels, count in pairs.items():
        for side, label in zip(sides, labels, strict=True):
            side[label] += count
    expected = sum(sides[0][label] * sides[1][label] for label in sides[0]) / total**2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def table(tally: Tally) -> str:
    """The tally as lines: F1 with its counts, then agreement over what both have, with kappa for labels."""
    lines = [f"{'F1':48} {'F1':>6} {'shared':>7} {'of':>7}"]
    for name, size in tally.sizes.items():
        lines.append(f"{name:48} {2 * tally.shared[name] / size if size else 1.0:6.3f} {tally.shared[name]:7} {size / 2:7.1f}")
    lines += ["", f"{'agreement over what both have':48} {'agree':>6} {'kappa':>7} {'of':>7}"]
    for name, pairs in tally.labels.items():
        total = sum(pairs.values())
        agree = sum(count for (one, other), count in pairs.items() if one == other) / total
        chance = kappa(pairs) if name in LABELED else None
        lines.append(f"{name:48} {agree:6.3f} {'-' if chance is None else format(chance, '.3f'):>7} {total:7}")
    for name in LABELED:
        differing = [(pair, count) for pair, count in tally.labels.get(name, Counter()).most_common() if len(set(pair)) > 1]
        if differing:
            lines.append(f"{name}, first and second: " + ", ".join(f"{a} {b} {count}" for (a, b), count in differing))
    return "\n".join(lines)


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def main() -> int:
    parser = argparse.ArgumentParser(description="Print how far corpus/markup and corpus/second agree.")
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="names of articles (default: all of corpus/second)")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the corpus folder (default: %(default)s)")
    parser.add_argument("--first", type=Path, help="the folder of the first annotation (default: markup of the corpus)")
    arguments = parser.parse_args()
    first = arguments.first or arguments.corpus / "markup"
    second = arguments.corpus / "second"
    names = arguments.articles or sorted(path.stem for path in second.glob("*.markup"))
    tally = Tally()
    try:
        parties = read_parties(arguments.corpus / "registry.toml")
        for name in names:
            sides = [compiled(read(folder / f"{name}.markup"), parties) for folder in (first, second)]
            try:
                compare(*sides, tally)
            except ValueError as error:
                raise MarkupError(f"{name}: {error}") from None
    except (MarkupError, OSError) as error:
        print(f"agreement.py: {error}", file=sys.stderr)
        return 1
    if not names:
        print(f"agreement.py: {second}: no markup files there", file=sys.stderr)
        return 1
    print(f"{len(names)} articles\n\n{table(tally)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
