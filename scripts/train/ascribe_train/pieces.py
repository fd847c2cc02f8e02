"""Text to word pieces with code point spans and the input features that the encoder sees.

The token type of a piece tells what an uncased vocabulary hides: the case of its word, whether it stands between
quotation marks, and whether it opens a paragraph. `type = case + 4 * inside + 8 * opening`, sixteen values.
The program computes the same types in `src/model/features.rs`; the committed fixture holds both to it.
"""

from __future__ import annotations

import dataclasses
import pathlib

from tokenizers import Tokenizer

from . import marks

CLS, SEP, PAD = 101, 102, 0
TYPES = 16


def load_tokenizer(folder: pathlib.Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@dataclasses.dataclass
class Pieces:
    """The word pieces of one text: ids, spans in code points, token types, paragraph numbers, marks."""

    ids: list[int]
    spans: list[tuple[int, int]]
    types: list[int]
    paragraphs: list[int]
    inside: list[bool]


def word_case(text: str, start: int) -> int:
    """0 lower or no letter, 1 capitalised, 2 all capitals, 3 mixed; of the whole word that holds `start`."""
    if not text[start].isalnum():
        return 0
    left = start
    while left > 0 and text[left - 1].isalnum():
        left -= 1
    right = start
    while right < len(text) and text[right].isalnum():
        right += 1
    word = text[left:right]
    upper = any(c.isupper() for c in word)
    lower = any(c.islower() for c in word)
    if not upper:
        return 0
    if word[0].isupper() and (lower or len(word) == 1):
        return 1
    return 2 if not lower else 3


def cut(tokenizer: Tokenizer, text: str) -> Pieces:
    encoding = tokenizer.encode(text, add_special_tokens=False)
    spans = [tuple(span) for span in encoding.offsets]
    inside = marks.inside_flags(text, spans)
    types, paragraphs = [], []
    paragraph, end = -1, 0
    for (start, stop), quoted in zip(spans, inside):
        opening = paragraph < 0 or "\n" in text[end:start]
        paragraph += opening
        end = stop
        types.append(word_case(text, start) + 4 * bool(quoted) + 8 * opening)
        paragraphs.append(paragraph)
    return Pieces(list(encoding.ids), spans, types, paragraphs, list(inside))


def covering(pieces: Pieces, start: int, end: int) -> tuple[int, int] | None:
    """The range of pieces that overlap the span, or None."""
    import bisect

    first = bisect.bisect_right([s[1] for s in pieces.spans], start)
    last = bisect.bisect_left([s[0] for s in pieces.spans], end)
    return (first, last) if first < last else None
