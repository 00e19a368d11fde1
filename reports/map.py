"""The map of communes as inline SVG paths, drawn on the server: prints, and needs no script.

Of a province every commune is drawn, and opens; of more, each is a dot of a path of its tone.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from communes.models import Commune

WIDTH = 640


@dataclass(frozen=True)
class Shape:
    """One commune on the map."""

    commune: Commune
    path: str
    tone: str
    title: str
    is_marked: bool = False  # outlined, beside its tone

    @property
    def address(self) -> str:
        return reverse("reports:commune_detail", args=[self.commune.pk])


@dataclass(frozen=True)
class Map:
    """Shapes and the size of the drawing; empty when no commune has an outline.

    ``dots`` are paths by tone, instead of shapes.
    """

    shapes: list[Shape]
    width: int
    height: int
    dots: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Projection:
    """Longitude and latitude to drawing units: equirectangular, true at the middle latitude."""

    west: float
    north: float
    scale_x: float
    scale_y: float

    def path(self, geometry: dict) -> str:
        """Give the SVG path of a GeoJSON polygon or multipolygon, to a tenth of a unit."""
        return "".join(f"M{'L'.join(map(self.point, ring))}Z" for ring in rings(geometry))

    def point(self, position: list[float]) -> str:
        longitude, latitude = position[:2]
        x = (longitude - self.west) * self.scale_x
        y = (self.north - latitude) * self.scale_y
        return f"{x:.1f} {y:.1f}"

    def dot(self, longitude: float, latitude: float) -> str:
        """Give the piece of an SVG path that is a dot where its ends are round."""
        x, y = (longitude - self.west) * self.scale_x, (self.north - latitude) * self.scale_y
        return f"M{x:.0f} {y:.0f}h0"


def rings(geometry: dict) -> list[list[list[float]]]:
    """Give the rings of a GeoJSON polygon or multipolygon."""
    if geometry["type"] == "Polygon":
        return geometry["coordinates"]
    return [ring for polygon in geometry["coordinates"] for ring in polygon]


def fit(geometries: Iterable[dict], width: int = WIDTH) -> tuple[Projection, int]:
    """Give the projection that fits outlines into ``width``, and the height this takes."""
    points = [point for geometry in geometries for ring in rings(geometry) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    scale_x = width / ((east - west) or 1)
    scale_y = scale_x / math.cos(math.radians((south + north) / 2))
    return Projection(west, north, scale_x, scale_y), math.ceil((north - south) * scale_y)


def draw(communes: Iterable[tuple[Commune, str, str]], marked: Collection[int] = ()) -> Map:
    """Draw communes given as (commune, tone, title); those without an outline are left out.

    Those whose keys are among ``marked`` come last: no neighbour is drawn over their outline.
    """
    drawn = [item for item in communes if item[0].boundary]
    drawn.sort(key=lambda item: item[0].pk in marked)
    if not drawn:
        return Map([], WIDTH, WIDTH)
    projection, height = fit(commune.boundary for commune, _, _ in drawn)
    shapes = [
        Shape(commune, projection.path(commune.boundary), tone, title, commune.pk in marked)
        for commune, tone, title in drawn
    ]
    return Map(shapes, WIDTH, height)


def draw_dots(communes: Iterable[tuple[float | None, float | None, str]]) -> Map:
    """Draw communes given as (longitude, latitude, tone) as dots, none twice in one place.

    So many as there are places on the drawing, however many communes. The tones come in the order
    given: later ones lie over earlier ones.
    """
    placed = [(float(x), float(y), tone) for x, y, tone in communes if None not in (x, y)]
    if not placed:
        return Map([], WIDTH, WIDTH)
    corners = [[x, y] for x, y, _ in placed]
    projection, height = fit([{"type": "Polygon", "coordinates": [corners]}])
    of_tone: dict[str, dict[str, None]] = {}
    for x, y, tone in placed:
        of_tone.setdefault(tone, {})[projection.dot(x, y)] = None
    return Map([], WIDTH, height, [(tone, "".join(dots)) for tone, dots in of_tone.items()])
