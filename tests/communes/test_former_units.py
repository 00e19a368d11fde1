"""What a unit came of, what became of it, and how it is found by its former names."""

from __future__ import annotations

import datetime as dt

import pytest

from communes.enums import CommuneKind, Extent
from communes.finding import Gazetteer
from communes.former_units import lines_after, lines_before, of_unit, others_on, story_day
from communes.models import Commune
from communes.place_search import find_communes, former_names
from tests.factories import make_commune, make_district, make_division, make_merger, make_visit

FIRST, SECOND = dt.date(2024, 9, 1), dt.date(2025, 7, 1)
ONE_DAY = dt.timedelta(days=1)
WARD = CommuneKind.WARD

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Give Phường 9 and Phường 1, the new Phường 1 of both, Phường 2, and Phú Lợi of the last."""
    town = {"district": make_district("Sóc Trăng"), "kind": WARD}
    nine, one = make_commune("9", code="31522", **town), make_commune("1", code="31504", **town)
    merged = make_merger(nine, one, name="1", on=FIRST, code="31522", **town)
    two = make_commune("2", code="31510", **town)
    last = make_merger(merged, two, name="Phú Lợi", on=SECOND, code="31510", kind=WARD)
    return nine, one, merged, two, last


def told(commune: Commune, day: dt.date) -> set[Commune]:
    visits = type(make_visit(commune)).objects.filter(of_unit(commune, day))
    return {visit.commune for visit in visits}


def test_a_story_holds_that_of_every_unit_read_under_it(chain):
    nine, _, _, two, last = chain
    for unit in chain:
        make_visit(unit)
    assert told(last, SECOND) == set(chain)
    assert told(two, SECOND) == {two}
    assert told(nine, FIRST) == {nine}


def test_a_unit_that_is_no_more_is_read_on_its_last_day(chain):
    nine, one, merged, *_ = chain
    for unit in chain:
        make_visit(unit)
    assert story_day(merged, SECOND) == SECOND - ONE_DAY
    assert told(merged, dt.date(2026, 1, 1)) == {nine, one, merged}


def test_before_the_event_there_is_nothing_before(chain):
    *_, merged, _two, last = chain
    assert lines_before(merged, FIRST - ONE_DAY) == []
    assert lines_after(merged, SECOND - ONE_DAY) == []
    assert [line.new for line in lines_after(merged, SECOND)] == [last]


def test_the_lines_before_go_back_over_all_events(chain):
    nine, one, merged, two, last = chain
    lines = lines_before(last, SECOND)
    assert [line.reorganisation.effective_on for line in lines] == [SECOND] * 2 + [FIRST] * 2
    assert {(line.old, line.new) for line in lines} == {
        (merged, last),
        (two, last),
        (nine, merged),
        (one, merged),
    }
    assert [line.old for line in lines_before(merged, SECOND)] == [one, nine]


def test_a_part_says_so(chain):
    old = make_commune("Long Phú")
    east, west = make_division(old, "Đông", "Tây", on=SECOND)
    [line] = lines_before(west, SECOND)
    assert (line.old, line.extent, line.is_main) == (old, Extent.PART, False)
    assert [line.new for line in lines_after(old, SECOND)] == [east, west]
    make_visit(old)
    assert old in told(east, SECOND)
    assert old not in told(west, SECOND)  # each record counts for one unit


@pytest.mark.parametrize(
    ("place", "day", "sentence"),
    [
        (0, SECOND, "Phường Phú Lợi"),
        (0, FIRST, "Phường 1"),
        (0, FIRST - ONE_DAY, ""),
        (2, FIRST - ONE_DAY, "Phường 1, Phường 9"),
        (4, FIRST, "Phường 1, Phường 2"),
        (4, SECOND, ""),
    ],
)
def test_the_units_of_a_day_are_named_where_a_unit_is_not(chain, place, day, sentence):
    assert others_on(chain[place], day) == sentence


# --- finding -------------------------------------------------------------------------------------


def found(query: str, day: dt.date) -> list[str]:
    units = find_communes(Commune.objects.existing_on(day), query, day)
    former = former_names(units, query, day)
    return sorted(" < ".join(filter(None, (str(one), former.get(one.pk)))) for one in units)


@pytest.mark.parametrize(
    ("query", "day", "expected"),
    [
        ("31522", FIRST - ONE_DAY, ["Phường 9"]),
        ("31522", FIRST, ["Phường 1"]),
        ("31522", SECOND, []),
        ("31510", SECOND - ONE_DAY, ["Phường 2"]),
        (" 31510 ", SECOND, ["Phường Phú Lợi"]),
        ("phuong 9", FIRST - ONE_DAY, ["Phường 9"]),
        ("phuong 9", FIRST, ["Phường 1 < Phường 9"]),
        ("phuong 9", SECOND, ["Phường Phú Lợi < Phường 9"]),
        ("phuong 1 soc trang", SECOND, ["Phường Phú Lợi < Phường 1"]),
        ("phuong 1 soc trang", FIRST, ["Phường 1"]),
        ("phu loi", SECOND, ["Phường Phú Lợi"]),
        ("phu loi", FIRST, []),
    ],
)
def test_a_unit_is_found_by_its_code_of_the_day_and_by_former_names(chain, query, day, expected):
    assert found(query, day) == expected


@pytest.mark.parametrize(("day", "expected"), [(FIRST - ONE_DAY, 0), (FIRST, 2)])
def test_a_roster_reads_a_code_on_the_day_of_its_row(chain, day, expected):
    units = Gazetteer(Commune.objects.select_related("district"))
    assert units.find_code("31522", day).commune == chain[expected]
