"""Results of petitions that a commune had to be told of: who had to tell it, by when, and did.

Who raised a petition tells the commune what came of it; if they follow the commune no more, who
answers for it does (as in ``reports.notifications.rules.petitions``). The day that decides is the
one it was told, or the last day for it: somebody who left before then owes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from assignments.enums import COVERING_ROLES, AssignmentRole
from assignments.models import Assignment
from communes.models import Descent
from reports.enums import SETTLED_STATES, PetitionState
from reports.models import Petition, PetitionEvent


class Stood(NamedTuple):
    """How a petition stood after one of its events."""

    state: str
    is_closed: bool
    on: dt.date


@dataclass(frozen=True)
class Result:
    """One result of one petition, as of a day; ``told_on`` when the commune had been told."""

    petition: Petition
    since: dt.date
    told_on: dt.date | None

    @property
    def last_day(self) -> dt.date:
        """Give the last day on which telling the commune is in time."""
        return self.since + dt.timedelta(days=settings.PETITION_TELL_DAYS)

    @property
    def is_in_time(self) -> bool:
        return self.told_on is not None and self.told_on <= self.last_day

    @property
    def deciding_day(self) -> dt.date:
        """Give the day on which whoever had to tell the commune is asked."""
        return self.told_on if self.is_in_time else self.last_day

    def is_due(self, day: dt.date) -> bool:
        """Say whether it was told, or should have been by ``day``."""
        return self.told_on is not None or day > self.last_day


def results_due(
    since: dt.date, until: dt.date, day: dt.date, officer: int | None = None
) -> dict[int, list[Result]]:
    """Give, by the officer who had to tell of them, the results of [``since``, ``until``).

    As known on ``day``, for everybody or one ``officer``, in three queries.
    """
    petitions = candidates(since, until, day, officer)
    stories = stories_of(petitions, day)
    due = [
        result
        for petition in petitions
        for result in results_of(petition, stories)
        if since <= result.since < until and result.is_due(day)
    ]
    holders = holders_of({result.petition.commune_id for result in due})
    told: dict[int, list[Result]] = defaultdict(list)
    for result in due:
        teller = who_tells(result, holders)
        if teller is not None and officer in (None, teller):
            told[teller].append(result)
    return told


def candidates(since: dt.date, until: dt.date, day: dt.date, officer: int | None) -> list[Petition]:
    """Give the petitions that may have had a result then: they, or the one they repeat."""
    turned = PetitionEvent.objects.filter(
        state__in=SETTLED_STATES,
        happened_on__gte=since,
        happened_on__lt=until,
        happened_on__lte=day,
    ).values("petition")
    rows = Petition.objects.standing().filter(Q(pk__in=turned) | Q(duplicate_of__in=turned))
    if officer is not None:
        followed = Assignment.objects.filter(officer=officer).values("commune")
        inherited = Descent.objects.main().filter(new__in=followed).values("old")
        rows = rows.filter(Q(commune__in=followed) | Q(commune__in=inherited))
    return list(rows.select_related("commune__district").defer("commune__boundary"))


def stories_of(petitions: Iterable[Petition], day: dt.date) -> dict[int, list[Stood]]:
    """Give how ``petitions``, and those they repeat, stood up to ``day``, in time order."""
    keys = {petition.pk for petition in petitions}
    keys |= {petition.duplicate_of_id for petition in petitions if petition.duplicate_of_id}
    events = PetitionEvent.objects.filter(petition__in=keys, happened_on__lte=day)
    stories: dict[int, list[Stood]] = defaultdict(list)
    rows = events.order_by("happened_on", "pk")
    for petition, *stood in rows.values_list("petition", "state", "is_closed", "happened_on"):
        stories[petition].append(Stood(*stood))
    return stories


def results_of(petition: Petition, stories: dict[int, list[Stood]]) -> Iterator[Result]:
    """Give each result of a petition; what was opened again before it was told of is none."""
    main = settled_stretches(stories.get(petition.duplicate_of_id, []))
    since = None
    for stood in stories[petition.pk]:
        if stood.state not in SETTLED_STATES:
            since = None
        elif not stood.is_closed:
            since = since or stood.on
        elif since:
            is_repeated = petition.duplicate_of_id is not None
            begun = since if not is_repeated else first_result(main, since)
            yield Result(petition, begun or since, stood.on)
            since = None
    if since and (begun := standing_result(stories[petition.pk][-1], main, since)):
        yield Result(petition, begun, None)


def standing_result(last: Stood, main: list[tuple], since: dt.date) -> dt.date | None:
    """Give since when there is a result nobody was told of; of a duplicate, its main one's."""
    if last.state != PetitionState.DUPLICATE:
        return since
    is_settled_now = bool(main) and main[-1][1] is None
    return first_result(main[-1:], since) if is_settled_now else None


def settled_stretches(story: Iterable[Stood]) -> list[tuple[dt.date, dt.date | None]]:
    """Give from when to when there was a result; an open end is ``None``."""
    found: list[tuple[dt.date, dt.date | None]] = []
    since = None
    for stood in story:
        if stood.state in SETTLED_STATES:
            since = since or stood.on
        elif since:
            found.append((since, stood.on))
            since = None
    return [*found, (since, None)] if since else found


def first_result(stretches: Iterable[tuple], since: dt.date) -> dt.date | None:
    """Give the first day from ``since`` on that lies in one of ``stretches``."""
    later = (max(start, since) for start, end in stretches if end is None or end > since)
    return next(later, None)


# --- who had to tell -----------------------------------------------------------------------------


def holders_of(communes: Iterable[int]) -> dict[int, list[Assignment]]:
    """Give the assignments of each commune: who answers for it first, its cover before all.

    With those of the units that stood for it later: only one of them is there on a day.
    """
    found: dict[int, list[Assignment]] = defaultdict(list)
    asked = {commune: [commune] for commune in communes}
    for descent in Descent.objects.main().filter(old__in=asked):
        asked.setdefault(descent.new_id, []).append(descent.old_id)
    for row in Assignment.objects.filter(commune__in=asked).order_by("pk"):
        for commune in asked[row.commune_id]:
            found[commune].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.role != AssignmentRole.COVER)
    return found


def who_tells(result: Result, holders: dict[int, list[Assignment]]) -> int | None:
    """Give the officer who had to tell the commune; ``None`` when it was nobody's."""
    day, raiser = result.deciding_day, result.petition.officer_id
    present = [row for row in holders[result.petition.commune_id] if row.is_active_on(day)]
    if raiser in {row.officer_id for row in present}:
        return raiser
    covering = [row.officer_id for row in present if row.role in COVERING_ROLES]
    return covering[0] if covering else None
