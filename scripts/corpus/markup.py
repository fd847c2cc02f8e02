"""Reads the markup that the corpus is written in: a header, then paragraphs, each followed by its annotations.

The markup exists because nobody can write code point offsets by hand. An annotation repeats words of the paragraph
above it; `resolve` finds where they stand. `corpus/README.md` describes the format for people.
"""

from dataclasses import dataclass, field
from pathlib import Path

QUOTE_KINDS = ("direct", "mixed", "indirect", "turn")
NOT_SPEECH_REASONS = ("scare", "name", "title", "headline", "term", "measure")
ENTITY_KINDS = ("person", "organization", "country", "group", "unnamed")
PHENOMENA = frozenset(
    # Layout and format of the article
    "boilerplate byline caption crlf hard-wrap heading-inside html json jsonl line-breaks markdown repeated-heading "
    # Marks and typing errors
    "apostrophes brackets guillemets low-marks measure mixed-marks nested-marks no-open no-space-after single-marks "
    "space-inside unclosed "
    # Shape of the speech
    "continued fragment fragment-in-clause goes-on headline-quotation repeated-quotation split split-clause "
    "speech-in-speech transcript two-speakers "
    # Who speaks
    "document-source joint-speakers namesakes no-speaker nominal-source pronoun-source relative-clause "
    "turkish-letters unnamed-source via "
    # Marked text that is no speech
    "headline name scare term title "
    # Stance
    "all-sides condition condolence denial demand hashtag holder-and-reporter irony not-meant own-party praise "
    "reference thanks".split()
)
STANCES = ("favor", "neutral", "against")
SPLITS = ("train", "dev", "test")
NOT_MEANT = "-"
HEADER_KEYS = ("split", "format", "title", "date", "url", "author", "caption", "separator", "phenomena", "entity")
REQUIRED_KEYS = ("split", "format", "title", "date", "phenomena")


class MarkupError(Exception):
    """A mistake in a markup file, with the file and the line where it stands."""


@dataclass
class EntityMarkup:
    """A speaker or a go-between: its fullest name, kind, party and the other names it has in the article."""

    name: str
    kind: str
    party: str | None
    aliases: list[str]


@dataclass
class StanceMarkup:
    """A stance toward a party, or `NOT_MEANT` for a party whose name stands in the quote but is not judged."""

    party: str
    stance: str
    evidence: list[str]


@dataclass
class QuoteMarkup:
    """One quotation as its annotation line has it, all words still to be found in the paragraph."""

    line: int
    kind: str
    words: list[str]
    cue: str | None
    source: str | None
    speakers: list[str]
    joins_previous: bool
    nominal: bool
    stances: list[StanceMarkup] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    via: list[str] = field(default_factory=list)


@dataclass
class NotSpeechMarkup:
    """Marked text that nobody said, and why."""

    line: int
    reason: str
    words: str


@dataclass
class ParagraphMarkup:
    """A paragraph as it will stand in the article, and the annotations below it."""

    line: int
    text: str
    quotes: list[QuoteMarkup] = field(default_factory=list)
    not_speech: list[NotSpeechMarkup] = field(default_factory=list)


@dataclass
class ArticleMarkup:
    """A whole markup file. `name` is the file's name without its extension."""

    name: str
    header: dict[str, str]
    entities: list[EntityMarkup]
    paragraphs: list[ParagraphMarkup]


def read(path: Path) -> ArticleMarkup:
    """Reads the markup file at `path`."""
    return parse(path.stem, path.read_text(encoding="utf-8"))


def parse(name: str, source: str) -> ArticleMarkup:
    """Parses markup; `name` becomes the article's name and stands in error messages."""
    lines = source.split("\n")
    try:
        rule = lines.index("---")
    except ValueError:
        raise MarkupError(f"{name}: no line `---` between header and paragraphs") from None
    header, entities = _header(name, lines[:rule])
    paragraphs = _paragraphs(name, lines[rule + 1 :], rule + 2)
    return ArticleMarkup(name, header, entities, paragraphs)


def _header(name: str, lines: list[str]) -> tuple[dict[str, str], list[EntityMarkup]]:
    header: dict[str, str] = {}
    entities = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        value = value.strip()
        if not colon or key not in HEADER_KEYS:
            raise MarkupError(f"{name}:{number}: `{line}` is no header line; keys are {', '.join(HEADER_KEYS)}")
        if key == "entity":
            entities.append(_entity(f"{name}:{number}", value))
        elif key in header:
            raise MarkupError(f"{name}:{number}: `{key}` stands twice in the header")
        else:
            header[key] = value
    for key in REQUIRED_KEYS:
        if not header.get(key):
            raise MarkupError(f"{name}: the header has no `{key}`")
    if header["split"] not in SPLITS:
        raise MarkupError(f"{name}: `{header['split']}` is no split; splits are {', '.join(SPLITS)}")
    for part in header["phenomena"].split():
        if part not in PHENOMENA:
            raise MarkupError(f"{name}: `{part}` is no phenomenon; they are {', '.join(sorted(PHENOMENA))}")
    return header, entities


def _entity(where: str, value: str) -> EntityMarkup:
    fields = [part.strip() for part in value.split("|")]
    if len(fields) not in (3, 4) or fields[1] not in ENTITY_KINDS:
        raise MarkupError(f"{where}: an entity is `name | kind | party or - | other names; …`, not `{value}`")
    party = None if fields[2] == "-" else fields[2]
    return EntityMarkup(fields[0], fields[1], party, _list(fields[3]) if len(fields) == 4 else [])


def _paragraphs(name: str, lines: list[str], first: int) -> list[ParagraphMarkup]:
    paragraphs: list[ParagraphMarkup] = []
    open_text: list[str] = []

    def close() -> None:
        if open_text:
            paragraphs.append(ParagraphMarkup(number - len(open_text), "\n".join(open_text)))
            open_text.clear()

    for number, line in enumerate([*lines, ""], first):
        if line.startswith("> "):
            close()
            if not paragraphs:
                raise MarkupError(f"{name}:{number}: an annotation before the first paragraph")
            _annotation(f"{name}:{number}", number, line[2:], paragraphs[-1])
        elif line.strip():
            open_text.append(line)
        else:
            close()
    return paragraphs


def _annotation(where: str, number: int, line: str, paragraph: ParagraphMarkup) -> None:
    fields = [part.strip() for part in line.split(" | ")]
    kind = fields[0].removeprefix("+")
    if kind in NOT_SPEECH_REASONS and len(fields) == 2:
        paragraph.not_speech.append(NotSpeechMarkup(number, kind, fields[1]))
        return
    if kind not in QUOTE_KINDS or len(fields) < 5:
        raise MarkupError(f"{where}: neither `kind | words | cue | source | speakers | …` nor `reason | words`: `{line}`")
    quote = QuoteMarkup(
        line=number,
        kind=kind,
        words=[part.strip() for part in fields[1].split(" // ")],
        cue=_optional(fields[2]),
        source=_optional(fields[3].removeprefix("nominal:").strip()),
        nominal=fields[3].startswith("nominal:"),
        speakers=[] if fields[4] == "-" else fields[4].split(),
        joins_previous=fields[0].startswith("+"),
    )
    for extra in fields[5:]:
        key, colon, value = extra.partition(":")
        if not colon:
            raise MarkupError(f"{where}: `{extra}` has no colon; write `party stance: words; words`, `flags: …` or `via: …`")
        if key == "flags":
            quote.flags = value.split()
        elif key == "via":
            quote.via = value.split()
        else:
            quote.stances.append(_stance(where, key, value))
    paragraph.quotes.append(quote)


def _stance(where: str, key: str, value: str) -> StanceMarkup:
    party, _, stance = key.partition(" ")
    if stance not in (*STANCES, NOT_MEANT):
        raise MarkupError(f"{where}: `{stance}` is no stance; stances are {', '.join(STANCES)}, or {NOT_MEANT}")
    evidence = _list(value)
    if not evidence:
        raise MarkupError(f"{where}: the stance toward {party} has no evidence words")
    return StanceMarkup(party, stance, evidence)


def _list(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


def _optional(value: str) -> str | None:
    return None if value == "-" else value
