"""What every reader of training data returns: a text with labels in code points, some of them unknown."""

from __future__ import annotations

import dataclasses
import functools
import json
import pathlib

Span = tuple[int, int]


@dataclasses.dataclass
class Relation:
    """A content (its parts in text order) and the source that it is linked to, if the data tells."""

    parts: list[Span]
    source: Span | None
    cue: list[Span]
    known: bool = True  # False: the source is not annotated here, so that its absence says nothing
    direct: bool = False  # speech in full without marks: a turn of a transcript


@dataclasses.dataclass
class Anaphor:
    """A mention, the names that it may stand for, and which of them it does (none: it stands for no name)."""

    mention: Span
    names: list[Span]
    right: list[bool]


@dataclasses.dataclass
class Document:
    """One annotated text. `tagged`/`named`: the label layer is complete; `region`: train on this part only."""

    id: str
    text: str
    corpus: str
    relations: list[Relation] = dataclasses.field(default_factory=list)
    not_speech: list[Span] = dataclasses.field(default_factory=list)
    masked: list[Span] = dataclasses.field(default_factory=list)
    names: list[tuple[Span, str]] = dataclasses.field(default_factory=list)
    anaphors: list[Anaphor] = dataclasses.field(default_factory=list)
    tagged: bool = False
    named: bool = False
    region: Span | None = None


@functools.cache
def texts(data: pathlib.Path) -> dict[str, str]:
    """The texts of the `allsides` articles by id, to which the labels of the diplomacy set and our own refer."""
    with open(data / "allsides" / "articles.jsonl", encoding="utf-8") as file:
        return {row["id"]: row["text"] for row in map(json.loads, file)}


def span_of(field: str) -> Span:
    """`start-end` of a file of labels."""
    start, end = field.split("-")
    return int(start), int(end)


@dataclasses.dataclass
class LabelledQuotation:
    """A line of our labels of quotations: who speaks, and the stance toward those whom the words around name.

    Tab-separated: article, quotation, `speech` or `none` (a title, a term), source (or `-`), the names that mean the speaker
    (joined by commas, or `-`), targets with their stances (`start-end=favor`, joined by commas, `?` behind an unsure one, or
    `-`); spans in code points of the article. The file has no text of the articles.
    """

    article: str
    quote: Span
    speech: bool
    source: Span | None
    speaker: list[Span]
    targets: list[tuple[Span, str, bool]]


def labelled_quotations(path: pathlib.Path) -> list[LabelledQuotation]:
    out = []
    for line in path.read_text("utf-8").splitlines():
        article, quote, speech, source, speaker, targets = line.split("\t")
        named = [] if speaker == "-" else [span_of(one) for one in speaker.split(",")]
        asked = [] if targets == "-" else [one.split("=") for one in targets.split(",")]
        out.append(LabelledQuotation(article, span_of(quote), speech == "speech", None if source == "-" else span_of(source), named,
                                     [(span_of(span), stance.rstrip("?"), not stance.endswith("?")) for span, stance in asked]))
    return out
