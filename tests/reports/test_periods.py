"""The periods of a year: explicit days, no day twice, none left out unless accepted."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.enums import PeriodKind
from reports.models import Period
from reports.periods import (
    NO_PERIOD,
    NO_VERSION,
    DaysLeftOut,
    having_judged,
    judged_from,
    make_periods,
    missing,
    periods_of,
    periods_of_year,
    years_made,
)
from tests.factories import make_period, make_regulation, make_user

DAY = dt.timedelta(days=1)


def make_year(year: int = 2024, first_day: int = 1, **options) -> list[Period]:
    return make_periods(year=year, first_day=first_day, by=None, **options)


def refusal(*args, **kwargs) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        make_year(*args, **kwargs)
    return caught.value


def days(name: str) -> tuple[str, str]:
    period = next(one for one in Period.objects.all() if str(one) == name)
    return f"{period.started_on:%d/%m/%Y}", f"{period.last_day:%d/%m/%Y}"


# --- their days ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_year_of_the_calendar():
    assert len(make_year()) == 19
    assert days("Tháng 2/2024") == ("01/02/2024", "29/02/2024")
    assert days("Quý IV/2024") == ("01/10/2024", "31/12/2024")
    assert days("6 tháng đầu năm 2024") == ("01/01/2024", "30/06/2024")
    assert days("Năm 2024") == ("01/01/2024", "31/12/2024")


@pytest.mark.django_db
def test_a_year_counted_from_the_fifteenth():
    """The calendar of NĐ 09/2019 (DOMAIN §1.4)."""
    make_year(first_day=15)
    assert days("Tháng 5/2024") == ("15/04/2024", "14/05/2024")
    assert days("Quý I/2024") == ("15/12/2023", "14/03/2024")
    assert days("6 tháng đầu năm 2024") == ("15/12/2023", "14/06/2024")
    assert days("Năm 2024") == ("15/12/2023", "14/12/2024")


@given(st.integers(1950, 2099), st.integers(1, 28))
def test_each_kind_divides_the_year(year, first_day):
    """Whatever the first day, every kind has each day of the counted year exactly once."""
    periods = periods_of_year(year, first_day)
    whole = next(one for one in periods if one.kind == PeriodKind.YEAR)
    assert whole.days in (365, 366)
    for kind in PeriodKind.values:
        own = [one for one in periods if one.kind == kind]
        assert [one.number for one in own] == list(range(1, len(own) + 1))
        assert (own[0].started_on, own[-1].ended_on) == (whole.started_on, whole.ended_on)
        for one, following in pairwise(own):
            assert one.started_on < one.ended_on == following.started_on


# --- making them ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_making_is_told_with_the_days():
    office = make_user()
    make_periods(year=2024, first_day=15, by=office)
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.target) == (
        Verb.CREATE,
        str(office),
        "Kỳ tính năm 2024",
    )
    assert len(event.after) == 19
    assert event.after["Tháng 5/2024"] == "15/04/2024 – 14/05/2024"


@pytest.mark.django_db
def test_a_year_is_made_once():
    make_year()
    assert refusal().messages == ["Năm 2024 đã lập kỳ."]
    assert Period.objects.count() == 19


@pytest.mark.django_db
@pytest.mark.parametrize("order", [(2023, 2024, 2025), (2025, 2024, 2023), (2023, 2025, 2024)])
def test_years_join_without_a_gap(order):
    first, *others = order
    make_year(first, 15)
    for year in others:
        make_year(year, 15, gaps_accepted=year == 2025 and order[1] == 2025)
    assert Period.objects.count() == 57


@pytest.mark.django_db
def test_days_counted_twice_are_refused_and_named():
    make_year(2023)
    doubled, way_out = refusal(2024, 15, gaps_accepted=True).messages
    assert doubled == (
        "Bị tính hai lần: từ ngày 15/12/2023 đến hết ngày 31/12/2023, đã thuộc "
        "Tháng 12/2023, Quý IV/2023, 6 tháng cuối năm 2023, Năm 2023."
    )
    assert "Chọn ngày đầu kỳ khác" in way_out
    assert Period.objects.count() == 19


@pytest.mark.django_db
def test_days_left_out_are_refused_and_named_unless_accepted():
    make_year(2023, 15)
    refused = refusal(2024)
    assert refused.messages == ["Không thuộc kỳ nào: từ ngày 15/12/2023 đến hết ngày 31/12/2023."]
    assert isinstance(refused, DaysLeftOut)
    make_year(2024, gaps_accepted=True)
    assert Period.objects.count() == 38


@pytest.mark.django_db
def test_days_left_out_after_the_year_are_named_too():
    make_year(2026)
    assert refusal(2024).messages == [
        "Không thuộc kỳ nào: từ ngày 01/01/2025 đến hết ngày 31/12/2025."
    ]


@pytest.mark.django_db
def test_one_day_is_named_as_one():
    make_period(dt.date(2023, 10, 1), dt.date(2023, 12, 31))
    assert refusal().messages == ["Không thuộc kỳ nào: ngày 31/12/2023."]


@pytest.mark.django_db
def test_a_year_beyond_what_pages_can_look_at_is_refused():
    assert "2100" in " ".join(refusal(2101).messages)
    assert not Period.objects.exists()


@pytest.mark.django_db
def test_the_periods_of_a_year_come_longest_first():
    make_year(2024)
    make_year(2023)
    assert years_made() == [2023, 2024]
    names = [str(one) for one in periods_of(2024)]
    assert names[:4] == ["Năm 2024", "6 tháng đầu năm 2024", "6 tháng cuối năm 2024", "Quý I/2024"]
    assert names[-1] == "Tháng 12/2024"


# --- who judges them -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_version_judges_what_begins_under_it():
    make_year()
    version = make_regulation(started_on=dt.date(2024, 9, 2), ended_on=dt.date(2024, 12, 1))
    judged = judged_from(version.started_on, version.ended_on)
    assert [str(one) for one in judged] == ["Tháng 10/2024", "Quý IV/2024", "Tháng 11/2024"]
    assert having_judged([version], dt.date(2024, 9, 30)) == set()
    assert having_judged([version], dt.date(2024, 10, 1)) == {version.pk}


@pytest.mark.django_db
def test_what_is_missing_is_said():
    day = dt.date(2024, 5, 9)
    assert missing(day) == [NO_VERSION, NO_PERIOD]
    make_year()
    assert missing(day) == [NO_VERSION]
    make_regulation()
    assert missing(day) == []
    assert missing(dt.date(2025, 1, 1)) == [NO_PERIOD]
