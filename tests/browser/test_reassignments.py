"""The whole way of a plan: asked for, computed, chosen, changed by select and by dragging,

commented, applied, its annex taken. Each page keeps the rules at both widths.
"""

from __future__ import annotations

import pytest

from tests.browser.checks import DESK, PHONE, check_accessible, check_page

PLANS = "/phuong-an/"
# The days lie apart, so that one width's plan is not of a world the other has changed.
DECISION = {PHONE: "901-QĐ/TU", DESK: "902-QĐ/TU"}


def ask(page, name: str) -> None:
    """Ask for a plan of what is open, with one officer leaving."""
    page.goto(f"{PLANS}lap/")
    page.locator('[name="name"]').fill(name)
    page.locator('#ds-thoi li:has(small:not(:text("chưa phụ trách"))) input').first.check()
    page.locator("#ds-thoi select:visible").first.select_option("retired")
    page.get_by_role("button", name="Lập phương án").click()
    page.get_by_role("button", name="Chọn phương án này").wait_for(timeout=120_000)


def other_option(select) -> str:
    """Give the value of somebody else in a select."""
    now = select.input_value()
    values = select.locator("option").evaluate_all("all => all.map((one) => one.value)")
    return next(value for value in values if value and value != now)


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_plan_from_asking_to_its_annex(page_as, width):
    page = page_as("office", width)
    ask(page, f"Phương án {width}")
    plan = page.url.partition("#")[0].partition("?")[0]
    for variant in ("even_load", "continuity", "fewest_moves"):
        check_page(page, f"{plan}?phuong_an={variant}")
    check_page(page, f"{plan}?phuong_an=even_load&tat_ca=1")
    page.goto(f"{plan}?phuong_an=even_load")
    page.get_by_role("button", name="Chọn phương án này").click()
    page.get_by_text("Đã chọn phương án “Chia việc đều nhất”").wait_for()
    check_page(page, f"{plan}sua/")
    change_by_select(page)
    if width == DESK:  # a finger scrolls; a phone has the selects
        change_by_dragging(page)
    comment(page_as("leader", width), plan)
    check_page(page, f"{plan}bo/")
    check_page(page, f"{plan}ap-dung/")
    apply(page, DECISION[width])
    check_page(page, plan)
    take(page, "Phụ lục Word", ".docx")
    take(page, "Excel", ".xlsx")


def change_by_select(page) -> None:
    select = page.locator('select[name^="sau_"]').first
    select.select_option(other_option(select))
    page.get_by_role("button", name="Ghi thay đổi").click()
    page.get_by_text("Đã đổi 1 Đảng bộ.").wait_for()
    page.get_by_text("sửa tay").first.wait_for()
    check_accessible(page)


def change_by_dragging(page) -> None:
    """Drag a chip onto an officer the plan has left alone, on a page without an old message."""
    page.goto(page.url)
    page.locator(".board-card details summary").click()
    chip = page.locator(".board .chip-in").first
    commune = chip.get_attribute("data-commune")
    target = page.locator("details .board li").first
    select = page.locator(f'select[name="sau_{commune}"]')
    officer = target.get_attribute("data-officer")
    target.scroll_into_view_if_needed()  # before the grip: what scrolls later grips another chip
    chip.drag_to(target)
    page.get_by_text("Đã đổi 1 Đảng bộ.").wait_for()
    assert select.input_value() == officer


def comment(page, plan: str) -> None:
    page.goto(plan)
    page.locator('[name="text"]').fill("Đồng ý với phương án này.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_text("Đã ghi ý kiến.").wait_for()
    assert page.get_by_role("link", name="Áp dụng").count() == 0


def apply(page, number: str) -> None:
    page.locator('[name="number"]').fill(number)
    page.locator('[name="signed_on"]').fill("01/11/2026")
    page.get_by_role("button", name="Áp dụng phương án").click()
    page.get_by_text("Đã áp dụng phương án").wait_for()
    page.get_by_role("heading", name="Phân công đã ghi").wait_for()


def take(page, link: str, extension: str) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    assert download.value.suggested_filename.endswith(extension)


@pytest.mark.browser
def test_without_script_a_button_computes_the_next_variant(browser, site, sessions):
    context = browser.new_context(
        base_url=site, locale="vi-VN", storage_state=sessions("office"), java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{PLANS}lap/")
    page.get_by_role("button", name="Thêm dòng").first.click()
    assert page.locator('[name="cap-4-officer"]').count() == 1
    follows = '#ds-thoi li:has(small:not(:text("chưa phụ trách")))'
    page.locator(f"{follows} input").nth(1).check()
    page.locator(f"{follows} select").nth(1).select_option("retired")
    page.get_by_role("button", name="Lập phương án").last.click()
    for label in ("Ít xáo trộn nhất", "Chia việc đều nhất", "Gắn bó địa bàn nhất"):
        page.get_by_role("button", name=f"Tính “{label}”").click(timeout=120_000)
    page.get_by_role("button", name="Chọn phương án này").click()
    page.get_by_role("link", name="Sửa tay").click()
    select = page.locator('select[name^="sau_"]').first
    select.select_option(other_option(select))
    page.get_by_role("button", name="Ghi thay đổi").click()
    page.get_by_text("Đã đổi 1 Đảng bộ.").wait_for()
    context.close()
