"""What is different now from what was frozen, item by item, with what the log says of it.

For every figure: frozen value + the listed differences = value now, of the same day and the same
quarters. What no row of the log explains is listed too, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from accounts.models import User
from reports.figures import FIGURES
from reports.freezing.amounts import all_amounts
from reports.freezing.explaining import Explained, Item
from reports.freezing.parameters import differing, parameters_of
from reports.freezing.views_of import frozen_view
from reports.models import FrozenFigure, FrozenFigures
from reports.viewpoint import Viewpoint

REDEFINED = "Định nghĩa của chỉ tiêu đã sửa sau khi chốt."
NEW = "Chỉ tiêu này chưa có khi chốt."
GONE = "Chỉ tiêu này không còn được tính; giữ nguyên giá trị đã chốt."


@dataclass(frozen=True)
class FigureChange:
    """One figure then and now; ``None`` where it did not exist.

    ``differences`` are all its members that add another amount, ``items`` those of them told.
    """

    key: str
    label: str
    before: int | None
    after: int | None
    differences: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    note: str = ""

    @property
    def in_order(self) -> list[str]:
        """Give the members that add another amount, records in the order of their keys."""
        return sorted(self.differences, key=numbers)

    @property
    def is_explained(self) -> bool:
        """Say whether the items add up to the difference, where there is something to compare."""
        if self.before is None or self.after is None:
            return True
        return self.before + sum(item.difference for item in self.items) == self.after


@dataclass(frozen=True)
class Changes:
    """The figures that changed, how many did not, and what else they depend on that changed."""

    figures: list[FigureChange]
    unchanged: int
    parameters: list[tuple[str, str, str]]  # label, before, after


def numbers(member: str) -> tuple[int, ...]:
    """Give what a member's key is sorted by: a record's, or a duty line's."""
    return tuple(int(part or 0) for part in member.split("-"))


def changes_since(frozen: FrozenFigures, user: User) -> Changes:
    """Compare a freeze with the figures of the same day and quarters as they are now.

    Runs a fixed number of queries for each kind of record that changed, however many did.
    """
    found = compared(frozen, user)
    asked = [(figure, figure.differences) for figure in found.figures]
    return replace(found, figures=told_of(frozen, user, asked))


def compared(
    frozen: FrozenFigures, user: User, then: Iterable[FrozenFigure] | None = None
) -> Changes:
    """Give what :func:`changes_since` does, no item told yet; ``then`` are the frozen figures."""
    view = frozen_view(frozen, user)
    then = list(frozen.figures.order_by("position") if then is None else then)
    now = all_amounts(view)
    # What has been compared is let go: of a nation both together are too many.
    kept = [beside(figure, now.pop(figure.key, None)) for figure in then]
    figures = [figure for figure in kept if figure.differences or figure.note]
    added = [
        FigureChange(key, FIGURES[key].label, None, sum(members.values()), note=NEW)
        for key, members in now.items()
    ]
    return Changes([*figures, *added], len(kept) - len(figures), other_parameters(view, frozen))


def values_changed(kept: Iterable[FrozenFigure], now: Mapping[str, int]) -> int:
    """Count the frozen figures whose value ``now`` is another."""
    return sum(one.value != now.get(one.key, one.value) for one in kept)


def changed(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Give (before, after) of every member that adds another amount than before."""
    pairs: dict[tuple[int, int], tuple[int, int]] = {}  # one of a kind, however many members
    return {
        key: pairs.setdefault(pair, pair)
        for key in dict.fromkeys([*before, *after])
        if (pair := (before.get(key, 0), after.get(key, 0)))[0] != pair[1]
    }


def beside(figure: FrozenFigure, now: Mapping[str, int] | None) -> FigureChange:
    """Give one frozen figure beside what it is ``now``, ``None`` when nobody counts it any more."""
    if now is None:
        return FigureChange(figure.key, figure.label, figure.value, None, note=GONE)
    return FigureChange(
        figure.key,
        figure.label,
        figure.value,
        sum(now.values()),
        changed(figure.members, now),
        note="" if FIGURES[figure.key].sentence == figure.sentence else REDEFINED,
    )


def told_of(
    frozen: FrozenFigures, user: User, asked: Iterable[tuple[FigureChange, Iterable[str]]]
) -> list[FigureChange]:
    """Give figures with the items of those members that are asked for of each."""
    found = [(one, {key: one.differences[key] for key in members}) for one, members in asked]
    differences = {one.key: members for one, members in found if members}
    explained = Explained(frozen, differences, frozen_view(frozen, user))
    return [
        replace(one, items=explained.items(one.key) if members else []) for one, members in found
    ]


def other_parameters(view: Viewpoint, frozen: FrozenFigures) -> list[tuple[str, str, str]]:
    """Give (label, before, after) of what the figures depend on that is different now."""
    try:
        return differing(frozen.parameters, parameters_of(view))
    except ValidationError as missing:
        return [("Quy chế, kỳ tính", "có khi chốt", " ".join(missing.messages))]
