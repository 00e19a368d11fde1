"""A freeze of a small province, and packs made from it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from accounts.enums import Role
from assignments.enums import DutyKind
from reports.freezing import freeze
from reports.models import FrozenFigures, ReviewPack
from reports.packs.making import begin_pack, make_next
from tests.factories import (
    make_assignment,
    make_commune,
    make_period,
    make_petition,
    make_regulation,
    make_review,
)

NOW = dt.datetime(2023, 5, 9, 17, 30, tzinfo=timezone.get_default_timezone())
MARKUP = "<w:p>{{ can_bo }}</w:p>{% x %}&amp;"


@pytest.fixture
def frozen(db, users) -> FrozenFigures:
    """Freeze a quarter in which two officers owe something and one commune has nobody."""
    make_regulation(DutyKind.COMMITTEE_MEETING, started_on=dt.date(2022, 1, 1))
    make_period()
    make_assignment(started_on=dt.date(2022, 1, 1))
    make_assignment(started_on=dt.date(2022, 6, 1))
    make_commune(name="Thạnh Quới")
    make_petition(content=f"Đề nghị lắp đèn {MARKUP}")
    review = make_review(recipients="Ban Thường vụ\nĐảng ủy các xã", signer="Lê Văn Mẫn")
    return freeze(review=review, by=users[Role.OFFICE], now=NOW)


def made_pack(frozen: FrozenFigures, by, now: dt.datetime = NOW) -> ReviewPack:
    """Make a whole pack."""
    pack = begin_pack(frozen=frozen, by=by, now=now)
    while make_next(pack=pack, by=by, now=now):
        pass
    pack.refresh_from_db()
    return pack


@pytest.fixture
def pack(frozen, users) -> ReviewPack:
    return made_pack(frozen, users[Role.OFFICE])
