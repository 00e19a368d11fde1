"""The test client: it reads what it fetched, as a person would."""

import re

from django.test import Client
from django.urls import reverse

from tests.policy import refuse_loose
from tests.writes import told_writes

UNDEFINED = "UNDEFINED("
DATA = re.compile("</?data[^>]*>")
# The form token, and how long the session lasts.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-seconds="\d+"')


class ReadingClient(Client):
    """Fails when a page of ours names a template variable that is not there, and when any answer

    lacks a header or has what the content security policy would stop (tests/policy.py). Django
    admin's templates count on undefined names being empty, so they are not read for those. It fails
    as well when a request writes a record and no row of the log (tests/writes.py).
    """

    def request(self, **request):
        with told_writes(f"{request['REQUEST_METHOD']} {request['PATH_INFO']}"):
            response = super().request(**request)
        refuse_loose(response, request["PATH_INFO"])
        if not request["PATH_INFO"].startswith(reverse("admin:index")):
            refuse_undefined(response, request["PATH_INFO"])
        return response


def as_read(page: str) -> str:
    """Give a page's source as sentences read: numbers of figures without their marks."""
    return DATA.sub("", page)


def lasting(page: str) -> str:
    """Give a page's source without what differs at every request."""
    return PASSING.sub("", page)


def refuse_undefined(response, path: str) -> None:
    """Raise ``AssertionError`` with the surroundings of the first undefined name in a page."""
    if response.streaming or "html" not in response.get("Content-Type", ""):
        return
    page = response.content.decode()
    at = page.find(UNDEFINED)
    assert at < 0, f"{path}: … {page[max(at - 80, 0) : at + 80]} …"
