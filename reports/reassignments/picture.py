"""A plan as its page shows it: its versions side by side, and one of them looked at closely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from accounts.models import User
from assignments.coverage import communes_visible_to
from assignments.enums import PlanVariant
from assignments.models import ReassignmentPlan
from assignments.planning.annex import place_name
from assignments.planning.problem import Placing, Problem
from assignments.planning.rows import placing_of, solution_of
from assignments.planning.scores import Score, scores, violations
from assignments.planning.solver import Solution
from assignments.planning.world import World, checksum, parameters_of, read_problem
from assignments.planning.world import changes as changes_since
from communes import names
from communes.models import Commune
from reports.reassignments.changes import Change, Load, Person, changes_of, loads_of

DRAFT = "du_thao"  # the plan's own rows: the variant chosen, as changed by hand
PRESENT = "hien_tai"
BEST, BETTER, WORSE = "tốt nhất", "tốt hơn", "kém hơn"


@dataclass(frozen=True)
class Version:
    """One way to follow the communes: a variant, the draft as it is, or nothing done."""

    key: str
    label: str
    placing: Placing
    solution: Solution | None = None


@dataclass(frozen=True)
class ScoreCell:
    """A score of one version, named ``label``; ``word`` says how it compares."""

    label: str
    text: str
    word: str = ""

    @property
    def tone(self) -> str:
        return "short" if self.word == WORSE else "ok"


@dataclass(frozen=True)
class ScoreRow:
    """One thing that is measured, for every version."""

    label: str
    sentence: str
    cells: list[ScoreCell]


class Picture:
    """What is shown of a draft: read the problem once, score every version of it."""

    def __init__(self, plan: ReassignmentPlan, user: User, asked: str = ""):
        self.plan, self.user, self.asked = plan, user, asked

    @cached_property
    def communes(self) -> list[Commune]:
        """Give the communes of the day the plan starts, with their outlines."""
        communes = communes_visible_to(self.user, self.plan.starts_on)
        return list(communes.select_related("district", "area"))

    @cached_property
    def places(self) -> dict[int, str]:
        return {one.pk: place_name(one) for one in self.communes}

    @cached_property
    def world(self) -> World:
        """Give what is known of the day the plan starts; the communes are those of the map."""
        world = World(self.plan.starts_on)
        world.communes = {one.pk: one for one in self.communes}
        return world

    @cached_property
    def problem(self) -> Problem:
        return read_problem(self.world, parameters_of(self.plan))

    @cached_property
    def world_changes(self) -> list[str]:
        """Say what has changed since the plan was made; the day is read anew only if it has."""
        is_same = checksum(self.world.parts()) == self.plan.world
        return [] if is_same else changes_since(self.plan)

    @cached_property
    def variants(self) -> list[Version]:
        """Give the variants solved so far."""
        found = ((one, solution_of(self.plan, one)) for one in PlanVariant)
        return [
            Version(one.value, one.label, self.fitted(solution.placing), solution)
            for one, solution in found
            if solution
        ]

    @property
    def is_solved(self) -> bool:
        return len(self.variants) == len(PlanVariant)

    @cached_property
    def draft(self) -> Version | None:
        """Give the plan's own rows, once a variant was chosen."""
        if not self.plan.variant:
            return None
        label = f"Dự thảo từ “{self.plan.get_variant_display()}”"
        return Version(DRAFT, label, self.fitted(placing_of(self.problem, self.plan)))

    def fitted(self, placing: Placing) -> Placing:
        """Give ``placing`` of the communes there are now; who is not there now has none."""
        known = self.problem.candidate
        held = {unit.key: placing.get(unit.key) for unit in self.problem.units}
        return {unit: key if key in known else None for unit, key in held.items()}

    @cached_property
    def looked_at(self) -> Version:
        """Give the version asked for, else the draft, else the first variant."""
        offered = [*([self.draft] if self.draft else []), *self.variants]
        return next((one for one in offered if one.key == self.asked), offered[0])

    # --- scores ----------------------------------------------------------------------------------

    @cached_property
    def columns(self) -> list[Version]:
        """Give what stands side by side: as it is, the variants, the draft."""
        present = Version(PRESENT, "Nếu không làm gì", self.problem.present)
        return [present, *self.variants, *([self.draft] if self.draft else [])]

    @cached_property
    def score_rows(self) -> list[ScoreRow]:
        measured = [scores(self.problem, one.placing) for one in self.columns]
        return [self.score_row(row) for row in zip(*measured, strict=True)]

    def score_row(self, row: Sequence[Score]) -> ScoreRow:
        solved = row[1 : 1 + len(self.variants)]
        by_key = {version.key: one for version, one in zip(self.variants, solved, strict=True)}
        chosen = by_key.get(self.plan.variant)
        words = [
            "",
            *(BEST if is_best(one, solved) else "" for one in solved),
            *(compared(one, chosen) for one in row[1 + len(solved) :]),
        ]
        cells = [
            ScoreCell(version.label, one.text, word)
            for version, one, word in zip(self.columns, row, words, strict=True)
        ]
        return ScoreRow(row[0].label, row[0].sentence, cells)

    # --- the version looked at -------------------------------------------------------------------

    @cached_property
    def by_hand(self) -> set[int]:
        return {row.commune_id for row in self.plan.rows.all() if row.is_manual}

    @cached_property
    def changes(self) -> list[Change]:
        """Give every commune before and after the version looked at, by place and name."""
        by_hand = self.by_hand if self.looked_at is self.draft else ()
        found = changes_of(self.problem, self.looked_at.placing, self.places, by_hand)
        return sorted(found, key=lambda one: (one.place, names.place_sort_key(one.name)))

    @cached_property
    def changed(self) -> list[Change]:
        return [one for one in self.changes if one.is_change or one.is_manual]

    @cached_property
    def loads(self) -> list[Load]:
        """Give each officer's communes before and after; those with a change first."""
        people = sorted(self.problem.candidates, key=lambda one: names.person_sort_key(one.name))
        weights = {unit.key: unit.weight for unit in self.problem.units}
        return loads_of(self.changes, (Person(one.key, one.name) for one in people), weights)

    @property
    def changed_loads(self) -> list[Load]:
        return [load for load in self.loads if load.has_changed]

    @property
    def most_load(self) -> int:
        """Give the largest load, to which the bars are drawn."""
        return max((max(one.before, one.after) for one in self.loads), default=1) or 1

    @cached_property
    def unmet(self) -> list[str]:
        """Give what could not be met: in the variant's own words, or the draft's breaches."""
        solution = self.looked_at.solution
        if solution:
            return [one.sentence for one in solution.unmet]
        return [one.sentence for one in violations(self.problem, self.looked_at.placing)]


def is_best(one: Score, row: Iterable[Score]) -> bool:
    """Say whether a score is the best of the variants, where they are not all alike."""
    values = {other.value for other in row}
    if not one.better or len(values) == 1:
        return False
    return one.value == (min(values) if one.better == "less" else max(values))


def compared(one: Score, chosen: Score | None) -> str:
    """Say how the draft's score compares with the variant it was made of."""
    if chosen is None or not one.better or one.value == chosen.value:
        return ""
    return BETTER if (one.value < chosen.value) == (one.better == "less") else WORSE
