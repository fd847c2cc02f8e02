"""Capitalised name sequences: candidates for antecedents where no name layer is annotated."""

from __future__ import annotations

import re

WORD = r"(?:[^\W\d_]\.(?:[^\W\d_]\.)+|[^\W\d_][\w'’.-]*\w|[^\W\d_])"
JOIN = re.compile(r"[ \u00a0]+(?:(?:al|el|bin|bint|von|van|de|der|den|di|da|dos|du|la|le|of|ben|ibn)[ \u00a0-]+){0,2}|[ ]?[-–][ ]?(?=\w)")
STOP = set(
    "the a an in on at by for from to of and or but if as it he she they we you i his her its their our my your this that "
    "these those there here when while where what who how why which with without after before since until during despite "
    "not no yes so then now also still yet even just only more most many some all both each every another other such "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december mr mrs ms dr sen rep gov president according asked speaking earlier later last next today "
    "yesterday tomorrow one two three first second however meanwhile although because though instead once read updated "
    "photo reuters ap afp is was are were be been has have had do does did will would can could should may might must "
    "let get think look see well oh okay ok thank thanks good great never ever".split())
TOKEN = re.compile(WORD)


def find(text: str) -> list[tuple[int, int]]:
    """Spans of capitalised sequences, possessives cut off, a leading or lone function word dropped."""
    out, current = [], None
    for match in TOKEN.finditer(text):
        word = match.group()
        bare = re.sub(r"['’]s?$", "", word)
        if not bare[:1].isupper():
            continue
        start, end = match.start(), match.start() + len(bare)
        joined = current is not None and current[1] <= start and JOIN.fullmatch(text[current[1]:start])
        if joined:
            current = (current[0], end)
        else:
            if current:
                out.append(current)
            current = (start, end)
        if len(bare) < len(word):
            out.append(current)
            current = None
    if current:
        out.append(current)
    return [span for span in map(lambda s: trim(text, s), out) if span]


def trim(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    start, end = span
    while True:
        match = TOKEN.match(text, start, end)
        if not match or match.group().lower().rstrip(".") not in STOP:
            break
        start = match.end()
        while start < end and not text[start].isalnum():
            start += 1
    return (start, end) if end - start > 1 and text[start:start + 1].isupper() else None
