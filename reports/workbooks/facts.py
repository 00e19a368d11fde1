"""What the summary workbook tells, fetched once for one day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch

from assignments.coverage import ROLE_ORDER, with_coverage, with_current
from assignments.enums import COVERING_ROLES, DutyKind
from assignments.models import Assignment, Officer
from communes.lineage import Reading
from communes.models import Commune
from reports import figures
from reports.duties import DutyLine
from reports.duties.named import NamedLine, named
from reports.enums import OPEN_STATES
from reports.figures import COMMUNES, FIGURES, PETITIONS, with_figures
from reports.matrix import Matrix, make_matrix
from reports.models import Period, Petition
from reports.periodic.expected import Reporting, reporting_of
from reports.petitions.columns import with_standing
from reports.quarters import QuarterSpan
from reports.territories import Grouping
from reports.viewpoint import Viewpoint


@dataclass(frozen=True)
class Facts:
    """The records that ``view`` shows of its day and quarters.

    ``communes`` and ``ending`` (which will soon have nobody) carry coverage and the assignments
    of the day; ``officers`` have ``active`` and all assignments begun by the day as ``begun``;
    ``petitions`` are all raised by the day, as they stood; ``lines`` the duties of the quarters.
    """

    view: Viewpoint
    values: dict[str, int]
    communes: list[Commune]
    ending: list[Commune]
    officers: list[Officer]
    assignments: list[Assignment]
    petitions: list[Petition]
    lines: list[NamedLine]
    matrix: Matrix
    reporting: Reporting

    @property
    def day(self) -> dt.date:
        return self.view.day

    @property
    def reading(self) -> Reading:
        """Give under which units records are read."""
        return self.view.reading

    @property
    def grouping(self) -> Grouping:
        """Give how units are put together: by district or by area."""
        return self.view.grouping

    @property
    def quarter(self) -> Period | QuarterSpan | None:
        """Give what the duties are of."""
        return self.view.quarter

    @property
    def quarters(self) -> tuple[Period, ...]:
        """Give the quarters the duties are of, the oldest first."""
        asked = self.quarter
        if isinstance(asked, QuarterSpan):
            return asked.quarters
        return (asked,) if asked else ()

    def quarter_of(self, line: DutyLine) -> Period:
        """Give the quarter in which a line's period ends."""
        return next(one for one in self.quarters if line.period.ends_within(one))

    @cached_property
    def uncovered(self) -> list[Commune]:
        return [commune for commune in self.communes if not commune.covered]

    @cached_property
    def last_holders(self) -> dict[tuple[int, dt.date], Assignment]:
        """Give the covering assignment that ended, by the unit it counts for and day of its end."""
        return {
            (self.reading.key_of(row.commune_id), row.ended_on): row
            for officer in self.officers
            for row in officer.begun
            if row.ended_on and row.role in COVERING_ROLES
        }

    @property
    def petitions_open(self) -> list[Petition]:
        return [one for one in self.petitions if one.state_on in OPEN_STATES]

    @property
    def petitions_untold(self) -> list[Petition]:
        untold = (one for one in self.petitions if one.is_untold)
        return sorted(untold, key=lambda one: (one.stands_since, one.pk))

    def current(self, officer: Officer) -> list[Assignment]:
        """Give what an officer follows on the day."""
        return [row for row in officer.begun if row.is_active_on(self.day)]


def gather(view: Viewpoint) -> Facts:
    """Fetch everything, in a number of queries that does not grow with the rows."""
    communes = fetch_communes(view)
    return Facts(
        view=view,
        values=figures.values(view, fetched={COMMUNES: communes}),
        communes=communes,
        ending=[commune for commune in communes if commune.in_communes_ending],
        officers=fetch_officers(view),
        assignments=fetch_assignments(view),
        petitions=fetch_petitions(view),
        lines=fetch_lines(view),
        matrix=make_matrix(view),
        reporting=fetch_reporting(view),
    )


def fetch_communes(view: Viewpoint) -> list[Commune]:
    """Give the communes by place, with coverage, who is there on the day and their figures."""
    rows = with_figures(COMMUNES.visible(view), COMMUNES, view)
    communes = with_coverage(rows, view.day, view.reading).select_related("district", "area")
    return view.grouping.ordered(with_current(communes, view.user, view.day))


def fetch_officers(view: Viewpoint) -> list[Officer]:
    """Give the officers ever assigned, by tên, đệm, họ."""
    begun = (
        Assignment.objects.visible_to(view.user)
        .started_by(view.day)
        .with_parties()
        .select_related("commune__area")
        .order_by(ROLE_ORDER, "commune__district__code", "commune__sort_key", "started_on")
    )
    active = ExpressionWrapper(FIGURES["officers_active"].condition(view), BooleanField())
    officers = FIGURES["officers_assigned"].members(view).annotate(active=active)
    return list(
        officers.prefetch_related(
            Prefetch("assignments", queryset=begun, to_attr="begun")
        ).order_by("sort_key", "pk")
    )


def fetch_assignments(view: Viewpoint) -> list[Assignment]:
    """Give the assignments in force, by district and commune, the main officer first."""
    return list(
        FIGURES["assignments_active"]
        .members(view)
        .with_parties()
        .select_related("commune__area")
        .order_by(
            F("commune__district__code").asc(nulls_last=True),
            "commune__sort_key",
            "commune_id",
            ROLE_ORDER,
            "officer__sort_key",
        )
    )


def fetch_petitions(view: Viewpoint) -> list[Petition]:
    """Give every petition raised by the day with who has it, the oldest first."""
    rows = with_standing(PETITIONS.visible(view), view.day).annotate(
        lead_since=F("lead_leg__held_since")
    )
    rows = rows.with_parties().select_related("commune__area")
    return list(rows.order_by("raised_on", "pk"))


def fetch_lines(view: Viewpoint) -> list[NamedLine]:
    """Give the duties of the quarters by time, officer, place and kind."""
    return sorted(named(view.lines, view.day, view.reading), key=line_order)


def line_order(one: NamedLine) -> tuple:
    place = bytes(one.unit.sort_key) if one.unit else b""
    period, kinds = one.line.period, list(DutyKind)
    officer = bytes(one.officer.sort_key), one.officer.pk
    return period.ended_on, *officer, place, kinds.index(one.line.duty.kind), period.started_on


def fetch_reporting(view: Viewpoint) -> Reporting:
    """Give the reports of the periods that end in the quarter."""
    periods = view.within([view.quarter] if view.quarter else [])
    lines = [line for line in view.lines if line.duty.kind == DutyKind.REPORT]
    return reporting_of(lines, view.user, periods, view.day)
