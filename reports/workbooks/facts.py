"""What the summary workbook tells, fetched once for one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch

from accounts.models import User
from assignments.coverage import ROLE_ORDER, with_coverage, with_current
from assignments.enums import COVERING_ROLES
from assignments.models import Assignment, Officer
from communes.models import Commune
from reports import figures
from reports.figures import FIGURES
from reports.viewpoint import Viewpoint

NO_DISTRICT = "Không có cấp huyện"
PLACE_ORDER = (F("district__code").asc(nulls_last=True), "sort_key", "pk")


@dataclass(frozen=True)
class Facts:
    """The records of ``day`` that ``user`` may see.

    ``communes`` and ``ending`` (which will soon have nobody) carry coverage and the assignments
    of the day; ``officers`` have ``active`` and all assignments begun by the day as ``begun``.
    """

    day: dt.date
    values: dict[str, int]
    communes: list[Commune]
    ending: list[Commune]
    officers: list[Officer]
    assignments: list[Assignment]

    @cached_property
    def uncovered(self) -> list[Commune]:
        return [commune for commune in self.communes if not commune.covered]

    @cached_property
    def last_holders(self) -> dict[tuple[int, dt.date], Assignment]:
        """Give the covering assignment that ended, by commune and day of its end."""
        return {
            (row.commune_id, row.ended_on): row
            for officer in self.officers
            for row in officer.begun
            if row.ended_on and row.role in COVERING_ROLES
        }

    def current(self, officer: Officer) -> list[Assignment]:
        """Give what an officer follows on the day."""
        return [row for row in officer.begun if row.is_active_on(self.day)]


def gather(user: User, day: dt.date) -> Facts:
    """Fetch everything, in a number of queries that does not grow with the rows."""
    view = Viewpoint(user, day)
    return Facts(
        day=day,
        values=figures.values(view),
        communes=fetch_communes("communes", view),
        ending=fetch_communes("communes_ending", view),
        officers=fetch_officers(view),
        assignments=fetch_assignments(view),
    )


def fetch_communes(key: str, view: Viewpoint) -> list[Commune]:
    """Give a figure's communes by district, with coverage and who is there on the day."""
    communes = with_coverage(FIGURES[key].members(view), view.day)
    return list(with_current(communes, view.user, view.day).order_by(*PLACE_ORDER))


def fetch_officers(view: Viewpoint) -> list[Officer]:
    """Give the officers ever assigned, by tên, đệm, họ."""
    begun = (
        Assignment.objects.visible_to(view.user)
        .started_by(view.day)
        .with_parties()
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
        .order_by(
            F("commune__district__code").asc(nulls_last=True),
            "commune__sort_key",
            "commune_id",
            ROLE_ORDER,
            "officer__sort_key",
        )
    )


def district_name(commune: Commune) -> str:
    """Give the name of a commune's district."""
    return str(commune.district or NO_DISTRICT)


def by_district(communes: list[Commune]) -> Iterator[tuple[str, list[Commune]]]:
    """Give communes, sorted by district, in one group for each."""
    for _, group in groupby(communes, key=lambda commune: commune.district_id):
        members = list(group)
        yield district_name(members[0]), members
