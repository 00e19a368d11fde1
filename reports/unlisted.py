"""Places typed on visits that are in no list of the commune's Party cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max

from accounts.models import User
from assignments.models import Visit
from communes.cells import place_key, without_cell
from communes.enums import CellKind
from communes.models import Commune, PartyCell


@dataclass
class Unlisted:
    """A place as it was last typed, on how many visits, the last of them when."""

    place: str
    visits: int
    last: dt.date


def unlisted_places(
    commune: Commune, cells: Iterable[PartyCell], user: User, day: dt.date
) -> list[Unlisted]:
    """Give the places typed on visits up to ``day`` that name none of ``cells``, latest first."""
    rows = (
        Visit.objects.visible_to(user)
        .standing()
        .filter(commune=commune, visited_on__lte=day)
        .exclude(cell_name="")
        .order_by()
        .values_list("cell_name")
        .annotate(times=Count("pk"), last=Max("visited_on"))
        .order_by("-last", "cell_name")
    )
    listed = {key for cell in cells for key in keys_of(cell)}
    found: dict[bytes, Unlisted] = {}
    for name, times, last in rows:
        key = place_key(name)
        if key in found:
            found[key].visits += times
        elif key not in listed:
            found[key] = Unlisted(without_cell(name), times, last)
    return list(found.values())


def keys_of(cell: PartyCell) -> set[bytes]:
    """Give the keys under which a cell may be typed: an office's also without its kind."""
    keys = {bytes(cell.sort_key)}
    return keys | {place_key(cell.name)} if cell.kind == CellKind.OFFICE else keys
