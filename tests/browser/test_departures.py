"""An officer leaves, the hand-over is prepared and offered, cover is given, all taken back."""

import pytest

from tests.browser.checks import DESK, PHONE, check_page

ON = "01/07/2099"


def open_link(page, name: str) -> None:
    """Follow a link of the page and look at where it leads."""
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()
    check_page(page, page.url)


def leave(page) -> None:
    """Let the first officer of the list with a commune leave, far ahead."""
    page.goto("/can-bo/?sap=-so_dang_bo")
    page.locator("td.c-ten a").nth(FIRST[page.viewport_size["width"]]).click()
    open_link(page, "Thôi công tác")
    page.locator('[name="on"]').fill(ON)
    page.locator('[name="reason"]').select_option("retired")
    page.get_by_role("button", name="Ghi thôi, mở hồ sơ bàn giao").click()
    page.get_by_role("heading", name=f"thôi từ {ON}").wait_for()
    check_page(page, page.url)


FIRST = {PHONE: 0, DESK: 1}


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_officer_leaves_and_stays_after_all(page_as, width):
    page = page_as("office", width)
    leave(page)
    departure = page.url
    page.locator("#ho-so").locator("xpath=ancestor::section").get_by_role("link").first.click()
    page.wait_for_load_state()
    check_page(page, page.url)
    dossier = page.url
    for act in ("giao", "ket-thuc", "viec"):
        page.goto(f"{dossier}{act}/")
        check_page(page, page.url)
    for act in ("lay-lai", "nhan", "tra-lai"):  # not offered: the page says why not
        page.goto(f"{dossier}{act}/")
        page.get_by_text("nên không làm được").wait_for()
    page.goto(departure)
    open_link(page, "Rút lại, dời ngày")
    page.locator('[name="reason"]').fill("Thử")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_text("Đã rút lại lúc").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_cover_and_calling_off(page_as, width):
    page = page_as("office", width)
    page.goto("/dang-bo/?phu_trach=co")
    page.locator("td.c-ten a").first.click()
    open_link(page, "Tạm thời")
    page.goto("/phan-cong/")
    page.get_by_role("link", name="Đính chính").first.click()
    page.wait_for_load_state()
    page.goto(page.url.replace("dinh-chinh", "huy"))
    page.get_by_text("Phân công đã có hiệu lực nên không hủy được").wait_for()
    check_page(page, page.url)
