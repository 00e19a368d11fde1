"""The map of communes as inline SVG paths, drawn on the server: prints, and needs no script."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

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
    """Shapes and the size of the drawing; empty when no commune has an outline."""

    shapes: list[Shape]
    width: int
    height: int


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
