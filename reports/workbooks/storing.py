"""Keeping a workbook's lists with frozen figures, and having them again as they were.

What comes back writes the same file, byte for byte: text, numbers, dates, formulas with their
results, headings, and how each list is printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal

from assignments.spreadsheets import Field, Footer, Formula, Heading, Kind, Sheet

Json = dict | list | str | int | float | bool | None
Row = Sequence[object] | Heading

# Fields of a list that JSON holds as they are.
SIMPLE = (
    "name",
    "title",
    "subtitle",
    "remark",
    "signed",
    "on_behalf",
    "office",
    "signer",
    "grouped",
    "paper",
)
# What JSON has no word for: the word under which it is kept, and how it is read again.
READERS: dict[str, Callable[[Json], object]] = {
    "date": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
    "decimal": Decimal,
    "formula": lambda kept: Formula(*kept),
}


def stored(sheets: Iterable[Sheet]) -> list[dict[str, Json]]:
    """Give what JSON can hold of the lists. Their rows are read."""
    return [stored_sheet(sheet) for sheet in sheets]


def stored_sheet(sheet: Sheet) -> dict[str, Json]:
    return {
        **{name: getattr(sheet, name) for name in SIMPLE},
        "day": sheet.day.isoformat(),
        "columns": [
            [column.label, column.kind.value, column.width, column.total]
            for column in sheet.columns
        ],
        "rows": [stored_row(row) for row in sheet.rows],
        "conditions": [list(pair) for pair in sheet.conditions],
        "notes": list(sheet.notes),
        "footers": [asdict(footer) for footer in sheet.footers],
        "tints": [list(pair) for pair in sheet.tints.items()],
    }


def stored_row(row: Row) -> Json:
    """Give a row: a list of values, or the text of a heading."""
    return row.text if isinstance(row, Heading) else [stored_value(value) for value in row]


def stored_value(value: object) -> Json:
    """Give one cell's value; what is no text, number, date or formula is kept as it reads."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, Formula):
        return {"formula": [value.text, value.result]}
    return str(value)


def restored(kept: Iterable[dict[str, Json]]) -> list[Sheet]:
    """Give the lists again from what :func:`stored` gave."""
    return [restored_sheet(dict(sheet)) for sheet in kept]


def restored_sheet(kept: dict[str, Json]) -> Sheet:
    return Sheet(
        **kept
        | {
            "day": dt.date.fromisoformat(kept["day"]),
            "columns": [
                Field(label, Kind(kind), width, total)
                for label, kind, width, total in kept["columns"]
            ],
            "rows": [restored_row(row) for row in kept["rows"]],
            "conditions": [tuple(pair) for pair in kept["conditions"]],
            "footers": tuple(Footer(**footer) for footer in kept["footers"]),
            "tints": dict(kept["tints"]),
        }
    )


def restored_row(kept: Json) -> Row:
    return Heading(kept) if isinstance(kept, str) else [restored_value(value) for value in kept]


def restored_value(kept: Json) -> object:
    if isinstance(kept, dict):
        ((word, value),) = kept.items()
        return READERS[word](value)
    return kept
