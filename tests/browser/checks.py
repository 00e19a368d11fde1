"""What every page must be: reachable, quiet, within the screen, accessible."""

from __future__ import annotations

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

PHONE, DESK = 360, 1280
# What the browser says of a request it drops because the page is left meanwhile.
LEFT_BEHIND = "net::ERR_ABORTED"
# The most a page may take at its first load, compressed: of its own, and with all it names.
MOST_HTML, MOST_BYTES = 100_000, 200_000
WEIGHTS = """() => ["navigation", "resource"].map(kind => performance.getEntriesByType(kind)
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0))"""
SCROLLS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def check_page(page: Page, path: str) -> None:
    """Open ``path`` and assert that it keeps all the rules at this page's width."""
    complaints: list[str] = []
    watch(page, complaints)
    response = page.goto(path, wait_until="load")
    assert response.status == 200, f"{path}: {response.status}"
    assert complaints == [], path
    assert page.evaluate(SCROLLS) <= 0, f"{path} scrolls sideways by {page.evaluate(SCROLLS)} px"
    check_light(page)
    check_accessible(page)


def check_light(page: Page) -> None:
    """Assert that the page and what it names came in few bytes."""
    html, files = page.evaluate(WEIGHTS)
    assert 0 < html <= MOST_HTML, f"{page.url}: {html} bytes of HTML"
    assert 0 < files <= MOST_BYTES - html, f"{page.url}: {html} bytes and {files} of files"


def watch(page: Page, complaints: list[str]) -> None:
    """Write down requests elsewhere, requests that fail, errors and policy violations."""

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme != "data" and url.hostname != "127.0.0.1":
            complaints.append(f"asks elsewhere: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"console: {message.text}")

    def on_failure(request: Request) -> None:
        if request.failure != LEFT_BEHIND:
            complaints.append(f"fails ({request.failure}): {request.url}")

    page.on("request", on_request)
    page.on("requestfailed", on_failure)
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("console", on_console)


def check_accessible(page: Page) -> None:
    """Assert that axe finds no violation on the page as it stands."""
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
