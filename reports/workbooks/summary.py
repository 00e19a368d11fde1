"""Putting the lists of a day together, and the summary workbook of any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import FileResponse

from accounts.models import User
from assignments.spreadsheets import Sheet, workbook_response
from reports.figures import FIGURES
from reports.viewpoint import Viewpoint
from reports.workbooks.charts import charts_page, may_be_drawn
from reports.workbooks.communes import (
    assignments_sheet,
    communes_annex,
    ending_sheet,
    places_sheet,
    uncovered_sheet,
)
from reports.workbooks.cover import Cover, regulation
from reports.workbooks.definitions import definitions_sheet
from reports.workbooks.duties import by_kind_sheet, by_quarter_sheet, lines_sheet, performance_sheet
from reports.workbooks.facts import Facts, gather
from reports.workbooks.matrix import matrix_sheet
from reports.workbooks.officers import left_sheet, officers_annex, officers_sheet
from reports.workbooks.petitions import (
    all_petitions_sheet,
    fields_sheet,
    petitions_sheet,
    untold_sheet,
)
from reports.workbooks.reports import reports_sheet
from reports.workbooks.tasks import tasks_sheet

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Writable


def lists_of(facts: Facts) -> Iterator[Sheet]:
    """Give the lists in the order of their tabs; what adds up stands before what it adds up."""
    lines, petitions = lines_sheet(facts), all_petitions_sheet(facts)
    yield places_sheet(facts)
    yield communes_annex(facts)
    yield officers_annex(facts)
    yield assignments_sheet(facts)
    yield uncovered_sheet(facts)
    yield ending_sheet(facts)
    yield officers_sheet(facts)
    yield left_sheet(facts)
    yield by_quarter_sheet(facts, lines)
    yield performance_sheet(facts, lines)
    yield by_kind_sheet(facts, lines)
    yield lines
    yield matrix_sheet(facts.matrix, facts.day)
    yield fields_sheet(facts, petitions)
    yield petitions_sheet(facts)
    yield untold_sheet(facts)
    yield petitions
    yield reports_sheet(facts)
    yield tasks_sheet(facts)
    yield definitions_sheet(facts)


def review_sheets(view: Viewpoint) -> list[Sheet]:
    """Give every list of the workbook, of what ``view`` shows of its day and quarters.

    Runs a fixed number of queries, whatever the rows. Rows are lists: they may be kept.
    """
    return signed(lists_of(gather(view)))


def signed(sheets: Iterable[Sheet], signer: str = "") -> list[Sheet]:
    """Give the lists the Standing Committee's place to sign, by ``signer`` if one is named."""
    place = {
        "on_behalf": settings.COMMITTEE_AUTHORITY.upper(),
        "office": settings.COMMITTEE_SIGNER_OFFICE.upper(),
        "signer": signer or settings.COMMITTEE_SIGNER,
    }
    return [replace(sheet, **place) if sheet.signed else sheet for sheet in sheets]


def summary_workbook(*, day: dt.date, user: User, is_old: bool = False) -> list[Writable]:
    """Give the sheets of the summary as of ``day``, of what ``user`` may see.

    Every sheet says under which units it is read (``is_old``: those of their own time).
    """
    facts = gather(Viewpoint(user, day, is_old=is_old))
    remark = "; ".join(f"{label}: {words.lower()}." for label, words in facts.reading.conditions)
    sheets = [replace(sheet, remark=remark) for sheet in signed(lists_of(facts))]
    return with_cover(Cover(day, regulation(), FIGURES, facts.values, sheets, remark))


def with_cover(cover: Cover) -> list[Writable]:
    """Give the whole workbook of the lists the cover speaks of, charts included."""
    sheets = {sheet.name: sheet for sheet in cover.sheets}
    charts = [charts_page(sheets, cover.remark)] if may_be_drawn(sheets) else []
    pages = [*charts, *cover.sheets]
    return [replace(cover, sheets=pages), *pages]


def summary_response(
    *, day: dt.date, user: User, now: dt.datetime, is_old: bool = False
) -> FileResponse:
    """Answer with ``TongHop_<day>.xlsx``; the download is audited.

    Who may call it is the view's matter (``Permission.EXPORT``).
    """
    sheets = summary_workbook(day=day, user=user, is_old=is_old)
    return workbook_response(sheets, file_name=f"TongHop_{day:%Y-%m-%d}.xlsx", by=user, now=now)
