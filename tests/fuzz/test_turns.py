"""A small part of ``python -m tests.fuzz``, the same at every run: no fault in any answer."""

from __future__ import annotations

from itertools import islice

import pytest
from django.db import transaction

from tests.fuzz.engine import Fuzz, Tally, turns
from tests.fuzz.site import known
from tests.fuzz.world import of_records

SEED, TURNS = 7, 250


@pytest.mark.django_db
def test_no_generated_value_is_an_error_of_ours():
    users, address = of_records()
    tally = Tally()
    fuzz = Fuzz(known(users, address), users, tally)
    for seed in islice(turns(SEED), TURNS):
        with transaction.atomic():
            fuzz.turn(seed)
    assert not tally.faults, "\n".join(str(fault) for fault in tally.faults)
    assert tally.requests > TURNS
    assert len(tally.fields) > 100
