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
from communes.periods import constraint_sentences
from reports.figures import FIGURES
from reports.freezing.amounts import all_amounts
from reports.freezing.checksum import checksum
from reports.freezing.parameters import parameters_of
from reports.freezing.views_of import review_view
from reports.models import FrozenFigure, FrozenFigures, Review
from reports.viewpoint import Viewpoint
from reports.workbooks import review_sheets, stored


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it is at one moment, whatever others write meanwhile.

    PostgreSQL must be told so before the first query of the transaction; SQLite does it anyway.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def freeze(*, review: Review, by: User, now: dt.datetime) -> FrozenFigures:
    """Freeze the figures of ``review`` as ``by`` sees them ``now``; the review may be frozen again.

    Raises ``ValidationError`` with a sentence: a review that was withdrawn, days or quarters that
    have not come, no regulation, or somebody else froze it at the same moment.
    """
    with constraint_sentences(FrozenFigures), one_moment():
        current = Review.objects.select_related("first_quarter", "last_quarter").get(pk=review.pk)
        if sentence := why_not_frozen(current, timezone.localdate(now)):
            raise ValidationError(sentence)
        frozen = take(review=current, by=by, now=now)
        audit.record(Verb.FREEZE, frozen, by=by, after=told(frozen))
    return frozen


def take(*, review: Review, by: User, now: dt.datetime) -> FrozenFigures:
    """Write what :func:`freeze` keeps, without asking whether it may be, and without the log."""
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
    frozen.save()
    keep(figures, frozen)
    return frozen


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


def keep(figures: list[FrozenFigure], frozen: FrozenFigures) -> None:
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
