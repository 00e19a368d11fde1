"""An area is made, communes are ticked into it, it is corrected: on a phone and on a desk."""

import pytest

from tests.browser.checks import DESK, PHONE, check_page

EDIT = 'main header a[href^="/khu-vuc/"]'


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_an_area_is_filled_and_corrected(page_as, width):
    page = page_as("office", width)
    name = f"Khu vực thử {width}"
    page.goto("/khu-vuc/them/")
    page.locator('[name="name"]').fill(name)
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_role("heading", name=name).wait_for()
    page.locator('[name="dang_bo"]').first.check()
    page.locator('[name="khu_vuc"]').select_option(label=name)
    page.get_by_role("button", name="Xếp", exact=True).click()
    page.get_by_text(f"Đã xếp 1 đơn vị vào {name}.").wait_for()
    check_page(page, page.url)
    page.locator(EDIT).first.click()
    page.get_by_role("heading", name="Sửa khu vực").wait_for()
    check_page(page, page.url)
