"""The pages: upload, what was refused, choices, application, story, undoing."""

import datetime as dt

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from assignments.models import Assignment
from communes.models import Commune, Reorganisation
from communes.reorganisation.sheet import LABELS
from reports.reorganising.drafts import Draft
from reports.reorganising.preview import empty_field, seat_field
from tests.assignments.roster.workbooks import to_bytes
from tests.factories import (
    DAY,
    make_assignment,
    make_cell,
    make_commune,
    make_officer,
    make_petition,
)
from tests.reports.reorganising.merging import applied, draft_of, heir, merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(users):
    return users[Role.OFFICE]


@pytest.fixture
def client(client_as):
    return client_as(Role.OFFICE)


@pytest.fixture
def old():
    return [make_commune("An Hòa", code="31001"), make_commune("An Bình", code="31002")]


def page_of(client, event, path="") -> str:
    response = client.get(f"/sap-xep/{event.pk}/{path}")
    assert response.status_code == 200
    return response.content.decode()


def post(client, event, act: str, **data) -> str:
    address = reverse(f"reorganisations:{act}", args=[event.pk])
    response = client.post(address, data, follow=True)
    return response.content.decode()


def upload(client, *rows, query="", **facts):
    book = openpyxl.Workbook()
    book.active.append(list(LABELS.values()))
    for row in rows:
        book.active.append([*row, *[""] * (len(LABELS) - len(row))])
    defaults = {"resolution": "1105/NQ-UBTVQH15", "effective_on": f"{DAY:%d/%m/%Y}"}
    file = SimpleUploadedFile("bang.xlsx", to_bytes(book))
    data = defaults | {"file": file} | facts
    return client.post(f"/sap-xep/them/{query}", data, follow=True)


MERGED = [
    ("31001", "Xã An Hòa", "", "", "", "Xã An Hòa"),
    ("31002", "Xã An Bình", "", "", "", "Xã An Hòa"),
]


def test_upload_then_preview_then_choose_then_apply_then_undo(client, old):
    officer = make_officer("Lê An")
    make_assignment(officer, old[0])
    page = upload(client, *MERGED).content.decode()
    event = Reorganisation.objects.get()
    assert "2 đơn vị cũ → 1 đơn vị mới" in page
    assert "Lê An phụ trách chính (đề xuất)" in page
    assert "nhận 1 đề xuất" in page
    assert "Áp dụng sắp xếp từ" not in page
    [one] = Draft.of(event).units
    [seat] = one.seats
    page = post(client, event, "choose", **{seat_field(one.unit, seat): "main"})
    assert "Đã lưu lựa chọn của 1 đơn vị; 1/1 đơn vị đã xong." in page
    assert "Áp dụng sắp xếp từ 09/05/2023" in page
    page = post(client, event, "apply", decision_number="9-QĐ/TU", decision_date="09/05/2023")
    assert "Đã áp dụng sắp xếp" in page
    assert "Lê An" in page
    assert "Chưa có gì mới gắn với các đơn vị mới" in page
    assert Assignment.objects.active_on(DAY).get().opening_decision.number == "9-QĐ/TU"
    page = post(client, event, "undo", reason="Nạp nhầm bảng")
    assert "mọi thứ trở lại như trước" in page
    assert "Nạp nhầm bảng" in page_of(client, event)
    assert Commune.objects.existing_on(DAY).count() == 2


def test_refused_rows_are_shown_kept_and_replaced(client, old):
    page = upload(client, *MERGED, ("39999", "Xã Không Có", "", "", "", "Xã An Hòa"))
    first = Reorganisation.objects.get()
    assert "1 điểm bị từ chối" in page.content.decode()
    assert "Xã Không Có" in page.content.decode()
    file = client.get(f"/sap-xep/{first.pk}/bi-tu-choi.xlsx")
    assert file.getvalue()[:2] == b"PK"
    upload(client, *MERGED, query=f"?thay={first.pk}")
    first.refresh_from_db()
    assert first.dropped_at
    assert Reorganisation.objects.drafts().get().mapping["rows"]
    assert "Đã bỏ" in page_of(client, first)


def test_a_file_that_cannot_be_read_keeps_what_was_typed(client):
    response = client.post(
        "/sap-xep/them/",
        {
            "resolution": "1105/NQ-UBTVQH15",
            "effective_on": "01/09/2024",
            "file": SimpleUploadedFile("bang.xlsx", b"not a workbook"),
        },
    )
    assert response.status_code == 200
    assert "1105/NQ-UBTVQH15" in response.content.decode()
    assert not Reorganisation.objects.exists()


def test_one_unit_can_be_saved_alone(client, office, old):
    third = make_commune("An Phú")
    event = draft_of([*merge(*old, into="Xã An Hòa"), *merge(third, into="Xã An Phú")], office)
    one, other = Draft.of(event).units
    page = post(client, event, "choose", don_vi=one.unit.key, **{empty_field(one.unit): "on"})
    assert "1/2 đơn vị đã xong" in page
    event.refresh_from_db()
    assert set(event.choices) == {one.unit.key}
    assert other.unit.key not in event.choices


def test_a_changed_world_is_told_and_refuses(client, office, old):
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    [one] = Draft.of(event).units
    post(client, event, "choose", **{empty_field(one.unit): "on"})
    make_cell(old[0])
    assert "Dữ liệu đã thay đổi từ khi lưu lựa chọn" in page_of(client, event)
    assert "Dữ liệu đã thay đổi từ khi xem trước" in post(client, event, "apply")


def test_open_petitions_are_listed_with_links(client, office, old):
    petition = make_petition(old[0], raised_on=DAY - dt.timedelta(days=9))
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    page = page_of(client, event)
    assert f"/kien-nghi/?dang_bo={petition.commune_id}&amp;tinh_trang=dang_giai_quyet" in page
    assert "Xã An Hòa: 1" in page


def test_what_hinders_undoing_is_named(client, office, old):
    event = applied(merge(*old, into="Xã An Hòa"), office)
    make_petition(heir(event, old[0]), raised_on=DAY)
    page = page_of(client, event)
    assert "Kiến nghị ghi sau khi sắp xếp (1)" in page
    assert "Hoàn tác lần sắp xếp này" not in page
    assert "Kiến nghị ghi sau khi sắp xếp (1)" in post(client, event, "undo", reason="Thử")


def test_leaders_see_and_cannot_change(client_as, office, old):
    event = draft_of(merge(*old, into="Xã An Hòa"), office)
    page = page_of(client_as(Role.LEADER), event)
    assert "<select" not in page.partition("merging-unit")[2]
    assert "Lưu lựa chọn" not in page.partition("<main")[2].replace("Chưa lưu lựa chọn", "")


def test_a_draft_is_read_in_a_fixed_number_of_queries(client, office):
    def queries(n_units: int) -> int:
        units = [make_commune(f"Xã{number} {n_units}") for number in range(n_units)]
        for unit in units:
            make_assignment(make_officer(), unit)
            make_cell(unit, "3")
            make_petition(unit)
        event = draft_of(
            [line for unit in units for line in merge(unit, into=f"Xã Mới {unit.pk}")], office
        )
        with CaptureQueriesContext(connection) as captured:
            page_of(client, event)
        return len(captured)

    assert queries(2) == queries(6) <= 20


def test_the_list_tells_how_far_each_is(client, office, old):
    applied(merge(*old, into="Xã An Hòa"), office)
    draft_of(merge(make_commune("Khác"), into="Xã Khác"), office, on=DAY + dt.timedelta(days=9))
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/sap-xep/").content.decode()
    assert "Đang chuẩn bị" in page
    assert "2 cũ → 1 mới" in page
    assert len(captured) <= 12
