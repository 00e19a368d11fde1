"""Matters: ticked petitions go into one, one act for all of them is looked at, one leaves it."""

import pytest

from tests.browser.checks import DESK, PHONE, check_page

TITLE = {PHONE: "Thử nhóm ở điện thoại", DESK: "Thử nhóm ở bàn làm việc"}


def group_two(page, title: str) -> None:
    """Tick the first two open petitions, put them into a new matter."""
    page.goto("/kien-nghi/?tinh_trang=dang_giai_quyet")
    boxes = page.locator('tbody input[name="kn"]')
    for place in range(2):
        boxes.nth(place).check()
    page.get_by_role("button", name="Đưa vào nhóm").click()
    page.get_by_role("heading", name="Đưa kiến nghị vào nhóm vấn đề").wait_for()
    check_page(page, page.url)
    page.locator('[name="title"]').fill(title)
    page.get_by_role("button", name="Đưa vào nhóm").click()
    page.get_by_role("heading", name=title).wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_matter_from_two_petitions(page_as, width):
    page = page_as("office", width)
    group_two(page, TITLE[width])
    matter = page.url
    check_page(page, matter)
    for link, button in (
        ("Ghi kết quả chung", "Ghi kết quả"),
        ("Chuyển cả nhóm", "Chuyển xử lý"),
        ("Sửa nhóm", "Ghi"),
        ("Ra khỏi nhóm", "Đưa ra khỏi nhóm"),
    ):
        page.goto(matter)
        page.get_by_role("link", name=link).first.click()
        page.get_by_role("button", name=button, exact=True).wait_for()
        check_page(page, page.url)


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_leader_says_a_word_about_what_is_stuck(page_as, width):
    page = page_as("leader", width)
    page.goto("/kien-nghi/trinh/")
    check_page(page, page.url)
    page.goto("/kien-nghi/trinh/")
    first = page.locator("article").first
    first.locator("summary").click()
    said = f"Đề nghị trả lời dứt điểm ({width})"
    first.locator("textarea").fill(said)
    first.get_by_role("button", name="Ghi ý kiến").click()
    page.get_by_text("Đã ghi ý kiến về kiến nghị").wait_for()
    assert said in page.locator("article .notes").first.inner_text()
