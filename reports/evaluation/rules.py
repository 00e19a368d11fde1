"""Sets of criteria: adopting one, no longer using one. What a cycle uses is never changed.

To change a set, a copy of it is changed and adopted under another name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import model_to_dict

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.periods import constraint_sentences
from reports.enums import CriterionKind, Measure
from reports.models import Criterion, EvaluationRules
from reports.models.evaluation_rules import WHOLE

# What a criterion says, but for its set and its place in it.
CRITERION_FIELDS = ("name", "kind", "measure", "weight", "guidance")
NO_CRITERIA = "Ghi ít nhất một tiêu chí."
NOT_WHOLE = "Tổng điểm tối đa của các tiêu chí phải bằng 100; hiện là {total}."
MEASURED_TWICE = "Số liệu “{measure}” chỉ dùng cho một tiêu chí."
RETIRED = "Bộ tiêu chí này đã thôi dùng từ ngày {on:%d/%m/%Y}."


@dataclass(frozen=True)
class RulesFacts:
    """What a set of criteria is called, rests on, and where its thresholds and limits are."""

    name: str
    basis: str = ""
    excellent_from: int = 90
    good_from: int = 70
    completed_from: int = 50
    excellent_cap: int = 20
    least_days: int = 30


def default_criteria() -> list[Criterion]:
    """Give the criteria offered first, not saved: common ones 30 points, tasks 70 (DOMAIN §1.6)."""
    judged, computed = CriterionKind.JUDGED, CriterionKind.COMPUTED
    offered = (
        ("Phẩm chất chính trị, đạo đức, lối sống; ý thức tổ chức kỷ luật", judged, "", 15),
        ("Tác phong, lề lối làm việc; gương mẫu, sát cơ sở", judged, "", 15),
        (Measure.COMMITTEE_MEETINGS.label, computed, Measure.COMMITTEE_MEETINGS, 10),
        (Measure.CELL_MEETINGS.label, computed, Measure.CELL_MEETINGS, 10),
        (Measure.FIELD_VISITS.label, computed, Measure.FIELD_VISITS, 10),
        (Measure.REPORTS.label, computed, Measure.REPORTS, 10),
        (Measure.REPORTS_ON_TIME.label, computed, Measure.REPORTS_ON_TIME, 5),
        (Measure.PETITIONS_TOLD.label, computed, Measure.PETITIONS_TOLD, 10),
        ("Tham mưu, góp phần tháo gỡ khó khăn; chuyển biến của địa bàn", judged, "", 15),
    )
    return [
        Criterion(position=place, name=name, kind=kind, measure=measure, weight=weight)
        for place, (name, kind, measure, weight) in enumerate(offered, 1)
    ]


def criteria_to_start_from(rules: EvaluationRules | None) -> list[Criterion]:
    """Give copies, not saved, of the criteria of ``rules``; the default ones without it."""
    if rules is None:
        return default_criteria()
    return [
        Criterion(position=place, **model_to_dict(one, CRITERION_FIELDS))
        for place, one in enumerate(rules.criteria.all(), 1)
    ]


def is_used(rules: EvaluationRules) -> bool:
    """Say whether some cycle uses ``rules``: then they never change."""
    return rules.cycles.exists()


def adopt_rules(
    *, facts: RulesFacts, criteria: Sequence[Criterion], by: User | None, now: dt.datetime
) -> EvaluationRules:
    """Write a new set with its ``criteria`` (not saved yet) in their order; all or nothing.

    Raises ``ValidationError`` when there are none, their weights do not add up to 100, two of them
    count the same measure, or a column is not lawful.
    """
    refuse_unbalanced(criteria)
    with constraint_sentences(EvaluationRules, Criterion), transaction.atomic():
        made = EvaluationRules(**asdict(facts), entered_by=by, entered_at=now)
        made.full_clean()
        made.save()
        for place, criterion in enumerate(criteria, 1):
            criterion.rules, criterion.position = made, place
            criterion.full_clean()
            criterion.save()
        audit.record(Verb.CREATE, made, by=by, after=picture(made, criteria))
    return made


def refuse_unbalanced(criteria: Sequence[Criterion]) -> None:
    """Refuse criteria that are not a whole."""
    if not criteria:
        raise ValidationError(NO_CRITERIA)
    total = sum(criterion.weight or 0 for criterion in criteria)
    if total != WHOLE:
        raise ValidationError(NOT_WHOLE.format(total=total))
    uses = Counter(criterion.measure for criterion in criteria if criterion.measure)
    twice = [measure for measure, times in uses.items() if times > 1]
    if twice:
        words = [MEASURED_TWICE.format(measure=Measure(measure).label) for measure in twice]
        raise ValidationError(words)


def picture(rules: EvaluationRules, criteria: Sequence[Criterion]) -> dict[str, object]:
    """Give a set as the log keeps it, a line for each criterion."""
    lines = {
        f"tiêu chí {one.position}": f"{one.name} ({one.weight} điểm, {one.get_kind_display()})"
        for one in criteria
    }
    return audit.snapshot(rules) | lines


def retire_rules(
    *, rules: EvaluationRules, on: dt.date, by: User | None, now: dt.datetime
) -> EvaluationRules:
    """Use a set no longer for cycles opened from ``on``; the cycles that use it keep it."""
    with constraint_sentences(EvaluationRules), transaction.atomic():
        current = held(rules)
        if current.ended_on:
            raise ValidationError(RETIRED.format(on=current.ended_on))
        current.ended_on = on
        current.full_clean()
        current.save()
        audit.record(Verb.END, current, by=by, after={"thôi dùng từ ngày": f"{on:%d/%m/%Y}"})
    return current


def held(rules: EvaluationRules) -> EvaluationRules:
    """Read a set anew and hold it until the transaction ends."""
    return EvaluationRules.objects.select_for_update(of=("self",), no_key=True).get(pk=rules.pk)


def why_not_in_use(rules: EvaluationRules, day: dt.date) -> str:
    """Say why no cycle may be opened with ``rules`` on ``day``; "" when one may."""
    is_retired = rules.ended_on is not None and rules.ended_on <= day
    return RETIRED.format(on=rules.ended_on) if is_retired else ""


def offered_rules(user: User, day: dt.date):
    """Give the sets a cycle opened on ``day`` may use, the newest first."""
    known = EvaluationRules.objects.visible_to(user)
    return known.exclude(ended_on__isnull=False, ended_on__lte=day)
