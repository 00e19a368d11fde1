"""What communes' committees say of their officer, as the office received it.

The log says that a remark was added or taken back, and neither what it says nor why: administrators
read it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.withdrawing import ALREADY
from communes.models import Commune
from communes.periods import constraint_sentences
from reports.evaluation.moving import held
from reports.evaluation.rights import is_own
from reports.evaluation.terms import Term, terms_in
from reports.models import CommuneRemark, Evaluation

OFFICE_ONLY = "Nhận xét của Đảng ủy xã do Văn phòng, Ban Tổ chức ghi, rút."
NOT_OF_ONESELF = "Không ai ghi, rút nhận xét về chính mình."
CONCLUDED = "Đánh giá đã quyết định thì không ghi, rút nhận xét; lãnh đạo xem xét lại trước đã."
OTHER_COMMUNE = "Trong kỳ này cán bộ không phụ trách {commune}."
TO_COME = "Ngày {on:%d/%m/%Y} chưa đến."


@dataclass(frozen=True)
class RemarkFacts:
    """What one committee said, in which document, on which day."""

    commune: Commune
    given_on: dt.date
    document: str
    content: str


def why_no_remark(evaluation: Evaluation, user: User) -> str:
    """Say why ``user`` can neither add nor take back remarks now; "" when they can."""
    if not allowed(user, Permission.PROPOSE_EVALUATIONS):
        return OFFICE_ONLY
    if is_own(evaluation, user):
        return NOT_OF_ONESELF
    return CONCLUDED if evaluation.is_concluded else ""


def remarking_communes(evaluation: Evaluation) -> list[Commune]:
    """Give the communes the officer answered for in the cycle, by name: theirs may remark."""
    term = terms_in(evaluation.cycle, evaluation.officer_id).get(evaluation.officer_id, Term())
    communes = Commune.objects.select_related("district").defer("boundary")
    return list(communes.filter(pk__in=term.communes).order_by("sort_key", "pk"))


def add_remark(
    *, evaluation: Evaluation, facts: RemarkFacts, by: User, now: dt.datetime
) -> CommuneRemark:
    """Write what a committee said of its officer.

    Refused for a commune the officer did not answer for in the cycle, a day to come, and once the
    evaluation is decided: what was decided on does not change.
    """
    with constraint_sentences(CommuneRemark), transaction.atomic():
        current = take_up(evaluation, by)
        if facts.commune not in remarking_communes(current):
            sentence = OTHER_COMMUNE.format(commune=facts.commune.full_name)
            raise ValidationError({"commune": sentence})
        if facts.given_on > timezone.localdate(now):
            raise ValidationError({"given_on": TO_COME.format(on=facts.given_on)})
        made = CommuneRemark(evaluation=current, entered_by=by, entered_at=now, **vars(facts))
        made.full_clean()
        made.save()
        record(Verb.CREATE, current, by)
    return made


def withdraw_remark(
    *, remark: CommuneRemark, reason: str, by: User, now: dt.datetime
) -> CommuneRemark:
    """Take a remark back, for a reason; it stays, and counts no more."""
    with constraint_sentences(CommuneRemark), transaction.atomic():
        evaluation = take_up(remark.evaluation, by)
        current = CommuneRemark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
        if current.is_withdrawn:
            raise ValidationError(ALREADY)
        current.withdrawn_at, current.withdrawn_by = now, by
        current.withdrawal_reason = reason
        current.full_clean()
        current.save()
        record(Verb.WITHDRAW, evaluation, by)
    return current


def take_up(evaluation: Evaluation, by: User) -> Evaluation:
    """Give the evaluation, held, when ``by`` may write remarks of it."""
    current = held(evaluation)
    if sentence := why_no_remark(current, by):
        raise ValidationError(sentence)
    return current


def record(verb: Verb, evaluation: Evaluation, by: User) -> None:
    audit.record(verb, evaluation, by=by, after={"việc": CommuneRemark._meta.verbose_name})
