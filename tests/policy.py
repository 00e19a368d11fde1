"""What every answer of the site must keep to; the test client asks it of each (tests/client.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.headers import FIXED, POLICY_OF_FILES

# Nothing inline, nothing of another host, no frame, no plug-in.
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
}
REQUEST_NAME = re.compile("[0-9A-Za-z-]{8,36}")

# From a tag's beginning to one of its attributes; what stands in a value is text.
TAG = r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s"
LOOSE = {
    "script in the page": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "frame or plug-in": re.compile(r"<(?:i?frame|object|embed|applet|base)\b", re.IGNORECASE),
    "style attribute": re.compile(rf"{TAG}style\s*=", re.IGNORECASE),
    "script attribute": re.compile(rf"{TAG}on[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"=\s*[\"']?\s*(?:javascript|vbscript):", re.IGNORECASE),
    "address of another host": re.compile(
        rf"{TAG}(?:href|src|srcset|action|formaction|poster|data|background|ping)"
        r"\s*=\s*[\"']?\s*(?:[a-z]+:)?//(?!testserver[/\"'])",
        re.IGNORECASE,
    ),
}


def refuse_loose(response, path: str) -> None:
    """Raise ``AssertionError`` with all that an answer lacks or holds against the rules."""
    wrong = [*header_complaints(response), *page_complaints(response)]
    assert not wrong, f"{path} ({response.status_code}): {wrong}"


def header_complaints(response) -> Iterator[str]:
    """Give what is wrong with the headers of an answer."""
    for name, value in {**FIXED, "X-Frame-Options": "DENY"}.items():
        if response.get(name) != value:
            yield f"{name}: {response.get(name)}"
    if not REQUEST_NAME.fullmatch(response.get("X-Request-ID", "")):
        yield "no name of the request"
    policy = response.get("Content-Security-Policy", "")
    is_file = "Content-Disposition" in response
    if is_file and not response["Content-Disposition"].startswith("attachment"):
        yield f"Content-Disposition: {response['Content-Disposition']}"
    if policy != POLICY_OF_FILES if is_file else set(policy.split("; ")) != POLICY:
        yield f"Content-Security-Policy: {policy}"
    for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        if name in response:
            yield f"{name} is told"


def page_complaints(response) -> Iterator[str]:
    """Give what a page holds that the policy would refuse, or that asks another host."""
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return
    page = response.content.decode()
    for what, pattern in LOOSE.items():
        if found := pattern.search(page):
            yield f"{what}: … {page[max(found.start() - 40, 0) : found.end() + 80]} …"
