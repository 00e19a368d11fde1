"""A petition's whole way: from the village to the office, to an answer, and back to the commune."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.checks import DESK, PHONE, SCROLLS, check_accessible, watch
from tests.browser.conftest import log_in
from tests.browser.site import running_site

LOG = "/di-co-so/ghi/"
LIGHTS = "Đề nghị lắp đèn đường chiếu sáng tuyến ấp Thử Nghiệm"
PICTURE = io.BytesIO()
Image.new("RGB", (40, 40), "white").save(PICTURE, "JPEG")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_site(tmp_path_factory, browser):
    with running_site(tmp_path_factory.mktemp("petitions")) as address:
        yield address


@pytest.fixture
def page_of(browser, own_site):
    """Give ``page_of(role, width)``: a page of somebody who has just logged in."""
    contexts, complaints = [], []

    def make(role: str, width: int) -> Page:
        size = {"width": width, "height": 740}
        options = {"base_url": own_site, "locale": "vi-VN", "viewport": size}
        context = browser.new_context(has_touch=width == PHONE, **options)
        contexts.append(context)
        page = context.new_page()
        log_in(page, own_site, role)
        watch(page, complaints)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def check(page: Page) -> None:
    assert page.evaluate(SCROLLS) <= 0, page.url
    check_accessible(page)


def log_with_petition(page: Page, words: str) -> tuple[str, str]:
    """Log a visit with a petition on a phone; give the petition's address and its commune."""
    page.goto("/")
    link = page.locator(f"main a[href^='{LOG}?dang_bo=']").first.get_attribute("href")
    page.goto(f"{link}&viec=field_visit")
    page.get_by_label("Nội dung chính").fill("Nắm tình hình sản xuất")
    expect(page.get_by_text("+ Kiến nghị nữa").first).to_be_hidden()
    page.get_by_text("+ Kiến nghị", exact=True).tap()
    expect(page.get_by_text("+ Kiến nghị nữa").first).to_be_visible()
    page.get_by_label("Nội dung kiến nghị", exact=True).fill(words)
    check(page)
    if page.locator("[data-offers]").is_visible():
        page.get_by_text("Chuyến khác", exact=True).tap()
    page.get_by_role("button", name="Lưu", exact=True).tap()
    page.get_by_text("Đã chuyển lên 1 kiến nghị").wait_for()
    check(page)
    card = page.locator("section[aria-labelledby=kien-nghi]")
    expect(card).to_contain_text(words)
    return card.get_by_role("link", name=re.compile("Số")).get_attribute("href"), link


def act(page: Page, address: str, button: str, fill: Callable[[], None]) -> None:
    """Open an act's page, fill it in, send it."""
    page.goto(address)
    check(page)
    fill()
    page.locator("main form[method=post]").get_by_role("button", name=button).first.click()
    page.wait_for_url(lambda url: not url.rstrip("/").endswith(address.strip("/")))
    check(page)


def test_from_the_village_to_the_answer_told(page_of):
    officer = page_of("officer", PHONE)
    petition, link = log_with_petition(officer, LIGHTS)
    commune = re.search(r"dang_bo=(\d+)", link)[1]

    office = page_of("office", DESK)
    office.goto("/kien-nghi/?tim=tuyen+ap+thu+nghiem")
    expect(office.get_by_role("link", name=re.compile(LIGHTS[:20])).first).to_be_visible()

    def route() -> None:
        office.locator("[name=body]").select_option(index=1)

    act(office, f"{petition}chuyen/", "Chuyển xử lý", route)
    expect(office.locator("main")).to_contain_text("Đã chuyển")

    def answer() -> None:
        office.locator("[name=outcome][value=resolved]").check(force=True)
        office.locator("[name=number]").fill("125/SCT")
        office.locator("[name=content]").fill("Đã lắp xong 20 bóng đèn")
        office.locator("[name=files]").set_input_files(
            {"name": "tra-loi.jpg", "mimeType": "image/jpeg", "buffer": PICTURE.getvalue()}
        )

    act(office, f"{petition}ket-qua/", "Ghi kết quả", answer)
    expect(office.locator("main")).to_contain_text("125/SCT")

    officer.goto("/")
    card = officer.locator(f"section[aria-labelledby=xa-{commune}]")
    expect(card.get_by_role("link", name="Cần trả lời xã")).to_be_visible()
    check(officer)
    card.get_by_role("link", name="Cần trả lời xã").tap()
    expect(officer.locator("main")).to_contain_text("lắp đèn đường")
    officer.goto(f"/dang-bo/{commune}/chuan-bi/")
    expect(officer.locator("main")).to_contain_text("Đã lắp xong 20 bóng đèn")

    def tell() -> None:
        officer.locator("[name=note]").fill("Đã báo đồng chí Bí thư Đảng ủy tại trụ sở")

    act(officer, f"{petition}thong-tin/", "Ghi đã thông tin lại", tell)
    expect(officer.locator("main")).to_contain_text("thông tin lại")
    office.goto(f"{petition}")
    expect(office.locator("main")).to_contain_text("Đã báo đồng chí Bí thư")
    office.goto(f"/dang-bo/{commune}/?muc=kien-nghi")
    expect(office.locator("main")).to_contain_text("Đã trả lời xã")


def test_the_draft_keeps_what_was_typed_of_a_petition(page_of):
    officer = page_of("officer", PHONE)
    officer.goto(LOG)
    officer.get_by_text("+ Kiến nghị", exact=True).tap()
    officer.get_by_label("Nội dung kiến nghị", exact=True).fill(LIGHTS)
    officer.locator("details.heard").first.get_by_text("Thêm chi tiết").tap()
    officer.locator("[name=petition_1_has_personal_data]").check()
    key = officer.locator("[name=petition_1_key]").input_value()
    officer.goto(LOG)
    content = officer.get_by_label("Nội dung kiến nghị", exact=True)
    expect(content).to_be_visible()
    expect(content).to_have_value(LIGHTS)
    expect(officer.locator("[name=petition_1_has_personal_data]")).to_be_checked()
    assert officer.locator("[name=petition_1_key]").input_value() == key
    expect(officer.locator("[name=petition_2_content]")).to_be_hidden()


def test_the_bar_at_the_foot_covers_nothing(page_of):
    officer = page_of("officer", PHONE)
    officer.goto("/")
    bar = officer.get_by_role("navigation", name="Lối tắt")
    expect(bar).to_be_visible()
    officer.evaluate("scrollTo(0, document.body.scrollHeight)")
    foot = officer.evaluate("document.querySelector('footer').getBoundingClientRect().bottom")
    assert foot <= bar.bounding_box()["y"] + 1
    bar.get_by_role("link", name="Kiến nghị").tap()
    officer.wait_for_url("**/kien-nghi/")
    expect(bar.get_by_role("link", name="Kiến nghị")).to_have_attribute("aria-current", "page")
    officer.goto(LOG)
    expect(bar).to_be_hidden()
    officer.set_viewport_size({"width": DESK, "height": 740})
    officer.goto("/")
    expect(bar).to_be_hidden()
