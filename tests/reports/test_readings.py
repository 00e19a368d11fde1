"""Figures, lists, matrix and files under the new units and the old: equal totals, exact days."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.utils import timezone

from accounts.enums import Role
from assignments.models import Attendance
from communes.models import Commune, District
from reports.duties import total
from reports.figures import COMMUNES, FIGURES, Counted, values
from reports.freezing import changes_since, freeze
from reports.matrix import make_matrix
from reports.models import Period, Petition
from reports.viewpoint import Viewpoint
from reports.workbooks.summary import review_sheets
from tests.client import lasting
from tests.factories import make_area, make_handover, make_merger, make_officer, make_review
from tests.reports.figure_lists import disagreements, too_large_parts
from tests.reports.merged_world import (
    FIRST,
    LATER,
    SECOND,
    SPAN,
    make_merged_world,
    make_unmerged_world,
)
from tests.reports.world import DAY, QUARTER
from tests.workbooks import opened, table

ONE = dt.timedelta(days=1)
READINGS = [False, True]
NOW = dt.datetime(2024, 9, 1, 8, tzinfo=timezone.get_default_timezone())
PAGES = [
    "/",
    "/dang-bo/",
    "/thuc-hien/",
    "/thuc-hien/can-bo/",
    "/thuc-hien/dang-bo/",
    "/thuc-hien/huyen/",
    "/thuc-hien/ma-tran/",
    "/so-lieu/",
    "/so-lieu/bieu-do/",
]


@pytest.fixture
def merged(db, users):
    for _ in range(9):  # so that no officer has the key of a commune
        make_officer()
    return make_merged_world()


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


def address(page: str, day: dt.date, *, is_old: bool = False, **query: str) -> str:
    asked = {"ngay": day.isoformat(), **({"don_vi": "cu"} if is_old else {}), **query}
    return f"{page}?{'&'.join(f'{name}={value}' for name, value in asked.items())}"


def text(page) -> str:
    return page.content.decode()


def keys(view: Viewpoint, key: str) -> set[int]:
    return set(FIGURES[key].members(view).values_list("pk", flat=True))


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_old", READINGS)
def test_number_equals_members_equals_list_equals_file(merged, office, client_as, is_old):
    view = Viewpoint(office, LATER, SPAN, is_old=is_old)
    assert disagreements(client_as(Role.OFFICE), view) == []
    assert too_large_parts(view) == []


@pytest.mark.parametrize("day", [DAY, FIRST - ONE, FIRST, SECOND - ONE, SECOND, LATER])
@pytest.mark.parametrize("asked", ["", SPAN, "2024-q2"])
def test_what_is_not_counted_in_communes_is_the_same_under_both(merged, office, day, asked):
    new, old = (values(Viewpoint(office, day, asked, is_old=is_old)) for is_old in READINGS)
    of_communes = {
        key
        for key, figure in FIGURES.items()
        if isinstance(figure, Counted) and figure.population is COMMUNES
    }
    assert {key for key in FIGURES if new[key] != old[key]} <= of_communes
    assert new["petitions"]


def test_units_of_each_reading(merged, office):
    new, old = (Viewpoint(office, LATER, SPAN, is_old=is_old) for is_old in READINGS)
    gone = {merged.a.pk, merged.b.pk, merged.c.pk, merged.n.pk}
    assert keys(old, "communes") - keys(new, "communes") == gone
    assert keys(new, "communes") == set(
        Commune.objects.existing_on(LATER).values_list("pk", flat=True)
    )
    third = Viewpoint(office, LATER, "2024-q3", is_old=True)
    assert keys(third, "communes") & gone == {merged.c.pk, merged.n.pk}


def test_visited_and_petitioning_as_a_naive_count_says(merged, office):
    heirs = dict.fromkeys([merged.a.pk, merged.b.pk, merged.c.pk, merged.n.pk], merged.m.pk)
    view = Viewpoint(office, LATER, "2024-q2")
    old = Viewpoint(office, LATER, "2024-q2", is_old=True)
    went = {
        one.visit.commune_id
        for one in Attendance.objects.confirmed().select_related("visit")
        if one.visit.outcome == "held" and QUARTER[0] <= one.visit.visited_on < QUARTER[1]
    }
    asked = set(Petition.objects.filter(raised_on__lte=LATER).values_list("commune", flat=True))
    for key, found in (("communes_visited", went), ("communes_petitioning", asked)):
        assert keys(old, key) == found & keys(old, "communes")
        assert keys(view, key) == {heirs.get(one, one) for one in found}


def test_an_old_unit_is_judged_on_its_last_day(merged, office):
    old = Viewpoint(office, LATER, SPAN, is_old=True)
    assert {merged.a.pk, merged.b.pk, merged.n.pk, merged.m.pk} <= keys(old, "communes_covered")
    assert merged.c.pk in keys(old, "communes_uncovered")
    assert not keys(old, "communes_ending") & {merged.a.pk, merged.n.pk}


def test_a_new_unit_without_anybody_counts_from_when_an_old_one_lost_its_own(
    merged, office, client_as
):
    lone = make_merger(merged.world.communes[4], name="Vắng", on=LATER - ONE)
    page = client_as(Role.OFFICE).get(address("/dang-bo/", LATER, phu_trach="chua"))
    since = {row.record.pk: row.record.uncovered_since for row in page.context["rows"]}
    assert since[lone.pk] is None  # nobody ever was in what it came of
    again = make_merger(merged.m, name="Lớn", on=LATER)
    merged.world.anh.assignments.filter(commune=merged.m).update(
        ended_on=LATER, end_reason="transferred"
    )
    page = client_as(Role.OFFICE).get(address("/dang-bo/", LATER, phu_trach="chua"))
    since = {row.record.pk: row.record.uncovered_since for row in page.context["rows"]}
    assert since[again.pk] == LATER


def test_who_follows_in_the_new_unit_leaves_no_gap_ahead(merged, office):
    eve = Viewpoint(office, FIRST - ONE)
    assert not keys(eve, "communes_ending") & {merged.a.pk, merged.b.pk}
    merged.world.anh.assignments.filter(commune=merged.n).delete()
    assert keys(Viewpoint(office, FIRST - ONE), "communes_ending") >= {merged.a.pk, merged.b.pk}


# --- tables --------------------------------------------------------------------------------------

CELL = re.compile(r'<td class="t-\w+"><a href="([^"]+)">([^<]+)</a>')


@pytest.mark.parametrize("is_old", READINGS)
def test_every_cell_of_the_matrix_is_its_list_and_all_lines_are_in_it(
    merged, office, client_as, is_old
):
    client = client_as(Role.OFFICE)
    page = client.get(address("/thuc-hien/ma-tran/", LATER, is_old=is_old))
    cells = [(html.unescape(link), shown) for link, shown in CELL.findall(text(page))]
    found = 0
    for link, shown in cells:
        totals = total([row.record.line for row in client.get(link).context["rows"]], LATER)
        assert shown.endswith(totals.fraction) or not totals.due
        found += totals.due
    view = Viewpoint(office, LATER, SPAN, is_old=is_old)
    assert found == sum(line.due for line in view.lines if line.commune_id)
    rows = {row.commune.pk for _, rows in page.context["groups"] for row, _ in rows}
    assert (merged.a.pk in rows) is is_old
    blank = "Chưa có hoặc không còn đơn vị này"
    assert (blank in text(page)) is is_old


def test_units_of_one_name_are_told_apart_in_the_matrix(merged, office):
    kept = merged.world.communes[2]
    again = make_merger(
        kept, name=kept.name, kind=kept.kind, on=LATER - ONE, district=kept.district
    )
    made = make_matrix(Viewpoint(office, LATER, SPAN, is_old=True))
    names = {row.commune.pk: row.name for row in made.rows}
    assert names[kept.pk] == f"{kept.full_name} (đến {LATER - ONE - ONE:%d/%m/%Y})"
    assert names[again.pk] == kept.full_name
    assert names[merged.a.pk] == merged.a.full_name


@pytest.mark.parametrize("is_old", READINGS)
@pytest.mark.parametrize("page", ["/thuc-hien/dang-bo/", "/thuc-hien/huyen/", "/thuc-hien/can-bo/"])
def test_groups_of_duties_add_up_to_the_list(merged, client_as, page, is_old):
    client = client_as(Role.OFFICE)
    asked = {"is_old": is_old, "ky": SPAN}
    whole = client.get(address("/thuc-hien/", LATER, **asked)).context["sums"]
    shown = client.get(address(page, LATER, **asked))
    if "dang-bo" not in page:
        assert shown.context["sums"] == whole
    for row in shown.context["rows"]:
        for cell in row.cells:
            if cell.url and cell.column.figure:
                link = f"{cell.url}&ngay={LATER.isoformat()}"
                sums = client.get(link).context["sums"]
                key = cell.column.key
                assert cell.value == next(value for word, value in sums if word.key == key)


@pytest.mark.parametrize("is_old", READINGS)
def test_the_workbook_says_how_it_is_read_and_counts_alike(merged, client_as, is_old):
    client = client_as(Role.OFFICE)
    response = client.get(address("/tong-hop.xlsx", LATER, is_old=is_old))
    book = opened(b"".join(response.streaming_content))
    words = "Đơn vị: theo đơn vị cũ" if is_old else "Đơn vị: theo đơn vị mới"
    said = [str(cell) for row in book["Theo Đảng bộ"].iter_rows(values_only=True) for cell in row]
    assert any(words in cell for cell in said)
    assert len(table(book["Tất cả kiến nghị"])) == Petition.objects.standing().count()


# --- the days before -----------------------------------------------------------------------------


def shown_on(client, day: dt.date) -> list[str]:
    """Give the pages of a day, without what differs at every request."""
    return [lasting(text(client.get(address(page, day)))) for page in PAGES]


def test_the_day_before_nothing_is_different(users, client_as):
    world = make_unmerged_world()
    client, day = client_as(Role.LEADER), FIRST - ONE
    view = Viewpoint(users[Role.LEADER], day)
    before = shown_on(client, day), values(view), repr([one.rows for one in review_sheets(view)])
    make_merger(world.communes[0], world.communes[1], on=FIRST)
    again = Viewpoint(users[Role.LEADER], day)
    after = shown_on(client, day), values(again), repr([one.rows for one in review_sheets(again)])
    assert before == after
    assert "Theo đơn vị cũ" not in "".join(after[0])
    assert "Theo đơn vị cũ" in text(client.get(address("/", FIRST)))


def test_a_freeze_does_not_change_because_units_are_merged_later(users):
    world = make_unmerged_world()
    quarters = Period.objects.order_by("started_on")
    review = make_review(first_quarter=quarters[0], last_quarter=quarters[2], day=DAY)
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    make_merger(world.communes[0], world.communes[1], on=FIRST)
    changes = changes_since(frozen, users[Role.OFFICE])
    assert changes.figures == []
    assert changes.parameters == []


def test_a_freeze_is_of_the_new_units_and_says_so(merged, users):
    quarters = Period.objects.order_by("started_on")
    review = make_review(first_quarter=quarters[0], last_quarter=quarters[3], day=LATER)
    frozen = freeze(review=review, by=users[Role.OFFICE], now=NOW)
    assert frozen.parameters["units"] == "moi"
    assert ["Đơn vị", "Theo đơn vị mới"] in frozen.parameters["shown"]
    assert changes_since(frozen, users[Role.OFFICE]).figures == []


# --- without districts ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER])
@pytest.mark.parametrize("has_areas", [True, False])
def test_pages_do_without_any_district(merged, users, client_as, role, has_areas):
    Commune.objects.update(district=None, area=None)
    District.objects.all().delete()
    if has_areas:
        Commune.objects.filter(pk=merged.m.pk).update(area=make_area("Ven biển"))
    merged.world.anh.user = users[Role.OFFICER]
    merged.world.anh.save()
    client = client_as(role)
    pages = PAGES if role == Role.LEADER else PAGES[:7]
    for is_old in READINGS:
        for page in pages:
            shown = text(client.get(address(page, LATER, is_old=is_old)))
            main = shown[shown.index("<main") :]
            assert "None" not in main, page
            assert not re.search(r"\bhuyện\b", main, re.IGNORECASE), page
    if role == Role.LEADER:
        book = opened(b"".join(client.get(address("/tong-hop.xlsx", LATER)).streaming_content))
        assert "Theo khu vực" in book.sheetnames
        for sheet in book.worksheets:
            cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
            assert not [cell for cell in cells if re.search(r"\bhuyện\b", cell, re.IGNORECASE)]
            assert "None" not in cells


# --- how much is asked of the database -----------------------------------------------------------

MOST = 12


@pytest.mark.parametrize("is_old", READINGS)
@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_no_more_than_twelve_things(
    merged, client_as, django_assert_max_num_queries, page, is_old
):
    client = client_as(Role.LEADER)
    with django_assert_max_num_queries(MOST):
        client.get(address(page, LATER, is_old=is_old))


def test_a_commune_being_handed_over_says_so(merged, client_as):
    left = merged.world.chau.assignments.get()
    make_handover(left)
    page = client_as(Role.LEADER).get(address("/dang-bo/", DAY))
    words = {row.record.pk: row.cells for row in page.context["rows"]}
    [state] = [cell.value for cell in words[left.commune_id] if cell.column.key == "tinh_trang"]
    assert state.word == "Chưa có người, đang bàn giao"
