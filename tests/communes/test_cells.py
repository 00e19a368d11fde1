"""Party cells and contacts: read as lists write them, added, ended, merged; every change told."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Verb
from accounts.models import AuditEvent
from communes.cells import (
    CellName,
    add_cells,
    add_contact,
    end_cell,
    end_contact,
    merge_cells,
    place_key,
    read_cell,
    read_cells,
)
from communes.enums import CellKind
from communes.models import Contact, PartyCell
from tests.factories import make_cell, make_commune, make_contact, make_user

JULY = dt.date(2024, 7, 1)
HAMLET, QUARTER = CellKind.HAMLET, CellKind.URBAN_QUARTER
AP_1, AP_3 = CellName(HAMLET, "1"), CellName(HAMLET, "3")


def refusal(write, **facts) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        write(**facts, by=None)
    return caught.value.messages


# --- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Ấp 3", "hamlet", "3"),
        ("  chi bộ ấp  Hòa An ", "hamlet", "Hòa An"),
        ("ap 3", "hamlet", "3"),
        ("A\u0302\u0301p 3", "hamlet", "3"),  # decomposed, as some keyboards send it
        ("KHÓM 2", "urban_quarter", "2"),
        ("Chi bộ khóm Đông", "urban_quarter", "Đông"),
        ("Tổ dân phố 5", "residential_group", "5"),
        ("TDP 5", "residential_group", "5"),
        ("Cơ quan Công an xã", "office", "Công an xã"),
    ],
)
def test_a_cell_is_read_as_lists_write_it(text, kind, name):
    assert read_cell(text) == CellName(CellKind(kind), name)


@pytest.mark.parametrize("text", ["", "Ấp", "Công an xã", "Chi bộ Trạm Y tế", "Ấpxa 3"])
def test_without_a_kind_nothing_is_guessed(text):
    assert read_cell(text) is None


def test_a_list_is_read_line_by_line():
    text = "Ấp 1\n\n  Chi bộ khóm 2\r\nCông an xã"
    assert read_cells(text, CellKind.OFFICE) == [
        AP_1,
        CellName(QUARTER, "2"),
        CellName(CellKind.OFFICE, "Công an xã"),
    ]


def test_every_line_that_cannot_be_read_is_named():
    with pytest.raises(ValidationError) as caught:
        read_cells("Ấp 1\nCông an xã\nKhóm 2\nTrường Tiểu học")
    assert caught.value.messages == [
        "Dòng 2: “Công an xã” chưa rõ là ấp, khóm, tổ dân phố hay cơ quan.",
        "Dòng 4: “Trường Tiểu học” chưa rõ là ấp, khóm, tổ dân phố hay cơ quan.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Ấp Hoà An", "chi bộ ấp hòa an", "ẤP  HÒA AN"])
def test_a_place_typed_freely_equals_the_cell(typed):
    assert place_key(typed) == bytes(make_cell(name="Hòa An").sort_key)
    assert place_key(typed) != bytes(make_cell(name="Hòa Ân").sort_key)


# --- adding --------------------------------------------------------------------------------------


def test_cells_are_added_and_told(db):
    commune, office = make_commune(), make_user()
    made = add_cells(commune=commune, cells=[AP_1, AP_3], since=JULY, by=office)
    assert [str(cell) for cell in commune.cells.all()] == ["Chi bộ ấp 1", "Chi bộ ấp 3"]
    assert {cell.started_on for cell in made} == {JULY}
    events = AuditEvent.objects.all()
    assert {(event.verb, event.actor) for event in events} == {(Verb.CREATE, str(office))}
    assert {event.target for event in events} == {"chi bộ: Chi bộ ấp 1", "chi bộ: Chi bộ ấp 3"}


def test_all_cells_or_none_with_every_reason(db):
    commune = make_commune()
    make_cell(commune, "3")
    cells = [AP_1, AP_3, AP_1]
    assert refusal(add_cells, commune=commune, cells=cells, since=None) == [
        "Ấp 3: Đảng bộ này đã có chi bộ cùng tên trong thời gian đó.",
        "Ấp 1: Đảng bộ này đã có chi bộ cùng tên trong thời gian đó.",
    ]
    assert commune.cells.count() == 1
    assert not AuditEvent.objects.exists()


def test_another_commune_may_have_a_cell_of_that_name(db):
    make_cell(name="3")
    add_cells(commune=make_commune(), cells=[AP_3], since=None, by=None)
    assert PartyCell.objects.count() == 2


def test_a_name_may_return_after_its_cell_ended(db):
    ended = make_cell(name="3", ended_on=JULY, end_note="Nhập vào ấp 4")
    add_cells(commune=ended.commune, cells=[AP_3], since=JULY, by=None)
    assert ended.commune.cells.existing_on(JULY).get().ended_on is None


# --- ending, merging -----------------------------------------------------------------------------


def test_a_cell_ends_with_the_reason(db):
    cell = make_cell(name="4")
    end_cell(cell=cell, on=JULY, reason="Nhập vào ấp 3", by=None)
    cell.refresh_from_db()
    assert (cell.ended_on, cell.end_note) == (JULY, "Nhập vào ấp 3")
    event = AuditEvent.objects.get()
    assert event.verb == Verb.CHANGE
    assert event.after == {"không còn từ ngày": "01/07/2024", "lý do không còn": "Nhập vào ấp 3"}


@pytest.mark.parametrize(
    ("fields", "reason", "sentence"),
    [
        (
            {"ended_on": JULY, "end_note": "Nhập"},
            "Nhập",
            "Chi bộ ấp 4 đã không còn từ ngày 01/07/2024.",
        ),
        ({"started_on": JULY}, "Nhập", "Ngày không còn phải sau ngày thành lập."),
        ({}, "", "Ngày không còn và lý do phải ghi cùng nhau."),
    ],
)
def test_an_end_that_cannot_be_is_a_sentence(db, fields, reason, sentence):
    cell = make_cell(name="4", **fields)
    assert sentence in refusal(end_cell, cell=cell, on=JULY, reason=reason)
    assert not AuditEvent.objects.exists()


def test_two_become_one_that_bears_the_name_of_one(db):
    commune = make_commune()
    three, four, five = (make_cell(commune, name) for name in "345")
    made = merge_cells(cells=[three, four], into=AP_3, on=JULY, document="NQ 12/NQ-HĐND", by=None)
    assert set(commune.cells.existing_on(JULY)) == {made, five}
    assert set(commune.cells.existing_on(JULY - dt.timedelta(days=1))) == {three, four, five}
    four.refresh_from_db()
    assert four.end_note == "Nhập thành ấp 3 theo NQ 12/NQ-HĐND"
    assert AuditEvent.objects.count() == 3


def test_a_merger_is_whole_or_not_at_all(db):
    commune = make_commune()
    three, four, _ = (make_cell(commune, name) for name in "345")
    into = CellName(HAMLET, "5")
    assert refusal(merge_cells, cells=[three, four], into=into, on=JULY) == [
        "Đảng bộ này đã có chi bộ cùng tên trong thời gian đó."
    ]
    assert commune.cells.filter(ended_on=None).count() == 3
    assert not AuditEvent.objects.exists()


def test_one_cell_is_no_merger(db):
    cell = make_cell()
    assert refusal(merge_cells, cells=[cell], into=AP_3, on=JULY) == [
        "Chọn ít nhất hai chi bộ để nhập."
    ]


# --- contacts ------------------------------------------------------------------------------------


def test_a_contact_is_added_and_ended(db):
    commune = make_commune()
    made = add_contact(contact=Contact(commune=commune, full_name="Sơn  Thị Hạnh"), by=None)
    assert commune.contacts.valid_on(JULY).get().full_name == "Sơn Thị Hạnh"
    end_contact(contact=made, on=JULY, by=None)
    assert not commune.contacts.valid_on(JULY).exists()
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        Verb.CREATE,
        Verb.CHANGE,
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ended_on": JULY}, "Đã thôi liên hệ từ ngày 01/07/2024."),
        ({"started_on": JULY}, "Ngày thôi phải sau ngày bắt đầu."),
    ],
)
def test_a_contact_that_cannot_be_ended_is_a_sentence(db, fields, sentence):
    contact = make_contact(**fields)
    assert sentence in refusal(end_contact, contact=contact, on=JULY)
