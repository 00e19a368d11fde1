"""Taking back what was decided in a hand-over, because the officer goes on after all."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments.models import VisitPlan
from assignments.plans import CARRIED_OUT
from assignments.withdrawing import take_back
from reports.enums import HandoverItemKind
from reports.models import Handover, HandoverItem

GIVEN_BACK = "Rút lại bàn giao: đồng chí {name} tiếp tục phụ trách"


def give_back(handover: Handover, by: User | None) -> None:
    """Undo each decision of a hand-over that is not under way; the audit log keeps them."""
    for item in HandoverItem.objects.filter(handover=handover.pk).select_related("new_owner"):
        if item.kind == HandoverItemKind.VISIT_PLAN:
            give_plan_back(item, handover, by)
        audit.record(Verb.CANCEL, item, by=by, before=audit.snapshot(item))
        item.delete()


def give_plan_back(item: HandoverItem, handover: Handover, by: User | None) -> None:
    """Call off what was planned for the new owner; the first plan stands again."""
    plan = VisitPlan.objects.select_for_update(of=("self",), no_key=True).get(
        pk=item.target_key.partition(":")[2]
    )
    why = GIVEN_BACK.format(name=handover.outgoing.officer.full_name)
    for passed in passed_on(item, plan):
        take_back(passed, reason=why, by=by, now=clock.now())
    plan.withdrawn_at, plan.withdrawn_by, plan.withdrawal_reason = None, None, ""
    plan.full_clean()
    plan.save()
    audit.record(Verb.REOPEN, plan, by=by, reason=why)


def passed_on(item: HandoverItem, plan: VisitPlan) -> list[VisitPlan]:
    """Give the new owner's plan that was written when the first was called off."""
    if item.new_owner is None:
        return []
    rows = VisitPlan.objects.standing().filter(
        officer=item.new_owner,
        commune=plan.commune_id,
        planned_on=plan.planned_on,
        kind=plan.kind,
        entered_at=plan.withdrawn_at,
    )
    if VisitPlan.objects.carried_out().filter(pk__in=rows.values("pk")).exists():
        raise ValidationError(CARRIED_OUT)
    return list(rows)
