"""Features of a (content, source) and of a (mention, name) pair, beside the two vectors.

Order and buckets are fixed: `src/speaker/features.rs` computes the same numbers.
"""

from __future__ import annotations

import unicodedata

LINK = 24
ANTECEDENT = 36

FORMS = {
    "he": 0, "him": 0, "his": 0, "himself": 0,
    "she": 1, "her": 1, "hers": 1, "herself": 1,
    "it": 2, "its": 2, "itself": 2,
    "they": 3, "them": 3, "their": 3, "themselves": 3,
    "i": 4, "me": 4, "my": 4, "we": 4, "us": 4, "our": 4,
}
NOMINAL, NAME = 5, 6


def fold(text: str) -> str:
    text = text.replace("ı", "i").replace("İ", "i")
    text = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    out, word = [], ""
    for c in fold(text) + " ":
        if c.isalnum():
            word += c
        elif word:
            out.append(word)
            word = ""
    return out


def form(text: str) -> int:
    """0 he, 1 she, 2 it, 3 they, 4 first person, 5 nominal, 6 name."""
    key = fold(text).strip()
    if key in FORMS and text.strip() != "US":
        return FORMS[key]
    parts = words(text)
    capital = [w for w in text.split() if w[:1].isupper()]
    first_is_article = bool(parts) and parts[0] in ("the", "a", "an", "his", "her", "their", "its", "our", "this", "that")
    inner = capital[1:] if first_is_article and text[:1].isupper() else capital
    return NAME if inner else NOMINAL


def bucket(value: int, bounds: tuple[int, ...]) -> int:
    for i, bound in enumerate(bounds):
        if value <= bound:
            return i
    return len(bounds)


def gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    if b[0] >= a[1]:
        return b[0] - a[1]
    if b[1] <= a[0]:
        return a[0] - b[1]
    return 0


LINK_BOUNDS = (0, 1, 2, 4, 8, 16, 32, 64)
ANTECEDENT_BOUNDS = (0, 2, 4, 8, 16, 32, 64, 128, 256, 512)


def link(content, source, paragraphs, inside, others, pronoun: bool) -> list[float]:
    """`others`: all source ranges of the context; ranges are half-open, in pieces of one numbering."""
    f = [0.0] * LINK
    f[bucket(gap(content, source), LINK_BOUNDS)] = 1.0
    after, before = source[0] >= content[1], source[1] <= content[0]
    f[9], f[10], f[11] = float(after), float(before), float(not after and not before)
    f[12 + min(3, abs(paragraphs[source[0]] - paragraphs[content[0]]))] = 1.0
    low, high = min(content[1], source[1]), max(content[0], source[0])
    between = sum(1 for o in others if o[0] >= low and o[1] <= high)
    f[16 + min(3, between)] = 1.0
    f[20] = float(inside[source[0]])
    f[21] = float(pronoun)
    f[22] = float(inside[content[0]])
    return f


def link_null(content, inside) -> list[float]:
    f = [0.0] * LINK
    f[22] = float(inside[content[0]])
    f[23] = 1.0
    return f


def antecedent(mention, name, paragraphs, inside, mention_form: int, shares: bool, count: int, nearest: bool,
               possessive: bool) -> list[float]:
    """Indices 24 to 26, the type of the name, are filled in from the name head's probabilities."""
    f = [0.0] * ANTECEDENT
    f[bucket(gap(mention, name), ANTECEDENT_BOUNDS)] = 1.0
    f[11] = float(name[0] >= mention[1])
    f[12 + bucket(abs(paragraphs[mention[0]] - paragraphs[name[0]]), (0, 1, 2, 4))] = 1.0
    f[17 + mention_form] = 1.0
    f[27] = float(shares)
    f[28] = float(inside[name[0]])
    f[29] = float(paragraphs[name[0]] == 0)
    f[30 + bucket(count, (1, 3))] = 1.0
    f[33] = float(nearest)
    f[34] = float(possessive)
    return f


def antecedent_null(mention_form: int) -> list[float]:
    f = [0.0] * ANTECEDENT
    f[17 + mention_form] = 1.0
    f[35] = 1.0
    return f
