"""The problem of a plan, read from the database as it is, and whether that has changed since.

A fixed number of queries, whatever the rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Q, QuerySet

from assignments.enums import AssignmentRole
from assignments.models import Assignment, Officer, ReassignmentPlan
from assignments.planning.fields import field_of
from assignments.planning.parameters import Parameters
from assignments.planning.problem import Bar, Candidate, Limit, Pair, Problem, Unit, straight_km
from assignments.planning.work import duties_in_a_year, work_of
from communes.lineage import Reading
from communes.models import Commune

ONE_DAY = dt.timedelta(days=1)


@dataclass
class World:
    """What is known of ``day``, the day a plan begins."""

    day: dt.date

    @cached_property
    def officers(self) -> dict[int, Officer]:
        """Give those in post on the day, and whoever still follows something."""
        following = Assignment.objects.active_on(self.day).values("officer")
        in_post = Officer.objects.selectable_on(self.day)
        officers = (in_post | Officer.objects.filter(pk__in=following)).distinct()
        return {officer.pk: officer for officer in officers.order_by("pk")}

    @cached_property
    def communes(self) -> dict[int, Commune]:
        units = Commune.objects.existing_on(self.day).select_related("district", "area")
        return units.defer("boundary").in_bulk()

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Give what is in force on the eve, on the day or later, in the communes of the day."""
        eve = self.day - ONE_DAY
        rows: QuerySet[Assignment] = Assignment.objects.filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=eve), commune__in=list(self.communes)
        )
        return list(rows.select_related("officer").order_by("commune_id", "started_on", "pk"))

    @cached_property
    def mains(self) -> dict[int, list[Assignment]]:
        """Give the main assignments by commune, the earliest first."""
        mains = defaultdict(list)
        for row in self.assignments:
            if row.role == AssignmentRole.MAIN:
                mains[row.commune_id].append(row)
        return mains

    @cached_property
    def former(self) -> dict[int, set[int]]:
        """Give, by officer, the communes they were main officer of before, under today's units."""
        reading = Reading(self.day)
        rows = Assignment.objects.filter(role=AssignmentRole.MAIN, ended_on__lte=self.day)
        former = defaultdict(set)
        for officer, commune in rows.values_list("officer", "commune"):
            former[officer].add(reading.key_of(commune))
        return former

    def main_on(self, commune: int, day: dt.date) -> Assignment | None:
        """Give the main assignment in force on ``day``."""
        return next((row for row in self.mains[commune] if row.is_active_on(day)), None)

    def main_to_come(self, commune: int) -> Assignment | None:
        """Give a main assignment already decided that begins after the day."""
        return next((row for row in self.mains[commune] if row.started_on > self.day), None)

    # --- whether it is still so -------------------------------------------------------------

    def facts(self) -> Iterator[tuple[str, list]]:
        """Give all a plan stands on: each commune with who is there, each officer's time."""
        for key in sorted(self.communes):
            yield f"commune:{key}", [key]
        for row in self.assignments:
            values = [row.pk, row.officer_id, row.role, str(row.started_on), str(row.ended_on)]
            yield f"commune:{row.commune_id}", values
        for key, officer in sorted(self.officers.items()):
            yield f"officer:{key}", [str(officer.joined_on), str(officer.left_on), officer.group]

    def parts(self) -> dict[str, str]:
        """Give a short checksum for each commune and each officer."""
        gathered = defaultdict(list)
        for key, values in self.facts():
            gathered[key].append(values)
        return {key: checksum(values)[:16] for key, values in gathered.items()}


def checksum(values: object) -> str:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def world_digest(day: dt.date) -> tuple[str, dict[str, str]]:
    """Give the checksum of what plans of ``day`` stand on, and that of each of its parts."""
    parts = World(day).parts()
    return checksum(parts), parts


def changes(plan: ReassignmentPlan) -> list[str]:
    """Say what has changed since the plan was made: which communes, which officers."""
    digest, parts = world_digest(plan.starts_on)
    if digest == plan.world:
        return []
    seen = plan.parameters["seen"]
    differing = [key for key in sorted({*seen, *parts}) if seen.get(key) != parts.get(key)]
    return sorted(sentences(differing))


def sentences(keys: list[str]) -> Iterator[str]:
    """Name what differs."""
    by_kind = defaultdict(list)
    for key in keys:
        kind, _, number = key.partition(":")
        by_kind[kind].append(int(number))
    for commune in Commune.objects.filter(pk__in=by_kind["commune"]).defer("boundary"):
        yield f"{commune.full_name}: phân công hoặc đơn vị đã thay đổi."
    for officer in Officer.objects.filter(pk__in=by_kind["officer"]):
        yield f"Đồng chí {officer.full_name}: nhóm hoặc thời gian công tác đã thay đổi."


# --- the problem --------------------------------------------------------------------------------


def parameters_of(plan: ReassignmentPlan) -> Parameters:
    """Give what was asked of a plan."""
    return Parameters.from_json(plan.parameters["asked"])


def problem_of(plan: ReassignmentPlan) -> Problem:
    """Give the problem of a plan in the world as it is now."""
    return read_problem(World(plan.starts_on), parameters_of(plan))


def read_problem(world: World, asked: Parameters) -> Problem:
    """Give the problem of ``asked`` on the world's day."""
    candidates = {
        key: candidate(world, asked, officer)
        for key, officer in world.officers.items()
        if key not in asked.leavers and is_in_post(officer, world.day)
    }
    duties = duties_in_a_year(world.day)
    units = [unit(world, asked, one, candidates, duties) for one in world.communes.values()]
    problem = Problem.of(
        candidates.values(), units, bars(world, asked, candidates), fixed(world, asked, units)
    )
    return problem.keeping()


def is_in_post(officer: Officer, day: dt.date) -> bool:
    return (officer.joined_on is None or officer.joined_on <= day) and (
        officer.left_on is None or officer.left_on > day
    )


def candidate(world: World, asked: Parameters, officer: Officer) -> Candidate:
    """Give an officer as the problem knows them; whoever leaves soon lacks nothing."""
    return Candidate(
        key=officer.pk,
        name=officer.full_name,
        group=officer.group,
        capacity=asked.capacity_of(officer.pk, officer.group),
        minimum=0 if officer.left_on else asked.minimum_of(officer.group),
        field=field_of(officer.office),
        former=tuple(sorted(world.former[officer.pk])),
        leaves_on=officer.left_on,
    )


def unit(
    world: World,
    asked: Parameters,
    commune: Commune,
    candidates: dict[int, Candidate],
    duties: int,
) -> Unit:
    """Give a commune as the problem knows it.

    Whoever is already decided to come later counts as who follows it; if nobody in post is meant,
    the plan leaves the commune alone.
    """
    coming = world.main_to_come(commune.pk)
    before = coming or world.main_on(commune.pk, world.day - ONE_DAY)
    staying = coming or world.main_on(commune.pk, world.day)
    officer = (before or staying).officer if before or staying else None
    is_candidate = staying is not None and staying.officer_id in candidates
    centre_km = from_centre(commune)
    return Unit(
        key=commune.pk,
        name=commune.full_name,
        weight=work_of(duties, centre_km),
        needs=commune.pk not in asked.unneeded and (coming is None or is_candidate),
        before=officer.pk if officer else None,
        before_name=officer.full_name if officer else "",
        before_field=field_of(officer.office) if officer else "",
        holder=staying.officer_id if is_candidate else None,
        groups=asked.groups_for(commune.kind),
        place=place_of(commune),
        latitude=commune.latitude,
        longitude=commune.longitude,
        centre_km=centre_km,
    )


def place_of(commune: Commune) -> str:
    """Give by what neighbours are told: the district, where there is none the area."""
    if commune.district_id:
        return f"district:{commune.district_id}"
    return f"area:{commune.area_id}" if commune.area_id else ""


def from_centre(commune: Commune) -> int:
    """Give the whole kilometres from the centre of the province; 0 where it is not known."""
    if commune.latitude is None or commune.longitude is None or not settings.PROVINCE_CENTRE:
        return 0
    return round(straight_km(commune.latitude, commune.longitude, *settings.PROVINCE_CENTRE))


def bars(world: World, asked: Parameters, candidates: dict[int, Candidate]) -> Iterator[Bar]:
    """Give the pairs that may not be: asked by the office, or because of what is decided."""
    stated = [Bar(one.officer, one.commune, Limit.EXCLUDED, one.reason) for one in asked.excluded]
    stated += [Bar(officer, commune, Limit.HOME) for officer, commune in asked.home]
    found = {(bar.candidate, bar.unit): bar for bar in [*there(world), *stated]}
    for (officer, commune), bar in found.items():
        if officer in candidates and commune in world.communes:
            yield bar


def there(world: World) -> Iterator[Bar]:
    """Give the pairs that cannot begin on the day: there in another role, or just left."""
    for row in world.assignments:
        now = world.main_on(row.commune_id, world.day)
        if now and now.officer_id == row.officer_id:
            continue  # who is main officer now may go on, whatever comes later
        if row.role != AssignmentRole.MAIN and row.ended_on != world.day:
            yield Bar(row.officer_id, row.commune_id, Limit.THERE_ALREADY)
        elif row.role == AssignmentRole.MAIN and row.ended_on == world.day:
            yield Bar(row.officer_id, row.commune_id, Limit.JUST_LEFT)


def fixed(world: World, asked: Parameters, units: list[Unit]) -> Iterator[Pair]:
    """Give the pairs that must be: asked, of officers not to be moved, and decided already."""
    yield from asked.fixed
    for one in units:
        if one.holder is not None and (
            one.holder in asked.unmovable or world.main_to_come(one.key)
        ):
            yield one.holder, one.key
