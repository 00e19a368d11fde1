"""Logging a visit on a phone (DESIGN §5.2): few taps, one text, and nothing typed is ever lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.checks import PHONE, SCROLLS, check_accessible, watch
from tests.browser.conftest import log_in, send_login
from tests.browser.site import running_site

LOG = "/di-co-so/ghi/"
WORDS = "Nắm tình hình sản xuất, góp ý dự thảo nghị quyết"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_site(tmp_path_factory, browser):
    with running_site(tmp_path_factory.mktemp("visits")) as address:
        yield address


@pytest.fixture
def context_for(browser, own_site):
    """Give ``context_for(role)``: a phone of somebody who has just logged in."""
    contexts = []

    def make(role: str, **options) -> BrowserContext:
        context = browser.new_context(
            base_url=own_site,
            locale="vi-VN",
            viewport={"width": PHONE, "height": 740},
            has_touch=True,
            **options,
        )
        contexts.append(context)
        log_in(context.new_page(), own_site, role)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def officer(context_for):
    """Give an officer's page; what the browser complains of fails."""
    page = context_for("officer").pages[0]
    complaints: list[str] = []
    watch(page, complaints)
    yield page
    assert complaints == []


@dataclass
class Hand:
    """Counts what a person does: taps, and the fields they type into."""

    taps: int = 0
    typed: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.expose_function("tapped", self.tapped)
        context.expose_function("typedInto", self.typed_into)
        context.add_init_script(
            "addEventListener('pointerdown', () => tapped(), true);"
            "addEventListener('input', event => {"
            " if (event.inputType) typedInto(event.target.name) }, true);"
        )

    def tapped(self) -> None:
        self.taps += 1

    def typed_into(self, name: str) -> None:
        self.typed.add(name)


def kept(page: Page) -> list[str]:
    """Give what this browser keeps of forms not sent."""
    keys = page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if key.startswith("draft:")]


def fill_in(page: Page, kind: str = "Hoạt động cùng địa phương", words: str = WORDS) -> None:
    """Choose the first commune, what was done, and write the one text."""
    page.locator("[name=commune]").first.check(force=True)
    page.get_by_text(kind).tap()
    page.get_by_label("Nội dung chính").fill(words)


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu", exact=True).tap()


def answer_offer(page: Page) -> None:
    """Say that it was another visit, if the demonstration has one near."""
    if page.locator("[data-offers]").is_visible():
        page.get_by_text("Chuyến khác", exact=True).tap()


def test_six_taps_and_one_text(context_for):
    context, hand = context_for("officer"), Hand()
    hand.watch(context)
    page = context.new_page()
    page.goto("/")
    page.locator(f"main a[href^='{LOG}?dang_bo=']").first.tap()
    page.get_by_text("Dự hoạt động đoàn thể").tap()
    answer_offer(page)
    page.get_by_label("Nội dung chính").tap()
    page.keyboard.type(WORDS)
    save(page)
    page.get_by_text("Đã ghi: Dự hoạt động đoàn thể").wait_for()
    assert page.get_by_text(WORDS).is_visible()
    assert hand.taps <= 6
    assert hand.typed == {"findings"}
    assert kept(page) == []


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_form_in_all_its_states(officer, width):
    officer.set_viewport_size({"width": width, "height": 740})
    officer.goto(LOG)
    officer.get_by_text("Dự sinh hoạt chi bộ").click()
    officer.get_by_text("Khác…").click()
    expect(officer.get_by_label("Ngày đi")).to_be_visible()
    expect(officer.get_by_label("Chi bộ", exact=True)).to_be_visible()
    officer.get_by_text("Thêm chi tiết gặp ai").click()
    check_accessible(officer)
    assert officer.evaluate(SCROLLS) <= 0
    officer.get_by_role("button", name="Lưu", exact=True).click()
    officer.get_by_role("link", name="Ngày đi").wait_for()
    focused = officer.evaluate("document.activeElement.closest('form.log') !== null")
    assert focused
    check_accessible(officer)
    assert officer.evaluate(SCROLLS) <= 0


def test_what_a_choice_makes_needless_steps_aside(officer):
    officer.goto(LOG)
    expect(officer.get_by_label("Ngày đi")).to_be_hidden()
    expect(officer.get_by_label("Chi bộ", exact=True)).to_be_hidden()
    officer.get_by_text("Dự sinh hoạt chi bộ").tap()
    officer.get_by_label("Chi bộ", exact=True).select_option("khac")
    expect(officer.get_by_label("Tên chi bộ, nơi khác")).to_be_visible()
    officer.get_by_text("Đi cơ sở, làm việc").tap()
    expect(officer.get_by_label("Chi bộ", exact=True)).to_be_hidden()


def test_without_script(context_for):
    context = context_for("officer", java_script_enabled=False)
    page = context.pages[0]
    page.goto(LOG)
    fill_in(page, words="")
    save(page)
    page.get_by_role("link", name="Nội dung chính", exact=True).tap()
    expect(page.get_by_text("Ghi nội dung chính của chuyến đi.").last).to_be_in_viewport()
    page.get_by_label("Nội dung chính").fill(WORDS)
    if page.get_by_text("Chuyến khác", exact=True).is_visible():
        page.get_by_text("Chuyến khác", exact=True).tap()
    save(page)
    expect(page.get_by_text("Đã ghi: Hoạt động cùng địa phương")).to_be_visible()


def test_a_session_that_ends_meanwhile_loses_nothing(officer):
    officer.goto(LOG)
    fill_in(officer, kind="Dự họp Ban Chấp hành Đảng bộ")
    answer_offer(officer)
    officer.get_by_text("Thêm chi tiết gặp ai").tap()
    officer.get_by_label("Đã gặp, làm việc với").fill("Đồng chí Bí thư")
    key = officer.locator("[name=entry_key]").input_value()
    officer.context.clear_cookies(name="sessionid")
    save(officer)
    officer.wait_for_url(re.compile("dang-nhap"))
    send_login(officer, "officer")
    officer.wait_for_url(f"**{LOG}")
    assert officer.get_by_text("Đã lấy lại nội dung ghi dở").is_visible()
    assert officer.get_by_label("Nội dung chính").input_value() == WORDS
    assert officer.get_by_label("Đã gặp, làm việc với").input_value() == "Đồng chí Bí thư"
    assert officer.locator("[name=kind]:checked").input_value() == "committee_meeting"
    assert officer.locator("[name=entry_key]").input_value() == key
    check_accessible(officer)
    save(officer)
    officer.get_by_text("Đã ghi: Dự họp Ban Chấp hành").wait_for()
    assert kept(officer) == []


def test_a_line_that_breaks_loses_nothing(officer):
    officer.goto(f"{LOG}?viec=field_visit")
    officer.locator("[name=commune]").first.check(force=True)
    officer.get_by_label("Nội dung chính").fill(WORDS)
    officer.context.set_offline(True)
    save(officer)
    said = "Chưa gửi được: mất kết nối. Nội dung đã được giữ trên máy này."
    expect(officer.get_by_text(said)).to_be_visible()
    assert officer.get_by_label("Nội dung chính").input_value() == WORDS
    check_accessible(officer)
    officer.context.set_offline(False)
    expect(officer.get_by_text(said)).to_be_hidden()
    officer.goto(f"{LOG}?viec=field_visit")
    assert officer.get_by_label("Nội dung chính").input_value() == WORDS
    answer_offer(officer)
    save(officer)
    officer.get_by_text("Đã ghi: Đi cơ sở, làm việc").wait_for()


def test_a_draft_is_let_go_when_asked(officer):
    officer.goto(LOG)
    fill_in(officer)
    officer.goto(f"{LOG}?viec=field_visit")
    named = re.compile(r"Bản ghi dở: .+, \d\d/\d\d/\d{4}, lúc \d\d:\d\d")
    expect(officer.get_by_text(named)).to_be_visible()
    officer.get_by_role("link", name="Mở lại").tap()
    officer.wait_for_url(re.compile(f"{LOG}$"))
    assert officer.get_by_label("Nội dung chính").input_value() == WORDS
    officer.get_by_role("button", name="Bỏ", exact=True).tap()
    expect(officer.get_by_label("Nội dung chính")).to_have_value("")
    assert kept(officer) == []


def test_a_draft_of_another_address_is_let_go_from_here(officer):
    officer.goto(LOG)
    fill_in(officer)
    officer.goto(f"{LOG}?viec=field_visit")
    officer.get_by_role("button", name="Bỏ", exact=True).tap()
    expect(officer.locator("[data-draft-notice]")).to_be_hidden()
    assert kept(officer) == []


def test_what_cannot_be_read_is_let_go_and_keeps_no_other(officer):
    officer.goto(LOG)
    officer.evaluate("localStorage['draft:0'] = '{'; localStorage['draft:1:/x'] = '{\"at\": 1}'")
    fill_in(officer)
    officer.goto(LOG)
    assert officer.get_by_label("Nội dung chính").input_value() == WORDS
    assert len(kept(officer)) == 1


def test_logging_out_leaves_no_draft(officer):
    officer.goto(LOG)
    fill_in(officer)
    assert kept(officer)
    officer.locator("details.who summary").tap()
    officer.get_by_role("button", name="Đăng xuất").tap()
    officer.wait_for_url(re.compile("dang-nhap"))
    assert kept(officer) == []


def test_an_old_draft_is_let_go(officer):
    officer.goto(LOG)
    fill_in(officer)
    officer.evaluate(
        "for (const key of Object.keys(localStorage)) {"
        " const draft = JSON.parse(localStorage[key]); draft.at -= 8 * 86400e3;"
        " localStorage[key] = JSON.stringify(draft) }"
    )
    officer.goto(LOG)
    assert officer.get_by_label("Nội dung chính").input_value() == ""
    assert kept(officer) == []


def test_a_draft_of_an_earlier_day_keeps_its_day(officer):
    officer.goto(LOG)
    fill_in(officer)
    officer.evaluate(
        "for (const key of Object.keys(localStorage)) {"
        " const draft = JSON.parse(localStorage[key]); draft.values.day = '2026-01-05';"
        " localStorage[key] = JSON.stringify(draft) }"
    )
    officer.goto(LOG)
    assert officer.locator("[name=day]:checked").input_value() == "khac"
    assert officer.get_by_label("Ngày đi").input_value() == "05/01/2026"


def assign_colleague(office: Page, commune: str) -> str:
    """Let somebody else follow a commune as well; give what is typed to name them."""
    office.goto(f"/phan-cong/giao/?dang_bo={commune}")
    typed = office.locator("datalist option").first.get_attribute("value")
    office.locator(f"[name=officer_{commune}]").fill(typed)
    office.get_by_label("Vai trò").select_option("support")
    office.get_by_label("Số quyết định").fill("903-QĐ/TU")
    office.get_by_label("Ngày ký quyết định").fill("02/01/2026")
    office.get_by_role("button", name="Ghi phân công").tap()
    office.get_by_text("Đã phân công 1 Đảng bộ.").wait_for()
    return typed


def test_a_colleagues_visit_is_offered_before_sending(context_for, officer):
    officer.goto("/")
    link = officer.locator(f"main a[href^='{LOG}?dang_bo=']").first.get_attribute("href")
    commune = link.rpartition("=")[2]
    office = context_for("office").pages[0]
    colleague = assign_colleague(office, commune)
    office.goto(f"{link}&can_bo={colleague}&viec=cell_meeting")
    office.get_by_label("Chi bộ", exact=True).select_option("khac")
    office.get_by_label("Tên chi bộ, nơi khác").fill("Ấp Thử")
    office.get_by_label("Nội dung chính").fill("Bàn việc lúa")
    answer_offer(office)
    save(office)
    office.get_by_text("Đã ghi: Dự sinh hoạt chi bộ").wait_for()

    officer.goto(f"{link}&viec=field_visit")
    officer.get_by_label("Nội dung chính").fill(WORDS)
    offer = officer.locator("[data-offers] label", has_text=colleague.partition(" (")[0])
    expect(offer).to_be_visible()
    officer.get_by_text("Hoãn, chưa dự được").tap()
    expect(offer).to_be_hidden()
    officer.get_by_text("Đã dự", exact=True).tap()
    save(officer)
    assert officer.get_by_text("Chọn: cùng một chuyến đi đã ghi").is_visible()
    assert officer.url.endswith("viec=field_visit")
    expect(offer).to_contain_text("Sẽ ghi là Dự sinh hoạt chi bộ, Ấp Thử, ngày")
    expect(offer).to_contain_text("đồng chí đang chọn: Đi cơ sở, làm việc")
    offer.tap()
    expect(officer.get_by_text("Đi cơ sở, làm việc", exact=True)).to_be_hidden()
    check_accessible(officer)
    save(officer)
    officer.get_by_text(
        f"Đã ghi cùng chuyến với đồng chí {colleague.partition(' (')[0]}"
    ).wait_for()
    assert officer.get_by_text("Bàn việc lúa").is_visible()
