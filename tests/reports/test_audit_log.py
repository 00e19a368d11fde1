"""The page of the audit log: found, filtered, read row by row, taken as a file; quick when long."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from accounts import audit, chain, clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.audit_log import rows as limits
from reports.audit_log.filters import AuditLogFilter
from reports.audit_log.searching import pattern
from tests.client import as_read
from tests.factories import make_officer
from tests.only_added import triggers_lifted
from tests.test_hostile_input import LISTED, VALUES
from tests.workbooks import opened

pytestmark = pytest.mark.django_db
LOG = "/nhat-ky/"
DAYS = dt.timedelta(days=1)


def write(
    target="Danh sách", *, by="Nguyễn Văn Ân", verb=Verb.CHANGE, ago=0, **facts
) -> AuditEvent:
    event = audit.event(verb, target, by=by, at=clock.now() - ago * DAYS, **facts)
    audit.record_all([event])
    return event


@pytest.fixture
def admin(client_as):
    return client_as(Role.ADMIN)


def found(client, **query) -> list[str]:
    response = client.get(LOG, query)
    return [row.record.target for row in response.context["rows"]]


def test_a_row_tells_who_did_what_when_from_where_and_why(admin):
    officer = make_officer("Lê Thị Bình")
    write(officer, before={"năm sinh": 1970}, after={"năm sinh": 1971}, reason="Ghi sai")
    page = as_read(admin.get(LOG).content.decode())
    for told in (
        "Nguyễn Văn Ân",
        "Sửa",
        "Lê Thị Bình",
        "năm sinh: 1970",
        "năm sinh: 1971",
        "Ghi sai",
    ):
        assert told in page


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"tim": "nguyen van an"}, 2),
        ({"tim": "NGUYỄN bình"}, 1),
        ({"tim": "ghi sai"}, 1),
        ({"tim": "khong ai"}, 0),
        ({"nguoi": "tran"}, 1),
        ({"nguoi": "binh"}, 0),
        ({"viec": "export"}, 1),
        ({"loai": "assignments.officer"}, 1),
        ({"loai": "communes.commune"}, 0),
        ({"ly_do": "co"}, 1),
        ({"ly_do": "khong"}, 2),
        ({"dia_chi": "10.1"}, 0),
        ({}, 3),
    ],
)
def test_filters(admin, query, number):
    write(make_officer("Lê Thị Bình"), reason="Ghi sai năm sinh")
    write("Danh sách cán bộ")
    write("Đảng bộ.xlsx", by="Trần Đức", verb=Verb.EXPORT)
    assert len(found(admin, **query)) == number


def test_the_last_thirty_days_unless_others_are_asked_for(admin):
    today = clock.today()
    write("Mới", ago=29)
    write("Cũ", ago=31)
    assert found(admin) == ["Mới"]
    assert found(admin, tu=f"{today - 40 * DAYS:%d/%m/%Y}") == ["Mới", "Cũ"]
    assert found(admin, tu="01/01/2020", den=f"{today - 30 * DAYS:%d/%m/%Y}") == ["Cũ"]


def test_one_records_history_is_whole(admin):
    officer = make_officer("Lê Thị Bình")
    write(officer, ago=400)
    write("Khác")
    assert found(admin, doi_tuong=audit.target_key(officer)) == [f"cán bộ: {officer}"]


def test_a_word_is_found_with_any_marks_and_case():
    assert pattern("a").startswith("[aA")
    for letter in "àáạảãâầấậẩẫăằắặẳẵ":
        assert letter in pattern("a")
        assert letter.upper() in pattern("a")
    assert "đ" in pattern("d")
    assert "Đ" in pattern("d")


def test_no_more_rows_are_counted_than_are_paged_through(admin, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 60)
    for number in range(70):
        write(f"Danh sách {number}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = admin.get(LOG)
    assert response.context["page"].paginator.count == 60
    assert "hơn 60 dòng nhật ký" in as_read(response.content.decode())
    assert len(queries) <= 12
    counts = [
        query["sql"]
        for query in queries
        if "COUNT(" in query["sql"] and "auditevent" in query["sql"]
    ]
    assert all("LIMIT 61" in sql for sql in counts)


def test_the_file_holds_all_rows_as_text(admin):
    write("=cmd|'/c calc'!A1", before={"tên": "=1+1"}, reason="+84")
    response = admin.get(LOG, {"xuat": "xlsx", "viec": "change"})
    sheet = opened(b"".join(response.streaming_content)).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value]
    assert any(cell.value == "=cmd|'/c calc'!A1" and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" and "cmd" in str(cell.value) for cell in cells)
    told = AuditEvent.objects.get(verb=Verb.EXPORT)
    assert told.target.startswith("NhatKy_")
    assert told.after["Việc"] == "Sửa"


def test_a_row_has_a_page_with_its_place_in_the_chain(admin):
    event = write(make_officer("Lê Thị Bình"), before={"a": 1}, after={"b": 2}, reason="Vì\nsao")
    address = f"{LOG}{event.pk}/"
    assert "Chưa niêm" in admin.get(address).content.decode()
    chain.seal_committed()
    page = as_read(admin.get(address).content.decode())
    assert "Khớp dấu niêm" in page
    assert "Số thứ tự" in page
    with triggers_lifted():
        models.QuerySet(AuditEvent).filter(pk=event.pk).update(actor="Ai khác")
    assert "Không khớp dấu niêm" in admin.get(address).content.decode()
    assert admin.get(f"{LOG}999999/").status_code == 404


def test_the_request_is_told(admin):
    b"".join(admin.get(LOG, {"xuat": "xlsx"}))
    event = AuditEvent.objects.get(verb=Verb.EXPORT)
    assert event.request_id
    assert event.request_id in admin.get(f"{LOG}{event.pk}/").content.decode()


@pytest.mark.parametrize("value", VALUES)
def test_whatever_is_asked_for_the_answer_is_a_page(admin, value):
    write(make_officer("Lê Thị Bình"))
    for names in (LISTED, AuditLogFilter.base_filters):
        assert admin.get(LOG, dict.fromkeys(names, value)).status_code == 200
