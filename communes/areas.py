"""Areas: the office's own grouping of communes; kept, filled, and begun from the old districts.

Each write is one transaction with its audit rows, and raises ``ValidationError`` with Vietnamese
sentences; nothing was written then.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from communes.enums import Extent
from communes.models import Area, Commune, District, Succession
from communes.periods import constraint_sentences

STILL_USED = "Khu vực còn {count} đơn vị đang hoạt động; chuyển các đơn vị đó đi rồi mới thôi dùng."
RETIRED = "Khu vực “{area}” không dùng nữa, không xếp đơn vị vào được."
NO_COMMUNE = "Chưa chọn đơn vị nào."
NOTHING_TO_GROUP = "Không có đơn vị nào cần xếp theo huyện cũ."
# What a way of an old unit into a new one counts.
WEIGHTS = {Extent.WHOLE: 2, Extent.PART: 1}


# --- reading ------------------------------------------------------------------------------------


def all_areas() -> QuerySet[Area]:
    """Give every area, those in use first."""
    return Area.objects.order_by("is_retired", *Area._meta.ordering)


def by_area(areas: Iterable[Area], communes: Iterable[Commune]) -> list[tuple[Area, list[Commune]]]:
    """Give each area with those of the communes that are in it."""
    found: dict[int | None, list[Commune]] = defaultdict(list)
    for commune in communes:
        found[commune.area_id].append(commune)
    return [(area, found[area.pk]) for area in areas]


# --- one area -----------------------------------------------------------------------------------


def keep_area(*, area: Area, day: dt.date, by: User | None) -> Area:
    """Write an area as it now is, new or changed, with its row of the log.

    It cannot be retired while a commune existing on ``day`` or later is in it.
    """
    with constraint_sentences(Area), transaction.atomic():
        before = Area.objects.select_for_update().get(pk=area.pk) if area.pk else None
        area.full_clean()
        if before is None:
            area.save()
            audit.record(Verb.CREATE, area, by=by, after=audit.snapshot(area))
            return area
        if area.is_retired and not before.is_retired:
            refuse_used(area, day)
        old, new = audit.difference(audit.snapshot(before), audit.snapshot(area))
        if old or new:
            area.save()
            audit.record(Verb.CHANGE, area, by=by, before=old, after=new)
    return area


def refuse_used(area: Area, day: dt.date) -> None:
    count = area.communes.exclude(dissolved_on__lte=day).count()
    if count:
        raise ValidationError({"is_retired": STILL_USED.format(count=count)})


# --- communes in areas --------------------------------------------------------------------------


def put_into_area(*, communes: Iterable[Commune], area: Area | None, by: User | None) -> int:
    """Put communes into ``area``, or into none; give how many were not there before."""
    keys = {commune.pk for commune in communes}
    if not keys:
        raise ValidationError(NO_COMMUNE)
    with transaction.atomic():
        return put_all(dict.fromkeys(keys, area), by)


def put_all(wanted: Mapping[int, Area | None], by: User | None) -> int:
    """Give each commune, by its key, its area; write what changes, one row of the log for each."""
    hold(area for area in wanted.values() if area)
    held = Commune.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    moved = [
        commune
        for commune in held.select_related("area").defer("boundary")
        if commune.area != wanted[commune.pk]
    ]
    events = [moving(commune, wanted[commune.pk], by) for commune in moved]
    Commune.objects.bulk_update(moved, ["area"])
    audit.record_all(events)
    return len(moved)


def hold(areas: Iterable[Area]) -> None:
    """Lock the areas until the transaction ends; refuse one that was retired meanwhile."""
    keys = {area.pk for area in areas}
    for area in Area.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        if area.is_retired:
            raise ValidationError(RETIRED.format(area=area))


def moving(commune: Commune, area: Area | None, by: User | None) -> AuditEvent:
    """Change a commune's area, unsaved; give the row of the log."""
    before = {"khu vực": str(commune.area)} if commune.area else {}
    commune.area = area
    after = {"khu vực": str(area)} if area else {}
    return audit.event(Verb.CHANGE, commune, by=by, before=before, after=after)


# --- the old districts --------------------------------------------------------------------------


def without_area(day: dt.date) -> QuerySet[Commune]:
    """Give the communes of ``day`` that have neither a district nor an area."""
    communes = Commune.objects.existing_on(day).filter(area__isnull=True, district__isnull=True)
    return communes.defer("boundary")


def old_districts(communes: Iterable[Commune]) -> dict[int, District]:
    """Give, by commune, the district most of its origins lay in; nothing for one without any.

    A unit taken in whole counts twice a part; of two districts with as much the first by code.
    """
    predecessors: dict[int, list[Succession]] = defaultdict(list)
    lines = Succession.objects.select_related("old__district").defer("old__boundary")
    for line in lines:
        predecessors[line.new_id].append(line)
    found = {commune.pk: votes(commune.pk, predecessors) for commune in communes}
    return {pk: most(counted) for pk, counted in found.items() if counted}


def votes(commune: int, predecessors: Mapping[int, list[Succession]]) -> Counter[District]:
    """Count the districts of a unit's origins, going back to those that had one."""
    counted: Counter[District] = Counter()
    for line in predecessors.get(commune, ()):
        weight = WEIGHTS[Extent(line.extent)]
        if line.old.district:
            counted[line.old.district] += weight
        else:
            for district, count in votes(line.old_id, predecessors).items():
                counted[district] += weight * count
    return counted


def most(counted: Counter[District]) -> District:
    return min(counted, key=lambda district: (-counted[district], district.code, district.pk))


def area_name(district: District) -> str:
    """Give "Huyện Kế Sách (cũ)"."""
    return f"{district} (cũ)"


def group_by_old_districts(*, day: dt.date, by: User | None) -> tuple[int, int]:
    """Put every commune of ``day`` without an area into one named after its old district.

    Areas of that name that are there are used. Gives how many areas were made and how many
    communes put. Raises ``ValidationError`` when there is nothing to do.
    """
    with constraint_sentences(Area), transaction.atomic():
        districts = old_districts(without_area(day))
        if not districts:
            raise ValidationError(NOTHING_TO_GROUP)
        made, areas = areas_of({*districts.values()}, day, by)
        put = put_all({pk: areas[district.pk] for pk, district in districts.items()}, by)
    return made, put


def areas_of(
    districts: Iterable[District], day: dt.date, by: User | None
) -> tuple[int, dict[int, Area]]:
    """Give (how many were made, the area of each district by its key)."""
    ordered = sorted(districts, key=lambda district: (district.code, district.pk))
    known = {area.name: area for area in Area.objects.all()}
    rank, made, areas = max((area.rank for area in known.values()), default=0), 0, {}
    for district in ordered:
        area = known.get(area_name(district))
        if area is None:
            rank, made = rank + 1, made + 1
            area = keep_area(area=Area(name=area_name(district), rank=rank), day=day, by=by)
        elif area.is_retired:
            area.is_retired = False
            keep_area(area=area, day=day, by=by)
        areas[district.pk] = area
    return made, areas
