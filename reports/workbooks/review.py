"""The workbook of one freeze: what was frozen, unaltered, and what has changed since."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import FileResponse

from accounts.models import User
from assignments.spreadsheets import workbook_response
from reports.freezing import Changes, changes_since, frozen_line
from reports.models import FrozenFigures
from reports.workbooks.changes import changes_sheet
from reports.workbooks.cover import Cover, regulation
from reports.workbooks.storing import restored
from reports.workbooks.summary import signed, with_cover

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Writable


def review_workbook(frozen: FrozenFigures, changes: Changes) -> list[Writable]:
    """Give the sheets of a freeze: its lists and figures as they were kept, nothing read anew.

    Only the last sheet speaks of now: ``changes`` since the freeze.
    """
    day, line = dt.date.fromisoformat(frozen.parameters["day"]), frozen_line(frozen)
    lists = [*restored(frozen.sheets), changes_sheet(changes, day)]
    lists = [replace(sheet, remark=f"{line}.") for sheet in signed(lists, frozen.review.signer)]
    figures = {figure.key: figure for figure in frozen.figures.order_by("position")}
    values = {key: figure.value for key, figure in figures.items()}
    about = f"{frozen.review.name}\n{regulation()}"
    return with_cover(Cover(day, about, figures, values, lists, f"{line}."))


def review_workbook_content(frozen: FrozenFigures, *, by: User, now: dt.datetime) -> bytes:
    """Give the file; the same freeze, log and ``now`` give the same bytes."""
    # XlsxWriter takes 90 ms to import; only a file needs it.
    from assignments.spreadsheets.book import write_workbook

    file = io.BytesIO()
    write_workbook(file, sheets_for(frozen, by), now=now, author=by.full_name)
    return file.getvalue()


def sheets_for(frozen: FrozenFigures, user: User) -> Sequence[Writable]:
    return review_workbook(frozen, changes_since(frozen, user))


def review_response(frozen: FrozenFigures, *, by: User, now: dt.datetime) -> FileResponse:
    """Answer with ``BangTongHop_<day>_chot<number>.xlsx``; the download is audited."""
    name = f"BangTongHop_{frozen.parameters['day']}_chot{frozen.number}.xlsx"
    return workbook_response(sheets_for(frozen, by), file_name=name, by=by, now=now)
