"""Writing a checked mapping into the units: old ones end, new ones begin; and taking it back.

Both functions are parts of one transaction, begun, locked and audited by who calls them.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from communes.models import Area, Commune, District, Reorganisation, Succession
from communes.reorganisation.descents import rebuild
from communes.reorganisation.mapping import Mapping, NewUnit

UNSOUND = "Bảng đối chiếu còn dòng bị từ chối, chưa áp dụng được."
REARRANGED_SINCE = (
    "Đơn vị mới của lần sắp xếp này đã được sắp xếp tiếp; hoàn tác lần sau trước: {later}."
)


def establish(mapping: Mapping, reorganisation: Reorganisation) -> dict[str, Commune]:
    """Dissolve the old units, and the districts if they end; establish the new ones.

    Gives the new communes by :attr:`NewUnit.key`. ``mapping`` must have been checked within this
    transaction. Raises ``ValidationError`` when it has refusals.
    """
    if not mapping.is_sound:
        raise ValidationError(UNSOUND, code="unsound_mapping")
    day = mapping.effective_on
    old_units = Commune.objects.select_related("area").in_bulk(
        [unit.pk for unit in mapping.old_units]
    )
    Commune.objects.filter(pk__in=old_units).update(dissolved_on=day)
    if mapping.ends_districts:
        districts_of(old_units.values()).update(dissolved_on=day)
    created = {unit.key: establish_unit(unit, mapping, old_units) for unit in mapping.new_units}
    Succession.objects.bulk_create(
        Succession(
            reorganisation=reorganisation,
            old=old_units[source.old.pk],
            new=created[unit.key],
            extent=source.extent,
            is_main=source.is_main,
        )
        for unit, source in mapping.lines
    )
    rebuild()
    return created


def districts_of(communes: Iterable[Commune]) -> QuerySet[District]:
    """Give the districts the communes lie in."""
    return District.objects.filter(pk__in={unit.district_id for unit in communes})


def establish_unit(unit: NewUnit, mapping: Mapping, old_units: dict[int, Commune]) -> Commune:
    """Create one new commune."""
    from communes.reorganisation import outlines  # loads shapely

    sources = [old_units[source.old.pk] for source in unit.sources]
    outline = outlines.union(old_units[old.pk].boundary for old in unit.main_sources)
    latitude, longitude = outlines.centre(outline) or mean_centre(sources)
    return Commune.objects.create(
        kind=unit.kind,
        name=unit.name,
        code=unit.code,
        district=unit.district,
        area=common_area(sources),
        established_on=mapping.effective_on,
        boundary=outline,
        latitude=latitude,
        longitude=longitude,
    )


def mean_centre(communes: list[Commune]) -> tuple[float | None, float | None]:
    """Give the mean of the centres that are known."""
    known = [unit for unit in communes if None not in (unit.latitude, unit.longitude)]
    if not known:
        return None, None
    return (
        round(fmean(unit.latitude for unit in known), 5),
        round(fmean(unit.longitude for unit in known), 5),
    )


def common_area(communes: list[Commune]) -> Area | None:
    """Give the area all lie in, if it is one and still in use."""
    areas = {unit.area for unit in communes}
    area = areas.pop() if len(areas) == 1 else None
    return area if area and not area.is_retired else None


def abolish(reorganisation: Reorganisation) -> None:
    """Take :func:`establish` back: its units go, the old ones and their districts are again.

    Nothing else may refer to the new units any more (who undoes has taken it away). Raises
    ``ValidationError`` when a later reorganisation went on from them.
    """
    successions = reorganisation.successions.all()
    new_keys = set(successions.values_list("new", flat=True))
    old_units = Commune.objects.filter(pk__in=set(successions.values_list("old", flat=True)))
    refuse_later(new_keys)
    successions.delete()
    rebuild()
    Commune.objects.filter(pk__in=new_keys).delete()
    old_units.update(dissolved_on=None)
    if reorganisation.ends_districts:
        districts_of(old_units).update(dissolved_on=None)


def refuse_later(units: set[int]) -> None:
    """Refuse when any of ``units`` was rearranged itself."""
    later = Reorganisation.objects.filter(successions__old__in=units).order_by("effective_on")
    if event := later.first():
        raise ValidationError(REARRANGED_SINCE.format(later=event), code="rearranged_since")
