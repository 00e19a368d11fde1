"""The coming days, told from what is known, against a count day by day."""

import datetime as dt
from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.enums import Role
from accounts.models import User
from assignments.coverage import is_covered_on
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment
from communes.models import Commune
from reports.look_ahead.duties import out_of_reach
from reports.look_ahead.events import events
from reports.look_ahead.gaps import counts, gaps, levels
from reports.look_ahead.known import Known
from reports.look_ahead.loads import overloads
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_duty,
    make_merger,
    make_officer,
    make_period,
    make_regulation,
    make_user,
    make_visit,
)

DAY = dt.date(2024, 6, 15)
ONE = dt.timedelta(days=1)


def leader() -> User:
    return User.objects.filter(role=Role.LEADER).first() or make_user(role=Role.LEADER)


def known() -> Known:
    return Known.of(leader(), DAY)


def after(days: int) -> dt.date:
    return DAY + days * ONE


def ending(days: int, **fields) -> Assignment:
    """Make an assignment long in force that ends so many days ahead."""
    end = {"ended_on": after(days), "end_reason": EndReason.RETIRED}
    return make_assignment(**{"started_on": after(-400), **end, **fields})


def uncovered_on(day: dt.date) -> int:
    return Commune.objects.existing_on(day).exclude(is_covered_on(day)).count()


@pytest.mark.django_db
class TestGaps:
    def test_a_known_end_is_a_gap_from_its_day(self):
        row = ending(16)
        (gap,) = gaps(known())
        assert (gap.commune, gap.since, gap.until) == (row.commune, after(16), None)
        assert not gap.is_present
        assert row.officer.full_name in gap.reason
        assert gap.way_out == "chưa có người thay"

    def test_a_successor_closes_it(self):
        row = ending(16)
        make_assignment(commune=row.commune, started_on=after(30))
        (gap,) = gaps(known())
        assert (gap.since, gap.until) == (after(16), after(30))
        assert "nhận từ" in gap.way_out

    def test_nobody_ever_is_a_gap_of_the_present(self):
        commune = make_commune()
        (gap,) = gaps(known())
        assert (gap.commune, gap.since, gap.is_present) == (commune, None, True)

    def test_a_gap_of_the_present_begins_when_it_began(self):
        row = ending(-20)
        (gap,) = gaps(known())
        assert (gap.commune, gap.since) == (row.commune, after(-20))
        assert row.officer.full_name in gap.reason

    def test_cover_that_ends_returns_to_the_main_officer(self):
        main = make_assignment(started_on=after(-400))
        cover = {"role": AssignmentRole.COVER, "end_reason": EndReason.COVER_ENDED}
        make_assignment(commune=main.commune, started_on=after(-3), ended_on=after(5), **cover)
        assert gaps(known()) == []
        (event,) = events(known())
        assert f"trả lại cho đồng chí {main.officer.full_name}" in event.words

    def test_a_merger_that_is_known_ends_the_gap_of_the_old_and_opens_the_new(self):
        old = make_commune()
        new = make_merger(old, on=after(40))
        first, second = gaps(known())
        assert (first.commune, first.until) == (old, after(40))
        assert "sắp xếp lại" in first.way_out
        assert (second.commune, second.since) == (new, after(40))
        assert second.reason == "đơn vị mới, chưa có người phụ trách"

    def test_levels_join_days_of_one_count(self):
        ending(16)
        make_commune()
        first, second = levels(counts(known()))
        assert (first.since, first.until, first.count) == (DAY, after(16), 1)
        assert (second.since, second.count) == (after(16), 2)
        assert second.last_day == after(settings.LOOK_AHEAD_DAYS)


@pytest.mark.django_db
class TestLoads:
    def test_who_goes_over_the_limit_and_when(self, settings):
        settings.MAX_COMMUNES_PER_OFFICER = 2
        officer = make_officer()
        for start in (-100, -100, 20):
            make_assignment(officer=officer, started_on=after(start))
        (one,) = overloads(known())
        assert (one.officer, one.since, one.until, one.count) == (officer, after(20), None, 3)

    def test_it_ends_when_one_is_given_away(self, settings):
        settings.MAX_COMMUNES_PER_OFFICER = 1
        officer = make_officer()
        make_assignment(officer=officer, started_on=after(-100))
        ending(9, officer=officer)
        (one,) = overloads(known())
        assert (one.since, one.until, one.is_present) == (DAY, after(9), True)


@pytest.mark.django_db
class TestDuties:
    @pytest.fixture(autouse=True)
    def a_quarter_that_ends_in_fifteen_days(self):
        rules = make_regulation(started_on=after(-800))
        make_duty(rules, required=2)
        make_period(dt.date(2024, 4, 1), dt.date(2024, 7, 1))

    def test_days_enough_are_no_matter(self):
        make_assignment(started_on=after(-400))
        assert out_of_reach(known()) == []

    def test_nobody_until_the_end_of_the_period(self):
        row = ending(0)
        (one,) = out_of_reach(known())
        assert (one.commune, one.days) == (row.commune, 0)
        assert one.words == "dự họp Ban Chấp hành Đảng bộ 2 lần"
        assert "không có người phụ trách đến hết kỳ" in one.reason

    def test_what_was_done_is_not_left(self):
        row = ending(1)
        make_attendance(row.officer, make_visit(row.commune, visited_on=after(-10)))
        assert out_of_reach(known()) == []  # one left, and today to do it on

    def test_fewer_days_than_times(self):
        row = ending(1)
        (one,) = out_of_reach(known())
        assert (one.commune, one.days, one.nobody_since) == (row.commune, 1, after(1))


STRETCHES = st.lists(
    st.tuples(
        st.integers(0, 3),  # commune
        st.integers(-30, 100),  # first day
        st.integers(1, 80),  # how long
        st.integers(0, 2),  # officer
    ),
    max_size=10,
)


class TestAgainstEachDay(TestCase):
    @given(STRETCHES)
    def test_every_day_is_what_that_day_will_say(self, stretches):
        communes = [make_commune() for _ in range(4)]
        officers = [make_officer() for _ in range(3)]
        taken: list[tuple[int, set[dt.date]]] = []
        for place, first, length, person in stretches:
            days = {after(first + number) for number in range(length)}
            if any(place == other and days & held for other, held in taken):
                continue
            taken.append((place, days))
            make_assignment(
                commune=communes[place],
                officer=officers[person],
                started_on=after(first),
                ended_on=after(first + length),
                end_reason=EndReason.OTHER,
            )
        seen = known()
        by_day = counts(seen)
        assert list(by_day) == [after(n) for n in range(settings.LOOK_AHEAD_DAYS + 1)]
        told = Counter()
        for gap in gaps(seen):
            since, until = max(gap.since or DAY, DAY), gap.until or seen.end
            told.update(after(n) for n in range((since - DAY).days, (until - DAY).days))
        for day in (*range(0, 91, 13), 90):
            assert by_day[after(day)] == uncovered_on(after(day)) == told[after(day)]


@pytest.mark.django_db
class TestPage:
    def address(self) -> str:
        return f"{reverse('reports:look_ahead')}?ngay={DAY:%Y-%m-%d}"

    def test_says_who_will_be_missing_and_offers_to_assign(self, client):
        row = ending(16)
        client.force_login(make_user(role=Role.OFFICE))
        page = client.get(self.address()).text
        assert row.commune.full_name in page
        assert f"{after(16):%d/%m/%Y}" in page
        assert f"ngay_bat_dau={after(16):%Y-%m-%d}" in page

    def test_a_leader_is_not_offered_to_assign(self, client):
        ending(16)
        client.force_login(make_user(role=Role.LEADER))
        assert "ngay_bat_dau" not in client.get(self.address()).text

    def test_queries_do_not_grow_with_rows(self, client, django_assert_max_num_queries):
        client.force_login(make_user(role=Role.OFFICE))
        for number in range(30):
            ending(number + 1)
        with django_assert_max_num_queries(14):
            client.get(self.address())
