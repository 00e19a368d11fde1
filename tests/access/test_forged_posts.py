"""Every form of every page, sent by who was not shown it and without the right token.

Forms are found on the pages: a new one needs no row. Of who was not shown a form two send it in
every run, all of them in ``python -m tests.access``.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.access.forging import Tally, forge
from tests.access.people import People
from tests.access.test_admin import MODELS, admin_address
from tests.access.trying import address
from tests.test_access import TABLE

PAGES = [name for name, row in TABLE.items() if 200 in row.get.values()]
# The admin's forms post to themselves; whose they are test_admin.py says.
ONE = (Role.ADMIN, Role.OFFICER)


@pytest.mark.parametrize("name", PAGES)
def test_forged_forms_are_refused(people: People, name):
    tally = Tally()
    forge(tally, [address(name, TABLE[name], people, people.own)], people.clients, most=2)
    assert tally.faults == []


@pytest.mark.parametrize("model", MODELS)
def test_forged_forms_of_the_admin_are_refused(people, model):
    tally = Tally()
    pages = [reverse(f"admin:{model}_add"), admin_address(f"{model}_change")]
    forge(tally, pages, {who: people.clients[who] for who in ONE})
    assert tally.faults == []
