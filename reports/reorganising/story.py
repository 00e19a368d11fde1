"""What an applied reorganisation did, read back from its journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from assignments.models import Assignment
from communes.enums import Extent
from communes.models import Commune, Contact, PartyCell, Reorganisation, Succession
from reports.reorganising.carried import Carried
from reports.reorganising.journal import CHANGED, CREATED, DELETED, Entry
from reports.reorganising.records import LATE


@dataclass
class UnitStory:
    """One new unit: of which old ones it came, who stayed on, who ended, what was carried."""

    unit: Commune
    sources: list[Succession] = field(default_factory=list)
    kept: list[Assignment] = field(default_factory=list)
    ended: list[Assignment] = field(default_factory=list)
    petitions: list[Carried] = field(default_factory=list)

    @property
    def came_of(self) -> list[str]:
        return [
            one.old.full_name if one.extent == Extent.WHOLE else f"một phần {one.old.full_name}"
            for one in self.sources
        ]


def story(reorganisation: Reorganisation, petitions: dict[int, Carried]) -> list[UnitStory]:
    """Give the new units with what became of whom; ``petitions`` are those open, by old unit."""
    units: dict[int, UnitStory] = {}
    home: dict[int, int] = {}
    for one in successions(reorganisation):
        told = units.setdefault(one.new_id, UnitStory(one.new))
        told.sources.append(one)
        if one.is_main:
            home[one.old_id] = one.new_id
            told.petitions += [petitions[one.old_id]] if one.old_id in petitions else []
    for row in written(reorganisation.journal):
        if row.commune_id in units:
            units[row.commune_id].kept.append(row)
        elif row.commune_id in home:
            units[home[row.commune_id]].ended.append(row)
    for told in units.values():
        stayed = {row.officer_id for row in told.kept}
        told.ended = [row for row in told.ended if row.officer_id not in stayed]
    return list(units.values())


def successions(reorganisation: Reorganisation) -> QuerySet[Succession]:
    """Give the lines of the resolution, by new unit."""
    rows = reorganisation.successions.select_related("old", "new")
    return rows.defer("old__boundary", "new__boundary").order_by("new__sort_key", "old__sort_key")


def written(journal: list[Entry]) -> list[Assignment]:
    """Give the assignments that were opened, moved or ended, as they are now."""
    label = Assignment._meta.label_lower
    keys = [one["pk"] for one in journal if one["table"] == label]
    rows = Assignment.objects.filter(pk__in=keys).with_parties()
    return list(rows.order_by("role", "officer__sort_key", "pk"))


def cancelled(reorganisation: Reorganisation) -> list[str]:
    """Name the assignments that were to begin in an old unit and never will."""
    return [
        one["told"].partition(": ")[2] for one in reorganisation.journal if one["act"] == DELETED
    ]


def tally(reorganisation: Reorganisation) -> list[tuple[str, int]]:
    """Count what was written, in words."""
    counts = Counter((one["table"], one["act"]) for one in reorganisation.journal)
    late = {model._meta.label_lower for model in (one.model for one in LATE)}
    moved = sum(n for (table, act), n in counts.items() if table in late and act == CHANGED)
    found = [
        ("phân công bắt đầu ở đơn vị mới", counts[label(Assignment), CREATED]),
        ("phân công ở đơn vị cũ kết thúc hoặc chuyển", counts[label(Assignment), CHANGED]),
        ("chi bộ tiếp tục ở đơn vị mới", counts[label(PartyCell), CREATED]),
        ("đầu mối liên hệ thôi hoặc chuyển", counts[label(Contact), CHANGED]),
        ("ghi chép từ ngày hiệu lực chuyển sang đơn vị mới", moved),
    ]
    return [(words, number) for words, number in found if number]


def label(model: type[Model]) -> str:
    return model._meta.label_lower
