"""The numbers a report quotes: live while it is written, frozen when it is handed in (R22).

They are kept as tables with their Vietnamese headings, so that an old report reads and prints as
it did, whatever words later versions use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, OuterRef, Q

from assignments.enums import DutyKind, VisitOutcome
from assignments.models import Attendance
from reports.duties import DutyLine, Totals, by_kind
from reports.duties.words import DUTY_WORDS
from reports.enums import HANDED_IN, OPEN_STATES, PetitionAct
from reports.models import PeriodicReport, PetitionEvent
from reports.periodic.asked import lines_about
from reports.periodic.records import Scope

Table = dict[str, object]
SETTLING = (PetitionAct.ANSWER, PetitionAct.MARK_DUPLICATE)


def quotes(report: PeriodicReport, day: dt.date, lines: Iterable[DutyLine] | None = None) -> dict:
    """Give what ``report`` quotes as of ``day``: frozen as long as it is handed in, else live.

    ``{"on": "2023-07-03", "head": "…", "blocks": [{"name", "title", "columns", "rows"}]}``; an
    urgent report, which is of no period, quotes nothing. ``lines`` are those of
    :func:`reports.periodic.asked.lines_about`, when they are at hand.
    """
    if report.state in HANDED_IN and report.quoted is not None:
        return report.quoted
    if report.period is None:
        return {"on": day.isoformat(), "head": "", "blocks": []}
    scope = Scope(report.officer, report.period, report.commune, day)
    lines = lines_about(report, day) if lines is None else lines
    held = scope.attendances().filter(visit__outcome=VisitOutcome.HELD)
    return quoted(scope, lines, held, count_petitions(scope))


def quoted(
    scope: Scope, lines: Iterable[DutyLine], held: Iterable[Attendance], counts: Mapping[str, int]
) -> dict:
    """Put together what is quoted of the records given, as :func:`quotes` gives it."""
    return {
        "on": scope.day.isoformat(),
        "head": f"{scope.period}: số liệu từ ngày {scope.since:%d/%m/%Y} "
        f"đến hết ngày {scope.last:%d/%m/%Y}",
        "blocks": [duties(lines, scope.day), visits(held), petitions(counts, scope.day)],
    }


def block(name: str, title: str, columns: Iterable[str], rows: Iterable[Iterable]) -> Table:
    """Give one table as it is kept."""
    return {
        "name": name,
        "title": title,
        "columns": list(columns),
        "rows": [list(row) for row in rows],
    }


def duties(lines: Iterable[DutyLine], day: dt.date) -> Table:
    """Count what was owed by going, and what became of it; a report does not quote itself."""
    counted = by_kind((line for line in lines if line.duty.kind != DutyKind.REPORT), day)
    columns = ["Nhiệm vụ", *(word.label for word in DUTY_WORDS)]
    rows = (duty_row(kind, totals) for kind, totals in counted.items())
    return block("duties", "Nhiệm vụ trong kỳ", columns, rows)


def duty_row(kind: DutyKind, totals: Totals) -> list[object]:
    return [str(kind.label), *(word.of(totals) for word in DUTY_WORDS)]


def visits(held: Iterable[Attendance]) -> Table:
    """List what the officer was at: day, commune, what for."""
    rows = [
        [
            f"{row.visit.visited_on:%d/%m/%Y}",
            row.visit.commune.full_name,
            row.visit.get_kind_display(),
        ]
        for row in held
    ]
    title = f"Chuyến đi cơ sở đã dự: {len(rows)}"
    return block("visits", title, ["Ngày", "Đảng bộ", "Việc"], rows)


def count_petitions(scope: Scope) -> dict[str, int]:
    """Count the officer's petitions: raised, settled, told in the period; open on the day."""
    done = PetitionEvent.objects.filter(petition=OuterRef("pk"), happened_on__range=scope.days)
    stood = scope.petitions().on(scope.day).order_by()
    return stood.annotate(
        was_settled=Exists(done.filter(act__in=SETTLING)),
        was_told=Exists(done.filter(act=PetitionAct.TELL)),
    ).aggregate(
        raised=Count("pk", filter=Q(raised_on__range=scope.days)),
        still_open=Count("pk", filter=Q(state_on__in=OPEN_STATES)),
        settled=Count("pk", filter=Q(was_settled=True)),
        told=Count("pk", filter=Q(was_told=True)),
    )


def petitions(counts: Mapping[str, int], day: dt.date) -> Table:
    """Give the numbers of petitions with their words."""
    rows = [
        ["Phản ánh trong kỳ", counts["raised"]],
        ["Có kết quả, trả lời trong kỳ", counts["settled"]],
        ["Đã thông tin lại cho địa phương trong kỳ", counts["told"]],
        [f"Đang giải quyết đến ngày {day:%d/%m/%Y}", counts["still_open"]],
    ]
    return block("petitions", "Kiến nghị của địa phương", ["Nội dung", "Số kiến nghị"], rows)
