"""Pages of officers who leave, cover and hand-overs: as people use them, and forged posts."""

import datetime as dt

import pytest
import time_machine

from accounts.enums import Role
from assignments.departures import withdraw_departure
from assignments.models import Assignment, Departure, Officer
from reports.assignment_papers import of_dossier
from reports.handing_over.finding import undecided
from reports.models import Handover, HandoverItem
from reports.viewpoint import Viewpoint
from tests.client import as_read
from tests.factories import (
    make_assignment,
    make_commune,
    make_handover,
    make_merger,
    make_officer,
    make_petition,
    make_user,
)
from tests.reports.handing_over.world import NOW, ON, World, make_world

pytestmark = pytest.mark.django_db

LATER = {"ngay": "2023-06-20"}  # the officer has left, nineteen days ago


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def read(client, address: str, query=None) -> str:
    response = client.get(address, query or {})
    assert response.status_code == 200, address
    return as_read(response.content.decode())


# --- leaving -------------------------------------------------------------------------------------


def leaving(**changes) -> dict[str, str]:
    return {
        "on": "01/07/2023",
        "reason": "retired",
        "leaves_office": "on",
        "decision_number": "77-QĐ/TU",
        "decision_date": "05/05/2023",
        "note": "đủ tuổi",
    } | changes


def test_an_officer_leaves_from_their_page(client_as):
    row, other = make_assignment(make_officer("Ngô Bảo")), make_officer("Lê Văn Ba")
    second = make_assignment(row.officer)
    gone = make_officer("Lý Đa", left_on=dt.date(2023, 1, 1))
    office = client_as(Role.OFFICE)
    address = f"/ban-giao/can-bo/{row.officer_id}/thoi/"
    assert address in read(office, f"/can-bo/{row.officer_id}/")
    page = read(office, address)
    assert "Lê Văn Ba" in page
    assert str(gone) not in page  # who has left is offered nowhere
    data = leaving() | {
        f"officer_{row.pk}": "le van ba",
        f"officer_{second.pk}": "le van ba",
        f"until_{second.pk}": "31/08/2023",
    }
    departure = None
    response = office.post(address, data)
    departure = Departure.objects.get()
    assert response.headers["Location"] == f"/ban-giao/thoi/{departure.pk}/"
    assert departure.decision.number == "77-QĐ/TU"
    cover = Assignment.objects.get(officer=other, commune=second.commune)
    assert (cover.role, cover.ended_on) == ("cover", dt.date(2023, 9, 1))
    page = read(office, f"/ban-giao/thoi/{departure.pk}/")
    assert "Lê Văn Ba" in page
    assert "thôi công tác từ ngày 01/07/2023" in read(office, f"/can-bo/{row.officer_id}/").lower()
    assert "Ngô Bảo: từ ngày 01/07/2023" in read(office, "/ban-giao/")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": ""}, "Cần ghi ngày."),
        ({"reason": ""}, "Cần chọn một mục."),
        ({"decision_number": ""}, "Ghi số quyết định, hoặc bỏ trống ngày ký."),
        ({"officer_{pk}": "khong co ai"}, "Không có cán bộ đang công tác nào khớp"),
        ({"until_{pk}": "31/08/2023"}, "Ghi cán bộ phụ trách tạm thời, hoặc bỏ trống ngày."),
        ({"officer_{pk}": "Ngô Bảo"}, "Người tiếp tục phải là đồng chí khác."),
    ],
)
def test_refusals_stand_where_they_belong(client_as, changes, sentence):
    row = make_assignment(make_officer("Ngô Bảo"))
    data = leaving(**{name.format(pk=row.pk): value for name, value in changes.items()})
    response = client_as(Role.OFFICE).post(f"/ban-giao/can-bo/{row.officer_id}/thoi/", data)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Departure.objects.exists()


def test_taken_back_and_moved_on_the_page(client_as, world):
    office = client_as(Role.OFFICE)
    address = f"/ban-giao/thoi/{world.departure.pk}/rut/"
    assert "Ghi lý do." in office.post(address, {"reason": ""}).content.decode()
    office.post(address, {"reason": "hoãn", "moved_to": "15/06/2023"})
    moved = Departure.objects.standing().get()
    assert moved.leaves_on == dt.date(2023, 6, 15)
    office.post(f"/ban-giao/thoi/{moved.pk}/rut/", {"reason": "ở lại"})
    assert not Departure.objects.standing().exists()
    assert Officer.objects.get(pk=world.giver.pk).left_on is None
    assert "Đã rút lại" in read(office, f"/ban-giao/thoi/{moved.pk}/")


# --- hand-overs ----------------------------------------------------------------------------------


def items_data(world: World, page) -> dict[str, str]:
    """Give what a browser posts of the page of items left as it is."""
    form = page.context["form"]
    return {form[name].html_name: form[name].value() or "" for name in form.fields}


def test_from_preparing_to_accepted(client_as, world):
    giver, taker = client_as(world.giver.user), client_as(world.taker.user)
    address = f"/ban-giao/{world.handover.pk}/"
    page = giver.get(f"{address}viec/")
    data = items_data(world, page)
    assert set(data.values()) == {"Lý Em (1970)", ""}
    assert giver.post(f"{address}viec/", data).status_code == 302
    assert HandoverItem.objects.count() == 7
    assert "Giao hồ sơ" in read(giver, address)
    assert "Giao hồ sơ" not in read(taker, address)
    giver.post(f"{address}giao/", {"note": ""})
    assert "nhận bàn giao từ đồng chí Ngô Bảo" in read(taker, "/", {"ngay": f"{ON}"})
    late = make_petition(world.commune, content="Đề nghị sửa cầu")
    assert "Đề nghị sửa cầu" in read(taker, address)
    refused = taker.post(f"{address}nhan/", {"note": ""})
    assert "Còn 1 việc chưa ghi" in refused.content.decode()
    key = f"reports.petition:{late.pk}"
    giver.post(f"{address}viec/", {f"owner_{key}": "Lý Em", f"reason_{key}": ""})
    taker.post(f"{address}nhan/", {"note": "đã đủ"})
    world.handover.refresh_from_db()
    assert world.handover.state == "accepted"
    first = read(taker, "/", {"ngay": f"{ON}"})
    assert "Nhận bàn giao" in first
    assert "Kiến nghị chưa xong" in first


def test_forged_posts(client_as, world):
    """What the page does not offer is not done either."""
    address = f"/ban-giao/{world.handover.pk}/"
    taker, stranger = client_as(world.taker.user), make_user(Role.OFFICER)
    make_assignment(make_officer(user=stranger))
    for move in ("giao", "lay-lai", "ket-thuc", "viec"):
        assert taker.post(f"{address}{move}/", {"note": "x"}).status_code == 403
    for move in ("giao", "nhan", "tra-lai", "ket-thuc", "viec", ""):
        assert client_as(stranger).post(f"{address}{move}/").status_code in (404, 405)
    giver = client_as(world.giver.user)
    assert giver.post(f"{address}nhan/", {}).status_code == 403
    giver.post(f"{address}giao/", {})
    assert giver.post(f"{address}viec/", {"owner_reports.petition:999": "Lý Em"}).status_code == 200
    assert taker.post(f"{address}nhan/", {}).status_code == 302  # told why not
    world.handover.refresh_from_db()
    assert world.handover.state == "preparing"
    assert not HandoverItem.objects.exists()


def test_an_assistant_reads_and_does_nothing(client_as, world):
    assistant = make_user(Role.ASSISTANT)
    world.taker.assistants.add(assistant)
    address = f"/ban-giao/{world.handover.pk}/"
    assert "Ngô Bảo" in read(client_as(assistant), address)
    assert client_as(assistant).post(f"{address}nhan/", {}).status_code == 403


def test_the_commune_is_being_handed_over_until_it_is_settled(client_as, world):
    office = client_as(Role.OFFICE)
    commune = f"/dang-bo/{world.commune.pk}/"
    assert "Đang bàn giao" not in read(office, commune)
    assert "Đang bàn giao" in read(office, commune, LATER)
    listed = read(office, "/phan-cong/", LATER)
    assert "đang bàn giao" in listed
    first = read(office, "/", LATER)
    assert "1 hồ sơ bàn giao quá 15 ngày chưa xong" in first
    assert "Xã Bình Rẫy 19 ngày (đồng chí Lý Em nhận)" in first
    assert "hồ sơ bàn giao quá 15 ngày" not in read(office, "/", {"ngay": "2023-06-10"})
    assert "chưa có người nhận" in read(office, "/ban-giao/", LATER)
    late = read(office, "/ban-giao/", LATER | {"tinh_trang": "qua_han"})
    assert "Xã Bình Rẫy" in late
    assert "Xã Cù Lao" not in late  # nobody is to receive it: the gap itself is told
    nobody = read(office, "/ban-giao/", LATER | {"tinh_trang": "chua_co_nguoi"})
    assert "Xã Cù Lao" in nobody
    assert "Xã Bình Rẫy" not in nobody
    assert "Xã Bình Rẫy" not in read(office, "/ban-giao/", LATER | {"tinh_trang": "da_xong"})


def test_officers_see_their_own_alone(client_as, world):
    other = make_handover()
    page = read(client_as(world.taker.user), "/ban-giao/")
    assert "Xã Bình Rẫy" in page
    assert other.outgoing.commune.full_name not in page


def test_the_minutes_tell_what_was_decided(client_as, world):
    office = client_as(Role.OFFICE)
    address = f"/ban-giao/{world.handover.pk}/"
    before = of_dossier(world.handover, Viewpoint(world.office, ON)).things
    assert [one.words for one in before] == [one.words for one in undecided(world.handover, ON)]
    assert {one.note for one in before} == {"Chưa ghi người tiếp tục"}
    office.post(f"{address}viec/", items_data(world, office.get(f"{address}viec/")))
    response = office.get(f"{address}bien-ban.docx", {"ngay": f"{ON}"})
    assert response.status_code == 200
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_nobody_is_assigned_to_a_unit_that_is_no_more(client_as, world):
    other = Handover.objects.exclude(pk=world.handover.pk).get()
    commune, office = other.outgoing.commune, client_as(Role.OFFICE)
    assign, address = f"/phan-cong/giao/?dang_bo={commune.pk}", f"/ban-giao/{other.pk}/"
    assert assign in read(office, address)
    make_merger(commune, name="Kế Sách", on=dt.date(2023, 6, 10))
    assert assign not in read(office, address, LATER)


# --- cover ---------------------------------------------------------------------------------------


def test_cover_given_shown_and_changed(client_as):
    main = make_assignment(make_officer("Ngô Bảo"))
    stand_in = make_officer("Lý Em")
    office = client_as(Role.OFFICE)
    address = f"/ban-giao/dang-bo/{main.commune_id}/tam-thoi/"
    assert address in read(office, f"/dang-bo/{main.commune_id}/")
    data = {"officer": "ly em", "on": "10/05/2023", "last": "31/05/2023"}
    assert office.post(address, data | {"officer": ""}).status_code == 200
    assert office.post(address, data).status_code == 302
    row = Assignment.objects.get(officer=stand_in)
    assert (row.role, row.ended_on) == ("cover", dt.date(2023, 6, 1))
    page = read(office, f"/dang-bo/{main.commune_id}/", {"ngay": "2023-05-20"})
    assert "trả lại cho đồng chí Ngô Bảo từ ngày 01/06/2023" in page
    change = {"phan_cong": row.pk, "last": "20/05/2023", "reason": "về sớm"}
    assert office.post(address, change | {"reason": ""}).status_code == 200
    assert office.post(address, change).status_code == 302
    row.refresh_from_db()
    assert row.ended_on == dt.date(2023, 5, 21)
    strange = make_assignment()
    office.post(address, change | {"phan_cong": strange.pk})
    strange.refresh_from_db()
    assert strange.ended_on is None


# --- numbers of queries --------------------------------------------------------------------------


def test_the_list_runs_a_fixed_number_of_queries(
    client_as, world, django_assert_max_num_queries, django_assert_num_queries
):
    office = client_as(Role.OFFICE)
    office.get("/ban-giao/")
    with django_assert_max_num_queries(12) as before:
        office.get("/ban-giao/", LATER)
    for number in range(4):
        row = make_assignment(
            make_officer(f"Trần Văn {number}"), make_commune(), ended_on=dt.date(2023, 6, 3)
        )
        make_handover(row, incoming=make_assignment(commune=row.commune, started_on=row.ended_on))
    with django_assert_num_queries(len(before)):
        office.get("/ban-giao/", LATER)


def test_the_excel_file_equals_the_list(client_as, world):
    response = client_as(Role.OFFICE).get("/ban-giao/", {"xuat": "xlsx"})
    assert b"".join(response.streaming_content)[:2] == b"PK"


def test_a_withdrawn_departure_leaves_no_dossier(world):
    withdraw_departure(departure=world.departure, reason="x", by=world.office, now=NOW)
    assert not Handover.objects.exists()
