"""The workbook of the yearly review: who has an account, and what each role may do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import clock
from accounts.enums import Permission, Role, Verb
from accounts.models import AuditEvent
from accounts.permissions import ROLE_PERMISSIONS
from tests.accounts.test_throttle import fail
from tests.factories import make_user
from tests.workbooks import opened, table

ADDRESS = "/ra-soat-tai-khoan.xlsx"


@pytest.fixture
def administrator(client_as, users):
    return client_as(Role.ADMIN)


def book(client):
    response = client.get(ADDRESS)
    return opened(b"".join(response.streaming_content))


def test_every_account_has_a_row_with_its_state(administrator):
    make_user(username="le.an", full_name="=1+1", seen_at=clock.now())
    resting = make_user(username="nghi.lau", is_active=False, suspension="idle")
    TOTPDevice.objects.create(user=resting, name="Điện thoại", confirmed=True)
    fail(5)
    rows = {row["Tên đăng nhập"]: row for row in table(book(administrator)["Tài khoản"])}
    assert len(rows) == len(Role) + 2
    assert rows["le.an"]["Họ và tên"] == "=1+1"
    assert rows["le.an"]["Khóa đăng nhập"] == "Đang bị khóa"
    assert rows["le.an"]["Dùng lần cuối"].date() == clock.today()
    assert rows["le.an"]["Hai bước"] == "Không"
    assert rows["nghi.lau"]["Tình trạng"] == "Đã ngừng: Lâu không dùng"
    assert rows["nghi.lau"]["Hai bước"] == "Có"
    assert rows["nghi.lau"]["Tuổi mật khẩu (ngày)"] == 0
    assert rows["admin"]["Được dùng (ngày)"] == 60


def test_the_matrix_is_what_the_code_allows(administrator):
    rows = {row["Quyền"]: row for row in table(book(administrator)["Quyền theo vai trò"])}
    for permission in Permission:
        for role in Role:
            has = rows[permission.label][role.label] == "x"
            assert has is (permission in ROLE_PERMISSIONS[role])


def test_taking_it_is_told_and_the_list_leads_to_it(administrator):
    book(administrator)
    assert AuditEvent.objects.get().verb == Verb.EXPORT
    assert ADDRESS in administrator.get("/quan-tri/accounts/user/").text


def test_it_asks_no_more_for_more_accounts(administrator):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            book(administrator)
        return len(captured)

    queries()
    few = queries()
    for _ in range(15):
        make_user()
    assert queries() == few <= 12
