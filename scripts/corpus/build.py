#!/usr/bin/env python3
"""build.py [--check]: compile corpus/markup into corpus/articles and corpus/gold.

Writes every article in its format and its gold in full `ascribe/1` form, and prints what the corpus holds. Any
doubt is an error, and then nothing is written. `--check` writes nothing and fails where the files on disk differ
from what the markup gives. Needs only the standard library (Python 3.11).
"""

import argparse
import hashlib
import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from markup import ArticleMarkup, MarkupError, read
from parties import read as read_parties
from resolve import Resolver
from writers import write

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def compile_corpus(corpus: Path) -> tuple[dict[Path, bytes], list[tuple[ArticleMarkup, dict]]]:
    """All files that the markup below `corpus` gives, by path relative to it, and the gold records."""
    parties = read_parties(corpus / "registry.toml")
    files: dict[Path, bytes] = {}
    records = []
    for path in sorted((corpus / "markup").glob("*.markup")):
        article = read(path)
        document = write(article)
        target = Path("articles") / document.file
        if document.file.endswith(".jsonl"):
            files[target] = files.get(target, b"") + document.content + b"\n"
        else:
            files[target] = document.content
        resolver = Resolver(article, document.text, document.paragraphs, parties)
        sha256 = hashlib.sha256(document.content).hexdigest()
        record = resolver.gold(document.path, sha256, document.identifier)
        verify(record)
        gold = Path("gold") / article.header["split"] / f"{article.name}.json"
        files[gold] = (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
        records.append((article, record))
    if not records:
        raise MarkupError(f"{corpus / 'markup'}: no markup files there")
    check_people(records)
    return files, records


def verify(record: dict) -> None:
    """Checks that every `text` in the record is what its offsets cover."""
    text = record["article"]["text"]

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys() and text[value["start"] : value["end"]] != value["text"]:
                raise MarkupError(f"{record['article']['id']}: {value} does not cover its text")
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(record)


def check_people(records: list[tuple[ArticleMarkup, dict]]) -> None:
    """One id has one name and party everywhere; invented people stay in one split."""
    known: dict[str, dict] = {}
    splits: dict[str, set[str]] = {}
    for article, record in records:
        for entity in record["entities"]:
            earlier = known.setdefault(entity["id"], entity)
            if any(earlier[key] != entity[key] for key in ("name", "kind", "party")):
                raise MarkupError(f"{article.name}: entity `{entity['id']}` differs from the one in another article")
            if entity["kind"] == "person":
                splits.setdefault(entity["id"], set()).add(article.header["split"])
    for identifier, found in splits.items():
        if len(found) > 1 and identifier not in PUBLIC_FIGURES:
            raise MarkupError(f"`{identifier}` speaks in {' and '.join(sorted(found))}; splits have disjoint people")


PUBLIC_FIGURES = {"james-jeffrey", "jens-stoltenberg", "mike-pompeo", "ibrahim-kalin"}


def summary(records: list[tuple[ArticleMarkup, dict]]) -> str:
    """A line an article and the totals by kind, stance, form of the source, reason and flag."""
    lines = []
    names = ("kind", "stance", "source", "not_speech", "flag", "phenomenon")
    totals: dict[str, Counter] = {name: Counter() for name in names}
    for article, record in records:
        quotes = record["quotes"]
        words = len(re.findall(r"\w+(?:[’'.-]\w+)*", record["article"]["text"]))
        lines.append(f"{article.header['split']:5} {article.name:28} {words:4} words {len(quotes):3} quotes")
        totals["kind"].update(quote["kind"] for quote in quotes)
        totals["stance"].update(stance["stance"] for quote in quotes for stance in quote["stances"])
        totals["source"].update(quote["source"]["form"] if quote["source"] else "none" for quote in quotes)
        totals["not_speech"].update(marked["reason"] for marked in record["not_speech"])
        totals["flag"].update(flag for quote in quotes for flag in quote["flags"])
        totals["phenomenon"].update(article.header["phenomena"].split())
    for name, counts in totals.items():
        lines.append(f"{name}: " + ", ".join(f"{key} {count}" for key, count in sorted(counts.items())))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description="Compile corpus/markup into corpus/articles and corpus/gold.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where files differ")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the corpus folder (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        files, records = compile_corpus(arguments.corpus)
    except (MarkupError, OSError, tomllib.TOMLDecodeError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1
    on_disk = [path for folder in ("articles", "gold") for path in (arguments.corpus / folder).rglob("*")]
    stale = sorted(path for path in on_disk if path.is_file() and path.relative_to(arguments.corpus) not in files)
    if arguments.check:
        differing = [path for path, content in files.items() if not same(arguments.corpus / path, content)]
        for path in [*differing, *stale]:
            print(f"build.py: {path} is not what the markup gives; run scripts/corpus/build.py", file=sys.stderr)
        return 1 if differing or stale else 0
    for path in stale:
        path.unlink()
    for path, content in files.items():
        (arguments.corpus / path).parent.mkdir(parents=True, exist_ok=True)
        (arguments.corpus / path).write_bytes(content)
    print(summary(records))
    return 0


def same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main())
