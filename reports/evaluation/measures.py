"""What is measured of officers in a cycle: shares of what they had to do, as of a day.

A measure is a share and never a number of things: who has more communes, or communes that ask for
more, is not measured by it. What was waived, or explained and accepted, is taken out of what was
to be done. Each number comes with the records it adds up.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode

from assignments.enums import DutyKind, PeriodKind
from communes.models import Commune
from reports.duties import DutyLine, duty_list
from reports.enums import Measure
from reports.evaluation.shares import Measured, Member, sentence_of
from reports.evaluation.telling_back import Result, results_due
from reports.models import EvaluationCycle, Period, PeriodicReport, Waiver
from reports.models.waivers import stands_on
from reports.quarters import between

DUTY_OF = {
    Measure.COMMITTEE_MEETINGS: DutyKind.COMMITTEE_MEETING,
    Measure.CELL_MEETINGS: DutyKind.CELL_MEETING,
    Measure.FIELD_VISITS: DutyKind.FIELD_VISIT,
    Measure.REPORTS: DutyKind.REPORT,
    Measure.REPORTS_ON_TIME: DutyKind.REPORT,
}
OF_PETITIONS = (Measure.PETITIONS_TOLD, Measure.PETITIONS_TOLD_ON_TIME)

Measures = dict[Measure, Measured]


@dataclass(frozen=True)
class Reading:
    """What is read: of which cycle, as of which day, of everybody or one officer."""

    cycle: EvaluationCycle
    day: dt.date
    officer: int | None = None

    @cached_property
    def periods(self) -> list[Period]:
        """Give the periods of every kind that end within the cycle: each belongs to one."""
        ends_within = Q(ended_on__gt=self.cycle.started_on, ended_on__lte=self.cycle.ended_on)
        return list(Period.objects.filter(ends_within).order_by("started_on", "pk"))

    @cached_property
    def quarters(self) -> str:
        """Give the quarters of the cycle as addresses name them; "" when it has none."""
        quarters = [period for period in self.periods if period.kind == PeriodKind.QUARTER]
        return between(quarters, quarters[0], quarters[-1]).code if quarters else ""

    def address(self, page: str, officer: int, **query: str) -> str:
        """Give the address of a list of what is ``officer``'s, as it was on the day."""
        asked = {"can_bo": officer, **query, "ngay": self.day.isoformat()}
        return f"{reverse(page)}?{urlencode({k: v for k, v in asked.items() if v})}"


def measured(reading: Reading, measures: Collection[str] = tuple(Measure)) -> dict[int, Measures]:
    """Give what ``measures`` say of every officer of whom something is known, by officer.

    Of anybody else ask :func:`nothing`. At most ten queries, however many officers.
    """
    found: dict[tuple[int, Measure], list[Member]] = defaultdict(list)
    asked = [measure for measure in Measure if measure in measures]
    for measure, holder, member in [*of_duties(reading, asked), *of_petitions(reading, asked)]:
        found[holder, measure].append(member)
    officers = {holder for holder, _ in found}
    return {
        holder: {
            measure: one_measured(reading, holder, measure, found[holder, measure])
            for measure in asked
        }
        for holder in officers
    }


def nothing(reading: Reading, officer: int, measures: Collection[str]) -> Measures:
    """Give the measures of an officer who had nothing to do."""
    asked = [measure for measure in Measure if measure in measures]
    return {measure: one_measured(reading, officer, measure, ()) for measure in asked}


def one_measured(
    reading: Reading, officer: int, measure: Measure, members: Iterable[Member]
) -> Measured:
    address = (
        reading.address("petitions:list", officer)
        if measure in OF_PETITIONS
        else reading.address(
            "reports:duty_list", officer, nhiem_vu=DUTY_OF[measure].value, ky=reading.quarters
        )
    )
    return Measured(measure.value, sentence_of(measure), tuple(members), address)


# --- duties --------------------------------------------------------------------------------------


def of_duties(reading: Reading, measures: Collection[Measure]) -> list[tuple[Measure, int, Member]]:
    """Give what the duty list says, line by line, to each measure that counts its kind."""
    kinds = {DUTY_OF[measure].value for measure in measures if measure in DUTY_OF}
    if not kinds:
        return []
    owed = duty_list(None, reading.periods, reading.day, officer=reading.officer, kinds=kinds)
    lines = [line for line in owed if line.due]
    places = places_of(lines)
    late = late_reports(reading) if Measure.REPORTS_ON_TIME in measures else {}
    return [
        (measure, line.officer_id, member_of(line, measure, places, late))
        for line in lines
        for measure in measures
        if DUTY_OF.get(measure) == line.duty.kind
    ]


def places_of(lines: Iterable[DutyLine]) -> dict[int | None, str]:
    """Give the names of the communes that lines are about."""
    keys = {line.commune_id for line in lines} - {None}
    communes = Commune.objects.select_related("district").defer("boundary").in_bulk(keys)
    names = {key: commune.full_name for key, commune in communes.items()}
    return names | {None: "mọi Đảng bộ được giao"}


# (officer, commune, period) → whether its lateness was excused.
Late = dict[tuple[int, int | None, int], bool]


def late_reports(reading: Reading) -> Late:
    """Give the reports of the periods handed in late, by the day each was judged by (R21)."""
    excuse = Waiver.objects.filter(
        stands_on(reading.day),
        Q(commune=OuterRef("commune")) | Q(commune__isnull=True),
        duty_kind=DutyKind.REPORT,
        officer=OuterRef("officer"),
        period=OuterRef("period"),
    )
    rows = PeriodicReport.objects.standing().late()
    rows = rows.filter(period__in=reading.periods, first_submitted_on__lte=reading.day)
    if reading.officer is not None:
        rows = rows.filter(officer=reading.officer)
    found = rows.annotate(is_excused=Exists(excuse)).order_by()
    return {
        (officer, commune, period): is_excused
        for officer, commune, period, is_excused in found.values_list(
            "officer", "commune", "period", "is_excused"
        )
    }


def member_of(
    line: DutyLine, measure: Measure, places: dict[int | None, str], late: Late
) -> Member:
    """Give one line as a measure counts it: of a report handed in late, none was in time."""
    key = line.officer_id, line.commune_id, line.period.pk
    is_late = measure == Measure.REPORTS_ON_TIME and line.done > 0 and key in late
    return Member(
        key=line.key,
        label=f"{line.period}, {places[line.commune_id]}",
        due=line.due,
        done=0 if is_late else line.done,
        waived=line.waived,
        excused=line.explained + (line.done if is_late and late[key] else 0),
    )


# --- petitions -----------------------------------------------------------------------------------


def of_petitions(
    reading: Reading, measures: Collection[Measure]
) -> list[tuple[Measure, int, Member]]:
    """Give the results each officer had to tell of, to the measures of telling."""
    asked = [measure for measure in measures if measure in OF_PETITIONS]
    if not asked:
        return []
    cycle = reading.cycle
    found = results_due(cycle.started_on, cycle.ended_on, reading.day, reading.officer)
    return [
        (measure, officer, member_of_result(result, measure))
        for officer, results in found.items()
        for result in results
        for measure in asked
    ]


def member_of_result(result: Result, measure: Measure) -> Member:
    in_time = measure == Measure.PETITIONS_TOLD_ON_TIME
    is_done = result.is_in_time if in_time else result.told_on is not None
    told = f"thông tin lại {result.told_on:%d/%m/%Y}" if result.told_on else "chưa thông tin lại"
    petition = result.petition
    return Member(
        key=f"{petition.pk}-{result.since}",
        label=f"{petition}, {petition.commune.name_in_sentence}: có kết quả "
        f"{result.since:%d/%m/%Y}, {told}",
        due=1,
        done=int(is_done),
        address=reverse("petitions:detail", args=[petition.pk]),
    )
