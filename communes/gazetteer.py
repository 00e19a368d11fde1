"""Loading the list of districts and communes, and their outlines, from ``communes/data``."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction
from django.db.models import F

from communes import names
from communes.enums import CommuneKind, DistrictKind
from communes.models import Commune, District, Place

DATA = Path(__file__).resolve().parent / "data"


@dataclass
class LoadCount:
    """How many units a load added, changed, and found as they should be."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


def split_kind(full_name: str, kinds: type[models.TextChoices]) -> tuple[str, str]:
    """Split "Thị trấn Kế Sách" into (kind, "Kế Sách"); ``ValueError`` when no kind leads."""
    text = names.normalise(full_name)
    for kind in kinds:
        if text.lower().startswith(kind.label.lower() + " "):
            return kind.value, text[len(kind.label) + 1 :]
    raise ValueError(f"Không rõ loại đơn vị: “{full_name}”.")


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_outlines(name: str) -> dict[str, dict]:
    """Give GeoJSON geometries by the units' official code of 2021."""
    collection = json.loads((DATA / name).read_text(encoding="utf-8"))
    return {feature["id"]: feature["geometry"] for feature in collection["features"]}


def put(model: type[Place], identity: dict, attributes: dict, count: LoadCount) -> Place:
    """Add the unit, or bring its attributes up to date; a unit that ended is left alone.

    The data are of 2021: of units that bore one name one after the other the first is meant.
    """
    wanted = model(**identity, **attributes)
    lookup = {key: value for key, value in identity.items() if key != "name"}
    unit = (
        model.objects.filter(**lookup, sort_key=names.place_sort_key(wanted.full_name))
        .order_by(F("established_on").asc(nulls_first=True))
        .first()
    )
    if unit is None:
        wanted.save()
        count.added += 1
        return wanted
    if unit.dissolved_on or all(
        getattr(unit, field) == value for field, value in attributes.items()
    ):
        count.unchanged += 1
        return unit
    for field, value in attributes.items():
        setattr(unit, field, value)
    unit.save()
    count.changed += 1
    return unit


@transaction.atomic
def load_communes() -> tuple[LoadCount, LoadCount]:
    """Load districts, communes and outlines; running it again changes nothing.

    Identity is kind + name + district; the code, the centre and the outline are attributes. Units
    that were rearranged since, and those they became, are left alone. Gives the counts for
    (districts, communes).
    """
    districts, communes = LoadCount(), LoadCount()
    by_code = {}
    for row in read_rows("districts.csv"):
        kind, name = split_kind(row["name"], DistrictKind)
        by_code[row["code"]] = put(
            District, {"kind": kind, "name": name}, {"code": row["code"]}, districts
        )
    outlines = read_outlines("communes_map.geojson")
    for row in read_rows("communes_2021.csv"):
        kind, name = split_kind(row["name"], CommuneKind)
        put(
            Commune,
            {"kind": kind, "name": name, "district": by_code[row["district_code"]]},
            {
                "code": row["code"],
                "latitude": float(row["lat"]),
                "longitude": float(row["lon"]),
                "boundary": outlines.get(row["code"]),
            },
            communes,
        )
    return districts, communes
