"""Uploading the office's own workbook, and the preview that comes of it."""

from pathlib import Path

import pytest

from tests.browser.checks import DESK, PHONE, check_page

ROSTER = Path(__file__).parents[2] / "assignments" / "data" / "phan-cong-2021.xlsx"


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_preview_of_an_upload(page_as, width):
    page = page_as("office", width)
    page.goto("/phan-cong/nap-danh-sach/")
    page.locator('main input[type="file"]').set_input_files(ROSTER)
    page.locator('main form:has(input[type="file"]) [type="submit"]').click()
    page.wait_for_url("**/nap-danh-sach/*/")
    check_page(page, page.url)
