"""From where a page looks at the province: who looks, on which day, at which quarter's duties.

``?ngay=`` is the day, ``?ky=2023-q2`` the quarter, ``?ky=2022-q1..2023-q2`` or
``?ky=2022-q1&den_ky=2023-q2`` several in a row; without it, the quarter of the day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from assignments.enums import DutyKind, PeriodKind
from assignments.tables import State
from communes.lineage import OLD, Reading
from communes.lineage import PARAMETER as UNITS
from communes.models import Area, Commune, Descent, District
from communes.periods import overlaps
from reports.duties import DutyLine, Totals, by_kind, duty_list, total
from reports.duties.states import state_of
from reports.duties.words import DutyWord, duty_words
from reports.models import Handover, Period
from reports.quarters import TO, QuarterSpan, spanned
from reports.territories import AREA, DISTRICT, Grouping

PARAMETER, UNTIL = "ky", "den_ky"
# States by key, worked out when they are asked for.
StatesOf = Callable[[], dict[int, State]]
ONE_DAY = dt.timedelta(days=1)


# More communes than this are not drawn one by one: no province has so many.
DRAWN = 400


class Known(NamedTuple):
    """What there is on the day: units that stand for others, districts, areas, hand-overs ever.

    ``crowd``: more communes than :data:`DRAWN`.
    """

    heirs: bool
    districts: bool
    areas: bool
    handovers: bool
    crowd: bool


EVERYTHING = Known(heirs=True, districts=True, areas=True, handovers=True, crowd=False)


@dataclass(frozen=True)
class Viewpoint:
    """Who looks, at which day; ``asked`` names quarters by code, "" for the day's own.

    ``is_old``: records are read under the units they happened in, not those of the day
    (:mod:`communes.lineage`). The duty list is read once, however many figures count over it.
    """

    user: User
    day: dt.date
    asked: str = ""
    is_old: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Viewpoint:
        """Give the request's viewpoint, the same one each time."""
        if not hasattr(request, "viewpoint"):
            reading = Reading.of(request)
            view = cls(request.user, request.as_of.day, asked_of(request), reading.is_old)
            vars(view).update(shared_reading=reading)
            request.viewpoint = view
        return request.viewpoint

    @cached_property
    def periods(self) -> list[Period]:
        """Give the periods of every kind begun by the day, newest first.

        What else is :attr:`known` of the day comes along: it costs no query of its own.
        """
        rows = Period.objects.begun_by(self.day).annotate(**self.facts)
        return list(rows.order_by("-started_on", "pk"))

    @property
    def facts(self) -> dict[str, Exists]:
        """Give what is asked of the database for :attr:`known`."""
        since = None if self.is_old else self.day
        existing = overlaps(since, self.day + ONE_DAY, "established_on", "dissolved_on")
        communes = Commune.objects.filter(existing).order_by()
        return {
            "has_heirs": Exists(Descent.objects.main().on(self.day)),
            "has_districts": Exists(District.objects.filter(existing)),
            "has_areas": Exists(Area.objects.standing()),
            "has_handovers": Exists(Handover.objects.visible_to(self.user)),
            "has_crowd": Exists(communes[DRAWN:]),
        }

    @cached_property
    def known(self) -> Known:
        """Give what there is on the day; districts in the old reading: that there were by then."""
        # Where there are no periods any other row will do to ask along with.
        row = next(iter(self.periods), None) or User.objects.annotate(**self.facts).first()
        if row is None:
            return EVERYTHING
        return Known(*(getattr(row, f"has_{name}") for name in Known._fields))

    @cached_property
    def shared_reading(self) -> Reading:
        return Reading(self.day, is_old=self.is_old)

    @cached_property
    def reading(self) -> Reading:
        """Give how records of old units are read; of a day without heirs nobody asks for them."""
        if not self.known.heirs:
            vars(self.shared_reading).setdefault("successors", {})
        return self.shared_reading

    @property
    def on_the_day(self) -> Reading:
        """Give how records are read under the units of the day, whatever is asked for."""
        return Reading(self.day) if self.is_old else self.reading

    @cached_property
    def grouping(self) -> Grouping:
        """Give how units are put together: by district while there are any, else by area."""
        if self.known.districts:
            return Grouping(self.day, DISTRICT)
        return Grouping(self.day, AREA if self.known.areas else "")

    @property
    def since(self) -> dt.date | None:
        """Give from when on units count among those looked at; ``None``: those of the day alone.

        In the old reading every unit of the quarters up to the day counts, in its own time.
        """
        return min(self.first_day, self.day) if self.is_old else None

    @property
    def quarters(self) -> list[Period]:
        """Give the quarters begun by the day, newest first."""
        return [period for period in self.periods if period.kind == PeriodKind.QUARTER]

    @cached_property
    def quarter(self) -> Period | QuarterSpan | None:
        """Give what is asked for, else the quarter the day lies in; ``None`` when there is none."""
        return spanned(self.quarters, self.asked) or self.own_quarter

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Give the quarters one may choose as (code, words); several in a row while looked at."""
        looked_at = [self.quarter] if isinstance(self.quarter, QuarterSpan) else []
        return [(one.code, str(one)) for one in (*looked_at, *self.quarters)]

    @cached_property
    def own_quarter(self) -> Period | None:
        return next((one for one in self.quarters if self.day < one.ended_on), None)

    def at(self, quarter: Period, lines: list[DutyLine]) -> Viewpoint:
        """Give the viewpoint of another quarter, whose duty list was read already."""
        other = replace(self, asked=quarter.code)
        vars(other).update(periods=self.periods, shared_reading=self.reading, lines=lines)
        return other

    @property
    def is_other_quarter(self) -> bool:
        """Say whether links must name the quarter."""
        return self.quarter != self.own_quarter

    @property
    def days_left(self) -> int | None:
        """Give how many days the quarter still has; ``None`` when it is over."""
        is_running = self.quarter is not None and self.day < self.quarter.ended_on
        return (self.quarter.last_day - self.day).days if is_running else None

    @property
    def first_day(self) -> dt.date:
        """Give the first day of the quarters looked at; the day after, where there is none."""
        return self.quarter.started_on if self.quarter else self.day + dt.timedelta(days=1)

    @property
    def last_day(self) -> dt.date:
        """Give their last day, no later than the day: before the first one, where there is none."""
        return min(self.quarter.last_day, self.day) if self.quarter else self.day

    @property
    def words(self) -> tuple[DutyWord, ...]:
        """Give the words of the five numbers, as they are said of this quarter."""
        return duty_words(is_running=self.days_left is not None)

    @property
    def first(self) -> Period | None:
        """Give the first of the quarters looked at."""
        return self.quarter.first if isinstance(self.quarter, QuarterSpan) else self.quarter

    @property
    def last(self) -> Period | None:
        """Give the last of the quarters looked at."""
        return self.quarter.last if isinstance(self.quarter, QuarterSpan) else self.quarter

    def address(self, page: str, *args: object, **query: str) -> str:
        """Give a page's address at the quarter looked at, read alike (templates add the day)."""
        if self.is_other_quarter:
            query[PARAMETER] = self.quarter.code
        query |= self.named_reading
        asked = {name: value for name, value in query.items() if value}
        address = reverse(page, args=args)
        return f"{address}?{urlencode(asked)}" if asked else address

    @property
    def named_reading(self) -> dict[str, str]:
        """Give the parameter that names how units are read, unless it is the usual way."""
        return {UNITS: OLD} if self.is_old else {}

    @cached_property
    def finished(self) -> list[Period]:
        """Give the last two quarters that were over by the day, newest first."""
        return [one for one in self.quarters if one.ended_on <= self.day][:2]

    @cached_property
    def read(self) -> list[DutyLine]:
        """Give the duty list of the quarter and of the finished ones, read in one go."""
        quarters = [*([self.quarter] if self.quarter else []), *self.finished]
        return duty_list(self.user, self.within(quarters), self.day)

    def within(self, quarters: Iterable[Period]) -> list[Period]:
        """Give the periods that end within ``quarters``: each period belongs to one quarter."""
        quarters = list(quarters)
        return [
            period for period in self.periods if any(period.ends_within(one) for one in quarters)
        ]

    def lines_of(self, quarter: Period) -> list[DutyLine]:
        """Give what was :attr:`read` of one quarter, monthly duties within it included."""
        return [line for line in self.read if line.period.ends_within(quarter)]

    @cached_property
    def lines(self) -> list[DutyLine]:
        """Give the duty list of the quarter looked at."""
        return self.lines_of(self.quarter) if self.quarter else []

    @cached_property
    def totals(self) -> dict[DutyKind, Totals]:
        """Give the sums of those lines for each kind of duty."""
        return by_kind(self.lines, self.day)

    @cached_property
    def whole(self) -> Totals:
        """Give the sums of all those lines."""
        return sum(self.totals.values(), Totals())

    def lines_in(self, commune: int) -> list[DutyLine]:
        """Give the quarter's lines of one commune alone, and of those read under it."""
        quarters = [self.quarter] if self.quarter else []
        communes = self.reading.origins(commune)
        return duty_list(self.user, self.within(quarters), self.day, commune=communes)

    def lines_by(self, officer: int) -> list[DutyLine]:
        """Give the quarter's lines of one officer alone, without reading the others."""
        quarters = [self.quarter] if self.quarter else []
        return duty_list(self.user, self.within(quarters), self.day, officer=officer)

    @cached_property
    def commune_states(self) -> dict[int, State]:
        """Give how each commune somebody answered for in the quarter stands.

        What was owed to the units read under it counts with it.
        """
        return self.states_by_unit(self.lines)

    def commune_states_of(self, communes: set[int]) -> dict[int, State]:
        """Give the same of ``communes`` alone, without reading the others, unless all were read."""
        if "commune_states" in vars(self) or not self.quarter:
            return self.commune_states
        periods, units = self.within([self.quarter]), self.reading.read_under(communes)
        return self.states_by_unit(duty_list(self.user, periods, self.day, commune=units))

    def states_by_unit(self, lines: Iterable[DutyLine]) -> dict[int, State]:
        return states(self.day, ((self.unit_of(line), line) for line in lines))

    def unit_of(self, line: DutyLine) -> int | None:
        """Give the key of the unit a line counts for; ``None``: owed whatever the communes."""
        return line.commune_id and self.reading.key_of(line.commune_id)

    @cached_property
    def officer_states(self) -> dict[int, State]:
        """Give how each officer who answered for something in the quarter stands."""
        return self.states_by_officer(self.lines)

    def officer_states_of(self, officers: set[int]) -> dict[int, State]:
        """Give the same of ``officers`` alone, without reading the others, unless all were read."""
        if "officer_states" in vars(self) or not self.quarter:
            return self.officer_states
        periods = self.within([self.quarter])
        return self.states_by_officer(duty_list(self.user, periods, self.day, officer=officers))

    def states_by_officer(self, lines: Iterable[DutyLine]) -> dict[int, State]:
        return states(self.day, ((line.officer_id, line) for line in lines))


def asked_of(request: HttpRequest) -> str:
    """Give the code of the quarters an address asks for; two ends may come in either order."""
    first, last = request.GET.get(PARAMETER, ""), request.GET.get(UNTIL, "")
    return TO.join(sorted((first, last))) if first and last and first != last else first


def states(day: dt.date, lines: Iterable[tuple[int | None, DutyLine]]) -> dict[int, State]:
    """Give how the lines under each key stand together on ``day``; those under none left out."""
    grouped: dict[int, list[DutyLine]] = defaultdict(list)
    for key, line in lines:
        if key is not None:
            grouped[key].append(line)
    return {key: state_of(total(group, day)) for key, group in grouped.items()}
