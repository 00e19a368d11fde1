"""Planning a review: which conference, which quarters, which day; changed, withdrawn.

Each function is one transaction with its audit row and raises ``ValidationError`` with a sentence.
What was frozen keeps its own day and quarters, whatever the plan becomes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import PeriodKind
from assignments.models import Regulation
from assignments.withdrawing import ALREADY, take_back
from communes.periods import constraint_sentences
from reports.models import Period, PeriodQuerySet, Review

OUTDATED = "Kỳ sơ kết này vừa được người khác sửa nên chưa ghi. Mở lại trang sửa rồi ghi lại."
OUT_OF_ORDER = "Quý cuối phải từ quý đầu trở đi."
BEFORE_THE_QUARTERS = "Ngày tính số liệu phải từ ngày đầu của quý cuối trở đi."
HAS_PACK = "Kỳ sơ kết này đã lập bộ tài liệu nên không rút lại được."
HAS_NUMBER = "Báo cáo của kỳ sơ kết này đã được cấp số nên không rút lại được."


def quarters_offered(today: dt.date) -> PeriodQuerySet:
    """Give the quarters begun by ``today`` since the regulation's first version, oldest first."""
    began = Regulation.objects.order_by("started_on").values("started_on")[:1]
    quarters = Period.objects.begun_by(today).filter(kind=PeriodKind.QUARTER)
    return quarters.filter(started_on__gte=began).order_by("started_on")


def refuse_disorder(review: Review) -> None:
    """Refuse quarters that run backwards, and a day on which the last has not begun."""
    if review.last_quarter.started_on < review.first_quarter.started_on:
        raise ValidationError({"last_quarter": OUT_OF_ORDER})
    if review.day < review.last_quarter.started_on:
        raise ValidationError({"day": BEFORE_THE_QUARTERS})


def add_review(*, facts: Mapping[str, object], by: User, now: dt.datetime) -> Review:
    """Plan a review."""
    review = Review(**facts, entered_by=by, entered_at=now)
    with constraint_sentences(Review), transaction.atomic():
        review.full_clean()
        refuse_disorder(review)
        review.save()
        audit.record(Verb.CREATE, review, by=by, after=audit.snapshot(review))
    return review


def held(review: Review) -> Review:
    """Read a review anew and hold it until the transaction ends; refuse one taken back."""
    rows = Review.objects.select_for_update(of=("self",), no_key=True)
    current = rows.select_related("first_quarter", "last_quarter", "document").get(pk=review.pk)
    if current.is_withdrawn:
        raise ValidationError(ALREADY)
    return current


def change_review(
    *, review: Review, facts: Mapping[str, object], edition: int | None, by: User
) -> Review:
    """Correct a review; refused when somebody else wrote since ``edition``."""
    with constraint_sentences(Review), transaction.atomic():
        current = held(review)
        if current.edition != edition:
            raise ValidationError(OUTDATED)
        before = audit.snapshot(current)
        for name, value in facts.items():
            setattr(current, name, value)
        current.full_clean()
        refuse_disorder(current)
        old, new = audit.difference(before, audit.snapshot(current))
        if old or new:
            current.edition += 1
            current.save()
            audit.record(Verb.CHANGE, current, by=by, before=old, after=new)
    return current


def why_not_withdrawn(review: Review) -> str:
    """Say why a review stays: its papers were made, or its report has a number."""
    if review.document and not review.document.is_withdrawn:
        return HAS_NUMBER
    return HAS_PACK if review.freezes.filter(packs__isnull=False).exists() else ""


def withdraw_review(*, review: Review, reason: str, by: User, now: dt.datetime) -> Review:
    """Take back a review planned by mistake, before its papers were made."""
    with constraint_sentences(Review), transaction.atomic():
        current = held(review)
        if sentence := why_not_withdrawn(current):
            raise ValidationError(sentence)
        return take_back(current, reason=reason, by=by, now=now)
