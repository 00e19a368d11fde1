"""The office's work in a real browser: import a list, assign, hand over; on a site of its own."""

from __future__ import annotations

import re

import pytest

from tests.assignments.roster.workbooks import make_workbook
from tests.browser.checks import SCROLLS, check_accessible, watch
from tests.browser.conftest import log_in
from tests.browser.site import running_site

HEADERS = ["Họ và tên", "Năm sinh", "Đảng bộ phụ trách", "Huyện, thị xã, thành phố"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_site(tmp_path_factory, browser):
    with running_site(tmp_path_factory.mktemp("work")) as address:
        yield address


@pytest.fixture
def office(browser, own_site):
    context = browser.new_context(base_url=own_site, locale="vi-VN")
    page = context.new_page()
    log_in(page, own_site, "office")
    complaints: list[str] = []
    watch(page, complaints)
    yield page
    context.close()
    assert complaints == []


def uncovered(page) -> list[list[str]]:
    """Give (commune, district) of the communes that have nobody."""
    page.goto("/dang-bo/?phu_trach=chua")
    cells = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].innerText, row.cells[1].innerText])"
    )
    return [[text.strip() for text in row] for row in cells]


def test_import_from_upload_to_the_list(office):
    commune, district = uncovered(office)[0]
    rows = [
        ["Đ/c Trịnh Thị Nhập", 1979, commune, district],
        ["Trịnh Văn Chọn", 1980, "Phường 1", None],
        ["Trịnh Văn Sai", 1980, "Xã Không Có", district],
    ]
    office.goto("/phan-cong/nap-danh-sach/")
    office.set_input_files(
        "input[type=file]",
        {
            "name": "danh-sach.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": make_workbook(rows, header=HEADERS),
        },
    )
    office.get_by_role("button", name="Xem trước").click()
    office.wait_for_url(re.compile(r"/nap-danh-sach/\d+/"))
    counts = " ".join(office.locator(".chips").inner_text().split())
    assert counts == "Tất cả 3 Thêm mới 1 Thay đổi 0 Giữ nguyên 0 Từ chối 2"
    check_accessible(office)
    office.set_viewport_size({"width": 360, "height": 740})
    assert office.evaluate(SCROLLS) <= 0
    check_accessible(office)
    office.get_by_role("button", name=re.compile("Áp dụng 1")).click()
    office.get_by_text("Đã nạp: thêm 1").wait_for()
    assert [commune, district] not in uncovered(office)


def test_assign_two_from_the_home_page(office):
    before = uncovered(office)
    office.goto("/")
    office.get_by_role("link", name=re.compile("Phân công: .* chưa có người")).click()
    offered = office.locator("datalist option").evaluate_all("all => all.map(one => one.value)")
    fields = office.locator("input[name^=officer_]")
    for index in range(2):
        fields.nth(index).fill(offered[index])
    office.get_by_label("Số quyết định").fill("901-QĐ/TU")
    office.get_by_label("Ngày ký quyết định").fill("20/11/2026")
    office.get_by_role("button", name="Ghi phân công").click()
    office.get_by_text("Đã phân công 2 Đảng bộ.").wait_for()
    assert len(uncovered(office)) == len(before) - 2


def test_a_refusal_keeps_what_was_typed(office):
    office.goto("/phan-cong/giao/")
    office.get_by_label("Số quyết định").fill("902-QĐ/TU")
    office.get_by_role("button", name="Ghi phân công").click()
    office.get_by_text("Những gì đã nhập vẫn còn").wait_for()
    assert office.get_by_label("Số quyết định").input_value() == "902-QĐ/TU"
    check_accessible(office)


def test_tick_rows_and_hand_over_by_keyboard(office):
    office.goto("/phan-cong/")
    button = office.get_by_role("button", name="Bàn giao")
    assert button.is_disabled()
    office.locator("input[name=pc]").first.focus()
    office.keyboard.press("Space")
    assert office.get_by_text("Đã chọn 1 dòng").is_visible()
    button.focus()
    office.keyboard.press("Enter")
    office.get_by_role("heading", name="Bàn giao phân công").wait_for()
    assert office.locator("input[name=pc]").count() == 1


def test_the_calendar_writes_the_day_as_the_office_does(office):
    office.goto("/")
    office.locator(".date-box input[type=date]").evaluate(
        "input => { input.value = '2025-03-01'; input.dispatchEvent(new Event('change')) }"
    )
    office.get_by_text("tại ngày 01/03/2025").first.wait_for()


def test_every_page_works_without_script(browser, own_site):
    context = browser.new_context(base_url=own_site, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    log_in(page, own_site, "office")
    page.goto("/dang-bo/")
    page.get_by_label("Người phụ trách").select_option("chua")
    page.get_by_role("button", name="Lọc").click()
    assert "phu_trach=chua" in page.url
    page.get_by_label("Xem tại ngày").fill("01/03/2025")
    page.get_by_role("button", name="Xem", exact=True).click()
    assert "tại ngày 01/03/2025" in page.inner_text("body")
    context.close()
