"""The officer who is evaluated."""

from __future__ import annotations

import pytest

from tests.reports.evaluation.world import World, make_world


@pytest.fixture
def world(users) -> World:
    return make_world(users)
