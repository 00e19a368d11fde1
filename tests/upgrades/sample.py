"""``python -m tests.upgrades.sample DATABASE OUT``: a few rows of every kind, with what they name.

Run on an SQLite database that a released version's own code has filled; made once for a release.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

OURS = ("accounts_", "communes_", "assignments_", "reports_")
EACH = 2  # from the beginning, and as many from the end
MOST_KINDS = 15  # a column with no more values than this says of what kind a row is
# A row is not read without what belongs to it: how a petition stands is told by its events.
BELONGING = {"reports_petitionevent": ("reports_petition", "petition_id")}
LONG = 800  # characters; what is longer adds nothing to a sample


def sample(opened: sqlite3.Connection) -> dict[str, dict[str, list]]:
    """Give table → columns and rows."""
    chosen = {table: first_choice(opened, table) for table in tables(opened)}
    follow_keys(opened, chosen)
    add_belonging(opened, chosen)
    follow_keys(opened, chosen)
    return {table: content(opened, table, rows) for table, rows in chosen.items() if rows}


def tables(opened: sqlite3.Connection) -> list[str]:
    rows = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name.startswith(OURS)]


def columns(opened: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in opened.execute(f'PRAGMA table_info("{table}")')]


def first_choice(opened: sqlite3.Connection, table: str) -> set[int]:
    """Give the rowids of the first, the last, and one of each kind."""
    chosen = set()
    for order in ("ASC", "DESC"):
        rows = opened.execute(f'SELECT rowid FROM "{table}" ORDER BY rowid {order} LIMIT {EACH}')
        chosen.update(rowid for (rowid,) in rows)
    for column in columns(opened, table):
        kinds = opened.execute(f'SELECT min(rowid) FROM "{table}" GROUP BY "{column}"').fetchall()
        if len(kinds) <= MOST_KINDS:
            chosen.update(rowid for (rowid,) in kinds[:MOST_KINDS] if kinds)
    return chosen if table != "reports_frozenfigures" else set(sorted(chosen)[:1])


def follow_keys(opened: sqlite3.Connection, chosen: dict[str, set[int]]) -> None:
    """Add what the chosen rows name, and what that names."""
    open_rows = defaultdict(set, {table: set(rows) for table, rows in chosen.items()})
    while any(open_rows.values()):
        table = next(table for table, rows in open_rows.items() if rows)
        rows = open_rows.pop(table)
        for _, _, other, column, *_ in opened.execute(f'PRAGMA foreign_key_list("{table}")'):
            if other not in chosen:
                continue
            for rowid in rows:
                found = opened.execute(
                    f'SELECT o.rowid FROM "{other}" o JOIN "{table}" t ON o.rowid = t."{column}" '
                    "WHERE t.rowid = ?",
                    [rowid],
                ).fetchone()
                if found and found[0] not in chosen[other]:
                    chosen[other].add(found[0])
                    open_rows[other].add(found[0])


def add_belonging(opened: sqlite3.Connection, chosen: dict[str, set[int]]) -> None:
    """Add what belongs to the chosen rows."""
    for table in BELONGING.keys() & chosen.keys():
        owner, column = BELONGING[table]
        rows = opened.execute(f'SELECT rowid, "{column}" FROM "{table}"')
        chosen[table].update(rowid for rowid, owned_by in rows if owned_by in chosen[owner])


def content(opened: sqlite3.Connection, table: str, rowids: set[int]) -> dict[str, list]:
    names = columns(opened, table)
    rows = [
        opened.execute(f'SELECT * FROM "{table}" WHERE rowid = ?', [rowid]).fetchone()
        for rowid in sorted(rowids)
    ]
    return {"columns": names, "rows": [[plain(value) for value in row] for row in rows]}


def plain(value: object) -> object:
    """Give a value as JSON can hold it; long outlines and lists are made short."""
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, str) and len(value) > LONG and value[0] in "[{":
        return "[]" if value[0] == "[" else "{}"
    return value


if __name__ == "__main__":
    database, out = sys.argv[1:]
    kept = sample(sqlite3.connect(database))
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    Path(out).write_text(text.replace("],[", "],\n["), encoding="utf-8")
    print(out, len(text) // 1024, "kB", sum(len(table["rows"]) for table in kept.values()), "rows")
