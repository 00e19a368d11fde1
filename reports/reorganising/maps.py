"""The province before and after a rearrangement, drawn from the outlines of the old units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from communes.models import Commune
from communes.reorganisation.mapping import Mapping, NewUnit
from reports.map import WIDTH, Projection, fit
from reports.viewpoint import DRAWN

STAYS, OLD, NEW = "off", "due", "ok"


@dataclass(frozen=True)
class Area:
    """One unit drawn; ``anchor`` is the place on the page that speaks of it, if any."""

    path: str
    tone: str
    title: str
    anchor: str = ""


@dataclass(frozen=True)
class Sketch:
    """A drawing and its size."""

    areas: list[Area]
    width: int
    height: int


def sketches(mapping: Mapping) -> tuple[Sketch, Sketch] | None:
    """Give the units as they are and as they will be; ``None`` when no outline is known.

    Of more units than a province has only those that change are drawn.
    """
    communes = Commune.objects.existing_on(mapping.effective_on).exclude(boundary=None)
    heirs = {old.pk: unit for unit in mapping.new_units for old in unit.main_sources}
    outlined = {unit.pk: unit for unit in communes[: DRAWN + 1]}
    if len(outlined) > DRAWN:
        outlined = {unit.pk: unit for unit in communes.filter(pk__in=heirs)}
    if not set(outlined) & set(heirs):
        return None
    projection, height = fit(unit.boundary for unit in outlined.values())
    before = [was(unit, heirs.get(unit.pk), projection) for unit in outlined.values()]
    after = [
        *(was(unit, None, projection) for unit in outlined.values() if unit.pk not in heirs),
        *(will_be(unit, outlined, projection) for unit in mapping.new_units),
    ]
    return Sketch(before, WIDTH, height), Sketch([one for one in after if one.path], WIDTH, height)


def was(unit: Commune, heir: NewUnit | None, projection: Projection) -> Area:
    """Draw a unit of before; one that stays as it is has no heir."""
    path = projection.path(unit.boundary)
    if heir is None:
        return Area(path, STAYS, f"{unit.full_name}: giữ nguyên")
    return Area(path, OLD, f"{unit.full_name} → {heir.full_name}", anchor_of(heir))


def will_be(unit: NewUnit, outlined: dict[int, Commune], projection: Projection) -> Area:
    """Draw a unit to be: the union of those whose records it keeps."""
    from communes.reorganisation import outlines  # loads shapely

    shapes = [outlined[old.pk].boundary for old in unit.main_sources if old.pk in outlined]
    outline = outlines.union(shapes)
    path = projection.path(outline) if outline else ""
    return Area(
        path,
        NEW,
        told(unit.full_name, [old.full_name for old in unit.main_sources]),
        anchor_of(unit),
    )


def told(name: str, sources: Iterable[str]) -> str:
    return f"{name} ← {', '.join(sources)}"


def anchor_of(unit: NewUnit) -> str:
    """Give the place on the page that speaks of ``unit``."""
    return f"dv-{unit.key}"
