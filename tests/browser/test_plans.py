"""Planning, answering an invitation, urging several communes: on a phone and on a desk.

What is written lies far ahead or is taken back, so that other tests find the site as it was.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import DESK, PHONE, SCROLLS, check_accessible, check_page

pytestmark = pytest.mark.browser

FAR = ("01/12/2099", "02/12/2099")
WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])


def check_shown(page) -> None:
    """Assert of the page as it stands what :func:`check_page` asserts of a fresh one."""
    assert page.evaluate(SCROLLS) <= 0
    check_accessible(page)


def fill_row(page, number: int, day: str) -> None:
    page.locator(f'[name="form-{number}-commune"]').select_option(index=1)
    page.locator(f'[name="form-{number}-planned_on"]').fill(day)
    page.locator(f'[name="form-{number}-kind"]').select_option("field_visit")
    page.locator(f'[name="form-{number}-place"]').fill("Nhà văn hóa")


def call_off_one(page) -> None:
    page.goto(f"/di-co-so/ke-hoach/?tu={FAR[0]}")
    page.get_by_role("link", name=re.compile("^Bỏ khỏi kế hoạch:")).first.click()
    check_shown(page)
    page.get_by_label("Lý do").fill("Thử xong")
    page.get_by_role("button", name="Bỏ khỏi kế hoạch").click()
    expect(page.get_by_text("Đã bỏ khỏi kế hoạch.")).to_be_visible()


@WIDTHS
def test_two_visits_planned_in_one_go(page_as, width):
    page = page_as("officer", width)
    page.goto("/di-co-so/ke-hoach/them/")
    fill_row(page, 0, FAR[0])
    page.get_by_role("button", name="Thêm dòng").click()
    fill_row(page, 1, "hôm nào")
    page.get_by_role("button", name="Thêm dòng").click()
    expect(page.locator('[name="form-1-planned_on"]')).to_have_value("hôm nào")
    expect(page.locator('[name="form-2-planned_on"]')).to_have_value("")
    page.get_by_role("button", name="Ghi kế hoạch").click()
    expect(page.get_by_text("Ngày không hợp lệ")).to_be_visible()
    check_shown(page)
    page.locator('[name="form-1-planned_on"]').fill(FAR[1])
    page.get_by_role("button", name="Ghi kế hoạch").click()
    expect(page.get_by_text("Đã ghi 2 chuyến vào kế hoạch.")).to_be_visible()
    call_off_one(page)
    call_off_one(page)


def test_planning_works_without_script(browser, site, sessions):
    context = browser.new_context(
        base_url=site,
        storage_state=sessions("officer"),
        java_script_enabled=False,
        viewport={"width": PHONE, "height": 740},
    )
    page = context.new_page()
    page.goto("/di-co-so/ke-hoach/them/")
    fill_row(page, 0, FAR[0])
    page.get_by_role("button", name="Thêm dòng").click()
    expect(page.locator('[name="form-0-place"]')).to_have_value("Nhà văn hóa")
    page.get_by_role("button", name="Ghi kế hoạch").click()
    expect(page.get_by_text("Đã ghi 1 chuyến vào kế hoạch.")).to_be_visible()
    page.goto(f"/di-co-so/ke-hoach/?tu={FAR[0]}")
    page.get_by_role("link", name=re.compile("^Bỏ khỏi kế hoạch:")).click()
    page.get_by_label("Lý do").fill("Thử xong")
    page.get_by_role("button", name="Bỏ khỏi kế hoạch").click()
    expect(page.get_by_text("Đã bỏ khỏi kế hoạch.")).to_be_visible()
    context.close()


@WIDTHS
def test_an_invitation_is_written_answered_and_answered_otherwise(page_as, width):
    page = page_as("officer", width)
    page.goto("/di-co-so/giay-moi/them/")
    if "dang_bo=" not in page.url:
        check_shown(page)
        page.locator(".options a").first.click()
    page.get_by_role("combobox", name="Việc").select_option("committee_meeting")
    page.get_by_label("Ngày họp").fill(FAR[0])
    page.get_by_label("Giờ họp").fill("8h30")
    page.get_by_label("Địa điểm").fill("Hội trường")
    page.get_by_label("Nội dung").fill("Sơ kết")
    page.get_by_role("button", name="Ghi giấy mời").click()
    expect(page.get_by_text("08 giờ 30, ngày 01/12/2099")).to_be_visible()
    check_shown(page)
    reason = page.get_by_label("Lý do")
    expect(reason).to_be_hidden()
    page.get_by_text("Không dự được", exact=True).click()
    expect(reason).to_be_visible()
    check_shown(page)
    reason.fill("Họp Tỉnh ủy")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_text("Họp Tỉnh ủy", exact=True)).to_be_visible()
    page.get_by_text("Đổi trả lời").click()
    page.get_by_text("Sẽ dự", exact=True).click()
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator(".answers .state")).to_have_text(re.compile("Sẽ dự"))
    page.get_by_role("link", name="Ghi cuộc họp đã hủy").click()
    page.get_by_label("Lý do").fill("Thử xong")
    page.get_by_role("button", name="Ghi cuộc họp đã hủy").click()
    expect(page.get_by_text("Đã ghi hủy cuộc họp.")).to_be_visible()
    check_shown(page)


@WIDTHS
def test_several_communes_are_urged_at_once_and_a_slip_is_taken_back(page_as, width):
    page = page_as("office", width)
    page.goto("/van-ban/")
    address = page.locator("td.c-so a").first.get_attribute("href")
    page.goto(f"{address}?sap=dang_bo")  # so that noting moves no row
    boxes = page.locator('tbody input[name="dang_bo"]')
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Ghi đôn đốc, kết quả").click()
    expect(page.get_by_text("2 Đảng bộ, ghi cùng một nội dung")).to_be_visible()
    check_page(page, page.url)
    page.get_by_label("Tình hình").select_option("reminded")
    page.locator('[name="note"]').fill("Nhắc bằng văn bản")
    page.get_by_role("button", name="Ghi nhận").click()
    expect(page.get_by_text("Đã ghi cho 2 Đảng bộ.")).to_be_visible()
    for place in (0, 1):
        page.goto(f"{address}?sap=dang_bo")
        page.get_by_role("link", name=re.compile("^Quá trình:")).nth(place).click()
        expect(page.locator(".traced li").first).to_contain_text("Nhắc bằng văn bản")
        check_shown(page)
        page.get_by_role("link", name=re.compile("^Rút lại lần ghi")).first.click()
        check_page(page, page.url)
        page.get_by_label("Lý do").fill("Thử xong")
        page.get_by_role("button", name="Rút lại").click()
        expect(page.locator(".traced li del").first).to_be_visible()
        check_shown(page)
