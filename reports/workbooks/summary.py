"""Putting the summary workbook together."""

from __future__ import annotations

import datetime as dt

from django.http import FileResponse
from django.utils.text import capfirst

from accounts.models import User
from assignments.spreadsheets import Field, Kind, Sheet, workbook_response
from reports.figures import FIGURES
from reports.viewpoint import Viewpoint
from reports.workbooks.communes import (
    assignments_sheet,
    communes_annex,
    districts_sheet,
    ending_sheet,
    uncovered_sheet,
)
from reports.workbooks.cover import SHEET_OF, Cover
from reports.workbooks.facts import Facts, gather
from reports.workbooks.officers import left_sheet, officers_annex, officers_sheet
from reports.workbooks.petitions import petitions_sheet, untold_sheet
from reports.workbooks.reports import reports_sheet

LISTS = (
    districts_sheet,
    communes_annex,
    officers_annex,
    assignments_sheet,
    uncovered_sheet,
    ending_sheet,
    officers_sheet,
    left_sheet,
    petitions_sheet,
    untold_sheet,
    reports_sheet,
)


def definitions_sheet(facts: Facts) -> Sheet:
    """Give every figure's meaning and its value of the day."""
    return Sheet(
        name="Định nghĩa",
        title="Định nghĩa các chỉ tiêu",
        day=facts.day,
        columns=[
            Field("Chỉ tiêu", width=38),
            Field("Số lượng", Kind.NUMBER, 10),
            Field("Định nghĩa", width=54),
            Field("Trang", Kind.STATE, 16),
        ],
        rows=[
            [capfirst(figure.label), facts.values[key], figure.sentence, SHEET_OF.get(key)]
            for key, figure in FIGURES.items()
        ],
        signed=False,
        notes=["Màn hình, tệp này và các danh sách tải về dùng chung những định nghĩa trên."],
    )


def review_sheets(view: Viewpoint) -> list[Sheet]:
    """Give every list of the workbook, of what ``view`` shows of its day and quarters.

    Runs a fixed number of queries, whatever the rows. Rows are lists: they may be kept.
    """
    return sheets_of(gather(view))


def sheets_of(facts: Facts) -> list[Sheet]:
    return [make(facts) for make in (*LISTS, definitions_sheet)]


def summary_workbook(*, day: dt.date, user: User) -> list[Cover | Sheet]:
    """Give the sheets of the summary as of ``day``, of what ``user`` may see."""
    facts = gather(Viewpoint(user, day))
    lists = sheets_of(facts)
    return [Cover(facts, lists), *lists]


def summary_response(*, day: dt.date, user: User, now: dt.datetime) -> FileResponse:
    """Answer with ``TongHop_<day>.xlsx``; the download is audited.

    Who may call it is the view's matter (``Permission.EXPORT``).
    """
    sheets = summary_workbook(day=day, user=user)
    return workbook_response(sheets, file_name=f"TongHop_{day:%Y-%m-%d}.xlsx", by=user, now=now)
