"""Every request has a name, and one line in the server's log."""

from __future__ import annotations

import logging
import re
import time
import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch

from accounts.present_request import current_request
from config.health import is_probe

HEADER = "X-Request-ID"
# What a proxy calls a request: nginx's $request_id, a UUID.
NAME = re.compile(r"[0-9A-Za-z-]{8,36}")
KNOWN_VERBS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
REQUESTS = logging.getLogger("theo_doi.request")


def request_name(request: HttpRequest) -> str:
    """Give the name our proxy gave the request, else a new one."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if NAME.fullmatch(given) else uuid.uuid4().hex


class RequestMiddleware:
    """Names the request, for log, audit rows and the answer's header, and writes its line.

    The outermost: whatever is refused further in has its name and its line.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        name, began = request_name(request), time.monotonic()
        token = current_request.set(name)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = name
            if not (is_probe(request) or is_static(request, response)):
                write_line(request, response, time.monotonic() - began)
            return response
        finally:
            current_request.reset(token)

    def process_view(self, request, view, args, kwargs) -> None:
        """Keep the role of who asks, known by now; a logout leaves nobody to ask later."""
        user = getattr(request, "user", None)
        request.role_in_log = user.role if user and user.is_authenticated else ""


def is_static(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Say whether a file of the application itself was given out: not worth a line."""
    return response.status_code < 400 and request.path_info.startswith(settings.STATIC_URL)


def write_line(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Write what was asked by which role, how it ended and how long it took."""
    match: ResolverMatch | None = request.resolver_match
    REQUESTS.info(
        "request",
        extra={
            "method": request.method if request.method in KNOWN_VERBS else "?",
            "route": match.view_name if match else "",
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "role": getattr(request, "role_in_log", ""),
        },
    )
