"""The roster import through its pages: upload, preview, choose, apply, refused rows."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.models import Assignment, Officer, RosterImport
from tests.assignments.roster.workbooks import make_workbook
from tests.factories import make_assignment

DATA = Path(settings.BASE_DIR) / "assignments" / "data"
HEADERS = ["Họ và tên", "Năm sinh", "Đảng bộ phụ trách", "Huyện, thị xã, thành phố"]
PAGE = "/phan-cong/nap-danh-sach/"

pytestmark = pytest.mark.usefixtures("gazetteer")


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def upload(client, content: bytes, name: str = "danh-sach.xlsx", **fields):
    data = {"file": SimpleUploadedFile(name, content), "default_date": "01/11/2021"} | fields
    return client.post(PAGE, data)


def text(response) -> str:
    return response.content.decode()


def small(*rows) -> bytes:
    return make_workbook(rows, header=HEADERS)


def test_an_offices_own_list_from_upload_to_coverage(office):
    sent = upload(office, (DATA / "phan-cong-2021.xlsx").read_bytes())
    roster_import = RosterImport.objects.get()
    assert sent.url == f"{PAGE}{roster_import.pk}/"
    preview = office.get(sent.url)
    assert "Áp dụng 109 phân công" in text(preview)
    assert not Assignment.objects.exists()
    applied = office.post(f"{sent.url}ap-dung/", follow=True)
    assert "Đã nạp: thêm 109, thay đổi 0, giữ nguyên 0, từ chối 0." in text(applied)
    assert (Officer.objects.count(), Assignment.objects.count()) == (95, 109)
    home = office.get("/?ngay=2021-11-01")
    assert home.context["values"]["communes_uncovered"] == 0


def test_applying_twice_writes_once(office):
    sent = upload(office, small(["Lê Văn An", 1970, "Xã An Hiệp", "Châu Thành"]))
    office.post(f"{sent.url}ap-dung/")
    again = office.post(f"{sent.url}ap-dung/", follow=True)
    assert "đã áp dụng" in text(again).lower()
    assert Assignment.objects.count() == 1


def test_the_same_file_again_has_nothing_to_apply(office):
    content = small(["Lê Văn An", 1970, "Xã An Hiệp", "Châu Thành"])
    office.post(f"{upload(office, content).url}ap-dung/")
    preview = text(office.get(upload(office, content).url))
    assert "Giữ nguyên <b>1</b>" in preview
    assert "ap-dung" not in preview


def test_data_that_changed_since_the_preview_are_not_overwritten(office, gazetteer):
    sent = upload(office, small(["Lê Văn An", 1970, "Xã An Hiệp", "Châu Thành"]))
    make_assignment(commune=gazetteer["31594"])
    refused = office.post(f"{sent.url}ap-dung/", follow=True)
    assert "Dữ liệu đã thay đổi" in text(refused)
    assert Assignment.objects.count() == 1
    assert "Xem trước lại" in text(refused)
    seen_anew = office.post(f"{sent.url}chon/", follow=True)
    assert "Từ chối <b>1</b>" in text(seen_anew)


def test_a_ward_without_district_is_offered_as_a_choice(office):
    sent = upload(office, small(["Lê Văn An", 1970, "Phường 1", None]))
    preview = text(office.get(sent.url))
    key = re.search(r'<select[^>]*name="([^"]+)"', preview)[1]
    options = re.findall(r'<option value="(\d+)">([^<]+)', preview)
    assert len(options) == 3
    office.post(f"{sent.url}chon/", {key: options[0][0]})
    office.post(f"{sent.url}ap-dung/")
    assert Assignment.objects.get().commune.pk == int(options[0][0])


def test_an_answer_that_was_not_offered_is_dropped(office, gazetteer):
    sent = upload(office, small(["Lê Văn An", 1970, "Phường 1", None]))
    key = re.search(r'<select[^>]*name="([^"]+)"', text(office.get(sent.url)))[1]
    office.post(f"{sent.url}chon/", {key: gazetteer["31594"].pk, "linh-tinh": "1"})
    assert RosterImport.objects.get().choices == {}


def test_refused_rows_come_back_as_a_workbook_that_can_be_corrected(office):
    rows = (
        ["Lê Văn An", 1970, "Xã An Hiệp", "Châu Thành"],
        ["Võ Thị Bé", 1975, "Xã Không Có", "Châu Thành"],
    )
    sent = upload(office, small(*rows))
    answer = office.get(f"{sent.url}bi-tu-choi.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][-1] == "Lỗi (xóa cột này trước khi nạp lại)"
    assert len(lines) == 2
    assert "Võ Thị Bé" in lines[1]
    assert AuditEvent.objects.filter(verb=Verb.EXPORT).exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"khong phai zip", "không phải"),
        (b"PK\x03\x04hong", "."),
        (make_workbook([[1, 2]], header=["Một", "Hai"]), "Họ và tên"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(office, content, sentence):
    page = upload(office, content)
    assert page.status_code == 200
    assert sentence in re.search(r"invalid-feedback.*?</strong>", text(page), re.DOTALL)[0]
    assert not RosterImport.objects.exists()


def test_a_date_beyond_reason_is_refused(office):
    page = upload(office, small(["A B", 1970, "X", "Y"]), default_date="01/01/9999")
    assert "từ năm 1945 đến năm 2100" in text(page)


def test_markup_in_a_file_comes_out_as_text(office):
    name = "<script>alert(1)</script>"
    sent = upload(office, small([name, 1970, "<img src=x>", None]), name="<b>x</b>.xlsx")
    preview = text(office.get(sent.url))
    assert "<script>alert" not in preview
    assert "<img src=x" not in preview


def test_the_template_can_be_downloaded_and_imported(office):
    template = b"".join(office.get(f"{PAGE}mau.xlsx").streaming_content)
    sent = upload(office, template)
    assert "Áp dụng 109 phân công" in text(office.get(sent.url))


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
def test_only_the_office_imports(users, client_as, office, role):
    sent = upload(office, small(["Lê Văn An", 1970, "Xã An Hiệp", "Châu Thành"]))
    other = client_as(role)
    for address in (PAGE, sent.url, f"{sent.url}bi-tu-choi.xlsx", f"{PAGE}mau.xlsx"):
        assert other.get(address).status_code == 403
    for address in (f"{sent.url}ap-dung/", f"{sent.url}chon/"):
        assert other.post(address).status_code == 403
    assert upload(other, b"x").status_code == 403
    assert not Assignment.objects.exists()


def test_a_long_list_is_shown_in_pages_with_few_queries(
    office, django_assert_max_num_queries, django_assert_num_queries
):
    few = upload(office, small(["Lê Văn An", 1970, "Xã An Hiệp", "Châu Thành"])).url
    many = upload(office, (DATA / "phan-cong-mau.xlsx").read_bytes()).url
    with django_assert_max_num_queries(12) as before:
        office.get(few)
    with django_assert_num_queries(len(before)):
        office.get(many)
