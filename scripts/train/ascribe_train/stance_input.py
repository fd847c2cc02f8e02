"""The input of the stance model: one pass for a quote, its holder and its targets. Rust builds exactly the same.

1.  The article is cut into word pieces (tokenizer.json, no special tokens, no truncation), each with a code point
    span. A span of text is the range of the pieces that overlap it.
2.  The window is the range of the quote. A quote of more than QUOTE pieces gets a pass for every target alone, with a
    window of QUOTE pieces: starting QUOTE // 2 pieces before the target's first piece and moved to lie within the
    quote if the target starts in the quote; else the first QUOTE pieces (target before) or the last ones (after).
3.  The region is the window with BEFORE pieces before it and AFTER pieces after it. It grows to the holder and to each
    target that stands outside and is within REACH_BEFORE pieces before or REACH_AFTER pieces after the window,
    measured to the far end. A holder out of reach has no marker; a target out of reach has no pass.
4.  Markers are vocabulary items put around the ranges: holder 2 … 3 ([unused1], [unused2]), target 4 … 5 ([unused3],
    [unused4]). Between two pieces closing markers come before opening ones. Among closing ones the range that starts
    later closes first, then the target before the holder; among opening ones the range that ends later opens first,
    then the holder before the target. Two targets of the same range share their markers.
5.  The ids are [CLS] region [SEP]. The type of a piece is 1 if it belongs to the quote (to all of it, not to the
    window alone), else 0; an opening marker has the type of the first piece of its range, a closing one that of the
    last; [CLS] and [SEP] have 0.
6.  The class of a target is read from the hidden state of its opening marker. Order: favor, neutral, against, none.
    `none` (the quote does not refer to the target) is only meant for targets outside the quote: for a target within
    it, softmax goes over the first three.

For a sentence without quotation the whole text is the quote.
"""

from __future__ import annotations

import dataclasses
import pathlib

from tokenizers import Tokenizer

CLS, SEP = 101, 102
HOLDER, TARGET = (2, 3), (4, 5)
QUOTE, BEFORE, AFTER, REACH_BEFORE, REACH_AFTER = 128, 48, 24, 96, 64
LABELS = ("favor", "neutral", "against", "none")

Range = tuple[int, int]


@dataclasses.dataclass
class Pass:
    """One sequence for the encoder; `opens[i]` is the position of the opening marker of target `targets[i]`."""

    ids: list[int]
    types: list[int]
    targets: list[int]
    opens: list[int]


def load_tokenizer(folder: pathlib.Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def covering(spans: list[Range], start: int, end: int) -> Range | None:
    """The range of pieces that overlap a text span, or None."""
    hits = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
    return (hits[0], hits[-1] + 1) if hits else None


def passes(ids: list[int], quote: Range, holder: Range | None, targets: list[Range]) -> list[Pass]:
    """All passes of a quote; ranges are in pieces. Targets out of reach are in no pass."""
    if quote[1] - quote[0] <= QUOTE:
        groups = [(quote, list(range(len(targets))))] if targets else []
    else:
        groups = [(window(quote, target), [i]) for i, target in enumerate(targets)]
    made = (build(ids, quote, near, holder, targets, members) for near, members in groups)
    return [one for one in made if one.targets]


def window(quote: Range, target: Range) -> Range:
    """The QUOTE pieces of a long quote that are nearest to the target."""
    if target[0] < quote[0]:
        start = quote[0]
    elif target[0] >= quote[1]:
        start = quote[1] - QUOTE
    else:
        start = min(max(target[0] - QUOTE // 2, quote[0]), quote[1] - QUOTE)
    return start, start + QUOTE


def build(ids: list[int], quote: Range, near: Range, holder: Range | None, targets: list[Range], members: list[int]) -> Pass:
    """One pass over the region around the window `near`, for the targets with the numbers `members`."""

    def reachable(r: Range) -> bool:
        return r[0] >= near[0] - REACH_BEFORE and r[1] <= near[1] + REACH_AFTER

    members = [i for i in members if reachable(targets[i])]
    marked = [(targets[i][0], targets[i][1], 1) for i in members]
    if holder is not None and reachable(holder):
        marked.append((holder[0], holder[1], 0))
    first = max(0, min([near[0] - BEFORE, *(m[0] for m in marked)]))
    last = min(len(ids), max([near[1] + AFTER, *(m[1] for m in marked)]))
    marked = sorted(set(marked))
    out, types, opened = [CLS], [0], {}

    def kind(i: int) -> int:
        return int(quote[0] <= i < quote[1])

    for i in range(first, last + 1):
        for start, end, is_target in sorted(marked, key=lambda m: (-m[0], -m[2])):
            if end == i:
                out.append(TARGET[1] if is_target else HOLDER[1])
                types.append(kind(end - 1))
        for start, end, is_target in sorted(marked, key=lambda m: (-m[1], m[2])):
            if start == i:
                if is_target:
                    opened[start, end] = len(out)
                out.append(TARGET[0] if is_target else HOLDER[0])
                types.append(kind(start))
        if i < last:
            out.append(ids[i])
            types.append(kind(i))
    out.append(SEP)
    types.append(0)
    return Pass(out, types, members, [opened[targets[i]] for i in members])
