"""Quotation marks in an article: which of them a marked span has, and what is wrong with them.

Flags are derived from the text and compared with those that the annotator wrote, so that an accidental typing error
in an article is noticed, and an intended one is never left unannotated.
"""

OPENING = "\"“”„«»‘'"
CLOSING = "\"“”»«’'"
PAIRS = {('"', '"'), ("“", "”"), ("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("‘", "’"), ("'", "'")}
DOUBLE = "\"“”„«»"

Range = tuple[int, int]


def opening_of(text: str, start: int, ends: set[int]) -> tuple[int, bool] | None:
    """Position of the mark that opens a span at `start`, and whether a blank stands between them.

    `ends` are the ends of other spans: a mark that closes one of them opens nothing here.
    """
    spaced = start > 1 and text[start - 1] in " \u00a0" and text[start - 2] in OPENING
    at = start - 2 if spaced else start - 1
    if at < 0 or text[at] not in OPENING or (spaced and (at in ends or at - 1 in ends)):
        return None
    if spaced and at > 0 and not text[at - 1].isspace():
        return None
    return at, spaced


def closing_of(text: str, end: int, starts: set[int]) -> tuple[int, bool] | None:
    """Position of the mark that closes a span ending at `end`, and whether a blank stands between them."""
    spaced = end + 1 < len(text) and text[end] in " \u00a0" and text[end + 1] in CLOSING
    at = end + 1 if spaced else end
    if at >= len(text) or text[at] not in CLOSING or at + 1 in starts:
        return None
    return at, spaced


def flags_of(text: str, span: Range, paragraph: Range, others: list[Range], runs_on: bool) -> list[str]:
    """Flags of the marked `span`. `runs_on` says that the same speech opens the next paragraph."""
    opening = opening_of(text, span[0], {end for _, end in others})
    closing = closing_of(text, span[1], {start for start, _ in others})
    flags = []
    if opening is None:
        flags.append("no_open")
    if closing is None:
        flags.append("continued" if runs_on and span[1] == paragraph[1] else "unclosed")
    if opening and closing and (text[opening[0]], text[closing[0]]) not in PAIRS:
        flags.append("mixed_marks")
    if (opening and opening[1]) or (closing and closing[1]):
        flags.append("space_inside")
    if closing and closing[0] + 1 < len(text) and text[closing[0] + 1].isalnum():
        flags.append("no_space_after")
    return flags


def unaccounted(text: str, marked: list[Range], measures: list[Range]) -> list[int]:
    """Positions of quotation marks that belong to no annotated span and stand inside none."""
    known = set()
    for span in marked:
        others = [other for other in marked if other != span]
        opening = opening_of(text, span[0], {end for _, end in others})
        closing = closing_of(text, span[1], {start for start, _ in others})
        known.update(mark[0] for mark in (opening, closing) if mark)
    inside = [*marked, *measures]
    return [
        at
        for at, char in enumerate(text)
        if _is_mark(text, at, char) and at not in known and not any(start <= at < end for start, end in inside)
    ]


def _is_mark(text: str, at: int, char: str) -> bool:
    if char in DOUBLE:
        return True
    after = text[at + 1 : at + 2]
    opens_word = at == 0 or not text[at - 1].isalnum()
    return (char == "‘" or (char == "'" and opens_word)) and after.isalpha()
