"""Django admin under our content security policy: its pages, its lookups, its calendar."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import SCROLLS, watch

PAGES = [
    "",
    "accounts/user/",
    "accounts/user/add/",
    "accounts/audittrim/",
    "communes/district/",
    "communes/commune/add/",
    "assignments/officer/",
    "assignments/officer/add/",
    "assignments/decision/",
    "assignments/assignment/",
    "assignments/assignment/add/",
    "assignments/rosterimport/",
]

pytestmark = pytest.mark.browser


@pytest.fixture
def admin_page(page_as):
    """Give ``admin_page(width)`` as the administrator; what the browser complains of fails."""
    complaints: list[str] = []

    def opened(width: int = 1280):
        page = page_as("admin", width)
        page.context.on("page", lambda popup: watch(popup, complaints))
        watch(page, complaints)
        return page

    yield opened
    # A lookup gives up a request for a newer one: that is no failure.
    assert [complaint for complaint in complaints if not complaint.startswith("fails")] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_keep_to_the_policy_and_the_screen(admin_page, width):
    page = admin_page(width)
    for path in PAGES:
        assert page.goto(f"/quan-tri/{path}").status == 200, path
        assert page.evaluate(SCROLLS) <= 0, path


def test_a_lookup_finds_without_accents(admin_page):
    page = admin_page()
    page.goto("/quan-tri/assignments/assignment/add/")
    page.locator(".field-commune .select2-selection").click()
    page.keyboard.type("thanh qui")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Thạnh Quới")
    page.keyboard.press("Enter")
    expect(page.locator(".field-commune .select2-selection__rendered")).to_contain_text(
        "Xã Thạnh Quới, Huyện Mỹ Xuyên"
    )


def test_the_calendar_writes_dates_as_we_do(admin_page):
    page = admin_page()
    page.goto("/quan-tri/assignments/assignment/add/")
    page.locator(".field-started_on .datetimeshortcuts a", has=page.locator(".date-icon")).click()
    page.locator(".calendarbox:visible td a", has_text="15").click()
    assert page.locator("[name=started_on]").input_value().startswith("15/")


def test_a_window_of_its_own_opens_for_a_related_record(admin_page):
    page = admin_page()
    page.goto("/quan-tri/assignments/assignment/add/")
    with page.expect_popup() as opening:
        page.locator("#add_id_officer").click()
    expect(opening.value.locator("h1")).to_have_text("Thêm cán bộ")
