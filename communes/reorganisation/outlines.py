"""Outlines of merged units: the union of the old ones, as GeoJSON with the data's precision.

Imported where it is used: shapely and the numpy it loads take 0.1 s and 15 MB, and most processes
never draw a unit anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

# Decimals of a degree in communes_map.geojson: about eleven metres.
DECIMALS = 4
GRID = 10**-DECIMALS
# Old outlines are simplified one by one: what gapes between neighbours is narrower than this.
GAP = 3 * GRID


def union(outlines: Iterable[dict | None]) -> dict | None:
    """Give the outline of all the ``outlines`` together; ``None`` when none is known.

    Hairline gaps between neighbours are closed, so that one unit is one shape; an island and an
    enclave stay what they are, and an outline alone stays as it is.
    """
    known = [outline for outline in outlines if outline]
    if len(known) < 2:
        return known[0] if known else None
    shapes = [shapely.make_valid(shape(outline)) for outline in known]
    joined = shapely.set_precision(closed(shapely.unary_union(shapes)), GRID)
    return as_geojson(areas_of(joined))


def closed(whole: BaseGeometry) -> BaseGeometry:
    """Fill gaps narrower than :data:`GAP`; a shape without any is given as it is."""
    if whole.geom_type == "Polygon" and not whole.interiors:
        return whole
    swollen = whole.buffer(GAP / 2, join_style="mitre").buffer(-GAP / 2, join_style="mitre")
    return shapely.unary_union([whole, swollen])


def areas_of(geometry: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines a union may leave behind, and holes too narrow to be a place."""
    parts = [
        without_slits(part) for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def without_slits(part: shapely.Polygon) -> shapely.Polygon:
    holes = [hole for hole in part.interiors if not shapely.Polygon(hole).buffer(-GAP / 2).is_empty]
    return shapely.Polygon(part.exterior, holes)


def as_geojson(geometry: BaseGeometry) -> dict:
    """Give GeoJSON with lists, as JSON is read back, and rounded coordinates."""
    outline = mapping(geometry)
    return {"type": outline["type"], "coordinates": rounded(outline["coordinates"])}


def rounded(coordinates: Sequence) -> list:
    return [
        round(item, DECIMALS) if isinstance(item, float) else rounded(item) for item in coordinates
    ]


def centre(outline: dict | None) -> tuple[float, float] | None:
    """Give (latitude, longitude) of a point surely within the outline, in its middle if it can."""
    if outline is None:
        return None
    area = shape(outline)
    point = area.centroid if area.covers(area.centroid) else area.representative_point()
    return round(point.y, 5), round(point.x, 5)
