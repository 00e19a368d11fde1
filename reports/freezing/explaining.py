"""Items of changed figures: each member's words, before, after, and what the log says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.db.models import Model

from reports.figures import FIGURES, Counted, Figure
from reports.freezing.causes import Causes
from reports.freezing.links import Told, told_since
from reports.freezing.members import LineKey, Lines, Named, names_of
from reports.history import Change, paired
from reports.models import FrozenFigures
from reports.viewpoint import Viewpoint

# By figure, by member: (before, after).
Differences = Mapping[str, Mapping[str, tuple[int, int]]]


@dataclass(frozen=True)
class Item:
    """One member that adds more or less than when it was frozen; ``causes`` are rows of the log."""

    name: Named
    before: int
    after: int
    causes: list[Change]

    @property
    def difference(self) -> int:
        return self.after - self.before


def counted_model(figure: Figure, view: Viewpoint) -> type[Model] | None:
    """Give the model of a figure's members; ``None`` for one that adds up duty lines."""
    return figure.population.visible(view).model if isinstance(figure, Counted) else None


class Explained:
    """What is told of all changed members of a freeze, read together."""

    def __init__(self, frozen: FrozenFigures, differences: Differences, view: Viewpoint):
        self.differences = differences
        self.models = {key: counted_model(FIGURES[key], view) for key in differences}
        self.causes = Causes(told_since(frozen.frozen_at) if any(differences.values()) else ())
        keys: dict[type[Model] | None, set[str]] = defaultdict(set)
        for figure, members in differences.items():
            keys[self.models[figure]].update(members)
        self.line_keys = {text: LineKey.read(text) for text in keys.pop(None, ())}
        self.lines = Lines.of(self.line_keys.values())
        self.names = {model: names_of(model, map(int, found)) for model, found in keys.items()}
        self.of_line = cache(self.line_causes)

    def items(self, key: str) -> list[Item]:
        """Give the items of one figure, by their words."""
        found = [
            Item(self.name(key, member), before, after, self.told(key, member))
            for member, (before, after) in self.differences[key].items()
        ]
        return sorted(found, key=lambda item: item.name.words)

    def name(self, key: str, member: str) -> Named:
        model = self.models[key]
        if model is None:
            return self.lines.named(self.line_keys[member])
        gone = Named(f"{model._meta.verbose_name} mã {member}, không còn trong dữ liệu")
        return self.names[model].get(int(member), gone)

    def told(self, key: str, member: str) -> list[Change]:
        """Give the rows of the log that may have changed a member, the oldest first."""
        model, figure = self.models[key], FIGURES[key]
        if model is None:
            return self.of_line(member)
        return in_pairs(self.causes.of_record(model, int(member), figure))

    def line_causes(self, member: str) -> list[Change]:
        key = self.line_keys[member]
        duty, period = self.lines.duties.get(key.duty), self.lines.periods.get(key.period)
        return in_pairs(self.causes.of_line(key.officer, key.commune, duty, period))


def in_pairs(rows: list[Told]) -> list[Change]:
    return [paired(row.event) for row in rows]
