"""Who looked at an evaluation is in the log: once for a while, whoever they are, and no content."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from accounts import audit, clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from tests.factories import make_evaluation, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(users):
    return make_evaluation(make_officer("Lê Thị Bình", user=users[Role.OFFICER]))


def looks() -> list[tuple[str, str]]:
    """Give (who, what) in the order they looked."""
    found = AuditEvent.objects.filter(verb=Verb.VIEW).order_by("pk")
    return list(found.values_list("actor", "target_key"))


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE, Role.OFFICER])
@pytest.mark.parametrize("page", ["detail", "sheet"])
def test_a_look_is_told_once_in_half_an_hour(client_as, users, evaluation, role, page):
    client, key = client_as(role), (str(users[role]), audit.target_key(evaluation))
    address = reverse(f"evaluations:{page}", args=[evaluation.pk])
    for _ in range(2):
        b"".join(client.get(address))
    assert looks() == [key]
    assert not AuditEvent.objects.filter(verb=Verb.VIEW).exclude(before={}, after={}).exists()


def test_after_the_while_it_is_told_anew(client_as, users, evaluation):
    client = client_as(Role.LEADER)
    long_ago = clock.now() - dt.timedelta(minutes=31)
    audit.record_all([audit.event(Verb.VIEW, evaluation, by=users[Role.LEADER], at=long_ago)])
    client.get(reverse("evaluations:detail", args=[evaluation.pk]))
    assert len(looks()) == 2


def test_another_persons_look_is_another(client_as, evaluation):
    for role in (Role.LEADER, Role.OFFICE):
        client_as(role).get(reverse("evaluations:detail", args=[evaluation.pk]))
    assert len(looks()) == 2


@pytest.mark.parametrize("page", ["cycle", "cycle_compare"])
def test_lists_with_ratings_are_told(client_as, evaluation, page):
    client_as(Role.LEADER).get(reverse(f"evaluations:{page}", args=[evaluation.cycle.pk]))
    assert [key for _, key in looks()] == [audit.target_key(evaluation.cycle)]


def test_an_officers_own_list_is_told(client_as, evaluation):
    client_as(Role.OFFICER).get(reverse("evaluations:list"))
    assert [key for _, key in looks()] == [audit.target_key(evaluation)]


def test_who_is_refused_has_seen_nothing(client_as, evaluation):
    client = client_as(Role.ADMIN)
    assert client.get(reverse("evaluations:detail", args=[evaluation.pk])).status_code == 404
    assert looks() == []
