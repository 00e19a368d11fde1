"""Values of a workbook's cells as a Word document writes them."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from assignments.spreadsheets import Formula, Kind
from reports.reviews.fields import whole_number


def cell_text(value: object, kind: Kind = Kind.TEXT) -> str:
    """Give a cell's value in words people read: 1.095, 09/05/2023."""
    if isinstance(value, Formula):
        return cell_text(value.result, kind)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if kind == Kind.SHARE and isinstance(value, int | float):
        return f"{100 * value:.1f}%".replace(".", ",")
    if isinstance(value, int):
        return str(value) if kind in (Kind.YEAR, Kind.CODE) else whole_number(value)
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%H:%M, %d/%m/%Y}"
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
