"""The map of a plan: changed communes patterned, each titled with who comes after whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assignments.tables import State
from communes.models import Commune
from reports.map import Map, draw, draw_dots
from reports.reassignments.changes import Change
from reports.viewpoint import DRAWN

CHANGED = State("⇄", "Đổi người phụ trách", "changed")
FILLED = State("+", "Có người mới", "due")
OPEN = State("○", "Không có người", "none")
SAME = State("–", "Không đổi", "nil")
TONES = (CHANGED, FILLED, OPEN, SAME)


def tone_of(change: Change | None) -> State:
    """Give how a commune stands in a plan."""
    if change is None or (not change.is_change and change.after):
        return SAME
    if change.after is None:
        return OPEN
    return CHANGED if change.before else FILLED


def map_of(communes: Iterable[Commune], changes: Iterable[Change]) -> Map:
    """Draw ``communes``, each titled with who follows it before and after.

    Of more than a province has each is a dot, what changes over what does not.
    """
    found = {one.commune: one for one in changes}
    communes = list(communes)
    if len(communes) > DRAWN:
        toned = [(one, tone_of(found.get(one.pk))) for one in communes]
        toned.sort(key=lambda one: TONES.index(one[1]), reverse=True)
        return draw_dots((one.longitude, one.latitude, state.tone) for one, state in toned)
    marked = {key for key, one in found.items() if one.is_change}
    drawn = [(one, tone_of(found.get(one.pk)).tone, title_of(one, found)) for one in communes]
    return draw(drawn, marked)


def title_of(commune: Commune, changes: Mapping[int, Change]) -> str:
    change = changes.get(commune.pk)
    return change.title if change else f"{commune.full_name}: không đổi"
