"""A browser, a site of the demonstration world, and a login for each role."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assignments.demo.logins import LOGINS, password_for
from reports.management.commands.seed_demo import DEFAULT_SEED
from tests.browser.chromium import find_chromium, launch_flags
from tests.browser.site import running_site
from tests.browser.traffic import TRAFFIC

LOGIN_BY_ROLE = {login.role.value: login for login in LOGINS}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Launch the machine's Chromium; without one skip, or fail where CI=true."""
    path = find_chromium()
    if path is None:
        lack = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        lack("no Chromium on the PATH (apt install chromium)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=launch_flags())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory, browser) -> Iterator[str]:
    """Give the address of a site that tests only read."""
    with running_site(tmp_path_factory.mktemp("site")) as address:
        yield address


@pytest.fixture(scope="session")
def sessions(browser, site) -> Callable[[str], dict]:
    """Give ``sessions(role)``: the cookies of that role's login, made once through the form."""
    known: dict[str, dict] = {"": {}}

    def session_of(role: str) -> dict:
        if role not in known:
            context = browser.new_context(locale="vi-VN")
            log_in(context.new_page(), site, role)
            known[role] = context.storage_state()
            context.close()
        return known[role]

    return session_of


@pytest.fixture
def page_as(browser, site, sessions) -> Iterator[Callable[..., Page]]:
    """Give ``page_as(role, width=1280)``: an empty page logged in as ``role`` ("" for nobody)."""
    contexts = []

    def make(role: str, width: int = 1280) -> Page:
        size = {"width": width, "height": 740 if width < 600 else 900}
        context = browser.new_context(
            base_url=site, locale="vi-VN", viewport=size, storage_state=sessions(role) or None
        )
        contexts.append(context)
        TRAFFIC.watch(context, site)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    assert TRAFFIC.taken() == []


def pytest_terminal_summary(terminalreporter) -> None:
    """Say how much was asked of the site, and that nothing was asked of anybody else."""
    if TRAFFIC.count:
        asked, opened = TRAFFIC.count["requests"], TRAFFIC.count["pages"]
        terminalreporter.write_line(
            f"browser: {opened} pages opened, {asked} requests, none to another host"
        )


def log_in(page: Page, address: str, role: str) -> None:
    """Log in through the form as the demonstration's user of ``role``."""
    page.goto(f"{address}/tai-khoan/dang-nhap/")
    send_login(page, role)
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def send_login(page: Page, role: str) -> None:
    """Fill in and send the login form that the page shows."""
    login = LOGIN_BY_ROLE[role]
    page.locator('[name="username"]').fill(login.username)
    page.locator('[name="password"]').fill(password_for(DEFAULT_SEED, login))
    page.locator('[name="password"]').press("Enter")
