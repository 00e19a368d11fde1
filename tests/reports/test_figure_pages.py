"""The pages of figures: every number with its meaning, list, denominator and who is not counted."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from reports.figures import FIGURES, values
from reports.figures.told import fraction
from reports.viewpoint import Viewpoint
from tests.factories import make_assignment
from tests.reports.world import DAY, add_duties, make_world


@pytest.fixture
def world(db):
    made = make_world()
    add_duties(made)
    return made


def detail(client, key: str, **query) -> str:
    address = reverse("figures:detail", args=[FIGURES[key].field])
    return client.get(address, {"ngay": DAY.isoformat()} | query).content.decode()


def test_every_figure_is_there_with_its_value_and_the_name_of_its_field(world, users, client_as):
    page = client_as(Role.LEADER).get(reverse("figures:list"), {"ngay": DAY.isoformat()})
    shown = {one.figure.key: one.value for _, members in page.context["groups"] for one in members}
    assert shown == values(Viewpoint(users[Role.LEADER], DAY))
    text = page.content.decode()
    assert all(f"<code>{figure.field}</code>" in text for figure in FIGURES.values())


@pytest.mark.parametrize("key", FIGURES)
def test_each_figure_has_a_page(world, client_as, key):
    page = client_as(Role.LEADER).get(reverse("figures:detail", args=[FIGURES[key].field]))
    assert page.context["one"].figure is FIGURES[key]


def test_a_page_says_how_it_is_counted(world, client_as):
    page = detail(client_as(Role.OFFICE), "done_cell_meeting")
    assert FIGURES["done_cell_meeting"].sentence in page
    assert "<b>1/3 (1 miễn)</b>" in page
    assert "từ 01/04/2024 đến hết 15/06/2024" in page
    assert "xuat=xlsx" in page


def test_who_is_not_counted_can_be_opened(world, client_as):
    page = detail(client_as(Role.OFFICE), "visits_held")
    assert FIGURES["visits_postponed"].label in page.lower()
    assert "ket_qua=postponed" in page


def test_a_sum_of_all_duties_tells_each_kind(world, client_as):
    page = client_as(Role.OFFICE).get(
        reverse("figures:detail", args=[FIGURES["duties_due"].field]), {"ngay": DAY.isoformat()}
    )
    parts = {one.figure.key: one.value for one in page.context["parts"]}
    assert parts["due_committee_meeting"] + parts["due_cell_meeting"] == page.context["one"].value


@pytest.mark.parametrize("ends", [("2024-q1", "2024-q2"), ("2024-q2", "2024-q1")])
def test_several_quarters_are_chosen_by_their_ends(world, client_as, ends):
    query = {"ngay": DAY.isoformat(), "ky": ends[0], "den_ky": ends[1]}
    page = client_as(Role.OFFICE).get(reverse("figures:list"), query)
    assert str(page.context["view"].quarter) == "6 tháng đầu năm 2024"
    text = page.content.decode()
    assert '<option value="2024-q1" selected>' in text
    assert "ky=2024-q1..2024-q2" in text


def test_one_quarter_chosen_twice_is_that_quarter(world, client_as):
    query = {"ngay": DAY.isoformat(), "ky": "2024-q1", "den_ky": "2024-q1"}
    page = client_as(Role.OFFICE).get(reverse("figures:list"), query)
    assert str(page.context["view"].quarter) == "Quý I/2024"


def test_an_unknown_field_is_not_found(users, client_as):
    assert client_as(Role.OFFICE).get("/so-lieu/khong_co/").status_code == 404


def test_a_rate_has_its_denominator_and_what_was_waived(world, users):
    found = values(Viewpoint(users[Role.OFFICE], DAY))
    assert fraction(FIGURES["duties_done"], found) == "2/6 (1 miễn)"
    assert fraction(FIGURES["communes_covered"], found) == "3/5"


def test_each_figure_names_figures_there_are():
    named = {
        key
        for figure in FIGURES.values()
        for key in (figure.of, figure.waived, *figure.excluded)
        if key
    }
    assert named <= {*FIGURES}


def test_no_part_is_more_than_the_whole(world, users):
    for asked in ("", "2024-q1", "2023-q4..2024-q2"):
        found = values(Viewpoint(users[Role.OFFICE], DAY, asked))
        for figure in FIGURES.values():
            assert not figure.of or found[figure.key] <= found[figure.of], figure.key


def test_more_rows_ask_no_more_queries(world, client_as, django_assert_max_num_queries):
    client = client_as(Role.OFFICE)
    with django_assert_max_num_queries(12):
        client.get(reverse("figures:list"), {"ngay": DAY.isoformat()})
    for _ in range(5):
        make_assignment(started_on=DAY)
    with django_assert_max_num_queries(12):
        client.get(reverse("figures:list"), {"ngay": DAY.isoformat()})
