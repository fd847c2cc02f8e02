"""Documents to training windows: word pieces with labels, content, source and name ranges inside the window."""

from __future__ import annotations

import dataclasses
import random

import numpy as np

from . import marks, names, pairs
from .document import Document
from .pieces import CLS, SEP, Pieces, covering, cut

TAGS = ["O", "B-direct", "I-direct", "B-mixed", "I-mixed", "B-indirect", "I-indirect", "B-cue", "I-cue", "B-source", "I-source"]
NAMES = ["O", "B-person", "I-person", "B-organization", "I-organization", "B-place", "I-place"]
UNKNOWN = -100


@dataclasses.dataclass
class Example:
    """A pair decision: pool `query`, score each of `keys` (and nothing, always the last) with `features`."""

    query: tuple[int, int]
    keys: list[tuple[int, int]]
    features: np.ndarray
    right: np.ndarray


@dataclasses.dataclass
class Window:
    ids: list[int]
    types: list[int]
    tags: list[int]
    names: list[int]
    links: list[Example]
    antecedents: list[Example]
    corpus: str


class Labelled:
    """A document cut into pieces with its labels, from which windows are taken."""

    def __init__(self, document: Document, pieces: Pieces):
        self.document, self.pieces = document, pieces
        size = len(pieces.ids)
        self.strings = marks.scan(document.text)
        self.tags = [0 if document.tagged else UNKNOWN] * size
        self.names = [0 if document.named else UNKNOWN] * size
        self.contents: list[tuple[tuple[int, int], tuple[int, int] | None, bool]] = []
        self.sources: list[tuple[int, int]] = []
        for span, kind in document.names:
            at = covering(pieces, *span)
            if at:
                base = NAMES.index(f"B-{kind}")
                self.names[at[0]:at[1]] = [base] + [base + 1] * (at[1] - at[0] - 1)
        for relation in document.relations:
            self.relate(relation)
        for span in document.not_speech:
            outer = self.outer(span)
            at = covering(pieces, *outer)
            if at:
                self.tags[at[0]:at[1]] = [0] * (at[1] - at[0])
        for span in document.masked:
            at = covering(pieces, *span)
            if at:
                self.tags[at[0]:at[1]] = [UNKNOWN] * (at[1] - at[0])
        self.anaphors = []
        every = names.find(document.text) if document.corpus == "gap" else []
        for anaphor in document.anaphors:
            mention = covering(pieces, *anaphor.mention)
            keys = [covering(pieces, *n) for n in anaphor.names]
            if mention and all(keys):
                counts: dict[str, int] = {}
                for span in every or anaphor.names:
                    key = (pairs.words(document.text[slice(*span)]) or [""])[-1]
                    counts[key] = counts.get(key, 0) + 1
                self.anaphors.append((anaphor, mention, keys, counts))

    def outer(self, span):
        """The marked string that is the span but for its marks, else the span."""
        for outer_start, outer_end, inner_start, inner_end in self.strings:
            if abs(inner_start - span[0]) <= 2 and abs(inner_end - span[1]) <= 2:
                return (outer_start, outer_end)
        return span

    def relate(self, relation):
        pieces, text = self.pieces, self.document.text
        source = covering(pieces, *relation.source) if relation.source else None
        if source:
            self.tags[source[0]:source[1]] = [9] + [10] * (source[1] - source[0] - 1)
            if source not in self.sources:
                self.sources.append(source)
        for span in relation.cue:
            at = covering(pieces, *span)
            if at:
                self.tags[at[0]:at[1]] = [7] + [8] * (at[1] - at[0] - 1)
        for part in relation.parts:
            span = part if self.document.tagged else self.outer(part)
            at = covering(pieces, *span)
            if not at:
                continue
            kinds = [5] * (at[1] - at[0])
            for outer_start, outer_end, inner_start, inner_end in self.strings:
                inside = covering(pieces, outer_start, outer_end)
                if not inside or inside[0] >= at[1] or inside[1] <= at[0]:
                    continue
                whole = text[span[0]:outer_start].strip() == "" or text[span[0]:outer_start].strip().endswith((":", "."))
                opening = text[inner_start:inner_end].lstrip("[(…. ‘'")[:1]
                kind = 1 if whole and not opening.islower() else 3
                for i in range(max(inside[0], at[0]), min(inside[1], at[1])):
                    kinds[i - at[0]] = kind
            if not self.document.tagged and set(kinds) == {5}:
                kinds = [1 if text[part[0]:part[0] + 1].isupper() else 3] * len(kinds)
            if relation.direct and set(kinds) == {5}:
                kinds = [1] * len(kinds)
            self.tags[at[0]:at[1]] = [kinds[0]] + [k + 1 for k in kinds[1:]]
            self.contents.append((at, source, relation.known))

    def window(self, start: int, end: int) -> Window:
        pieces, text = self.pieces, self.document.text
        span = lambda r: text[pieces.spans[r[0]][0]:pieces.spans[r[1] - 1][1]]
        fits = lambda r: start <= r[0] and r[1] <= end
        shift = lambda r: (r[0] - start + 1, r[1] - start + 1)
        links, antecedents = [], []
        sources = [s for s in self.sources if fits(s)]
        if not self.document.tagged:
            taken = set(sources)
            for name in names.find(text[pieces.spans[start][0]:pieces.spans[end - 1][1]]):
                at = covering(pieces, *(n + pieces.spans[start][0] for n in name))
                if at and fits(at) and not any(at[0] < s[1] and s[0] < at[1] for s in taken):
                    sources.append(at)
        for content, source, known in self.contents:
            if not fits(content) or not known or (source and not fits(source)):
                continue
            keys = sources
            if not self.document.tagged and source:
                same = set(pairs.words(span(source)))
                keys = [s for s in sources if s == source or not same & set(pairs.words(span(s)))]
            keys = [s for s in keys if pairs.gap(content, s) <= 200]
            right = [s == source for s in keys]
            if source and not any(right):
                continue
            features = [pairs.link(content, s, pieces.paragraphs, pieces.inside, keys, pairs.form(span(s)) < pairs.NOMINAL) for s in keys]
            features.append(pairs.link_null(content, pieces.inside))
            links.append(Example(shift(content), [shift(s) for s in keys], np.array(features, np.float32), np.array(right + [not any(right)])))
        for anaphor, mention, every, counts in self.anaphors:
            if not fits(mention):
                continue
            chosen = [(k, r) for k, r in zip(every, anaphor.right) if fits(k) and not (k[0] < mention[1] and mention[0] < k[1])]
            if any(anaphor.right) and not any(r for _, r in chosen):
                continue
            form = pairs.form(span(mention))
            own = {w for w in pairs.words(span(mention)) if len(w) > 2}
            before = [k for k, _ in chosen if k[1] <= mention[0]]
            features = []
            for key, _ in chosen:
                key_words = pairs.words(span(key)) or [""]
                tail = text[pieces.spans[key[1] - 1][1]:][:2]
                features.append(pairs.antecedent(
                    mention, key, pieces.paragraphs, pieces.inside, form, bool(own & set(key_words)),
                    counts.get(key_words[-1], 1), bool(before) and key == before[-1], tail[:1] in ("'", "’") and tail[1:2] == "s"))
            features.append(pairs.antecedent_null(form))
            right = [r for _, r in chosen]
            antecedents.append(Example(shift(mention), [shift(k) for k, _ in chosen], np.array(features, np.float32), np.array(right + [not any(right)])))
        return Window([CLS, *pieces.ids[start:end], SEP], [0, *pieces.types[start:end], 0],
                      [UNKNOWN, *self.tags[start:end], UNKNOWN], [UNKNOWN, *self.names[start:end], UNKNOWN], links, antecedents,
                      self.document.corpus)


def label(tokenizer, document: Document) -> Labelled:
    return Labelled(document, cut(tokenizer, document.text))


def whole(labelled: Labelled, limit: int, rng: random.Random | None) -> list[Window]:
    """Windows over the whole document at paragraph starts where they allow it; `rng` moves the cuts each epoch."""
    size, out, start = len(labelled.pieces.ids), [], 0
    paragraphs = labelled.pieces.paragraphs
    budget = limit - 2
    first = rng.randint(budget // 3, budget) if rng else budget
    while start < size:
        end = min(size, start + (first if not out else budget))
        if end < size:
            cut_at = end
            while cut_at > start + budget // 2 and paragraphs[cut_at] == paragraphs[cut_at - 1]:
                cut_at -= 1
            if cut_at > start + budget // 2:
                end = cut_at
        out.append(labelled.window(start, end))
        start = end
    return out


def around(labelled: Labelled, limit: int, rng: random.Random | None) -> list[Window]:
    """Windows around the labelled quotations only (the rest of the text carries no label)."""
    budget, out, covered = limit - 2, [], -1
    size = len(labelled.pieces.ids)
    points = sorted([(c, s) for c, s, _ in labelled.contents] +
                    [(r, None) for d in labelled.document.not_speech if (r := covering(labelled.pieces, *d))])
    for content, source in points:
        low, high = min(content[0], source[0] if source else content[0]), max(content[1], source[1] if source else content[1])
        if high <= covered:
            continue
        spare = max(0, budget - (high - low))
        share = rng.uniform(0.5, 0.85) if rng else 0.7
        start = max(0, low - int(spare * share))
        end = min(size, start + budget)
        covered = end - 10
        out.append(labelled.window(start, end))
    return out
