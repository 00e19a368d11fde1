"""Trying one route as everybody with every verb; what a row of the table expects of that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Protocol

from django.db import transaction
from django.urls import reverse

from assignments.models import Assignment
from tests.access.people import ASKERS, ELSEWHERE, People
from tests.access.records import IN_SCOPE, SAMPLES
from tests.access.sending import REFUSED_VERBS, VERBS, ask, watched
from tests.client import ReadingClient

WROTE = "wrote to"
Cells = dict[tuple[str, str], object]


class Row(Protocol):
    """A row of the table (tests/test_access.py): what each role gets on GET and on POST."""

    get: dict[str, object]
    post: dict[str, object]
    sample: str
    query: str


@contextmanager
def undone(client: ReadingClient) -> Iterator[None]:
    """Take back what is written within, and let the client keep its cookies."""
    cookies = copy(client.cookies)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies


def address(name: str, row: Row, people: People, followed: Assignment) -> str:
    """Give a route's address, of a record that belongs to an assignment if it names one."""
    arguments = [SAMPLES[row.sample](people, followed)] if row.sample else []
    return reverse(name, args=arguments) + row.query


def tried(people: People, url: str) -> Cells:
    """Ask an address as everybody with every verb; give each answer, and what reading wrote."""
    return {
        (asker, verb): attempted(people.clients[asker], verb, url)
        for asker in ASKERS
        for verb in VERBS
    }


def differing(got: Cells, wanted: Cells) -> dict[tuple[str, str], str]:
    """Give the cells that are not as they should be, and how."""
    return {cell: f"{got[cell]}, not {wanted[cell]}" for cell in got if got[cell] != wanted[cell]}


def attempted(client: ReadingClient, verb: str, url: str) -> object:
    """Ask once; undo what a post did. What does not post and writes all the same says so."""
    with watched() as written:
        if verb != "post":
            answer = ask(client, verb, url)
            return f"{answer}, {WROTE} {written}" if written else answer
        with undone(client):
            return ask(client, verb, url)


def expected_of(row: Row) -> Cells:
    """Give what each asker gets on each verb."""
    return {(asker, verb): expected(row, asker, verb) for asker in ASKERS for verb in VERBS}


def expected(row: Row, asker: str, verb: str) -> object:
    """Give what a row says of one asker and verb."""
    if verb in REFUSED_VERBS:
        return 405
    answers = row.post if verb == "post" else row.get
    got = answers[ASKERS[asker]]
    is_unseen = asker in ELSEWHERE and row.sample in IN_SCOPE
    return 404 if is_unseen and got != 405 else got
