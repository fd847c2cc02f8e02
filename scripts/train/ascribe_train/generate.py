"""The generator: training texts with other marks, typing errors, names, verbs and orders of clauses.

Every function takes a document and gives another one, with all its labels moved along. Real texts have few of the typing
errors, name forms and mark styles that users have; a network that has seen each sentence in one dress only learns the
dress. `transcripts` makes question-and-answer texts, of which the data sets have almost none.
"""

from __future__ import annotations

import dataclasses
import random
import re

from . import marks
from .document import Anaphor, Document, Relation, Span

STYLES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’"), ("“", '"'), ('"', "”"))
STYLE_WEIGHTS = (6, 6, 1, 1, 1.5, 0.5, 0.5)
DOUBLE = "“”\"«»„"
VERBS = ("said", "stated", "declared", "insisted", "stressed", "noted", "argued", "explained", "claimed", "maintained", "warned",
         "remarked", "added", "announced", "cautioned", "emphasized", "recalled", "replied", "told reporters", "tweeted", "wrote",
         "countered", "reiterated", "conceded", "complained", "commented", "admitted", "affirmed", "underlined", "charged")
FIRST = ("Nguyễn Amara Ingrid Tomasz Zeynep Kwame Siobhán Raúl Yuki Fatoumata Léa Björn Chidi Oksana Mehmet Priya Duarte Aroha "
         "Ľubomír Nomvula Håkon Esperanza Ravindra Ayşe Kofi Marta Goran Leila Sipho Hyun-woo Çağla Ilse Pádraig Tariq Nadia "
         "Emeka Sanna Jorge Mirela Farid Anneke Wei Tatiana Otieno Caitlin Harold Denise Marcus Gloria Philip Janet Curtis").split()
LAST = ("Okonkwo Lindqvist Yıldırım Ferreira Nakamura Ó_Briain Kowalczyk Haddad Mensah Đorđević Patil Castellanos Tremblay "
        "Bouchard MacIsaac Vandermeer Szabó Kahananui Öztürk Petrenko Moreau Iyer Halvorsen Mbeki-Nkosi Al-Rashid Pérez Chaudhry "
        "Nowak Rasmussen Gagné Whitfield Underhill Castile Barlow Truscott Kimani Lefebvre Okafor Sørensen Delacroix Arslan "
        "Hutchings Prewitt Oyelaran Stavridis Bergström Quintero Zielińska McAllister de_Souza van_Houten").replace("\n", " ").split()
LABELS = ("Q", "QUESTION", "REPORTER", "INTERVIEWER", "Q.")
KEEP = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|"
                  r"Thursday|Friday|Saturday|Sunday|President|Senator|Sen|Rep|Secretary|Minister|White|House|United|States|Republican|"
                  r"Democrat|Democratic|National|State|Department|American|Russia|Russian|Washington|New|York|Trump|Party|Committee|"
                  r"University|Court|Supreme|General|Security|Council|Institute|News|Post|Times)\b")


def last_name(rng: random.Random) -> str:
    return rng.choice(LAST).replace("_", " ")


class Rewriter:
    """A new text put together from pieces of the old one; spans follow the letters that they cover.

    `pieces` are (letter, old position or None) in the new order.
    """

    def __init__(self, text: str):
        self.pieces: list[tuple[str, int | None]] = [(c, i) for i, c in enumerate(text)]
        self.text = text

    def replace(self, edits: list[tuple[int, int, str]]) -> "Rewriter":
        """Replaces parts that do not overlap; the ends of a replaced part belong to the ends of the new one."""
        out, at = [], 0
        for start, end, new in sorted(edits):
            if start < at:
                continue
            out.extend(self.pieces[at:start])
            old = [i for _, i in self.pieces[start:end]]
            for k, letter in enumerate(new):
                first, last = k == 0, k == len(new) - 1
                out.append((letter, old[0] if old and first else old[-1] if old and last else None))
            at = end
        out.extend(self.pieces[at:])
        self.pieces = out
        return self

    def document(self, document: Document) -> Document:
        """The document with its labels on the new text; labels whose words are gone are left out."""
        where: dict[int, tuple[int, int]] = {}
        for new, (_, old) in enumerate(self.pieces):
            if old is not None:
                low, high = where.get(old, (new, new))
                where[old] = (min(low, new), max(high, new))

        def moved(span: Span | None) -> Span | None:
            if span is None:
                return None
            kept = [where[i] for i in range(*span) if i in where]
            return (min(k[0] for k in kept), max(k[1] for k in kept) + 1) if kept else None

        def all_moved(spans):
            return [m for s in spans if (m := moved(s))]

        anaphors = []
        for anaphor in document.anaphors:
            mention, names = moved(anaphor.mention), [moved(n) for n in anaphor.names]
            if mention and all(names):
                anaphors.append(Anaphor(mention, names, anaphor.right))
        relations = [dataclasses.replace(r, parts=all_moved(r.parts), source=moved(r.source), cue=all_moved(r.cue)) for r in document.relations]
        return dataclasses.replace(
            document, text="".join(c for c, _ in self.pieces), relations=[r for r in relations if r.parts], anaphors=anaphors,
            not_speech=all_moved(document.not_speech), masked=all_moved(document.masked),
            names=[(m, kind) for n, kind in document.names if (m := moved(n))])


def vary(document: Document, rng: random.Random) -> Document:
    """One random dress of a document."""
    if rng.random() < 0.5:
        document = renamed(document, rng)
    if document.tagged and rng.random() < 0.5:
        document = reworded(document, rng)
    if rng.random() < 0.6:
        document = remarked(document, rng)
    if rng.random() < 0.5:
        document = mistyped(document, rng)
    return document


def remarked(document: Document, rng: random.Random) -> Document:
    """Another style of double marks throughout."""
    opening, closing = rng.choices(STYLES, STYLE_WEIGHTS)[0]
    edits = []
    for start, end, inner_start, inner_end in marks.scan(document.text):
        if inner_start - start == 1 and document.text[start] in DOUBLE:
            edits.append((start, start + 1, opening))
        if end - inner_end == 1 and document.text[inner_end] in DOUBLE:
            edits.append((inner_end, end, closing))
    return Rewriter(document.text).replace(edits).document(document)


def mistyped(document: Document, rng: random.Random) -> Document:
    """A few typing errors at quotation marks, never two in a paragraph."""
    text, edits, last = document.text, [], -1
    for start, end, inner_start, inner_end in marks.scan(text):
        paragraph = text.rfind("\n", 0, start)
        if paragraph == last or rng.random() > 0.2 or inner_start - start != 1 or end - inner_end != 1:
            continue
        opens, ends = not text[paragraph + 1:start].strip(), text[end:end + 1] in ("", "\n")
        sort = rng.choice(("open", "close", "mixed", "inside", "after", "double"))
        if sort == "open" and opens and inner_end - inner_start > 25:
            edits.append((start, inner_start, ""))
        elif sort == "close" and ends and inner_end - inner_start > 25:
            edits.append((inner_end, end, ""))
        elif sort == "mixed" and text[inner_end] in "”\"":
            edits.append((inner_end, end, "\"" if text[inner_end] == "”" else "”"))
        elif sort == "inside":
            edits.append((inner_end, inner_end, " "))
        elif sort == "after" and text[end:end + 1] == " ":
            edits.append((end, end + 1, ""))
        elif sort == "double":
            edits.append((start, start, text[start]) if rng.random() < 0.5 else (end, end, text[inner_end]))
        else:
            continue
        last = paragraph
    return Rewriter(text).replace(edits).document(document)


def renamed(document: Document, rng: random.Random) -> Document:
    """Other people: first and last names of sources and pronouns' names, replaced wherever they stand."""
    text = document.text
    spans = [r.source for r in document.relations if r.source] + [n for a in document.anaphors for n, right in zip(a.names, a.right) if right]
    words: dict[str, str] = {}
    for start, end in spans:
        found = re.findall(r"\b[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b", text[start:end])
        found = [w for w in found if not KEEP.search(w)]
        if len(found) == 2 and " ".join(found) in text[start:end] and rng.random() < 0.7:
            words.setdefault(found[0], rng.choice(FIRST))
            words.setdefault(found[1], last_name(rng))
    if not words:
        return document
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    return Rewriter(text).replace([(m.start(), m.end(), words[m[0]]) for m in pattern.finditer(text)]).document(document)


def reworded(document: Document, rng: random.Random) -> Document:
    """Other verbs of saying, and `said X` for `X said` or the other way round."""
    rewriter, edits = Rewriter(document.text), []
    for relation in document.relations:
        if len(relation.cue) != 1 or relation.source is None:
            continue
        cue = relation.cue[0]
        if document.text[slice(*cue)] == "said" and rng.random() < 0.4:
            edits.append((*cue, rng.choice(VERBS)))
    return turned(rewriter.replace(edits).document(document), rng)


def turned(document: Document, rng: random.Random) -> Document:
    """`“…,” said X` for `“…,” X said` and the other way round, where cue and name are neighbours behind a quotation."""
    text, order, done = document.text, list(range(len(document.text))), set()
    for relation in document.relations:
        if len(relation.cue) != 1 or relation.source is None or rng.random() > 0.3:
            continue
        cue, source = relation.cue[0], relation.source
        first, second = sorted((cue, source))
        behind = text[:first[0]].rstrip()[-1:] in ("”", '"', "’", "»")
        short = text[source[0]:source[0] + 1].isupper() and source[1] - source[0] < 60
        if not behind or not short or text[first[1]:second[0]] != " " or text[second[1]:second[1] + 1] not in (".", ",") or done & {cue, source}:
            continue
        if " " in text[slice(*cue)] or text[slice(*source)].lower() in ("he", "she", "it", "they", "i", "we"):
            continue
        order[first[0]:second[1]] = [*range(*second), first[1], *range(*first)]
        done |= {cue, source}
    rewriter = Rewriter(text)
    rewriter.pieces = [(text[i], i) for i in order]
    return rewriter.document(document)


def transcripts(documents: list[Document], number: int, rng: random.Random) -> list[Document]:
    """Interviews and hearings made of long direct quotations: turns without marks behind labels."""
    answers, questions = [], []
    for document in documents:
        for relation in document.relations:
            words = document.text[slice(*relation.parts[0])].strip("“”\"").strip() if len(relation.parts) == 1 else ""
            if words[:1].isupper() and words[-1:] in ".!?" and not any(mark in words for mark in "“”\"\n") and len(words) > 40:
                (questions if words.endswith("?") else answers).append(words)
    out = []
    for at in range(number if answers and questions else 0):
        last = last_name(rng)
        first = rng.choice(FIRST)
        other = f"{rng.choice(FIRST)} {last_name(rng)}"
        answer = rng.choice((last.upper(), f"MR. {last.upper()}", f"{first} {last}", "A", f"SENATOR {last.upper()}", last, "A."))
        question = rng.choice((*LABELS, other, other.split()[-1].upper())) if answer not in ("A", "A.") else "Q" + answer[1:]
        colon = "" if question.endswith(".") else ":"
        text = rng.choice(("", f"{first} {last} spoke with {other} last week. The text has been shortened.\n\n"))
        document = Document(f"transcript-{at}", "", "transcript", tagged=True)
        for turn in range(rng.randint(4, 9)):
            label, pool = ((question, questions), (answer, answers))[turn % 2]
            start = len(text)
            text += label + ("" if label.endswith(".") else colon or ":") + " "
            words = " ".join(rng.sample(pool, 1 if turn % 2 == 0 else rng.randint(1, 3)))
            document.relations.append(Relation([(len(text), len(text) + len(words))], (start, start + len(label)), [], direct=True))
            text += words + rng.choice(("\n\n", "\n\n", "\n"))
        document.text = text.rstrip()
        out.append(document)
    return out
