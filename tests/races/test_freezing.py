"""Figures are counted at one moment, while others go on writing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.enums import Role
from assignments.enums import DutyKind
from communes.models import Commune
from communes.periods import CHANGED_MEANWHILE
from reports.freezing import freeze, services
from reports.models import FrozenFigures, Review
from reports.packs.making import begin_pack, make_next
from tests.factories import (
    make_assignment,
    make_commune,
    make_period,
    make_regulation,
    make_review,
    make_user,
)
from tests.races.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)

NOW = dt.datetime(2023, 5, 9, 17, 30, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def review() -> Review:
    make_regulation(DutyKind.COMMITTEE_MEETING, started_on=dt.date(2022, 1, 1))
    make_period()
    make_assignment(started_on=dt.date(2022, 1, 1))
    return make_review()


def meanwhile(monkeypatch, act) -> None:
    """Have another writer do ``act`` after the figures were counted and before the lists are."""
    lists_of = services.lists_of

    def after_act(view):
        [result] = at_once(act)
        assert not isinstance(result, Exception), result
        return lists_of(view)

    monkeypatch.setattr(services, "lists_of", after_act)


def test_others_write_while_figures_are_counted_and_are_not_in_them(review, monkeypatch):
    meanwhile(monkeypatch, lambda: make_commune("Mới lập"))
    frozen = freeze(review=review, by=make_user(), now=NOW)
    assert Commune.objects.count() == 2
    assert "Mới lập" not in str(frozen.sheets)


def test_figures_of_other_days_are_not_kept(review, monkeypatch):
    changed = {"day": review.day - dt.timedelta(days=1)}
    meanwhile(monkeypatch, lambda: Review.objects.filter(pk=review.pk).update(**changed))
    with pytest.raises(ValidationError) as refused:
        freeze(review=review, by=make_user(), now=NOW)
    assert refused.value.messages == [CHANGED_MEANWHILE]
    assert not FrozenFigures.objects.exists()


def test_counting_leaves_the_connection_as_it_was(review):
    freeze(review=review, by=make_user(), now=NOW)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            assert connection.transaction_mode == "IMMEDIATE"
            return
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)


def test_two_freeze_at_once(review):
    by = make_user(Role.OFFICE)

    def act():
        return freeze(review=review, by=by, now=NOW)

    results = at_once(act, act, act)
    kept = [*FrozenFigures.objects.order_by("number").values_list("number", flat=True)]
    assert kept == [*range(1, len(kept) + 1)]
    assert len(kept) == sum(isinstance(one, FrozenFigures) for one in results)
    refused = [one.messages[0] for one in results if isinstance(one, Exception)]
    assert {*refused} <= {"Kỳ sơ kết này vừa có người chốt số liệu."}


def test_one_part_of_a_pack_is_made_once(review):
    by = make_user(Role.OFFICE)
    pack = begin_pack(frozen=freeze(review=review, by=by, now=NOW), by=by, now=NOW)

    def act():
        return make_next(pack=pack, by=by, now=NOW)

    results = at_once(act, act, act)
    assert not [one for one in results if isinstance(one, Exception)], results
    made = [*pack.files.order_by("pk").values_list("part", flat=True)]
    assert len(made) == len({*made}) == sum(one is not None for one in results)
