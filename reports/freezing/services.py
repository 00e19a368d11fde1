"""Freezing: all figures, parameters and lists of a review, as they are at one moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.dates import short_date
from communes.periods import CHANGED_MEANWHILE, constraint_sentences
from reports.figures import FIGURES
from reports.freezing.amounts import all_amounts
from reports.freezing.checksum import checksum
from reports.freezing.parameters import parameters_of
from reports.freezing.planning import held
from reports.freezing.views_of import review_view
from reports.models import FrozenFigure, FrozenFigures, Review
from reports.viewpoint import Viewpoint
from reports.workbooks import review_sheets, stored


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, whatever others write meanwhile; write nothing.

    PostgreSQL must be told so before the first query of the transaction. On SQLite it begins
    without the lock that our transactions take at once: counting is long, and others go on writing.
    Inside a transaction the moment is that one's.
    """
    if connection.in_atomic_block:
        yield
        return
    with without_lock(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def without_lock() -> Iterator[None]:
    """Let a transaction begin on SQLite as one that only reads."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # which sets the mode
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual


def freeze(*, review: Review, by: User, now: dt.datetime) -> FrozenFigures:
    """Freeze the figures of ``review`` as ``by`` sees them ``now``; the review may be frozen again.

    All is counted at one moment, then written in a short transaction. Raises ``ValidationError``
    with a sentence: a review that was withdrawn, or given other days meanwhile, days or quarters
    that have not come, no regulation, or somebody else froze it at the same moment.
    """
    with one_moment():
        current = Review.objects.select_related("first_quarter", "last_quarter").get(pk=review.pk)
        if sentence := why_not_frozen(current, timezone.localdate(now)):
            raise ValidationError(sentence)
        frozen, figures = counted(current, by, now)
    with constraint_sentences(FrozenFigures), transaction.atomic():
        refuse_other_days(held(current), current)
        keep(frozen, figures)
        audit.record(Verb.FREEZE, frozen, by=by, after=told(frozen))
    return frozen


def take(*, review: Review, by: User, now: dt.datetime) -> FrozenFigures:
    """Write what :func:`freeze` keeps, without asking whether it may be, and without the log."""
    frozen, figures = counted(review, by, now)
    keep(frozen, figures)
    return frozen


def counted(review: Review, by: User, now: dt.datetime) -> tuple[FrozenFigures, list[FrozenFigure]]:
    """Give what a freeze keeps, not saved; its number is refused when another took it."""
    view = review_view(review, by)
    parameters, figures, sheets = parameters_of(view), frozen_figures(view), lists_of(view)
    frozen = FrozenFigures(
        review=review,
        number=(review.freezes.aggregate(last=Max("number"))["last"] or 0) + 1,
        frozen_at=now,
        frozen_by=by,
        parameters=parameters,
        sheets=sheets,
        checksum=checksum(parameters, figures, sheets),
    )
    return frozen, figures


def refuse_other_days(now: Review, counted_of: Review) -> None:
    """Refuse to keep what was counted of other days than the review has by now."""
    spans = [(one.day, one.first_quarter_id, one.last_quarter_id) for one in (now, counted_of)]
    if spans[0] != spans[1]:
        raise ValidationError(CHANGED_MEANWHILE, code="changed_meanwhile")


def why_not_frozen(review: Review, today: dt.date) -> str:
    """Say why the figures of ``review`` cannot be frozen ``today``; "" when they can."""
    if review.is_withdrawn:
        return "Kỳ sơ kết này đã được rút lại nên không chốt số liệu."
    if review.day > today:
        return f"Ngày tính số liệu {short_date(review.day)} chưa tới nên chưa chốt được."
    for quarter in (review.first_quarter, review.last_quarter):
        if quarter.started_on > review.day:
            return f"{quarter} chưa bắt đầu tại ngày tính số liệu {short_date(review.day)}."
    return ""


def lists_of(view: Viewpoint) -> list:
    """Give the workbook's lists as they are stored."""
    return stored(review_sheets(view))


def frozen_figures(view: Viewpoint) -> list[FrozenFigure]:
    """Give every registered figure with its members, not saved."""
    amounts = all_amounts(view)
    return [
        FrozenFigure(
            position=position,
            key=key,
            label=figure.label,
            sentence=figure.sentence,
            value=sum(amounts[key].values()),
            members=amounts[key],
        )
        for position, (key, figure) in enumerate(FIGURES.items(), start=1)
    ]


def keep(frozen: FrozenFigures, figures: list[FrozenFigure]) -> None:
    frozen.save()
    for figure in figures:
        figure.frozen = frozen
    FrozenFigure.objects.bulk_create(figures)


def told(frozen: FrozenFigures) -> dict[str, object]:
    """Give what the audit log says of a freeze."""
    return {
        "Số liệu tính đến hết ngày": short_date(frozen.review.day),
        "Các quý": str(review_view(frozen.review, frozen.frozen_by).quarter),
        "Mã kiểm tra": frozen.checksum,
    }
