"""One's own account in the browser: a second factor set up, a login in two steps, the idle end."""

import re
import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from assignments.demo.logins import password_for
from reports.management.commands.seed_demo import DEFAULT_SEED
from tests.browser.checks import DESK, PHONE, SCROLLS, check_accessible
from tests.browser.conftest import LOGIN_BY_ROLE, send_login

pytestmark = pytest.mark.browser

# A role of its own for each width: each is set up once, and turned off again.
WIDTHS = pytest.mark.parametrize(("role", "width"), [("assistant", PHONE), ("leader", DESK)])


def check_shown(page: Page) -> None:
    assert page.evaluate(SCROLLS) <= 0
    check_accessible(page)


def code_of(secret: str, steps: int = 0) -> str:
    totp = TOTP(b32decode(secret))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def give_password(page: Page, role: str) -> None:
    check_shown(page)
    page.get_by_label("Mật khẩu hiện tại").fill(password_for(DEFAULT_SEED, LOGIN_BY_ROLE[role]))
    page.keyboard.press("Enter")


@pytest.fixture
def fresh(browser, site):
    """Give ``fresh(width)``: a page nobody is logged in on."""
    contexts = []

    def make(width: int) -> Page:
        contexts.append(
            browser.new_context(
                base_url=site, locale="vi-VN", viewport={"width": width, "height": 800}
            )
        )
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def log_in(page: Page, role: str) -> None:
    page.goto("/tai-khoan/dang-nhap/?next=/tai-khoan/")
    send_login(page, role)


@WIDTHS
def test_set_up_logged_in_with_and_turned_off(fresh, role, width):
    page = fresh(width)
    log_in(page, role)
    page.get_by_role("link", name="Bật xác thực hai bước").click()
    give_password(page, role)
    expect(page.locator("svg.qr")).to_be_visible()
    check_shown(page)
    secret = "".join(page.locator(".secret code").all_inner_texts())
    page.get_by_label("Mã 6 chữ số").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".recovery code")).to_have_count(10)
    check_shown(page)
    paper = page.locator(".recovery code").first.inner_text()
    page.get_by_role("link", name="Đã cất giữ").click()
    expect(page.get_by_text("Còn 10 mã dự phòng")).to_be_visible()
    check_shown(page)

    other = fresh(width)
    log_in(other, role)
    other.wait_for_url("**/xac-minh/")
    check_shown(other)
    other.get_by_role("textbox", name="Mã xác nhận").fill("000000")
    other.keyboard.press("Enter")
    expect(other.get_by_text("Mã chưa đúng")).to_be_visible()
    check_shown(other)
    time.sleep(1.1)  # the wait after a wrong code
    other.get_by_role("textbox", name="Mã xác nhận").fill(code_of(secret, 1))
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="Nơi đang đăng nhập")).to_be_visible()
    # Last used first. Not all others: one of them serves the other tests.
    other.get_by_role("button", name=re.compile("^Kết thúc phiên")).first.click()
    expect(other.get_by_text("Đã kết thúc phiên đã chọn.")).to_be_visible()
    page.reload()
    page.wait_for_url("**/dang-nhap/**")
    expect(page.get_by_text("Phiên làm việc trước đã kết thúc")).to_be_visible()
    check_shown(page)
    send_login(page, role)
    page.get_by_role("textbox", name="Mã xác nhận").fill(paper)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vừa dùng một mã dự phòng, còn 9 mã")).to_be_visible()
    page.get_by_role("link", name="Lập mã dự phòng mới").click()
    give_password(page, role)
    expect(page.locator(".recovery code")).to_have_count(10)
    page.get_by_role("link", name="Đã cất giữ").click()
    page.get_by_role("link", name="Tắt xác thực hai bước").click()
    give_password(page, role)
    expect(page.get_by_text("Đã tắt xác thực hai bước.")).to_be_visible()
    check_shown(page)


# --- the idle end --------------------------------------------------------------------------------

ASK = "**/tai-khoan/phien/"


def tell_tabs(page: Page, seconds: int) -> None:
    """Say what another tab would say: so many seconds are left."""
    page.evaluate(f"new BroadcastChannel('session').postMessage({seconds})")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_warning_and_going_on(page_as, width):
    page, asked = page_as("office", width), []
    left = {"1": 42, None: 900}

    def answer(route) -> None:
        by_itself = route.request.headers.get("x-by-itself")
        asked.append(by_itself)
        route.fulfill(json={"seconds": left[by_itself]})

    page.route(ASK, answer)
    page.goto("/tai-khoan/")
    dialog = page.get_by_role("alertdialog")
    expect(dialog).to_be_hidden()
    tell_tabs(page, 30)
    expect(dialog).to_contain_text("Phiên làm việc sắp kết thúc")
    expect(page.get_by_role("button", name="Tiếp tục làm việc")).to_be_focused()
    check_shown(page)
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert (asked[0], asked[-1]) == ("1", None)


def test_another_tab_going_on_closes_the_warning(page_as):
    page = page_as("office")
    page.route(ASK, lambda route: route.fulfill(json={"seconds": 42}))
    page.goto("/tai-khoan/")
    tell_tabs(page, 30)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    tell_tabs(page, 900)
    expect(page.get_by_role("alertdialog")).to_be_hidden()


def test_what_was_typed_survives_the_end_for_its_writer_alone(page_as, site):
    page = page_as("officer")
    page.goto("/bao-cao/dot-xuat/")
    page.get_by_label("Việc báo cáo").fill("Sạt lở bờ sông ấp 3")
    ended = {"name": "sessionid", "value": "a" * 32, "url": site}
    page.context.add_cookies([ended])
    tell_tabs(page, 0)
    page.wait_for_url("**/dang-nhap/**")
    expect(page.get_by_text("Phiên làm việc trước đã kết thúc")).to_be_visible()
    send_login(page, "office")  # somebody else, on the same machine
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    expect(page.get_by_text("Sạt lở bờ sông ấp 3")).to_have_count(0)
    page.context.add_cookies([ended])
    page.goto("/bao-cao/dot-xuat/")
    send_login(page, "officer")
    page.wait_for_url("**/bao-cao/dot-xuat/")
    expect(page.get_by_label("Việc báo cáo")).to_have_value("Sạt lở bờ sông ấp 3")
    page.locator("[data-draft-notice] button").click()
