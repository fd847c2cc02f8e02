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
