"""Writes of plans: made, solved, chosen, changed by hand, commented, withdrawn.

Each is one transaction with its audit row, and raises ``ValidationError`` with a Vietnamese
sentence; then nothing was written. ``edition`` is the plan's as the page showed it: who was slower
is told. Applying is in :mod:`assignments.planning.applying`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import EndReason, PlanVariant
from assignments.models import PlanComment, PlannedRow, ReassignmentPlan
from assignments.planning.applying import apply_plan
from assignments.planning.checks import contradictions, violations
from assignments.planning.drafts import draft, refuse_closed, saved, world_unchanged
from assignments.planning.highs import UnsolvedError
from assignments.planning.parameters import Parameters
from assignments.planning.problem import Placing, Problem
from assignments.planning.rows import changed, placing_of, solution_of
from assignments.planning.solver import Solution, solve
from assignments.planning.world import World, problem_of, read_problem, world_digest
from assignments.withdrawing import take_back
from communes.periods import constraint_sentences

__all__ = [
    "apply_plan",
    "change_rows",
    "choose_variant",
    "comment",
    "create_plan",
    "renew_plan",
    "solve_variant",
    "withdraw_plan",
]

NOT_SOLVED = "Phương án này chưa tính xong."
TOO_LONG = "Chưa tìm được phương án trong thời gian cho phép. Bớt giới hạn rồi tính lại."
NOT_CHOSEN = "Chọn một phương án trước rồi mới sửa."
NO_COMMUNE = "Có Đảng bộ không thuộc phương án này."
NO_OFFICER = "Có cán bộ không nhận phân công từ ngày thực hiện phương án."
BAD_REASON = "Lý do thôi không hợp lệ."


def create_plan(
    *, name: str, starts_on: dt.date, parameters: Parameters, by: User, now: dt.datetime
) -> ReassignmentPlan:
    """Begin a plan, not solved yet; what it stands on is kept as it is now.

    Refused when the limits contradict each other, or a leaver follows from a later day.
    """
    with constraint_sentences(ReassignmentPlan), transaction.atomic():
        world = World(starts_on)
        refuse_impossible(world, parameters)
        digest, parts = world_digest(starts_on)
        plan = ReassignmentPlan(
            name=name,
            starts_on=starts_on,
            parameters={"asked": parameters.to_json(), "seen": parts},
            world=digest,
            entered_by=by,
            entered_at=now,
        )
        plan.full_clean()
        plan.save()
        audit.record(Verb.CREATE, plan, by=by, after=audit.snapshot(plan))
    return plan


def refuse_impossible(world: World, parameters: Parameters) -> None:
    """Raise every reason why a plan of ``parameters`` cannot be made."""
    found = contradictions(read_problem(world, parameters))
    if not set(parameters.leavers.values()) <= set(EndReason.values):
        found.append(BAD_REASON)
    for row in world.assignments:
        if row.officer_id in parameters.leavers and row.started_on > world.day:
            found.append(
                f"Đồng chí {row.officer.full_name} đã được phân công ở "
                f"{world.communes[row.commune_id].full_name} từ ngày "
                f"{row.started_on:%d/%m/%Y}; hủy phân công đó trước."
            )
    if found:
        raise ValidationError(found)


def solve_variant(*, plan: ReassignmentPlan, variant: str, by: User) -> Solution:
    """Solve one variant and keep the answer on the plan.

    Takes seconds, outside of the transaction that writes; no edition is counted, nothing that
    people wrote changes. Refused when the world is not the plan's any more.
    """
    refuse_closed(plan)
    problem = problem_of(plan)
    world_unchanged(plan)
    try:
        solution = solve(problem, PlanVariant(variant))
    except UnsolvedError as error:
        raise ValidationError(TOO_LONG) from error
    with transaction.atomic():
        current = draft(plan)
        world_unchanged(current)
        current.solutions = current.solutions | {str(variant): solution.to_json()}
        current.save(update_fields=["solutions"])
        label = PlanVariant(variant).label
        audit.record(Verb.CHANGE, current, by=by, after={"đã tính phương án": label})
    return solution


def choose_variant(
    *, plan: ReassignmentPlan, variant: str, edition: int | None, by: User
) -> ReassignmentPlan:
    """Make a solved variant the plan's: its rows replace whatever was there."""
    with constraint_sentences(ReassignmentPlan, PlannedRow), transaction.atomic():
        current = draft(plan, edition)
        world_unchanged(current)
        solution = solution_of(current, variant)
        if solution is None:
            raise ValidationError(NOT_SOLVED)
        before, current.variant = current.get_variant_display(), variant
        write_rows(current, problem_of(current), solution.placing)
        saved(current)
        words = {"phương án chọn": current.get_variant_display()}
        old = {"phương án chọn": before} if before else {}
        audit.record(Verb.CHANGE, current, by=by, before=old, after=words)
    return current


def write_rows(
    plan: ReassignmentPlan, problem: Problem, placing: Placing, manual: frozenset[int] = frozenset()
) -> None:
    """Make the plan's rows those of ``placing``; ``manual``: communes changed by hand."""
    plan.rows.all().delete()
    PlannedRow.objects.bulk_create(
        PlannedRow(
            plan=plan,
            commune_id=row.unit.key,
            before_id=row.before,
            after_id=row.after,
            is_manual=row.unit.key in manual,
        )
        for row in changed(problem, placing)
    )


def change_rows(
    *, plan: ReassignmentPlan, after: Mapping[int, int | None], edition: int | None, by: User
) -> ReassignmentPlan:
    """Give communes (keys) to other officers (keys), or nobody, by hand.

    Refused when a limit would then be broken that was not before.
    """
    with constraint_sentences(PlannedRow), transaction.atomic():
        current = draft(plan, edition)
        world_unchanged(current)
        if not current.variant:
            raise ValidationError(NOT_CHOSEN)
        problem = problem_of(current)
        old = placing_of(problem, current)
        new = old | dict(after)
        refuse_breaking(problem, old, new)
        by_hand = set(current.rows.filter(is_manual=True).values_list("commune", flat=True))
        write_rows(current, problem, new, frozenset({*by_hand, *after}))
        saved(current)
        differing = [key for key in sorted(after) if old[key] != new[key]]
        audit.record(
            Verb.CHANGE,
            current,
            by=by,
            before=told(problem, old, differing),
            after=told(problem, new, differing),
        )
    return current


def refuse_breaking(problem: Problem, old: Placing, new: Placing) -> None:
    """Raise what ``new`` breaks and ``old`` did not."""
    if not new.keys() <= problem.unit.keys():
        raise ValidationError(NO_COMMUNE)
    if not set(new.values()) <= {None, *old.values(), *problem.candidate}:
        raise ValidationError(NO_OFFICER)
    known = {one.key for one in violations(problem, old)}
    broken = [one.sentence for one in violations(problem, new) if one.key not in known]
    if broken:
        raise ValidationError(broken)


def told(problem: Problem, placing: Placing, keys: list[int]) -> dict[str, str]:
    """Give who follows communes, in words for the log."""
    return {problem.unit[key].name: name_of(problem, placing[key]) for key in keys}


def name_of(problem: Problem, officer: int | None) -> str:
    if officer is None:
        return "chưa có"
    return problem.candidate[officer].name if officer in problem.candidate else f"#{officer}"


def renew_plan(*, plan: ReassignmentPlan, edition: int | None, by: User) -> ReassignmentPlan:
    """Let a plan stand on the world as it is now; what was solved and chosen is gone."""
    with transaction.atomic():
        current = draft(plan, edition)
        refuse_impossible(
            World(current.starts_on), Parameters.from_json(current.parameters["asked"])
        )
        current.world, parts = world_digest(current.starts_on)
        current.parameters = current.parameters | {"seen": parts}
        current.solutions, current.variant = {}, ""
        current.rows.all().delete()
        saved(current)
        audit.record(Verb.CHANGE, current, by=by, after={"phân công": "lấy lại hiện trạng"})
    return current


def comment(*, plan: ReassignmentPlan, text: str, by: User, now: dt.datetime) -> PlanComment:
    """Add what somebody says of a plan that stands; comments are only ever added."""
    with transaction.atomic():
        current = draft(plan)
        made = PlanComment(plan=current, by=by, at=now, text=text)
        made.full_clean()
        made.save()
        audit.record(Verb.CREATE, made, by=by, after=audit.snapshot(made))
    return made


def withdraw_plan(
    *, plan: ReassignmentPlan, reason: str, by: User, now: dt.datetime
) -> ReassignmentPlan:
    """Drop a plan that was not applied, for a reason; it stays to be read."""
    with constraint_sentences(ReassignmentPlan), transaction.atomic():
        draft(plan)
        return take_back(plan, reason=reason, by=by, now=now)
