"""The matrix commune × quarter: each cell adds up the same lines its link lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.coverage import communes_visible_to
from assignments.tables import State
from communes.models import Commune
from reports.duties import DutyLine, Totals, duty_list, total
from reports.duties.states import NOBODY, state_of
from reports.models import Period
from reports.territories import Grouping
from reports.viewpoint import Viewpoint

QUARTERS = 8  # two years
PER_PAGE = 150  # units: those of a province are on one page
# Under the old units: the commune was not yet, or no longer.
NOT_THERE = State("–", "Chưa có hoặc không còn đơn vị này", "nil")
# To an officer: a colleague's quarter and one nobody answered for look alike.
NOT_OWN = State("–", "Không do đồng chí phụ trách", "nil")


@dataclass(frozen=True)
class MatrixCell:
    """What became of a commune's duties in a quarter; ``totals`` None: nobody answered for it."""

    quarter: Period
    totals: Totals | None
    without: State = NOBODY

    @cached_property
    def state(self) -> State:
        return state_of(self.totals) if self.totals else self.without

    @property
    def text(self) -> str:
        """Give sign and numbers: "✓ 3/4 (1 miễn)"."""
        if self.totals is None or not self.totals.due:
            return self.state.sign
        return f"{self.state.sign} {self.totals.fraction}"


@dataclass(frozen=True)
class MatrixRow:
    """One commune over the quarters; ``name`` tells it from another of the same name there."""

    commune: Commune
    name: str
    cells: list[MatrixCell]


@dataclass(frozen=True)
class Matrix:
    """Communes of the day by district or area, and the last quarters up to the one looked at.

    Under the old units: every commune there was in those quarters.
    """

    quarters: list[Period]
    rows: list[MatrixRow]
    grouping: Grouping
    page: Page | None = None  # whose units the rows are; None: of all


def quarters_shown(view: Viewpoint) -> list[Period]:
    """Give the last quarters up to the one looked at, oldest first."""
    if view.quarter is None:
        return []
    until = [one for one in view.quarters if one.ended_on <= view.quarter.ended_on]
    asked = sum(one.ends_within(view.quarter) for one in until)
    return list(reversed(until[: max(QUARTERS, asked)]))


def make_matrix(view: Viewpoint, number: str | None = None) -> Matrix:
    """Give the matrix of what one may see, in a fixed number of queries.

    Of all units, or of the page of them with ``number``: then no other's duties are read.
    """
    quarters = quarters_shown(view)
    page = Paginator(units_shown(view, quarters), PER_PAGE).get_page(number) if number else None
    communes = list(page.object_list if page else units_shown(view, quarters))
    is_part = page is not None and page.has_other_pages()
    keys = view.reading.read_under({one.pk for one in communes}) if is_part else None
    by_cell: dict[tuple[int | None, int], list[DutyLine]] = defaultdict(list)
    for line in duty_list(view.user, view.within(quarters), view.day, commune=keys):
        quarter = next(one for one in quarters if line.period.ends_within(one))
        by_cell[view.unit_of(line), quarter.pk].append(line)
    rows = [
        MatrixRow(commune, name, cells_of(commune, quarters, by_cell, view))
        for commune, name in named(view.grouping.ordered(communes), view.grouping)
    ]
    return Matrix(quarters, rows, view.grouping, page)


def units_shown(view: Viewpoint, quarters: Sequence[Period]) -> QuerySet[Commune]:
    """Give the units of the day, or of the time of ``quarters``, in the order of tables."""
    since = quarters[0].started_on if quarters and view.is_old else view.since
    communes = communes_visible_to(view.user, view.day, since).select_related("district", "area")
    return communes.defer("boundary").order_by(*view.grouping.columns)


def named(communes: Sequence[Commune], grouping: Grouping) -> Iterator[tuple[Commune, str]]:
    """Give each commune with its name; where it was another's before, with the last day too."""
    places = [(grouping.name_of(commune), commune.full_name) for commune in communes]
    bearers = Counter(places)
    for commune, place in zip(communes, places, strict=True):
        yield commune, commune.dated_name if bearers[place] > 1 else commune.full_name


def cells_of(
    commune: Commune, quarters: Sequence[Period], by_cell: dict, view: Viewpoint
) -> list[MatrixCell]:
    found = (by_cell.get((commune.pk, quarter.pk)) for quarter in quarters)
    return [
        MatrixCell(
            quarter, total(lines, view.day) if lines else None, without(commune, quarter, view)
        )
        for quarter, lines in zip(quarters, found, strict=True)
    ]


def without(commune: Commune, quarter: Period, view: Viewpoint) -> State:
    """Give what a cell without lines says; a unit read with its past is there all the time."""
    if view.is_old and not lived_in(commune, quarter):
        return NOT_THERE
    return NOBODY if allowed(view.user, Permission.VIEW_ALL) else NOT_OWN


def lived_in(commune: Commune, quarter: Period) -> bool:
    """Say whether there was the unit on some day of ``quarter``."""
    begun, gone = commune.established_on, commune.dissolved_on
    return (begun is None or begun < quarter.ended_on) and (
        gone is None or quarter.started_on < gone
    )
