"""The pages that read across records: what they say, for whom, as of which day."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from assignments.services import end_assignment
from reports import viewpoint
from reports.views import home
from tests.factories import make_assignment, make_commune, make_district, make_officer
from tests.reports.world import DAY, START, make_world


@pytest.fixture
def world(db):
    return make_world()


def as_of(address: str, day: dt.date = DAY) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}ngay={day.isoformat()}"


def text(response) -> str:
    return response.content.decode()


def test_home_names_the_uncovered_and_since_when(world, client_as):
    page = text(client_as(Role.LEADER).get(as_of("/")))
    assert "2 Đảng bộ chưa có người phụ trách" in page
    assert "Xã Tân Thạnh 4, xã Tân Thạnh 5" in page
    assert "lâu nhất 106 ngày" in page


def test_home_tells_of_a_gap_before_it_opens(world, client_as):
    page = text(client_as(Role.LEADER).get(as_of("/")))
    assert "1 Đảng bộ sẽ trống từ 15/07/2024" in page
    assert "đồng chí Thạch Văn Bình thôi phụ trách (nghỉ hưu)" in page


def test_home_is_silent_about_a_gap_that_is_already_filled(world, client_as):
    make_assignment(
        officer=make_officer(),
        commune=world.communes[2],
        started_on=DAY + dt.timedelta(days=30),
    )
    assert "sẽ trống từ" not in text(client_as(Role.LEADER).get(as_of("/")))


def test_of_a_crowd_home_draws_dots_and_tells_the_worst_places(world, client_as, monkeypatch):
    for number, commune in enumerate(world.communes):
        commune.latitude, commune.longitude = 9 + number / 2, 106
        commune.district = make_district()
        commune.save()
    make_commune("Không rõ ở đâu")
    client = client_as(Role.LEADER)
    few = client.get(as_of("/")).context
    monkeypatch.setattr(viewpoint, "DRAWN", 3)
    monkeypatch.setattr(home, "PLACES", 1)
    page = client.get(as_of("/"))
    many = page.context
    assert many["legend"] == few["legend"]
    assert not many["map"].shapes
    assert sum(path.count("M") for _, path in many["map"].dots) == len(world.communes)
    [place] = many["places"]
    assert place.uncovered == max(row.uncovered for row in few["places"])
    assert f"{len(few['places']) - 1} huyện khác" in many["places_left_out"]
    assert "Mỗi chấm là một Đảng bộ" in text(page)


def test_leaders_look_and_the_office_acts(world, client_as):
    assert "/phan-cong/giao/" not in text(client_as(Role.LEADER).get(as_of("/")))
    assert "/phan-cong/giao/" in text(client_as(Role.OFFICE).get(as_of("/")))


def test_every_link_keeps_the_day(world, client_as):
    page = text(client_as(Role.OFFICE).get(as_of("/")))
    assert "tại ngày 15/06/2024" in page
    assert f"/dang-bo/?phu_trach=chua&amp;ngay={DAY}" in page


def test_an_unreadable_day_is_said_and_today_is_shown(world, client_as):
    page = client_as(Role.OFFICE).get("/?ngay=2024-02-31")
    assert "Không đọc được ngày" in text(page)
    assert page.context["as_of"].is_today


def test_the_never_assigned_commune_is_in_the_list(world, client_as):
    """DESIGN §10, mistake 3."""
    page = client_as(Role.LEADER).get(as_of("/dang-bo/?phu_trach=chua"))
    assert [row.record.name for row in page.context["rows"]] == ["Tân Thạnh 4", "Tân Thạnh 5"]


def test_list_search_ignores_accents_and_order(world, client_as):
    page = client_as(Role.LEADER).get(as_of("/dang-bo/?tim=3 thanh tan"))
    assert [row.record.name for row in page.context["rows"]] == ["Tân Thạnh 3"]


def test_a_filter_nobody_offers_gives_a_sentence_and_no_rows(world, client_as):
    page = client_as(Role.LEADER).get(as_of("/dang-bo/?phu_trach=linh-tinh"))
    assert page.context["rows"] == []
    assert "linh-tinh" in text(page)


@pytest.mark.parametrize("sort", ["ten", "-ten", "tu_ngay", "-tu_ngay", "can_bo", "khong-co"])
def test_any_sort_shows_every_row(world, client_as, sort):
    page = client_as(Role.LEADER).get(as_of(f"/dang-bo/?sap={sort}"))
    assert page.context["page"].paginator.count == 5


def test_names_sort_by_given_name(world, client_as):
    page = client_as(Role.LEADER).get(as_of("/can-bo/"))
    names = [row.record.full_name for row in page.context["rows"]]
    assert names == ["Lê Thị Ánh", "Thạch Văn Bình", "Sơn Minh Châu"]


def test_dossier_keeps_the_history_of_who_has_left(world, client_as):
    """DESIGN §10, mistake 1."""
    address = reverse("reports:commune_detail", args=[world.communes[3].pk])
    page = text(client_as(Role.LEADER).get(as_of(f"{address}?muc=qua-trinh")))
    assert "Sơn Minh Châu" in page
    assert "Từ 01/01/2023 đến hết 29/02/2024" in page
    assert "Chưa có người phụ trách" in page
    assert "Từ 01/03/2024 đến nay" in page
    assert "512-QĐ/TU" in page


def test_dossier_before_the_end_shows_the_officer_in_post(world, client_as):
    address = reverse("reports:commune_detail", args=[world.communes[3].pk])
    page = client_as(Role.LEADER).get(as_of(address, dt.date(2024, 2, 29)))
    assert page.context["holder"].officer == world.chau


def test_officer_page_shows_load_and_communes(world, client_as):
    address = reverse("reports:officer_detail", args=[world.anh.pk])
    page = client_as(Role.LEADER).get(as_of(f"{address}?muc=qua-trinh"))
    assert page.context["officer"].load == 2
    assert "Xã Tân Thạnh 1" in text(page)


def test_search_finds_people_and_places(world, client_as):
    page = text(client_as(Role.LEADER).get(as_of("/tim/?tim=th")))
    assert "Thạch Văn Bình" in page
    assert "Không có Đảng bộ nào khớp" not in page


def test_own_communes_of_an_officer_and_of_who_assists(world, users, client_as):
    world.anh.user = users[Role.OFFICER]
    world.anh.save()
    world.anh.assistants.add(users[Role.ASSISTANT])
    for role in (Role.OFFICER, Role.ASSISTANT):
        page = client_as(role).get(as_of("/"))
        shown = [card.commune.name for card in page.context["cards"]]
        assert shown == ["Tân Thạnh 1", "Tân Thạnh 2"]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.ASSISTANT])
def test_somebody_elses_records_are_not_found(world, users, client_as, role):
    world.anh.user = users[Role.OFFICER]
    world.anh.save()
    world.anh.assistants.add(users[Role.ASSISTANT])
    client = client_as(role)
    for address in (
        reverse("reports:commune_detail", args=[world.communes[3].pk]),
        reverse("reports:officer_detail", args=[world.chau.pk]),
    ):
        assert client.get(as_of(address)).status_code == 404


def test_an_officer_sees_a_commune_only_while_it_was_theirs(world, users, client_as):
    world.chau.user = users[Role.OFFICER]
    world.chau.save()
    address = reverse("reports:commune_detail", args=[world.communes[3].pk])
    client = client_as(Role.OFFICER)
    assert client.get(as_of(address, dt.date(2024, 2, 29))).status_code == 200
    assert client.get(as_of(address, dt.date(2024, 3, 1))).status_code == 404


def test_an_officer_does_not_see_who_came_after(world, users, client_as):
    world.chau.user = users[Role.OFFICER]
    world.chau.save()
    successor = make_officer(full_name="Huỳnh Thị Đến")
    make_assignment(officer=successor, commune=world.communes[3], started_on=dt.date(2024, 3, 1))
    page = text(client_as(Role.OFFICER).get(as_of("/phan-cong/?tinh_trang=tat_ca")))
    assert "Sơn Minh Châu" in page
    assert "Huỳnh Thị Đến" not in page


PAGES = ["/", "/dang-bo/", "/can-bo/", "/phan-cong/", "/phan-cong/giao/", "/tim/?tim=a"]


@pytest.mark.parametrize("address", PAGES)
def test_queries_do_not_grow_with_rows(
    world, client_as, address, django_assert_max_num_queries, django_assert_num_queries
):
    client = client_as(Role.OFFICE)
    client.get(address)
    with django_assert_max_num_queries(12) as before:
        client.get(address)
    for _ in range(40):
        make_assignment(officer=make_officer(), commune=make_commune(), started_on=START)
        make_commune()
    with django_assert_num_queries(len(before)):
        client.get(address)


def test_changes_are_shown_to_the_office_only(world, users, client_as):
    world.anh.user = users[Role.OFFICER]
    world.anh.save()
    assignment = world.anh.assignments.first()
    end_assignment(
        assignment=assignment,
        on=dt.date(2025, 1, 1),
        end_reason="retired",
        decision=world.decision,
        by=users[Role.OFFICE],
        reason="Theo thông báo nghỉ hưu",
    )
    address = as_of(reverse("reports:officer_detail", args=[world.anh.pk]) + "?muc=qua-trinh")
    assert "Theo thông báo nghỉ hưu" in text(client_as(Role.OFFICE).get(address))
    assert "Lịch sử thay đổi" not in text(client_as(Role.OFFICER).get(address))


def parts(address: str) -> list[str]:
    """Give the parts of a record's page that tell of people and assignments."""
    return [as_of(address), as_of(f"{address}?muc=qua-trinh")]


def test_reasons_and_remarks_are_not_shown_to_officers(world, users, client_as):
    world.binh.user = users[Role.OFFICER]
    world.binh.note = "Ghi chú nội bộ về cán bộ"
    world.binh.save()
    support = world.binh.assignments.get(role="support")
    support.note = "Ghi chú nội bộ về phân công"
    support.save()
    pages = (
        *parts(reverse("reports:officer_detail", args=[world.binh.pk])),
        as_of("/phan-cong/?tinh_trang=tat_ca"),
        *parts(reverse("reports:commune_detail", args=[world.communes[2].pk])),
        as_of("/can-bo/"),
    )
    office, officer = client_as(Role.OFFICE), client_as(Role.OFFICER)
    assert "Ghi chú nội bộ" in "".join(text(office.get(page)) for page in pages)
    seen = "".join(text(officer.get(page)) for page in pages)
    assert "Ghi chú nội bộ" not in seen
    assert "Nghỉ hưu" not in seen
    assert "nghỉ hưu" not in seen


def test_links_of_a_list_keep_the_day(world, client_as):
    page = text(client_as(Role.LEADER).get(as_of("/dang-bo/")))
    assert f'href="/dang-bo/{world.communes[0].pk}/?ngay={DAY}"' in page
    assert f'href="/can-bo/{world.anh.pk}/?ngay={DAY}"' in page
