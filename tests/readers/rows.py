"""Reads flat rows back with the readers that people use: rows.py FILE, by its extension.

Prints {"reader": …, "rows": [{column: value}]}; of CSV every value is a string.
"""

import csv
import json
import sqlite3
import sys


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return "csv", list(csv.DictReader(file, strict=True))


def read_sqlite(path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    for text, start, end, words in connection.execute(
        'SELECT a.text, s.start, s."end", s.text FROM spans AS s JOIN quotes USING (quote) JOIN articles AS a USING (article)'
    ):
        assert text[start:end] == words, (text[start:end], words)
    views = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    for view in views:
        connection.execute(f"SELECT * FROM {view}").fetchall()
    return f"sqlite3 {sqlite3.sqlite_version}", [dict(row) for row in connection.execute("SELECT * FROM rows")]


def read_parquet(path):
    import pyarrow
    from pyarrow import parquet

    return f"pyarrow {pyarrow.__version__}", parquet.read_table(path).to_pylist()


READERS = {"csv": read_csv, "sqlite": read_sqlite, "parquet": read_parquet}

if __name__ == "__main__":
    reader, rows = READERS[sys.argv[1].rsplit(".", 1)[1]](sys.argv[1])
    json.dump({"reader": reader, "rows": rows}, sys.stdout)
