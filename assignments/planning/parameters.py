"""What is asked of a plan: who leaves, which communes need nobody, within which limits."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Exclusion:
    """A pair that is not to be, and why."""

    officer: int
    commune: int
    reason: str = ""


@dataclass(frozen=True)
class GroupRule:
    """Fewest and most communes for each officer of a group; ``at_most=0``: they take none."""

    group: str
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class KindRule:
    """Communes of a kind are followed by officers of these groups only."""

    kind: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Parameters:
    """What the office asks. Officers and communes are told by their keys."""

    leavers: dict[int, str] = field(default_factory=dict)  # why: EndReason
    unneeded: tuple[int, ...] = ()
    capacity: int = 3
    capacities: dict[int, int] = field(default_factory=dict)
    unmovable: tuple[int, ...] = ()
    fixed: tuple[tuple[int, int], ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    home: tuple[tuple[int, int], ...] = ()
    group_rules: tuple[GroupRule, ...] = ()
    kind_rules: tuple[KindRule, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Parameters:
        """Read what :meth:`to_json` gave, also after the database made keys text."""
        return cls(
            leavers={int(key): reason for key, reason in data["leavers"].items()},
            unneeded=tuple(data["unneeded"]),
            capacity=data["capacity"],
            capacities={int(key): number for key, number in data["capacities"].items()},
            unmovable=tuple(data["unmovable"]),
            fixed=tuple((officer, commune) for officer, commune in data["fixed"]),
            excluded=tuple(Exclusion(**one) for one in data["excluded"]),
            home=tuple((officer, commune) for officer, commune in data["home"]),
            group_rules=tuple(GroupRule(**one) for one in data["group_rules"]),
            kind_rules=tuple(
                KindRule(one["kind"], tuple(one["groups"])) for one in data["kind_rules"]
            ),
        )

    def capacity_of(self, officer: int, group: str) -> int:
        """Give the most communes an officer may follow: their own limit, and their group's."""
        own = self.capacities.get(officer, self.capacity)
        most = (rule.at_most for rule in self.group_rules if rule.group == group)
        return min([own, *(limit for limit in most if limit is not None)])

    def minimum_of(self, group: str) -> int:
        """Give the fewest communes an officer of ``group`` should follow."""
        return max((rule.at_least for rule in self.group_rules if rule.group == group), default=0)

    def groups_for(self, kind: str) -> tuple[str, ...]:
        """Give the groups whose officers alone follow communes of ``kind``; empty: any."""
        allowed = [set(rule.groups) for rule in self.kind_rules if rule.kind == kind]
        return tuple(sorted(set.intersection(*allowed))) if allowed else ()
