"""Freezing the figures of a review: what is kept, how often, and when it is refused."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind
from reports import figures
from reports.figures import FIGURES
from reports.freezing import (
    changes_since,
    freeze,
    frozen_line,
    frozen_values,
    is_intact,
    review_view,
    services,
)
from reports.models import FrozenFigure, FrozenFigures, Review
from reports.workbooks import restored, review_sheets
from tests.factories import (
    DAY,
    make_assignment,
    make_frozen,
    make_period,
    make_petition,
    make_regulation,
    make_review,
)

NOW = dt.datetime(2023, 5, 9, 17, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def review(db) -> Review:
    """Plan the review of a quarter in which two officers owe something."""
    make_regulation(DutyKind.COMMITTEE_MEETING, started_on=dt.date(2022, 1, 1))
    make_period()
    make_assignment(started_on=dt.date(2022, 1, 1))
    make_assignment(started_on=dt.date(2022, 6, 1))
    make_petition()
    return make_review()


def test_a_freeze_keeps_every_figure_with_its_members(review, users):
    office = users[Role.OFFICE]
    frozen = freeze(review=review, by=office, now=NOW)
    view = review_view(review, office)
    assert frozen_values(frozen) == figures.values(view)
    assert [one.key for one in frozen.figures.all()] == list(FIGURES)
    for one in frozen.figures.all():
        assert one.members == FIGURES[one.key].amounts(review_view(review, office))
        assert one.value == sum(one.members.values())
    assert frozen_values(frozen)["officers_active"] == 2


def test_the_lists_of_the_workbook_are_kept(review, users):
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    kept = restored(FrozenFigures.objects.get(pk=frozen.pk).sheets)
    now = review_sheets(review_view(review, users[Role.OFFICE]))
    assert [sheet.name for sheet in kept] == [sheet.name for sheet in now]


def test_the_line_says_when(review, users):
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    assert frozen_line(frozen) == "Số liệu chốt lúc 17 giờ 30 ngày 09/5/2023"


def test_freezes_are_numbered_and_audited(review, users):
    first = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    second = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    assert (first.number, second.number) == (1, 2)
    assert first.checksum == second.checksum
    rows = AuditEvent.objects.filter(verb=Verb.FREEZE)
    assert {row.after["Mã kiểm tra"] for row in rows} == {first.checksum}
    assert len(rows) == 2


def test_what_was_tampered_with_is_noticed(review, users):
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    stored = FrozenFigures.objects.get(pk=frozen.pk)
    assert is_intact(stored, stored.figures.order_by("position"))
    one = stored.figures.get(key="communes")
    # Somebody who writes past the application.
    QuerySet.update(FrozenFigure.objects.filter(pk=one.pk), value=one.value + 1)
    assert not is_intact(stored, stored.figures.order_by("position"))


def test_nothing_changed_is_said_so(review, users):
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    changes = changes_since(frozen, users[Role.LEADER])
    assert (changes.figures, changes.parameters) == ([], [])
    assert changes.unchanged == len(FIGURES)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"withdrawn_at": NOW, "withdrawal_reason": "Nhầm"},
            "Kỳ sơ kết này đã được rút lại nên không chốt số liệu.",
        ),
        (
            {"day": dt.date(2023, 5, 10)},
            "Ngày tính số liệu 10/5/2023 chưa tới nên chưa chốt được.",
        ),
        (
            {"day": dt.date(2023, 3, 31)},
            "Quý II/2023 chưa bắt đầu tại ngày tính số liệu 31/3/2023.",
        ),
    ],
)
def test_what_cannot_be_frozen(review, users, change, sentence):
    Review.objects.filter(pk=review.pk).update(**change)
    with pytest.raises(ValidationError) as refused:
        freeze(review=review, by=users[Role.OFFICE], now=NOW)
    assert refused.value.messages == [sentence]
    assert not FrozenFigures.objects.exists()


def test_without_a_regulation_nothing_is_frozen(db, users):
    review = make_review()
    with pytest.raises(ValidationError) as refused:
        freeze(review=review, by=users[Role.OFFICE], now=NOW)
    assert refused.value.messages == [
        "Không có phiên bản quy chế nào có hiệu lực trong các quý này."
    ]
    assert review.day == DAY


def test_who_freezes_at_the_same_moment_is_told_so(review, users, monkeypatch):
    def meanwhile(*args):
        make_frozen(review)  # between the reading of the last number and the writing
        return "0" * 64

    monkeypatch.setattr(services, "checksum", meanwhile)
    with pytest.raises(ValidationError) as refused:
        freeze(review=review, by=users[Role.OFFICE], now=NOW)
    assert refused.value.messages == ["Kỳ sơ kết này vừa có người chốt số liệu."]
