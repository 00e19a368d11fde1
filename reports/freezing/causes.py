"""Why a member of a figure is not what it was: the rows of the log that may have caused it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from assignments.models import Assignment, Decision, Duty, Officer
from communes.models import Commune, District, Reorganisation
from reports.figures import Counted
from reports.freezing.links import (
    PETITIONS,
    RULES,
    STANDING,
    RecordKey,
    Told,
    Touched,
    by_time,
)
from reports.models import Period

ABOUT_PETITIONS = "kien_nghi"  # the parameter of lists that ask for petitions


class Causes:
    """The rows of the log since a freeze, found by whom, where and which record they are about."""

    def __init__(self, told: Iterable[Told]):
        self.by_officer: dict[int, list[Told]] = defaultdict(list)
        self.by_commune: dict[int, list[Told]] = defaultdict(list)
        self.by_record: dict[RecordKey, list[Told]] = defaultdict(list)
        self.rules: list[Told] = []
        for row in told:
            self.place(row)

    def place(self, row: Told) -> None:
        self.by_record[row.model, row.key].append(row)
        if row.model in RULES:
            self.rules.append(row)
        for touched in row.touched:
            self.place_under(touched, row)

    def place_under(self, touched: Touched, row: Told) -> None:
        if touched.officer is not None:
            self.by_officer[touched.officer].append(row)
        if touched.commune is not None:
            self.by_commune[touched.commune].append(row)
        if touched.record is not None:
            self.by_record[touched.record].append(row)

    def of_line(
        self, officer: int, commune: int | None, duty: Duty | None, period: Period | None
    ) -> list[Told]:
        """Give what may have changed a duty line."""
        near = [*self.by_officer[officer], *(self.by_commune[commune] if commune else ())]
        found = [row for row in near if concerns(row, officer, commune, duty, period)]
        return in_order([*found, *self.rules])

    def of_record(self, model: type[Model], key: int, figure: Counted) -> list[Told]:
        """Give what may have brought a record into ``figure`` or out of it."""
        around = {Officer: self.by_officer, Commune: self.by_commune}.get(model, {}).get(key, ())
        found = [*self.by_record[model, key], *(row for row in around if bears_on(row, figure))]
        return in_order([*found, *self.rules] if figure.is_of_quarter else found)


def bears_on(row: Told, figure: Counted) -> bool:
    """Say whether what a row is about matters to a figure of communes or officers.

    Some ask for their petitions, some how their duties of the quarter stand, the others who
    answers for whom.
    """
    if ABOUT_PETITIONS in figure.query:
        return row.model in PETITIONS
    return row.model not in PETITIONS if figure.is_of_quarter else row.model in STANDING


def in_order(rows: Iterable[Told]) -> list[Told]:
    """Give each row once, the oldest first."""
    return sorted({row.event.pk: row for row in rows}.values(), key=by_time)


def concerns(
    row: Told, officer: int, commune: int | None, duty: Duty | None, period: Period | None
) -> bool:
    """Say whether a row near a duty line, by officer or commune, may have changed it."""
    if row.model in (Assignment, Commune, District, Reorganisation):
        return True
    if row.model in (Officer, Decision):
        return False
    if row.has_moved:
        return any(touched.officer == officer for touched in row.touched)
    return any(is_of_line(one, officer, commune, duty, period) for one in row.touched)


def is_of_line(
    touched: Touched, officer: int, commune: int | None, duty: Duty | None, period: Period | None
) -> bool:
    """Say whether what was touched counts for the line: same officer, place, duty and time."""
    is_there = commune is None or touched.commune in (None, commune)
    is_then = period is None or (
        period.started_on <= touched.day < period.ended_on
        if touched.day
        else touched.period == period.pk
    )
    is_such = duty is None or touched.kind == duty.kind
    return touched.officer == officer and is_there and is_then and is_such
