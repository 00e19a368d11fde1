"""Petitions: the page of each act, of a petition in a state that has it."""

import pytest

from tests.browser.checks import DESK, PHONE, check_page

pytestmark = pytest.mark.browser


def first_of(page, address: str) -> str:
    """Give the path of the first petition of a list."""
    page.goto(address)
    return page.locator("td.c-so a").first.get_attribute("href")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_of_acts(page_as, width):
    page = page_as("office", width)
    new = first_of(page, "/kien-nghi/?trang_thai=new")
    for act in ("sua", "ket-qua", "trung", "y-kien", "rut"):
        check_page(page, f"{new}{act}/")
    routed = first_of(page, "/kien-nghi/?trang_thai=routed")
    for act in ("tien-do", "gia-han"):
        check_page(page, f"{routed}{act}/")
    check_page(page, f"{first_of(page, '/kien-nghi/?tinh_trang=ket_thuc')}mo-lai/")
    page.goto("/kien-nghi/?trang_thai=new")
    keys = page.eval_on_selector_all("input[name=kn]", "boxes => boxes.map(box => box.value)")
    check_page(page, f"/kien-nghi/chuyen/?kn={keys[0]}&kn={keys[1]}")
