"""A pack is built with progress, by script and by hand; a leader has the zip in three clicks."""

from __future__ import annotations

import zipfile

import docx
import pytest

from tests.browser.checks import DESK, PHONE, check_page

REVIEWS = "/so-ket/"


def open_review(page) -> None:
    """From the first page to the newest review: two clicks."""
    page.goto("/")
    page.get_by_role("navigation", name="Các phần của hệ thống").get_by_text("Sơ kết").click()
    page.locator("main table.rows tbody a").first.click()
    page.get_by_role("heading", name="Bộ tài liệu").wait_for()


def begin(page) -> None:
    open_review(page)
    page.get_by_role("button", name="Lập bộ tài liệu").or_(
        page.get_by_role("button", name="Lập lại từ đầu")
    ).click()
    page.get_by_role("heading", name="Các tệp").wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_office_builds_a_pack_and_a_leader_takes_it(page_as, width, tmp_path):
    office = page_as("office", width)
    begin(office)
    office.get_by_role("link", name="Tải bộ tài liệu").wait_for(timeout=60_000)
    check_page(office, office.url)
    leader = page_as("leader", width)
    open_review(leader)
    with leader.expect_download() as download:
        leader.get_by_role("link", name="Tải bộ tài liệu").click()
    file = tmp_path / "bo.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert any(name.endswith("Báo cáo sơ kết.docx") for name in archive.namelist())
        assert any(name.endswith(".xlsx") for name in archive.namelist())


@pytest.mark.browser
def test_without_script_the_button_makes_the_next_part(browser, site, sessions):
    context = browser.new_context(
        base_url=site, locale="vi-VN", storage_state=sessions("office"), java_script_enabled=False
    )
    page = context.new_page()
    begin(page)
    count = page.locator("[data-count]")
    whole = int(count.text_content().partition("/")[2])
    for number in range(1, whole):
        page.get_by_role("button", name=f"Lập tiếp ({number}/{whole})").click()
        assert count.text_content() == f"{number}/{whole}"
    page.get_by_role("button", name=f"Lập tiếp ({whole}/{whole})").click()
    page.get_by_role("link", name="Tải bộ tài liệu").wait_for()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_lost_connection_is_said_and_the_button_goes_on(page_as, width):
    page = page_as("office", width)
    page.route("**/tiep/", lambda route: route.abort())
    begin(page)
    page.get_by_role("alert").get_by_text("Chưa nhận được trả lời").wait_for()
    check_shown(page)
    page.unroute("**/tiep/")
    page.get_by_role("button", name="Lập tiếp").click()
    page.get_by_role("link", name="Tải bộ tài liệu").wait_for(timeout=60_000)


def check_shown(page) -> None:
    """Check the page that says what went wrong: nothing wider than the window."""
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_template_is_taken_in_and_taken_back(page_as, width, tmp_path):
    page = page_as("office", width)
    document = docx.Document()
    document.add_paragraph(f"Mẫu {width}: {{{{ can_bo_dang_phu_trach }}}} {{{{ truong_la }}}}")
    file = tmp_path / f"mau-{width}.docx"
    document.save(file)
    page.goto(f"{REVIEWS}mau/")
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_role("button", name="Nạp mẫu").click()
    page.get_by_text("Mẫu dùng 1 trường chưa có: truong_la").wait_for()
    row = page.get_by_role("row").filter(has_text=f"mau-{width}.docx")
    row.get_by_role("link", name="Rút lại").click()
    page.get_by_role("heading", name="Rút lại mẫu báo cáo").wait_for()
    check_page(page, page.url)
    page.locator('[name="reason"]').fill("Mẫu thử")
    page.get_by_role("button", name="Rút lại").click()
    page.get_by_text("Đã rút lại mẫu").wait_for()
