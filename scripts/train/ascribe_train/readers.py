"""Readers of the training data: PolNeAR (brat), diplomacy (JSON lines), GUM (CoNLL-U), GAP (TSV), own gold."""

from __future__ import annotations

import collections
import csv
import json
import pathlib
import re
from collections.abc import Iterator

from . import marks, names, pairs
from .document import Anaphor, Document, Relation, Span, labelled_quotations, texts

# Texts under a non-commercial licence (essays, fiction, letters, podcasts, wikiHow, reddit) are left out.
GUM_GENRES = ("academic", "bio", "court", "interview", "news", "speech", "voyage")
TITLES = set("president prime minister secretary senator sen rep representative mr mrs ms dr king queen prince princess "
             "general gen colonel col chancellor governor gov ambassador pope judge professor sir us u.s. foreign "
             "state of the defense vice deputy chief director chairman speaker mayor captain lieutenant".split())


def polnear(folder: pathlib.Path, part: str) -> list[Document]:
    out, seen = [], set()
    base = folder / "polnear" / "data" / part
    for ann in sorted((base / "attributions").glob("*.ann")):
        name = ann.stem.rsplit("_", 1)[0]
        if name in seen:
            continue
        seen.add(name)
        text = (base / "text" / f"{name}.txt").read_text("utf-8")
        document = Document(name, text, "polnear", tagged=True)
        spans: dict[str, tuple[str, list[Span]]] = {}
        for line in ann.read_text("utf-8").split("\n"):
            found = re.match(r"(T\d+)\t(\S+) ([\d; ]+)\t", line)
            if found:
                parts = [tuple(map(int, p.split())) for p in found[3].split(";")]
                spans[found[1]] = (found[2], parts)
                if found[2] in ("Discard", "Discuss"):
                    document.masked.extend(parts)
        for line in ann.read_text("utf-8").split("\n"):
            if not re.match(r"E\d+\t", line):
                continue
            roles = collections.defaultdict(list)
            for role, target in re.findall(r"(\w+?)\d*:(T\d+)", line.split("\t", 1)[1]):
                if target in spans and spans[target][0] == role:
                    roles[role].extend(spans[target][1])
            if roles["Content"]:
                source = sorted(roles["Source"])
                document.relations.append(Relation(merge(text, roles["Content"]), source[0] if source else None, merge(text, roles["Cue"])))
        out.append(document)
    return out


def merge(text: str, parts: list[Span]) -> list[Span]:
    """Parts in order, those with nothing but white space between them joined."""
    out: list[Span] = []
    for start, end in sorted(parts):
        if out and not text[out[-1][1]:start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def last_word(name: str) -> str:
    parts = [w for w in pairs.words(name) if w not in ("jr", "sr", "ii", "iii")]
    return parts[-1] if parts else ""


def articles_of(folder: pathlib.Path, rows: dict[str, object], corpus: str) -> Iterator[Document]:
    """The `allsides` articles that `rows` have labels for, without a label yet."""
    return (Document(article, text, corpus) for article, text in texts(folder).items() if article in rows)


def diplomacy(folder: pathlib.Path, part: str) -> list[Document]:
    rows = collections.defaultdict(dict)
    for line in (folder / "diplomacy" / f"{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["article"]][row["quote"]["start"]] = row
    out = []
    for document in articles_of(folder, rows, "diplomacy"):
        text, every = document.text, names.find(document.text)
        for start, row in sorted(rows[document.id].items()):
            quote = (start, row["quote"]["end"])
            if not row["speech"]:
                document.not_speech.append(quote)
                continue
            source = (row["source"]["start"], row["source"]["end"]) if row["source"] else None
            document.relations.append(Relation([quote], source, [], known=source is not None))
            if source and row["speaker"]:
                key = last_word(row["speaker"])
                if key in pairs.words(text[slice(*source)]):
                    continue
                right = [key in pairs.words(text[slice(*n)]) for n in every]
                document.anaphors.append(Anaphor(source, every, right))
        out.append(document)
    return out


def quotations(folder: pathlib.Path, file: pathlib.Path) -> list[Document]:
    """Our labels of quotations: whether they are speech, their source, and whom it means."""
    rows = collections.defaultdict(list)
    for one in labelled_quotations(file):
        rows[one.article].append(one)
    out = []
    for document in articles_of(folder, rows, "quotations"):
        every = names.find(document.text)
        for one in sorted(rows[document.id], key=lambda one: one.quote):
            if not one.speech:
                document.not_speech.append(one.quote)
                continue
            document.relations.append(Relation([one.quote], one.source, [], known=one.source is not None))
            right = [name in one.speaker for name in every]
            if one.source and any(right) and not any(a < one.source[1] and one.source[0] < b for a, b in one.speaker):
                document.anaphors.append(Anaphor(one.source, every, right))
        out.append(document)
    return out


def references(folder: pathlib.Path, file: pathlib.Path) -> list[Document]:
    """Our own labels of pronouns and descriptions in the `allsides` articles (`labels/references.tsv`): for whose name they stand."""
    rows = collections.defaultdict(list)
    for line in file.read_text("utf-8").splitlines():
        article, start, end, right = line.rstrip("\n").split("\t")
        meant = [tuple(map(int, span.split("-"))) for span in right.split(",")] if right else []
        rows[article].append(((int(start), int(end)), meant))
    out = []
    for document in articles_of(folder, rows, "references"):
        every = names.find(document.text)
        for mention, meant in rows[document.id]:
            right = [any(a < n[1] and n[0] < b for a, b in meant) for n in every]
            document.anaphors.append(Anaphor(mention, every, right))
        out.append(document)
    return out


def gum(folder: pathlib.Path, part: str, genres=GUM_GENRES) -> list[Document]:
    out = []
    for path in sorted((folder / "gum" / part).glob("*.conllu")):
        if path.stem.split("_")[1] in genres:
            out.append(gum_document(path))
    return out


def gum_document(path: pathlib.Path) -> Document:
    text, tokens, opened, mentions = "", [], [], []
    for line in path.read_text("utf-8").split("\n"):
        if line.startswith("# newpar") and "block" not in line.split("=")[0]:
            text = text.rstrip() + ("\n\n" if text else "")
        if not re.match(r"\d+\t", line):
            continue
        cells = line.split("\t")
        start = len(text)
        text += cells[1]
        tokens.append((start, len(text), cells[3], cells[1]))
        index = len(tokens) - 1
        misc = dict(m.split("=", 1) for m in cells[9].split("|") if "=" in m)
        for piece in re.findall(r"\([^()]*\)?|[^()]+\)", misc.get("Entity", "")):
            if piece.startswith("("):
                fields = piece[1:].rstrip(")").split("-")
                if len(fields) >= 6:
                    opened.append((fields[0], fields[1], fields[5], index))
                if piece.endswith(")"):
                    entity = opened.pop() if len(fields) >= 6 else None
                    if entity:
                        mentions.append((*entity, index))
            else:
                key = piece[:-1].split("-")[0]
                for at in range(len(opened) - 1, -1, -1):
                    if opened[at][0] == key:
                        mentions.append((*opened.pop(at), index))
                        break
        if misc.get("SpaceAfter") != "No":
            text += " "
    document = Document(path.stem, text.rstrip(), "gum", named=True)
    chains = []
    for entity, kind, minimum, first, last in mentions:
        if kind not in ("person", "organization", "place"):
            continue
        wanted = [first + int(m) - 1 for m in re.findall(r"\d+", minimum)]
        proper = [i for i in wanted if i <= last and tokens[i][2] == "PROPN"]
        while proper and tokens[proper[0]][3].lower().rstrip(".") in TITLES and len(proper) > 1:
            proper.pop(0)
        head_is_name = bool(proper) and bool(wanted) and tokens[min(wanted[-1], last)][2] == "PROPN"
        name = (tokens[proper[0]][0], tokens[proper[-1]][1]) if head_is_name else None
        chains.append((entity, kind, (tokens[first][0], tokens[last][1]), name))
    seen = set()
    for entity, kind, span, name in sorted(chains, key=lambda c: c[2][0]):
        if name and name not in seen:
            seen.add(name)
            document.names.append((name, kind))
    named = [(entity, name) for entity, _, _, name in sorted(chains, key=lambda c: c[2][0]) if name]
    for entity, kind, span, name in chains:
        definite = pairs.form(document.text[slice(*span)]) < pairs.NOMINAL or document.text[span[0]:span[1]].lower().startswith("the ")
        if name or span[1] - span[0] > 60 or not definite:
            continue
        candidates = [n for e, n in named if not (n[0] < span[1] and span[0] < n[1])]
        right = [e == entity for e, n in named if not (n[0] < span[1] and span[0] < n[1])]
        document.anaphors.append(Anaphor(span, candidates, right))
    return document


def gap(folder: pathlib.Path, part: str) -> list[Document]:
    out = []
    with open(folder / "gap" / f"gap-{part}.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            start = int(row["Pronoun-offset"])
            two = [(int(row[k + "-offset"]), int(row[k + "-offset"]) + len(row[k])) for k in "AB"]
            anaphor = Anaphor((start, start + len(row["Pronoun"])), two, [row[k + "-coref"].upper() == "TRUE" for k in "AB"])
            out.append(Document(row["ID"], row["Text"], "gap", anaphors=[anaphor]))
    return out


def gold(folder: pathlib.Path, part: str) -> list[Document]:
    """Our own corpus (`ascribe/1`). A fragment inside an indirect clause is not told apart from the clause here: one layer."""
    out = []
    for path in sorted((folder / part).glob("*.json")):
        read = json.loads(path.read_text("utf-8"))
        text = read["article"]["text"]
        document = Document(path.stem, text, "gold", tagged=True)
        strings = marks.scan(text)

        def outer(span: dict) -> Span:
            for outer_start, outer_end, inner_start, inner_end in strings:
                if abs(inner_start - span["start"]) <= 2 and abs(inner_end - span["end"]) <= 2:
                    return outer_start, outer_end
            return span["start"], span["end"]

        quotes = read["quotes"]
        clauses = [(q["spans"][0]["start"], q["spans"][-1]["end"]) for q in quotes if q["kind"] == "indirect"]
        names_of = {e["id"]: [(m["start"], m["end"]) for m in e["mentions"] if pairs.form(m["text"]) == pairs.NAME] for e in read["entities"]}
        every = sorted({span for spans in names_of.values() for span in spans})
        for quote in quotes:
            spans = [outer(s) for s in quote["spans"]]
            if quote["kind"] != "indirect" and any(a <= spans[0][0] and spans[-1][1] <= b for a, b in clauses):
                continue
            source, cue = quote["source"], quote["cue"]
            at = source and (source["start"], source["end"])
            document.relations.append(Relation(spans, at, [(cue["start"], cue["end"])] if cue else [], direct=quote["kind"] == "direct"))
            if at and source["form"] != "name" and len(quote["speakers"]) == 1:
                mine = set(names_of.get(quote["speakers"][0], []))
                others = [n for n in every if not (n[0] < at[1] and at[0] < n[1])]
                anaphor = Anaphor(at, others, [n in mine for n in others])
                if anaphor not in document.anaphors:
                    document.anaphors.append(anaphor)
        document.not_speech = [(n["start"], n["end"]) for n in read["not_speech"]]
        out.append(document)
    return out
