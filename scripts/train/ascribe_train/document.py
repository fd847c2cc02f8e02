"""What every reader of training data returns: a text with labels in code points, some of them unknown."""

from __future__ import annotations

import dataclasses

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
