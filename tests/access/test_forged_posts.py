"""A post as a page of another site would send it: with the user's cookies, without the token."""

from __future__ import annotations

import pytest

from accounts.enums import Role
from accounts.models import User
from tests.access.people import People
from tests.access.sending import LOGIN, watched
from tests.access.test_admin import MODELS, admin_address
from tests.access.trying import address
from tests.client import ReadingClient
from tests.test_access import TABLE

NEVER = (403, 405, LOGIN)


def taker(row) -> str | None:
    """Give a role a route takes a post from; ``None`` when it takes none."""
    return next((role for role, got in row.post.items() if got not in NEVER), None)


TAKING = {name: taker(row) for name, row in TABLE.items() if taker(row) is not None}
TAKING["accounts:logout"] = Role.OFFICER


@pytest.mark.parametrize("name", TAKING)
def test_a_forged_post_is_refused(people: People, name):
    url = address(name, TABLE[name], people, people.own)
    assert_forgery_refused(url, people.users.get(TAKING[name]))


@pytest.mark.parametrize("model", MODELS)
def test_a_forged_post_to_the_admin_is_refused(people, model):
    for page in ("add", "change"):
        assert_forgery_refused(admin_address(f"{model}_{page}"), people.users[Role.ADMIN])


def assert_forgery_refused(url: str, user: User | None) -> None:
    """Post without a token, and with a wrong one in the form and in the header."""
    wrong = "x" * 64
    for sent, headers in (({}, {}), ({"csrfmiddlewaretoken": wrong}, {"X-CSRFToken": wrong})):
        client = ReadingClient(enforce_csrf_checks=True)
        if user:
            client.force_login(user)
        with watched() as written:
            response = client.post(url, sent, headers=headers)
        assert response.status_code == 403
        assert "Trang đã hết hạn" in response.content.decode()
        assert written == []
