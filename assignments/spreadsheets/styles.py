"""How cells look: Times New Roman, thin borders, dates and numbers as offices write them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assignments.spreadsheets.cells import Kind, Stored, looks_like_formula

Style = Mapping[str, Any]

A3, A4 = 8, 9  # Excel's numbers of paper sizes
SIZE = 12
DEFAULT: Style = {
    "font_name": "Times New Roman",
    "font_family": 1,
    "font_scheme": "none",
    "font_size": SIZE,
}

LINE: Style = {"align": "center", "valign": "vcenter", "text_wrap": True, "font_size": 13}
BODY_NAME: Style = {**LINE, "bold": True}
OFFICE_NAME: Style = LINE
PARTY_NAME: Style = {**LINE, "bold": True, "underline": 1}
PLACE_AND_DATE: Style = {**LINE, "italic": True}
TITLE: Style = {**LINE, "bold": True, "font_size": 14}
SUBTITLE: Style = {**LINE, "bold": True}
REMARK: Style = {**LINE, "italic": True}
NOTE: Style = {**REMARK, "align": "left", "font_size": SIZE}

CELL: Style = {"border": 1, "valign": "vcenter", "text_wrap": True}
HEAD: Style = {**CELL, "bold": True, "align": "center"}
STRONG: Style = {**CELL, "bold": True}
LINK: Style = {**CELL, "font_color": "#0000FF", "underline": 1}
# A heading row inside the table runs over its empty neighbours: nothing is merged in the data.
GROUP_NUMBER: Style = {"bold": True, "align": "center", "valign": "vcenter", "border": 1}
GROUP: Style = {"bold": True, "valign": "vcenter", "top": 1, "bottom": 1}
GROUP_END: Style = {**GROUP, "right": 1}

ALIGN = {
    Kind.TEXT: "left",
    Kind.CODE: "center",
    Kind.NUMBER: "right",
    Kind.SHARE: "right",
    Kind.YEAR: "center",
    Kind.DATE: "center",
    Kind.STATE: "center",
}
# Excel shows "," and "." of a format by the computer's settings: 1.234,5 on a Vietnamese one.
WHOLE, DECIMAL, UNGROUPED, SHARE = "#,##0", "#,##0.0#", "0", "0.0%"
BY_KIND = {Kind.YEAR: UNGROUPED, Kind.SHARE: SHARE}
DATE, MOMENT, AS_TEXT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "@"


def number_format(value: Stored, kind: Kind) -> str:
    """Give the format of a stored value."""
    if isinstance(value, dt.datetime):
        return MOMENT
    if isinstance(value, dt.date):
        return DATE
    if isinstance(value, str) or value is None:
        return AS_TEXT if kind is Kind.CODE else "General"
    if kind is Kind.NUMBER:
        return WHOLE if isinstance(value, int) else DECIMAL
    return BY_KIND.get(kind, "General")


def data_style(value: Stored, kind: Kind, style: Style) -> Style:
    """Give the style of one data cell: alignment by kind, format by what is stored."""
    is_text = isinstance(value, str)
    return {
        "align": ALIGN[kind],
        "indent": 1 if kind in (Kind.NUMBER, Kind.SHARE) else 0,
        **style,
        "num_format": number_format(value, kind),
        "text_wrap": is_text and style.get("text_wrap", False),
        "quote_prefix": is_text and looks_like_formula(value),
    }
