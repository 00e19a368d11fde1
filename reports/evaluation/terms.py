"""Who answered for which communes in a cycle, and for how many of its days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reports.duties.records import Reach, answered_for
from reports.duties.stretches import Stretch, days_within, merged
from reports.models import EvaluationCycle


@dataclass(frozen=True)
class Term:
    """One officer's time in a cycle: days answered for anything, and for each commune."""

    days: int = 0
    by_commune: tuple[tuple[int, int], ...] = ()  # (commune, days), in no order that matters

    @property
    def communes(self) -> frozenset[int]:
        return frozenset(commune for commune, _ in self.by_commune)


def terms_in(cycle: EvaluationCycle, officer: int | None = None) -> dict[int, Term]:
    """Give the time in ``cycle`` of each officer (or one) who answered for a commune, in a query.

    By all that is known of the cycle, what is known ahead too, as in the duty list: on each day a
    commune is the temporary cover's if there is one, else the main officer's.
    """
    stretches: dict[int, dict[int, list[Stretch]]] = defaultdict(dict)
    reach = Reach(None, None if officer is None else {officer})
    for (holder, commune), found in answered_for(reach, [cycle]).items():
        stretches[holder][commune] = found
    terms = {holder: term_of(communes, cycle) for holder, communes in stretches.items()}
    return {holder: term for holder, term in terms.items() if term.days}


def term_of(communes: dict[int, Iterable[Stretch]], cycle: EvaluationCycle) -> Term:
    """Add up the days within ``cycle``; days with two communes count once."""
    whole = cycle.started_on, cycle.ended_on
    together = merged(stretch for found in communes.values() for stretch in found)
    days = {commune: days_within(found, whole) for commune, found in communes.items()}
    kept = tuple((commune, count) for commune, count in sorted(days.items()) if count)
    return Term(days_within(together, whole), kept)
