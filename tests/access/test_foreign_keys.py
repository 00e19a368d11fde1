"""Forms of who has a part of the province, sent with the keys of somebody else's records."""

from __future__ import annotations

import pytest

from accounts.enums import Role
from tests.access.foreign import send_foreign
from tests.access.forging import Tally
from tests.access.people import People
from tests.access.trying import address
from tests.test_access import TABLE

PAGES = [name for name, row in TABLE.items() if row.get[Role.OFFICER] == row.post[Role.OFFICER]]


@pytest.mark.parametrize("name", [name for name in PAGES if TABLE[name].get[Role.OFFICER] == 200])
def test_keys_of_others_in_a_form_have_no_effect(people: People, name):
    """As the officer with some keys; ``python -m tests.access``: all, as the assistant too."""
    tally, url = Tally(), address(name, TABLE[name], people, people.own)
    send_foreign(tally, people, Role.OFFICER, url, most=6)
    assert tally.faults == []
