"""Each open thing gets somebody who goes on with it, or a reason why nobody does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.bulk import all_or_none
from assignments.models import MeetingNotice, Officer, VisitPlan
from assignments.plans import PlannedVisit
from assignments.plans.services import write_plan
from assignments.services import hold
from assignments.visits.rules import held_on
from assignments.withdrawing import take_back
from communes.periods import CHANGED_MEANWHILE
from reports.enums import HandoverItemKind, NotificationKind
from reports.handing_over.finding import Open, address_of, undecided
from reports.handing_over.rights import may_prepare
from reports.models import Handover, HandoverItem
from reports.notifications import notify, users_of

NOT_THEIRS = "Chỉ cơ quan và người bàn giao ghi được ai tiếp tục từng việc."
NEITHER = "Ghi người tiếp tục, hoặc lý do không giao."
BOTH = "Chỉ ghi một trong hai: người tiếp tục, hoặc lý do không giao."
SAME_OFFICER = "Người tiếp tục phải là đồng chí khác; người thôi tự làm nốt thì ghi vào lý do."
CALLED_OFF = "Chuyển cho đồng chí {name} khi bàn giao địa bàn"
LEFT_UNDONE = "Không giao tiếp khi bàn giao địa bàn: {reason}"


@dataclass(frozen=True)
class Decided:
    """What becomes of one open thing: somebody goes on with it, or nobody, for a reason."""

    target_key: str
    owner: Officer | None = None
    reason: str = ""


def held(handover: Handover) -> Handover:
    """Read a hand-over anew and hold it until the transaction ends."""
    rows = Handover.objects.filter(pk=handover.pk)
    # First held, then read: a row that was waited for would come joined with what it named before.
    list(rows.select_for_update(no_key=True).values_list("pk"))
    [current] = rows.with_parties().select_related(
        "outgoing__officer__user", "incoming__officer__user"
    )
    return current


def decide_items(
    *, handover: Handover, decided: Sequence[Decided], by: User, now: dt.datetime
) -> list[HandoverItem]:
    """Write what becomes of each open thing: all of ``decided`` or none.

    A planned visit is called off for who leaves and planned for the new owner; who is asked to a
    meeting is told. Raises ``ValidationError``, or :class:`assignments.bulk.RowErrors` with the
    reasons at each.
    """
    with transaction.atomic():
        hold([handover.outgoing.commune])
        current = held(handover)
        if not may_prepare(current, by):
            raise ValidationError(NOT_THEIRS)
        things = {one.target_key: one for one in undecided(current, timezone.localdate(now))}
        if any(one.target_key not in things for one in decided):
            raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")
        return all_or_none(
            (partial(decide, current, things[one.target_key], one, by, now) for one in decided),
            model=HandoverItem,
        )


def decide(
    handover: Handover, thing: Open, decided: Decided, by: User, now: dt.datetime
) -> HandoverItem:
    """Write one item, with what follows from it for the record."""
    refuse_unclear(handover, decided)
    item = HandoverItem(
        handover=handover,
        kind=thing.kind,
        target_key=thing.target_key,
        words=thing.words,
        due_on=thing.due_on,
        new_owner=decided.owner,
        reason=decided.reason,
    )
    item.full_clean()
    item.save()
    audit.record(Verb.HAND_OVER, item, by=by, after=audit.snapshot(item))
    effect = EFFECTS.get(item.kind)
    if effect:
        effect(item, by, now)
    return item


def refuse_unclear(handover: Handover, decided: Decided) -> None:
    if decided.owner and decided.reason:
        raise ValidationError(BOTH)
    if not decided.owner and not decided.reason:
        raise ValidationError(NEITHER)
    if decided.owner and decided.owner.pk == handover.outgoing.officer_id:
        raise ValidationError(SAME_OFFICER)


def record_of(item: HandoverItem, model: type[MeetingNotice] | type[VisitPlan]):
    return model.objects.select_related("commune", "cell").get(pk=item.target_key.partition(":")[2])


def pass_plan(item: HandoverItem, by: User, now: dt.datetime) -> None:
    """Call a plan off for who leaves, and write it down for the new owner."""
    plan = record_of(item, VisitPlan)
    owner = item.new_owner
    why = (
        CALLED_OFF.format(name=owner.full_name) if owner else LEFT_UNDONE.format(reason=item.reason)
    )
    most = VisitPlan._meta.get_field("withdrawal_reason").max_length
    take_back(plan, reason=why[:most], by=by, now=now)
    is_past = plan.planned_on < timezone.localdate(now)
    same = VisitPlan.objects.standing().filter(
        officer=owner, commune=plan.commune, planned_on=plan.planned_on, kind=plan.kind
    )
    if owner and not is_past and not same.exists():
        columns = ("commune", "planned_on", "kind", "cell", "place", "purpose")
        visit = PlannedVisit(**{name: getattr(plan, name) for name in columns})
        write_plan(owner, visit, by, now)


def ask(item: HandoverItem, by: User, now: dt.datetime) -> None:
    """Ask the new owner to a meeting: refuse who does not follow the commune, else tell them."""
    if item.new_owner is None:
        return
    notice = record_of(item, MeetingNotice)
    if not held_on(item.new_owner, notice.commune, notice.held_on):
        raise ValidationError(
            f"Ngày {notice.held_on:%d/%m/%Y}, {notice.commune.party_body} không do đồng chí "
            f"{item.new_owner.full_name} theo dõi, phụ trách."
        )
    notify(
        users_of(item.new_owner),
        kind=NotificationKind.MEETING,
        key=f"handover-item:{item.pk}",
        title=f"{notice.get_kind_display()}, {notice.commune.name_in_sentence}, {notice.when}: "
        "giấy mời chuyển đến khi bàn giao, chờ phản hồi",
        address=address_of(item.target_key),
        now=now,
    )


EFFECTS = {
    HandoverItemKind.VISIT_PLAN: pass_plan,
    HandoverItemKind.MEETING_NOTICE: ask,
}
