"""Conclusions: a notice with its tasks is written, then a task is extended, done, taken back."""

import pytest

from tests.browser.checks import DESK, PHONE, check_page

NUMBER = {PHONE: "98-TB/TU", DESK: "99-TB/TU"}
ACTS = ("Ghi kết quả", "Gia hạn", "Rút lại")


def write_notice(page, number: str) -> None:
    """Write a notice with one task, far ahead."""
    page.goto("/ket-luan/them/")
    page.locator('[name="number"]').fill(number)
    page.locator('[name="issued_on"]').fill("01/06/2021")
    page.locator('[name="subject"]').fill("Kết luận hội nghị sơ kết")
    page.locator('[name="form-0-content"]').fill("Rà soát hệ thống đèn đường liên ấp")
    page.locator('[name="form-0-officer"]').fill(first_officer(page))
    page.locator('[name="form-0-due_on"]').fill("31/12/2099")
    page.get_by_role("button", name="Ghi kết luận").click()
    page.get_by_role("heading", name=f"Kết luận số {number}").wait_for()


def first_officer(page) -> str:
    return page.locator("datalist option").first.get_attribute("value")


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_notice_and_what_becomes_of_its_task(page_as, width):
    page = page_as("office", width)
    write_notice(page, NUMBER[width])
    check_page(page, page.url)
    notice = page.url
    page.get_by_role("link", name="Thêm nhiệm vụ").click()
    page.get_by_role("heading", name="Các nhiệm vụ").wait_for()
    check_page(page, page.url)
    for act in ACTS:
        page.goto(notice)
        page.get_by_role("link", name=act).first.click()
        page.get_by_role("button", name="Ghi hoàn thành" if act == ACTS[0] else act).wait_for()
        check_page(page, page.url)
