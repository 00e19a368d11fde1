"""The harness itself: what it must notice, it notices."""

import pytest
from django.http import HttpResponse
from django.template import engines

from accounts.enums import Role
from tests.client import refuse_undefined


def page(source: str) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render({"day": "09/5/2023"}))


def test_an_undefined_template_variable_is_refused():
    with pytest.raises(AssertionError, match="dya"):
        refuse_undefined(page("<p>{{ dya }}</p>"), "/")


def test_a_defined_variable_passes():
    refuse_undefined(page("<p>{{ day }}</p>{% if missing %}x{% endif %}"), "/")


def test_there_is_one_user_of_each_role(users, client_as):
    assert {role: user.role for role, user in users.items()} == {role: role for role in Role}
    assert client_as(Role.OFFICE).session["_auth_user_id"] == str(users[Role.OFFICE].pk)
    assert client_as(users[Role.LEADER]).session["_auth_user_id"] == str(users[Role.LEADER].pk)


def test_the_gazetteer_is_the_whole_province(gazetteer):
    assert len(gazetteer) == 109
    assert len({commune.district_id for commune in gazetteer.values()}) == 11
