"""A version of the regulation that is still to come: told first, then written, then corrected."""

import pytest

from tests.browser.checks import DESK, PHONE, check_page

EDIT = 'main a[href$="/sua/"]'


def adopt_one_far_ahead(page) -> None:
    """Write a version no other test will ever look at."""
    page.goto("/quy-che/them/")
    page.locator('[name="number"]').fill("99-QC/TU")
    for name in ("issued_on", "started_on"):
        page.locator(f'[name="{name}"]').fill("01/01/2099")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_text("Chưa lập kỳ nào bắt đầu từ ngày này.").wait_for()
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.wait_for_url("**/quy-che/")


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_correcting_a_version_to_come(page_as, width):
    page = page_as("office", width)
    page.goto("/quy-che/")
    if page.locator(EDIT).count() == 0:
        adopt_one_far_ahead(page)
    page.locator(EDIT).first.click()
    page.get_by_role("heading", name="Sửa quy chế").wait_for()
    check_page(page, page.url)
