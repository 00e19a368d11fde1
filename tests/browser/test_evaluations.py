"""An evaluation through all its steps by four roles: rated on a phone, decided, released."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import DESK, PHONE, check_page

pytestmark = pytest.mark.browser

REMARK = "Sát cơ sở, cùng Đảng ủy tháo gỡ khó khăn"
DOCUMENT = "Báo cáo số 12-BC/ĐU, ngày 05/6/2026"
GOOD = "Hoàn thành tốt nhiệm vụ"


def check_both(page: Page, path: str) -> None:
    """Assert that a page keeps all rules on a phone and on a desk."""
    size = page.viewport_size
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 900})
        check_page(page, path)
    page.set_viewport_size(size)


def open_cycle(office: Page) -> str:
    """Adopt the suggested criteria, open a half-year with them; give the cycle's address."""
    office.goto("/danh-gia/tieu-chi/them/")
    office.get_by_label("Tên bộ tiêu chí").fill("Bộ tiêu chí thử")
    office.get_by_role("button", name="Ghi bộ tiêu chí").click()
    expect(office.get_by_text("Đã lập bộ tiêu chí Bộ tiêu chí thử.")).to_be_visible()
    office.goto("/danh-gia/ky/them/")
    office.get_by_role("link", name=re.compile("^6 tháng")).first.click()
    office.get_by_label("Bộ tiêu chí").select_option(label="Bộ tiêu chí thử")
    office.get_by_role("button", name="Tiếp tục").click()
    expect(office.get_by_role("heading", name="Sẽ đánh giá")).to_be_visible()
    office.get_by_role("button", name="Mở kỳ").click()
    expect(office.get_by_text("Đã mở kỳ đánh giá")).to_be_visible()
    return office.url


def rate(page: Page, points: str) -> None:
    """Give points for each judged criterion: the first on a record, the others on a document."""
    criteria = page.locator("fieldset.criterion")
    for place in range(criteria.count()):
        criterion = criteria.nth(place)
        criterion.locator("input[type=number]").fill(points)
        if place:
            criterion.locator("textarea").first.fill(DOCUMENT)
        else:
            criterion.locator("summary").click()
            criterion.get_by_role("checkbox").first.check()


def rate_oneself(officer: Page) -> str:
    """Rate oneself on a phone; what was typed is there again after the page is left."""
    officer.goto("/danh-gia/")
    officer.get_by_role("link", name="Tự đánh giá").first.click()
    own = officer.url.removesuffix("tu-danh-gia/")
    check_page(officer, officer.url)
    assert officer.locator("input[name=level]:checked").count() == 0
    officer.get_by_label("Tự nhận xét").fill("Đã hoàn thành các nhiệm vụ được giao")
    rate(officer, "12")
    officer.reload()
    expect(officer.get_by_label("Tự nhận xét")).to_have_value(re.compile("^Đã hoàn thành"))
    expect(officer.locator("fieldset.criterion").first.locator("input:checked")).to_have_count(1)
    officer.get_by_label(GOOD).check()
    officer.get_by_role("button", name="Gửi tự đánh giá").click()
    expect(officer.get_by_text("Đã gửi bản tự đánh giá.")).to_be_visible()
    return own


def remark_and_propose(office: Page, own: str) -> None:
    check_both(office, f"{own}nhan-xet/")
    office.locator("select[name=commune]").select_option(index=1)
    office.get_by_label("Văn bản nhận xét").fill("15-CV/ĐU, ngày 05/7/2023")
    office.get_by_label("Ngày nhận xét").fill("05/07/2023")
    office.get_by_label("Nội dung nhận xét").fill(REMARK)
    office.get_by_role("button", name="Ghi nhận xét").click()
    expect(office.get_by_text(REMARK)).to_be_visible()
    check_both(office, office.get_by_role("link", name="Rút nhận xét").get_attribute("href"))
    check_both(office, f"{own}tra-tu-danh-gia/")
    check_both(office, f"{own}de-xuat/")
    assert office.locator("input[name=level]:checked").count() == 0
    rate(office, "11")
    office.get_by_label(GOOD).check()
    office.get_by_label("Lý do đề xuất").fill("Có minh chứng đầy đủ")
    office.get_by_role("button", name="Gửi đề xuất").click()
    expect(office.get_by_text("Đã gửi đề xuất")).to_be_visible()


def decide(leader: Page, own: str) -> None:
    check_both(leader, own)
    check_both(leader, f"{own}tra-de-xuat/")
    check_both(leader, f"{own}quyet-dinh/")
    assert leader.locator("input[name=level]:checked").count() == 0
    expect(leader.get_by_text(REMARK)).to_be_visible()
    leader.get_by_label(GOOD).check()
    leader.get_by_label("Lý do quyết định").fill("Đồng ý với đề xuất")
    leader.get_by_label("Số văn bản").fill("45-QĐ/TU")
    leader.get_by_role("button", name="Ghi quyết định").click()
    expect(leader.get_by_text("Đã ghi quyết định")).to_be_visible()
    check_both(leader, f"{own}xem-xet-lai/")


def release(office: Page, cycle: str, own: str) -> None:
    """Release by ticking in the list of the cycle; its other pages are looked at on the way."""
    check_both(office, f"{own}cong-bo/")
    check_both(office, f"{cycle}so-sanh/")
    check_both(office, f"{cycle}?tinh_trang=decided")
    office.get_by_role("checkbox", name=re.compile("^Chọn Đánh giá")).check()
    office.get_by_role("button", name="Công bố…").click()
    check_both(office, office.url)
    office.get_by_role("button", name="Công bố").click()
    expect(office.get_by_text("Đã công bố 1 đánh giá.")).to_be_visible()


def test_one_evaluation_by_four_roles(page_as):
    office, officer = page_as("office"), page_as("officer", PHONE)
    leader = page_as("leader")
    cycle = open_cycle(office)
    own = rate_oneself(officer)
    remark_and_propose(office, own)
    officer.goto(own)
    expect(officer.get_by_text("Đang xem xét")).to_be_visible()
    expect(officer.get_by_text(REMARK)).to_have_count(0)
    decide(leader, own)
    release(office, cycle, own)
    check_page(officer, own)
    expect(officer.get_by_text("Đồng ý với đề xuất")).to_be_visible()
    expect(officer.get_by_text(REMARK)).to_have_count(0)
    officer.get_by_role("link", name="Nêu ý kiến khác").click()
    check_page(officer, officer.url)
    officer.locator("#id_text").fill("Đề nghị xem lại điểm tiêu chí 1")
    officer.get_by_role("button", name="Gửi ý kiến").click()
    expect(officer.get_by_text("Đề nghị xem lại điểm tiêu chí 1")).to_be_visible()


def test_anothers_evaluation_is_not_found(page_as):
    office = page_as("office")
    office.goto("/danh-gia/")
    office.locator("table.rows tbody a").first.click()
    found = office.locator("td.c-can_bo a").evaluate_all("links => links.map(one => one.pathname)")
    officer = page_as("officer", PHONE)
    officer.goto("/danh-gia/")
    owns = officer.locator("article h2 a").evaluate_all("links => links.map(one => one.pathname)")
    others = next(path for path in found if path not in owns)
    for role in ("officer", "assistant", "admin"):
        assert page_as(role).goto(others).status == 404, role


def test_a_set_is_no_longer_used(page_as):
    office = page_as("office")
    office.goto("/danh-gia/tieu-chi/")
    check_both(office, office.get_by_role("link", name="Thôi dùng").first.get_attribute("href"))
