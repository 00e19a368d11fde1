"""What the regulation asks: of whom a report of a period, of which communes, by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from assignments.enums import DutyKind, DutyUnit
from assignments.models import Assignment, Officer
from communes.models import Commune
from communes.periods import overlaps
from reports.duties import DutyLine, duty_list
from reports.duties.rules import report_duties
from reports.models import Period, PeriodicReport

ONE_FOR_EACH = "Quy chế yêu cầu báo cáo riêng từng Đảng bộ: cần chọn Đảng bộ."
ONE_FOR_ALL = "Báo cáo của kỳ này chung cho mọi Đảng bộ được giao, không tách từng Đảng bộ."


# Reports of periods begun within so long are offered to be written.
STILL_WRITTEN = dt.timedelta(days=400)


def periods_to_report(day: dt.date, *, named: int | None = None) -> dict[Period, bool]:
    """Give the periods begun by ``day`` one may write a report of, newest first.

    The value says whether the regulation asks one for each commune. Periods the regulation asks
    of come first; when it asks of none, those of the day. ``named`` is the key of one to have in
    any case.
    """
    begun = Period.objects.begun_by(day).order_by("-started_on", "kind", "pk")
    recent = begun.filter(started_on__gt=day - STILL_WRITTEN)
    asked = {period: duty.unit == DutyUnit.PER_ASSIGNMENT for period, duty in report_duties(recent)}
    found = asked or dict.fromkeys(begun.containing(day), False)
    return found | {one: found.get(one, False) for one in begun.filter(pk=named)}


def communes_held(officer: Officer, since: dt.date, until: dt.date) -> list[Commune]:
    """Give the communes ``officer`` followed, in any role, on some day of [since, until)."""
    held = Assignment.objects.filter(officer=officer).filter(overlaps(since, until))
    return list(Commune.objects.defer("boundary").filter(pk__in=held.values("commune")))


def report_lines(officer: Officer, period: Period, day: dt.date) -> list[DutyLine]:
    """Give the lines of the duty list that ask a report of ``period`` from ``officer``."""
    return duty_list(None, [period], day, officer=officer.pk, kinds=(DutyKind.REPORT,))


def lines_about(report: PeriodicReport, day: dt.date) -> list[DutyLine]:
    """Give the duties a report speaks of: of its period and the shorter ones inside it."""
    if report.period is None:
        return []
    whole = report.period
    inside = Period.objects.filter(started_on__gte=whole.started_on, ended_on__lte=whole.ended_on)
    return duty_list(None, inside, day, officer=report.officer_id, commune=report.commune_id)


def deadline_of(report: PeriodicReport, lines: Iterable[DutyLine]) -> dt.date | None:
    """Give the last day on which the report is in time; ``None`` when none is owed.

    ``lines`` are those of :func:`lines_about`. Once it was handed in, the day it was judged by
    stands (DOMAIN R21).
    """
    if report.first_submitted_on:
        return report.due_on
    asking = (
        line.deadline
        for line in lines
        if line.duty.kind == DutyKind.REPORT
        and line.period == report.period
        and line.commune_id == report.commune_id
        and line.due
    )
    return next(asking, None)


def check_asked(officer: Officer, period: Period, commune: Commune | None, day: dt.date) -> None:
    """Refuse a period that has not begun, and a report that nobody asks of ``officer``.

    Where the regulation asks none, who held a commune may still write one of all communes.
    """
    if period.started_on > day:
        raise ValidationError(
            f"{period} chưa bắt đầu: soạn báo cáo được từ ngày {period.started_on:%d/%m/%Y}."
        )
    asked = {line.commune_id for line in report_lines(officer, period, day)}
    wanted = commune.pk if commune else None
    if wanted in asked:
        return
    if not asked and commune is None and held_any(officer, period):
        return
    raise ValidationError(why_not_asked(officer, period, commune, asked))


def held_any(officer: Officer, period: Period) -> bool:
    """Say whether ``officer`` followed some commune, in any role, on a day of ``period``."""
    rows = Assignment.objects.filter(officer=officer)
    return rows.filter(overlaps(period.started_on, period.ended_on)).exists()


def why_not_asked(
    officer: Officer, period: Period, commune: Commune | None, asked: set[int | None]
) -> str:
    """Say why there is no such report to write."""
    if commune is None and asked:
        return ONE_FOR_EACH
    if commune is not None and (None in asked or (not asked and held_any(officer, period))):
        return ONE_FOR_ALL
    place = commune.party_body if commune else "Đảng bộ nào"
    return f"Đồng chí {officer.full_name} không phụ trách {place} trong kỳ {period}."
