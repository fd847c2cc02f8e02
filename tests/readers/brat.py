"""Reads a folder of brat back: brat.py FOLDER. Strict: whatever is not standoff annotation as brat defines it fails.

Prints {stem: {"bounds": {id: {"type", "text"}}, "relations": [[type, from, to]], "attributes": …, "notes": …}}.
"""

import json
import re
import sys
from pathlib import Path

BOUND = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]+)")
RELATION = re.compile(r"(R\d+)\t(\w+) Arg1:(T\d+) Arg2:(T\d+)")
ATTRIBUTE = re.compile(r"(A\d+)\t(\w+) (T\d+) (\w+)")
NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (T\d+)\t([^\t]+)")


def read(annotation):
    text = annotation.with_name(annotation.name[: -len(".ann")] + ".txt").read_bytes().decode("utf-8")
    found = {"bounds": {}, "relations": [], "attributes": [], "notes": []}
    ids = set()
    for line in annotation.read_bytes().decode("utf-8").split("\n")[:-1]:
        assert "\r" not in line, line
        pattern = {"T": BOUND, "R": RELATION, "A": ATTRIBUTE, "#": NOTE}[line[0]]
        id, *rest = pattern.fullmatch(line).groups()
        assert id not in ids, f"{id} is given twice"
        ids.add(id)
        if pattern is BOUND:
            fragments = [tuple(map(int, fragment.split())) for fragment in rest[1].split(";")]
            assert fragments == sorted(fragments) and all(start < end for start, end in fragments), line
            assert " ".join(text[start:end] for start, end in fragments) == rest[2], line
            found["bounds"][id] = {"type": rest[0], "text": rest[2]}
        elif pattern is RELATION:
            assert {rest[1], rest[2]} <= ids, line
            found["relations"].append(rest)
        else:
            assert (rest[1] if pattern is ATTRIBUTE else rest[0]) in ids, line
            found["attributes" if pattern is ATTRIBUTE else "notes"].append(rest)
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    assert "[entities]" in (folder / "annotation.conf").read_text()
    found = {str(file.relative_to(folder))[: -len(".ann")]: read(file) for file in sorted(folder.rglob("*.ann"))}
    json.dump(found, sys.stdout)
