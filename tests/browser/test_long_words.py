"""A word longer than a telephone is wide, wherever people's words stand, moves no page sideways."""

import pytest

from tests.browser.checks import PHONE, SCROLLS

# Each of the texts people wrote gets one: of cells, lines, names, remarks.
LENGTHEN = """() => {
  const texts = document.querySelectorAll("main :is(h1, td, dd, small, blockquote, .line p)");
  const letters = node => node.nodeType === Node.TEXT_NODE && /\\p{L}{2}/u.test(node.data);
  const found = [...texts].flatMap(text => [...text.childNodes].filter(letters));
  found.forEach(node => { node.data += " " + "W".repeat(90); });
  return found.length;
}"""
LISTS = ("/dang-bo/", "/can-bo/", "/phan-cong/", "/di-co-so/", "/van-ban/", "/mien/", "/kien-nghi/")
PAGES = (*LISTS, "/ket-luan/", "/bao-cao/tat-ca/", "/thong-bao/", "/danh-gia/")
RECORDS = ("/dang-bo/", "/can-bo/", "/di-co-so/", "/kien-nghi/", "/van-ban/", "/bao-cao/tat-ca/")


@pytest.mark.browser
def test_no_page_moves_sideways(page_as):
    page = page_as("office", PHONE)
    moved = {}
    for address in [*PAGES, *(first_record(page, address) for address in RECORDS)]:
        page.goto(address)
        assert page.evaluate(LENGTHEN), address
        if (beyond := page.evaluate(SCROLLS)) > 0:
            moved[address] = beyond
    assert moved == {}


def first_record(page, address: str) -> str:
    """Give the first link of a list to one of its records."""
    page.goto(address)
    links = page.eval_on_selector_all("main td a", "links => links.map(link => link.pathname)")
    return next(link for link in links if link.rstrip("/").rpartition("/")[2].isdigit())
