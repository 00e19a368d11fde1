"""Every page, for the roles that use it, on a phone and on a desk."""

import pytest
from django.urls import resolve, reverse

from tests.browser.checks import DESK, PHONE, check_page
from tests.browser.pages import NOT_PAGES, OPENED_BY_HAND, PAGES, Row, routes

CASES = [(name, role) for name, row in PAGES.items() for role in row.roles]


def test_every_route_has_a_row():
    assert set(routes()) == {*PAGES, *OPENED_BY_HAND, *NOT_PAGES}


def address(page, name: str, row: Row) -> str:
    """Give the path of a route; for a record's page, that of the first such link on ``via``."""
    if not row.via:
        return reverse(name) + row.query
    page.goto(row.via if row.via.startswith("/") else address(page, row.via, PAGES[row.via]))
    links = page.eval_on_selector_all("main a", "links => links.map(link => link.pathname)")
    return next(link for link in links if resolve(link).view_name == name)


@pytest.mark.browser
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize(("name", "role"), CASES, ids=[f"{n}-{r or 'nobody'}" for n, r in CASES])
def test_page(page_as, name, role, width):
    page = page_as(role, width)
    check_page(page, address(page, name, PAGES[name]))
