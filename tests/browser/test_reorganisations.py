"""Rearranging communes in the browser: upload, preview of every new unit."""

import io

import pytest
from openpyxl import load_workbook

from tests.browser.checks import DESK, PHONE, check_page

TEMPLATE = "/sap-xep/mau.xlsx"


def filled(content: bytes) -> bytes:
    """Merge the first two units of the template."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for row in (3, 4):
        sheet.cell(row, 6, "Xã Tân Hưng")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_preview_of_a_mapping(page_as, width):
    page = page_as("office", width)
    template = page.request.get(TEMPLATE).body()
    page.goto("/sap-xep/them/")
    page.locator('[name="resolution"]').fill("1105/NQ-UBTVQH15")
    page.locator('[name="effective_on"]').fill("01/01/2030")
    page.locator('main input[type="file"]').set_input_files(
        {
            "name": "bang.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": filled(template),
        }
    )
    page.locator('main form:has(input[type="file"]) [type="submit"]').click()
    page.wait_for_url("**/sap-xep/*/")
    check_page(page, page.url)
    page.locator(".merging-unit summary").click()
    check_page(page, page.url)
