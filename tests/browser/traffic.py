"""What the browser asked for and what it refused to run, over all pages of all browser tests."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

INSIDE = ("data", "blob", "about")
POLICY = "Content Security Policy"


class Traffic:
    """Counts pages and requests of every page opened; keeps what went elsewhere or was refused."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.complaints: list[str] = []

    def watch(self, context: BrowserContext, site: str) -> None:
        """Write down the requests and the policy's refusals of a context that shows ``site``."""

        def on_request(request: Request) -> None:
            self.count["requests"] += 1
            self.count["pages"] += request.is_navigation_request()
            if urlsplit(request.url).scheme not in INSIDE and origin(request.url) != site:
                self.complaints.append(f"asks elsewhere: {request.url}")

        def on_console(message: ConsoleMessage) -> None:
            if POLICY in message.text:
                self.complaints.append(f"refused: {message.text}")

        context.on("request", on_request)
        context.on("console", on_console)

    def taken(self) -> list[str]:
        """Give the complaints since the last time they were asked for."""
        complaints, self.complaints = self.complaints, []
        return complaints


def origin(address: str) -> str:
    """Give scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


TRAFFIC = Traffic()
