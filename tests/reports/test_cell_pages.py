"""The page of a commune's Party cells and contacts: who reads it, what the office does on it."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from communes.models import Commune
from tests.factories import (
    DAY,
    make_assignment,
    make_attendance,
    make_cell,
    make_commune,
    make_contact,
    make_officer,
    make_visit,
)

JULY = "01/07/2024"


@pytest.fixture
def commune(db) -> Commune:
    """Give a commune with three hamlets, one gone, and one contact."""
    commune = make_commune("An Ninh")
    make_cell(commune, "1")
    make_cell(commune, "2", started_on=dt.date(2020, 1, 1))
    make_cell(commune, "4", ended_on=dt.date(2022, 1, 1), end_note="Nhập vào ấp 1")
    make_contact(commune)
    return commune


@pytest.fixture
def address(commune) -> str:
    return reverse("reports:commune_cells", args=[commune.pk])


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def typed_on_a_visit(commune: Commune, cell_name: str, day: dt.date = DAY) -> None:
    make_attendance(visit=make_visit(commune, visited_on=day, cell_name=cell_name))


def text(response) -> str:
    return " ".join(response.text.split())


def send(client, address: str, action: str, **values):
    fields = {f"{action}-{name}": value for name, value in values.items()}
    return client.post(address, fields | {"viec": action})


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_sees_the_commune_reads_its_cells_and_contacts(
    commune, address, users, client_as, role
):
    own = make_officer(user=users[Role.OFFICER])
    own.assistants.add(users[Role.ASSISTANT])
    make_assignment(own, commune)
    page = text(client_as(role).get(address))
    assert "Chi bộ ấp 1" in page
    assert "từ ngày 01/01/2020" in page
    assert "Nhập vào ấp 1" in page
    assert 'href="tel:0299 123"' in page
    assert ("Thêm vào danh sách" in page) == (role == Role.OFFICE)


def test_the_page_answers_for_a_day(commune, address, office):
    names = [str(cell) for cell in office.get(address, {"ngay": "2019-06-01"}).context["cells"]]
    assert names == ["Chi bộ ấp 1", "Chi bộ ấp 4"]
    assert office.get(address, {"ngay": "2019-06-01"}).context["gone"] == []


def test_a_commune_of_somebody_else_is_not_found(address, users, client_as):
    make_assignment(make_officer(user=users[Role.OFFICER]))
    client = client_as(Role.OFFICER)
    assert client.get(address).status_code == 404
    assert send(client, address, "them", lines="Ấp 9").status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_only_reads_may_not_write(commune, address, client_as, role):
    assert send(client_as(role), address, "them", lines="Ấp 9").status_code == 403
    assert commune.cells.count() == 3


def test_an_officer_of_the_commune_may_not_write(commune, address, users, client_as):
    make_assignment(make_officer(user=users[Role.OFFICER]), commune)
    assert send(client_as(Role.OFFICER), address, "them", lines="Ấp 9").status_code == 403


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_more_cells_contacts_and_visits_take_no_more_queries(commune, address, office):
    typed_on_a_visit(commune, "Ấp Mới")
    few = queries(office, address)
    for number in range(20, 40):
        make_cell(commune, str(number))
        make_contact(commune)
        typed_on_a_visit(commune, f"Ấp Mới {number}")
    assert queries(office, address) == few <= 12


# --- places typed on visits ----------------------------------------------------------------------


def test_places_in_no_list_are_offered(commune, address, office):
    typed_on_a_visit(commune, "Ấp Mới")
    typed_on_a_visit(commune, "chi bộ ấp mới", DAY - dt.timedelta(days=9))
    typed_on_a_visit(commune, "chi bộ ấp 1")
    typed_on_a_visit(commune, "Ấp 4")  # known, though gone by now
    typed_on_a_visit(make_commune(), "Ấp Nơi Khác")
    (one,) = office.get(address).context["unlisted"]
    assert (one.place, one.visits, one.last) == ("Ấp Mới", 2, DAY)


def test_what_was_taken_back_is_not_offered(commune, address, office):
    typed_on_a_visit(commune, "Ấp Nhầm")
    visit = commune.visits.get()
    visit.attendances.update(withdrawn_at=visit.entered_at, withdrawal_reason="Nhầm")
    assert office.get(address).context["unlisted"] == []


@pytest.mark.parametrize(("place", "kind"), [("Ấp Mới", ""), ("Công an xã", "office")])
def test_the_offer_fills_in_the_form(commune, address, office, place, kind):
    form = office.get(address, {"ten": place}).context["cell_forms"]["them"]
    assert (form["lines"].value(), form["kind"].value()) == (place, kind)
    assert form.is_open
    send(office, address, "them", lines=place, kind=kind)
    assert commune.cells.count() == 4
    typed_on_a_visit(commune, place)
    assert office.get(address).context["unlisted"] == []


# --- what the office does ------------------------------------------------------------------------


def test_cells_are_added(commune, address, office):
    response = send(office, address, "them", lines="Ấp 5\nKhóm 2", since=JULY)
    assert response.url == address
    assert "Đã thêm 2 chi bộ." in office.get(address).text
    assert commune.cells.get(kind="urban_quarter").started_on == dt.date(2024, 7, 1)


def test_a_cell_is_ended(commune, address, office):
    cell = commune.cells.get(name="2")
    send(office, address, "thoi", cell=cell.pk, on=JULY, reason="Nhập vào ấp 1")
    cell.refresh_from_db()
    assert cell.ended_on == dt.date(2024, 7, 1)
    assert "Đã ghi Chi bộ ấp 2 không còn từ ngày 01/07/2024." in office.get(address).text


def test_cells_are_merged(commune, address, office):
    chosen = [cell.pk for cell in commune.cells.filter(ended_on=None)]
    send(office, address, "nhap", chosen=chosen, into="Ấp 1", on=JULY)
    (cell,) = commune.cells.filter(ended_on=None)
    assert (cell.name, cell.started_on) == ("1", dt.date(2024, 7, 1))
    assert "Đã nhập 2 chi bộ thành Chi bộ ấp 1." in office.get(address).text


def test_a_contact_is_added_and_ended(commune, address, office):
    fields = {"full_name": "Lý Sa", "office": "Bí thư", "phone": "0299 456", "rank": "2"}
    send(office, address, "them-dau-moi", **fields)
    made = commune.contacts.get(full_name="Lý Sa")
    assert made.phone == "0299 456"
    send(office, address, "thoi-dau-moi", contact=made.pk, on=JULY)
    made.refresh_from_db()
    assert made.ended_on == dt.date(2024, 7, 1)


@pytest.mark.parametrize(
    ("action", "values", "sentence"),
    [
        ("them", {"lines": " \u200b "}, "Ghi ít nhất một chi bộ."),
        ("them", {"lines": "Chi bộ"}, "“Chi bộ” chưa rõ là ấp, khóm"),
        ("them", {"lines": "Ấp 5\nCông an xã"}, "Dòng 2: “Công an xã” chưa rõ"),
        ("them", {"lines": "Ấp 1"}, "Ấp 1: Đảng bộ này đã có chi bộ cùng tên"),
        ("them", {"lines": "\n".join(f"Ấp {n}" for n in range(101))}, "Ghi tối đa 100 chi bộ"),
        ("them", {"lines": "Ấp " + "a" * 101}, "Không được dài quá 100 ký tự"),
        ("thoi", {}, "Cần ghi lý do."),
        ("thoi", {"cell": "999", "on": JULY, "reason": "x"}, "không nằm trong các lựa chọn"),
        ("nhap", {"into": "Ấp 1", "on": JULY}, "Chọn ít nhất hai chi bộ"),
        ("nhap", {"into": "Hòa An", "on": JULY}, "Ghi cả loại và tên"),
        ("them-dau-moi", {"rank": "1"}, "Cần ghi họ và tên."),
        ("thoi-dau-moi", {"contact": "", "on": JULY}, "Cần chọn một mục."),
    ],
)
def test_what_is_wrong_is_said_in_the_open_form(commune, address, office, action, values, sentence):
    response = send(office, address, action, **values)
    assert response.status_code == 200
    assert sentence in text(response)
    forms = response.context["cell_forms"] | response.context["contact_forms"]
    assert [key for key, form in forms.items() if form.is_open] == [action]
    assert commune.cells.filter(ended_on=None).count() == 2


def test_an_action_nobody_knows_is_not_found(address, office):
    assert send(office, address, "xoa").status_code == 404
