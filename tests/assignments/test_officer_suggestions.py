"""Suggestions of officers: for a list one can read through, not for a nation's."""

from __future__ import annotations

import pytest

from assignments import officer_field
from assignments.officer_field import Candidates
from tests.factories import DAY, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    return [make_officer(name) for name in ("Lê Văn An", "Lê Văn Bình", "Lê Văn Cầu")]


def test_all_are_suggested_while_they_are_few(three):
    candidates = Candidates(DAY)
    assert candidates.suggested == list(candidates.by_label)


def test_of_many_none_is_suggested_and_each_is_found_by_name(three, monkeypatch):
    monkeypatch.setattr(officer_field, "MOST_SUGGESTED", 2)
    candidates = Candidates(DAY)
    assert candidates.suggested == []
    assert candidates.find("le van binh") == three[1]


def test_no_more_are_read_than_are_suggested(three, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(officer_field, "MOST_SUGGESTED", 2)
    with django_assert_num_queries(1) as found:
        assert Candidates(DAY).suggested == []
    assert "LIMIT 3" in found[0]["sql"]
