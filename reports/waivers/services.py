"""Duties excused or explained: asked for, decided by the office, taken back.

Each write is one transaction with its audit row, and raises ``ValidationError`` with a Vietnamese
sentence, also when another writer got there first. What counts is for the duty list to say:
what was accepted, from the day it was until the day it is taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.enums import DutyKind
from assignments.models import Officer
from communes.models import Commune
from communes.periods import constraint_sentences
from reports.enums import WaiverEffect
from reports.models import Period, Waiver
from reports.waivers.missing import Shortfall, shortfalls, waiver_key

ASKED_ALREADY = (
    "Đã có đề nghị như vậy đang chờ xem xét. Nếu cần đổi, rút lại đề nghị đó rồi đề nghị lại."
)
ACCEPTED_ALREADY = "Đề nghị này đã được ghi và được chấp nhận."
PER_OFFICER = "Nhiệm vụ này tính chung cho cán bộ, không tính riêng từng Đảng bộ."
PER_COMMUNE = "Nhiệm vụ này tính cho từng Đảng bộ: cần chọn Đảng bộ."
REFUSAL_WITHOUT_REASON = "Không chấp nhận thì phải ghi lý do."
WITHDRAWN_ALREADY = "Đề nghị này đã được rút lại trước đó."
REFUSED_ALREADY = "Đề nghị này không được chấp nhận nên không còn gì để rút lại."
OFFICE_WITHDRAWS = "Đề nghị này đã được chấp nhận nên chỉ cơ quan xem xét mới rút lại được."
NOT_OWN = "Đồng chí chỉ rút lại được đề nghị của mình hoặc của cán bộ mình giúp việc."


def is_waiting(waiver: Waiver) -> bool:
    return waiver.is_accepted is None and waiver.withdrawn_on is None


# --- asking --------------------------------------------------------------------------------------


def ask_waiver(
    *,
    officer: Officer,
    commune: Commune | None,
    period: Period,
    duty_kind: DutyKind,
    effect: WaiverEffect,
    times: int,
    reason: str,
    document: str,
    by: User,
    now: dt.datetime,
) -> Waiver:
    """Ask that a duty of ``officer`` be excused, or its not being done accepted as explained.

    ``commune`` is ``None`` for a duty owed once by the officer. Raises when the officer owes no
    such duty in the period, nothing or less of it is missing, or the same was asked before.
    """
    with constraint_sentences(Waiver), transaction.atomic():
        hold(officer)
        waiver = Waiver(
            officer=officer,
            commune=commune,
            period=period,
            duty_kind=duty_kind,
            effect=effect,
            times=times,
            reason=reason,
            document=document,
            entered_by=by,
            entered_at=now,
        )
        waiver.full_clean()
        refuse_same(waiver)
        refuse_more_than_missing(waiver, by, timezone.localdate(now))
        waiver.save()
        audit.record(Verb.CREATE, waiver, by=by, after=audit.snapshot(waiver))
    return waiver


def hold(officer: Officer) -> None:
    """Let nobody else ask for ``officer`` until the transaction ends: the times are counted."""
    held = Officer.objects.select_for_update(no_key=True).filter(pk=officer.pk)
    list(held.values_list("pk"))


def refuse_same(waiver: Waiver) -> None:
    """Refuse what waits already, and a form sent twice that was accepted at once."""
    same = Waiver.objects.filter(
        officer=waiver.officer,
        commune=waiver.commune,
        period=waiver.period,
        duty_kind=waiver.duty_kind,
        effect=waiver.effect,
    )
    if same.waiting().exists():
        raise ValidationError(ASKED_ALREADY)
    accepted = same.filter(is_accepted=True, withdrawn_on__isnull=True)
    if accepted.filter(reason=waiver.reason, times=waiver.times).exists():
        raise ValidationError(ACCEPTED_ALREADY)


def refuse_more_than_missing(waiver: Waiver, by: User, day: dt.date) -> None:
    """Refuse what the officer does not owe, or more times than are missing on ``day``."""
    lines = shortfalls(by, [waiver.period], day, officer=waiver.officer_id)
    found = lines.get(waiver_key(waiver))
    if found is None:
        raise ValidationError(why_not_owed(waiver, lines.values(), day))
    if waiver.times > found.left:
        raise ValidationError({"times": too_many(found)})


def why_not_owed(waiver: Waiver, lines: Iterable[Shortfall], day: dt.date) -> str:
    """Say why there is no such line of the duty list."""
    if waiver.period.started_on > day:
        return f"{waiver.period} chưa bắt đầu, chưa tính nhiệm vụ."
    same_kind = [one.line for one in lines if one.line.duty.kind == waiver.duty_kind]
    if waiver.commune is None and same_kind:
        return PER_COMMUNE
    if any(line.commune_id is None for line in same_kind):
        return PER_OFFICER
    place = f" tại {waiver.commune.party_body}" if waiver.commune else ""
    return (
        f"Đồng chí {waiver.officer.full_name} không có nhiệm vụ "
        f"“{waiver.get_duty_kind_display()}”{place} trong kỳ {waiver.period}."
    )


def too_many(found: Shortfall) -> str:
    """Say how many times are left, and why no more."""
    head = f"Chỉ còn {found.left} lần" if found.left else "Không còn lần nào"
    return (
        f"{head} để đề nghị: phải thực hiện {found.line.due}, đã thực hiện {found.line.done}, "
        f"đã được miễn hoặc có lý do {found.accepted}, đang chờ xem xét {found.waiting}."
    )


# --- deciding ------------------------------------------------------------------------------------


def decide_waivers(
    *, waivers: Iterable[Waiver], accept: bool, note: str, by: User, now: dt.datetime
) -> list[Waiver]:
    """Accept or refuse all of ``waivers``, or none; give them as they are now.

    Raises when one no longer waits, and for a refusal without ``note``.
    """
    note = Waiver._meta.get_field("decision_note").clean(note, None)
    if not (accept or note):
        raise ValidationError({"note": REFUSAL_WITHOUT_REASON})
    with constraint_sentences(Waiver), transaction.atomic():
        current = locked(waivers)
        refuse_settled(current)
        for waiver in current:
            waiver.is_accepted, waiver.decision_note = accept, note
            waiver.decided_on, waiver.decided_by = timezone.localdate(now), by
            waiver.save()
            audit.record(Verb.ACCEPT if accept else Verb.REFUSE, waiver, by=by, reason=note)
    return current


def locked(waivers: Iterable[Waiver]) -> list[Waiver]:
    """Read waivers anew and hold them until the transaction ends, in one order for all writers."""
    return list(
        Waiver.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=[waiver.pk for waiver in waivers])
        .select_related("officer", "period")
        .order_by("pk")
    )


def refuse_settled(waivers: Iterable[Waiver]) -> None:
    """Refuse to decide what somebody decided or took back meanwhile, naming each."""
    settled = [f"Đề nghị “{one}” {settlement(one)}." for one in waivers if not is_waiting(one)]
    if settled:
        raise ValidationError(settled)


def settlement(waiver: Waiver) -> str:
    """Say what became of a waiver that no longer waits."""
    if waiver.withdrawn_on:
        return f"đã được rút lại ngày {waiver.withdrawn_on:%d/%m/%Y}"
    answer = "được chấp nhận" if waiver.is_accepted else "được xem xét và không chấp nhận"
    return f"đã {answer} ngày {waiver.decided_on:%d/%m/%Y}"


# --- taking back ---------------------------------------------------------------------------------


def withdraw_waiver(*, waiver: Waiver, reason: str, by: User, now: dt.datetime) -> Waiver:
    """Take a waiver back: it stops counting from this day on.

    One that waits by the officer, who assists them, or the office; an accepted one by the office.
    """
    with constraint_sentences(Waiver), transaction.atomic():
        [current] = locked([waiver])
        if sentence := why_not_withdrawn(current, by):
            raise ValidationError(sentence)
        current.withdrawn_on, current.withdrawn_by = timezone.localdate(now), by
        current.withdrawal_reason = reason
        current.full_clean()
        current.save()
        audit.record(Verb.WITHDRAW, current, by=by, reason=current.withdrawal_reason)
    return current


def why_not_withdrawn(waiver: Waiver, by: User) -> str:
    """Say why ``by`` cannot take a waiver back; "" when they can."""
    if waiver.withdrawn_on:
        return WITHDRAWN_ALREADY
    if waiver.is_accepted is False:
        return REFUSED_ALREADY
    if allowed(by, Permission.DECIDE_WAIVERS):
        return ""
    if waiver.is_accepted:
        return OFFICE_WITHDRAWS
    is_own = Officer.objects.of_user(by).filter(pk=waiver.officer_id).exists()
    return "" if is_own else NOT_OWN
