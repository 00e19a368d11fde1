"""Numbers of documents: one sequence for each type and symbol within a term (DOMAIN L12).

The next number is offered; another may be given where the sequence goes on elsewhere. Each
function is one transaction with its audit rows and raises ``ValidationError`` with a sentence.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.withdrawing import take_back
from communes.dates import short_date
from communes.periods import constraint_sentences
from reports.enums import DocumentKind
from reports.freezing.planning import held
from reports.models import CommitteeTerm, IssuedDocument, Review

NO_TERM = (
    "Chưa khai nhiệm kỳ có ngày {day}. Quản trị hệ thống khai tại trang Quản trị, mục “Nhiệm kỳ”, "
    "rồi cấp số."
)
HAS_NUMBER = "Báo cáo của kỳ sơ kết này đã có số {code}; rút số đó lại rồi mới cấp số khác."


@dataclass(frozen=True)
class DocumentFacts:
    """What a document is; without a ``number`` it gets the next one."""

    kind: DocumentKind
    symbol: str
    issued_on: dt.date
    subject: str
    number: int | None = None


def term_of(day: dt.date, *, is_held: bool = False) -> CommitteeTerm:
    """Give the term of ``day``, held until the transaction ends when asked; refuse when none."""
    rows = CommitteeTerm.objects.containing(day)
    if is_held:
        rows = rows.select_for_update(no_key=True)
    term = rows.first()
    if term is None:
        raise ValidationError({"issued_on": NO_TERM.format(day=short_date(day))})
    return term


def next_number(kind: str, symbol: str, term: CommitteeTerm) -> int:
    """Give the number after the highest one given in this sequence; 1 at first."""
    given = IssuedDocument.objects.filter(
        kind=kind, symbol=symbol, term=term, withdrawn_at__isnull=True
    )
    return (given.aggregate(last=Max("number"))["last"] or 0) + 1


def number_offered(kind: str, symbol: str, day: dt.date) -> int | None:
    """Give the number a form offers for a document of ``day``; ``None`` without a term."""
    term = CommitteeTerm.objects.containing(day).first()
    return next_number(kind, symbol, term) if term else None


def issue_document(*, facts: DocumentFacts, by: User, now: dt.datetime) -> IssuedDocument:
    """Give a document its number. Two writers of one sequence get two numbers."""
    with constraint_sentences(IssuedDocument), transaction.atomic():
        return written(facts, by, now)


def written(facts: DocumentFacts, by: User, now: dt.datetime) -> IssuedDocument:
    """Write a document with its number inside the caller's transaction."""
    term = term_of(facts.issued_on, is_held=True)
    document = IssuedDocument(
        kind=facts.kind,
        symbol=facts.symbol,
        term=term,
        number=facts.number or next_number(facts.kind, facts.symbol, term),
        issued_on=facts.issued_on,
        subject=facts.subject,
        entered_by=by,
        entered_at=now,
    )
    document.full_clean()
    document.save()
    audit.record(Verb.CREATE, document, by=by, after=audit.snapshot(document))
    return document


def number_review(
    *,
    review: Review,
    issued_on: dt.date,
    subject: str,
    number: int | None,
    by: User,
    now: dt.datetime,
) -> IssuedDocument:
    """Give the report of ``review`` its number; the report then bears that day."""
    with constraint_sentences(IssuedDocument, Review), transaction.atomic():
        current = held(review)
        if current.document:
            raise ValidationError(HAS_NUMBER.format(code=current.document.code))
        facts = DocumentFacts(
            DocumentKind.REPORT, settings.COMMITTEE_SYMBOL, issued_on, subject, number
        )
        document = written(facts, by, now)
        change(current, by=by, document=document, report_day=issued_on)
    return document


def change(review: Review, *, by: User, **columns: object) -> None:
    """Write ``columns`` of a review that is held, as one edition with its audit row."""
    before = audit.snapshot(review)
    for name, value in columns.items():
        setattr(review, name, value)
    review.edition += 1
    review.full_clean()
    review.save()
    old, new = audit.difference(before, audit.snapshot(review))
    audit.record(Verb.CHANGE, review, by=by, before=old, after=new)


def withdraw_document(
    *, document: IssuedDocument, reason: str, by: User, now: dt.datetime
) -> IssuedDocument:
    """Take back a number; it may be given again. A report that had it has none afterwards."""
    with constraint_sentences(IssuedDocument, Review), transaction.atomic():
        for review in document.reviews.filter(withdrawn_at__isnull=True):
            change(held(review), by=by, document=None)
        return take_back(document, reason=reason, by=by, now=now)
