"""A report from the first word to its being sent back and accepted: on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import DESK, PHONE, SCROLLS, check_accessible

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [PHONE, DESK])
SAVED = re.compile(r"Đã lưu lúc \d\d:\d\d")


def check_shown(page) -> None:
    """Assert of the page as it stands that it does not scroll sideways and can be read by all."""
    assert page.evaluate(SCROLLS) <= 0
    check_accessible(page)


def begin_urgent(page, subject: str) -> None:
    page.goto("/bao-cao/dot-xuat/")
    check_shown(page)
    page.get_by_label("Việc báo cáo").fill(subject)
    page.get_by_label("Nội dung, diễn biến").fill("Lở 50 m bờ sông")
    page.get_by_role("button", name="Lưu, soạn tiếp").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    check_shown(page)


def save_while_typing(page) -> None:
    asked = page.locator("#id_proposals")
    asked.press_sequentially("Kè bờ sông")
    expect(page.get_by_text(SAVED)).to_be_visible(timeout=20_000)
    expect(page.locator('[data-part="proposals"]')).to_be_hidden()
    page.reload()
    expect(asked).to_have_value("Kè bờ sông")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()


@WIDTHS
def test_written_handed_in_sent_back_and_accepted(page_as, width):
    officer, office = page_as("officer", width), page_as("office", width)
    begin_urgent(officer, f"Sạt lở {width}")
    save_while_typing(officer)
    officer.get_by_role("button", name="Lưu và nộp…").click()
    expect(officer.get_by_text("Còn để trống 1 phần")).to_be_visible()
    check_shown(officer)
    officer.get_by_role("button", name=re.compile("^Nộp, để trống")).click()
    expect(officer.get_by_text("Đã nộp, chờ tiếp nhận")).to_be_visible()
    check_shown(officer)
    office.goto(officer.url)
    office.get_by_role("link", name="Trả lại…").click()
    check_shown(office)
    office.get_by_label("Lý do, nội dung cần bổ sung").fill("Nêu rõ số hộ bị ảnh hưởng")
    office.get_by_role("button", name="Trả lại").click()
    expect(office.get_by_text("Đã trả lại Báo cáo đột xuất")).to_be_visible()
    officer.reload()
    officer.get_by_role("link", name="Soạn tiếp").click()
    expect(officer.get_by_text("Nêu rõ số hộ bị ảnh hưởng")).to_be_visible()
    officer.locator("#id_difficulties").fill("12 hộ bị ảnh hưởng")
    officer.get_by_role("button", name="Lưu và nộp…").click()
    officer.get_by_role("button", name="Nộp báo cáo").click()
    office.reload()
    office.get_by_role("button", name="Tiếp nhận").click()
    expect(office.get_by_text("Đã tiếp nhận Báo cáo đột xuất")).to_be_visible()
    office.get_by_text("Thay đổi so với lần trước: 1 phần").click()
    check_shown(office)
    office.get_by_role("link", name="Mở lại…").click()
    check_shown(office)


def test_both_texts_are_shown_where_two_wrote_the_same_section(page_as):
    officer, office = page_as("officer"), page_as("office")
    begin_urgent(officer, "Hạn mặn")
    office.goto(officer.url)
    office.locator("#id_proposals").fill("Bản của Văn phòng")
    office.get_by_role("button", name="Lưu bản soạn").click()
    expect(office.get_by_text("Đã lưu bản soạn, chưa nộp.")).to_be_visible()
    officer.locator("#id_proposals").fill("Bản của cán bộ")
    expect(officer.get_by_text("người khác cập nhật")).to_be_visible(timeout=20_000)
    officer.get_by_role("button", name="Lưu bản soạn").click()
    expect(officer.locator("#id_proposals")).to_have_value("Bản của cán bộ")
    expect(officer.locator(".theirs")).to_contain_text("Bản của Văn phòng")
    check_shown(officer)
    officer.get_by_role("button", name="Lưu bản soạn").click()
    expect(officer.get_by_text("Đã lưu bản soạn, chưa nộp.")).to_be_visible()


def test_a_draft_is_let_go(page_as):
    page = page_as("officer", PHONE)
    begin_urgent(page, "Ghi thử")
    page.get_by_role("link", name="Quay lại").click()
    page.get_by_role("link", name="Bỏ bản soạn").click()
    check_shown(page)
    page.get_by_label("Lý do").fill("Ghi thử xong")
    page.get_by_role("button", name="Bỏ bản soạn").click()
    expect(page.get_by_text("Đã bỏ bản soạn")).to_be_visible()


def test_a_report_of_the_period_is_begun_with_what_is_known(page_as):
    page = page_as("officer", PHONE)
    page.goto("/bao-cao/soan/")
    check_shown(page)
    page.get_by_role("button", name="Bắt đầu soạn").click()
    expect(page.get_by_role("heading", level=2, name="Số liệu kèm theo")).to_be_visible()
    check_shown(page)
