"""The duty list against a plain count, day by day, over invented provinces and rules."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from assignments.enums import (
    AssignmentRole,
    DutyKind,
    DutyUnit,
    PeriodKind,
    ProRata,
    VisitKind,
    VisitOutcome,
)
from assignments.models import Duty
from communes.models import Commune
from reports.duties import duty_list, total
from reports.enums import ReportMove, ReportState, WaiverEffect
from reports.models import Period
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_duty,
    make_officer,
    make_period,
    make_regulation,
    make_report,
    make_report_event,
    make_visit,
    make_waiver,
)
from tests.reports.spans import LENGTH, Span, lawful, on, spans

PEOPLE = 4  # and as many communes
# (kind, first day, day after): periods of several kinds over one another.
PERIODS = (
    (PeriodKind.MONTH, 0, 5),
    (PeriodKind.MONTH, 5, 10),
    (PeriodKind.QUARTER, 0, 9),
    (PeriodKind.QUARTER, 9, 20),
    (PeriodKind.YEAR, 0, 20),
)
GOING = (DutyKind.COMMITTEE_MEETING, DutyKind.CELL_MEETING)
KINDS = (*GOING, DutyKind.REPORT)


@dataclass(frozen=True)
class Going:
    """A visit as drawn: who, where, on which day, for what; did it take place, does it count."""

    officer: int
    commune: int
    day: int
    kind: str
    is_held: bool
    is_confirmed: bool


@dataclass(frozen=True)
class Excuse:
    """A waiver as drawn; it stands from ``since`` up to ``until``."""

    officer: int
    commune: int | None
    period: int
    kind: str
    effect: WaiverEffect
    times: int
    since: int
    until: int | None


@dataclass(frozen=True)
class Report:
    """A report as drawn: handed in on a day; sent back on another, if at all, and for good."""

    officer: int
    commune: int | None
    period: int
    handed_in: int
    sent_back: int | None

    def stands(self, day: int) -> bool:
        """Say whether it stood as handed in: of both on one day sending back is the later."""
        return self.handed_in <= day and (self.sent_back is None or day < self.sent_back)


people, days = st.integers(0, PEOPLE - 1), st.integers(0, LENGTH - 1)
goings = st.builds(
    Going,
    people,
    people,
    days,
    st.sampled_from([*GOING, VisitKind.LOCAL_ACTIVITY]),
    st.booleans(),
    st.booleans(),
)
excuses = st.builds(
    Excuse,
    people,
    st.none() | people,
    st.integers(0, len(PERIODS) - 1),
    st.sampled_from(KINDS),
    st.sampled_from(WaiverEffect),
    st.integers(1, 2),
    st.integers(0, LENGTH),
    st.none() | st.integers(0, LENGTH * 2),
)
reports = st.builds(
    lambda officer, commune, period, handed_in, later: Report(
        officer, commune, period, handed_in, None if later is None else handed_in + later
    ),
    people,
    st.none() | people,
    st.integers(0, len(PERIODS) - 1),
    st.integers(0, LENGTH),
    st.none() | st.integers(0, 5),
)
duties = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "period_kind": st.sampled_from([PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR]),
        "required": st.integers(1, 4),
        "unit": st.sampled_from(DutyUnit),
        "pro_rata": st.sampled_from(ProRata),
        "exempt_days": st.integers(0, 6),
    }
)


@dataclass(frozen=True)
class World:
    """All that is drawn: who held what, went where, reported; excuses; two versions of rules."""

    spans: list[Span]
    goings: list[Going]
    reports: list[Report]
    excuses: list[Excuse]
    rules: list[dict]
    changed: list[dict]
    change: int  # the day the second version comes into force


def once_each(rules: list[dict]) -> list[dict]:
    """Keep the first rule of each kind and kind of period: the table allows no second."""
    return list({(rule["kind"], rule["period_kind"]): rule for rule in reversed(rules)}.values())


worlds = st.builds(
    World,
    st.lists(spans(), max_size=8).map(lawful),
    st.lists(goings, max_size=12),
    st.lists(reports, max_size=6, unique_by=lambda one: (one.officer, one.commune, one.period)),
    st.lists(excuses, max_size=4),
    st.lists(duties, min_size=1, max_size=3).map(once_each),
    st.lists(duties, max_size=3).map(once_each),
    st.integers(1, LENGTH),
)


# --- the plain count ---------------------------------------------------------------------------


def who_answers(world: World, commune: int, day: int) -> int | None:
    """Give who answers for a commune on a day: the cover if there is one, else the main officer."""
    here = [span for span in world.spans if span.commune == commune and span.holds(day)]
    for role in (AssignmentRole.COVER, AssignmentRole.MAIN):
        for span in here:
            if span.role == role:
                return span.officer
    return None


def plain_due(rule: dict, held: int, whole: int) -> int:
    if held == 0 or held < min(rule["exempt_days"], whole):
        return 0
    if rule["pro_rata"] == ProRata.PROPORTIONAL:
        return floor(Fraction(rule["required"] * held, whole) + Fraction(1, 2))
    is_whole = held == whole or rule["pro_rata"] == ProRata.FULL
    return rule["required"] if is_whole else 0


def plain_lines(world: World, as_of: int) -> dict[tuple, tuple[int, int, int, int, int]]:
    """Count (days, due, done, waived, explained) of each line, one day after another."""
    result = {}
    for index, (kind, first, after) in enumerate(PERIODS):
        rules = world.rules if first < world.change else world.changed
        for rule in (rule for rule in rules if rule["period_kind"] == kind and first <= as_of):
            held: dict[int, dict[int, set[int]]] = {}
            for day in range(first, after):
                for commune in range(PEOPLE):
                    officer = who_answers(world, commune, day)
                    if officer is not None:
                        held.setdefault(officer, {}).setdefault(commune, set()).add(day)
            for officer, by_commune in held.items():
                groups = {commune: ({commune}, days) for commune, days in by_commune.items()}
                if rule["unit"] == DutyUnit.PER_OFFICER:
                    groups = {None: (set(by_commune), set().union(*by_commune.values()))}
                for commune, (places, answered) in groups.items():
                    due = plain_due(rule, len(answered), after - first)
                    if rule["kind"] == DutyKind.REPORT:
                        times = plain_reported(world, officer, commune, index, as_of)
                    else:
                        times = plain_done(world, officer, places, rule, first, after, as_of)
                    done = min(due, times)
                    excuse = [
                        plain_excused(world, officer, commune, index, rule, effect, as_of)
                        for effect in (WaiverEffect.WAIVED, WaiverEffect.EXPLAINED)
                    ]
                    waived = min(due - done, excuse[0])
                    explained = min(due - done - waived, excuse[1])
                    key = officer, commune, rule["kind"], index
                    result[key] = len(answered), due, done, waived, explained
    return result


def plain_done(world, officer, places, rule, first, after, as_of) -> int:
    return sum(
        going.officer == officer
        and going.commune in places
        and going.kind == rule["kind"]
        and first <= going.day < after
        and going.day <= as_of
        and going.is_held
        and going.is_confirmed
        for going in world.goings
    )


def plain_reported(world, officer, commune, period, as_of) -> int:
    return sum(
        (report.officer, report.commune, report.period) == (officer, commune, period)
        and report.stands(as_of)
        for report in world.reports
    )


def plain_excused(world, officer, commune, period, rule, effect, as_of) -> int:
    return sum(
        excuse.times
        for excuse in world.excuses
        if (excuse.officer, excuse.commune, excuse.period, excuse.kind, excuse.effect)
        == (officer, commune, period, rule["kind"], effect)
        and excuse.since <= as_of
        and (excuse.until is None or as_of < excuse.until)
    )


# --- the same in the database -------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    """The keys of what was written, to translate lines back."""

    officers: dict[int, int]
    communes: dict[int, int]
    periods: dict[int, int]
    all_periods: list[Period]


def write(world: World) -> Written:
    officers, communes = (
        [make_officer() for _ in range(PEOPLE)],
        [make_commune() for _ in range(PEOPLE)],
    )
    periods = [
        make_period(on(first), on(after), kind=kind, year=2024, number=index + 1)
        if kind != PeriodKind.YEAR
        else make_period(on(first), on(after), kind=kind, year=2024, number=1)
        for index, (kind, first, after) in enumerate(PERIODS)
    ]
    for rules, since, until in (
        (world.rules, -30, world.change),
        (world.changed, world.change, None),
    ):
        version = make_regulation(
            started_on=on(since), ended_on=None if until is None else on(until)
        )
        for rule in rules:
            make_duty(version, **rule)
    for span in world.spans:
        make_assignment(
            officers[span.officer],
            communes[span.commune],
            role=span.role,
            started_on=on(span.start),
            ended_on=None if span.end is None else on(span.end),
            opening_decision=None,
        )
    for going in world.goings:
        write_going(going, officers, communes)
    for report in world.reports:
        write_report(report, officers, communes, periods)
    for excuse in world.excuses:
        write_excuse(excuse, officers, communes, periods)
    return Written(
        {officer.pk: number for number, officer in enumerate(officers)},
        {commune.pk: number for number, commune in enumerate(communes)},
        {period.pk: number for number, period in enumerate(periods)},
        periods,
    )


def write_going(going: Going, officers: list, communes: list[Commune]) -> None:
    visit = make_visit(
        communes[going.commune],
        visited_on=on(going.day),
        kind=going.kind,
        outcome=VisitOutcome.HELD if going.is_held else VisitOutcome.POSTPONED,
    )
    waiting = {} if going.is_confirmed else {"confirmed_at": None}
    make_attendance(officers[going.officer], visit, **waiting)


def write_report(report: Report, officers: list, communes: list, periods: list) -> None:
    state = ReportState.SUBMITTED if report.sent_back is None else ReportState.RETURNED
    made = make_report(
        officers[report.officer],
        commune=None if report.commune is None else communes[report.commune],
        period=periods[report.period],
        state=state,
        first_submitted_on=on(report.handed_in),
    )
    make_report_event(made, happened_on=on(report.handed_in))
    if report.sent_back is not None:
        make_report_event(
            made,
            move=ReportMove.RETURN,
            state=ReportState.RETURNED,
            reason="Bổ sung",
            happened_on=on(report.sent_back),
        )


def write_excuse(excuse: Excuse, officers: list, communes: list, periods: list) -> None:
    until = excuse.until
    make_waiver(
        officers[excuse.officer],
        None if excuse.commune is None else communes[excuse.commune],
        periods[excuse.period],
        duty_kind=excuse.kind,
        effect=excuse.effect,
        times=excuse.times,
        decided_on=on(excuse.since),
        withdrawn_on=None if until is None else on(until),
        withdrawal_reason="" if until is None else "Rút",
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds, looks=st.lists(st.integers(0, LENGTH + 5), min_size=2, max_size=2))
def test_the_list_agrees_with_a_plain_count(users, world, looks):
    with transaction.atomic():
        written = write(world)
        for as_of in looks:
            lines = duty_list(users[Role.LEADER], written.all_periods, on(as_of))
            found = {
                (
                    written.officers[line.officer_id],
                    written.communes.get(line.commune_id),
                    line.duty.kind,
                    written.periods[line.period.pk],
                ): (line.days, line.due, line.done, line.waived, line.explained)
                for line in lines
            }
            assert len(found) == len(lines)
            assert found == plain_lines(world, as_of)
            sums = total(lines, on(as_of))
            assert sums.due == sums.done + sums.waived + sums.explained + sums.unexplained
            assert all(line.unexplained >= 0 for line in lines)
        transaction.set_rollback(True)
    assert not Duty.objects.exists()
