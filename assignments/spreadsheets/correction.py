"""Rows that an import refused, given back to be corrected and uploaded again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import FileResponse

from accounts.models import User
from assignments.spreadsheets.response import workbook_response
from assignments.spreadsheets.sheets import BareSheet, Field

SHEET = "Dòng bị từ chối"
WIDTH, REASON_WIDTH = 24, 48


def refused_sheet(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> BareSheet:
    """Give the refused rows as a sheet the import can read; the last column is the reason.

    Each value is written as it was read: text as text, a number as a number.
    """
    widths = [*(WIDTH for _ in headers[1:]), REASON_WIDTH]
    columns = [Field(label, width=width) for label, width in zip(headers, widths, strict=True)]
    return BareSheet(SHEET, columns, rows)


def refused_response(
    headers: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    file_name: str,
    by: User,
    now: dt.datetime,
) -> FileResponse:
    """Answer with :func:`refused_sheet` as a workbook to download."""
    return workbook_response([refused_sheet(headers, rows)], file_name=file_name, by=by, now=now)
