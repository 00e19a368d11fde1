"""Trying one route as everybody with every verb; what a row of the table expects of that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Protocol, TypeVar
from zlib import crc32

from django.db import transaction
from django.urls import reverse

from assignments.models import Assignment
from tests.access.people import ASKERS, ELSEWHERE, People
from tests.access.records import IN_SCOPE, SAMPLES
from tests.access.sending import REFUSED_VERBS, VERBS, ask, watched
from tests.client import ReadingClient

WROTE = "wrote to"
Cell = tuple[str, str]
Cells = dict[Cell, object]
# Of each asker and verb; ``python -m tests.access`` tries them all.
EVERY_CELL: list[Cell] = [(asker, verb) for asker in ASKERS for verb in VERBS]
OTHER_VERBS = [verb for verb in VERBS if verb not in ("get", "post")]
One = TypeVar("One")


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


def turning(name: str, known: Sequence[One], most: int) -> list[One]:
    """Give so many of a sequence: others for another name, the same at every run."""
    begin = crc32(name.encode())
    return [known[(begin + place) % len(known)] for place in range(min(most, len(known)))]


def some_cells(name: str, askers: Sequence[str] = tuple(ASKERS)) -> list[Cell]:
    """Give what every run tries of a route: GET and POST of all, each other verb of one asker."""
    both = [(asker, verb) for asker in askers for verb in ("get", "post")]
    turns = turning(name, askers, len(askers))
    return both + [(turns[place % len(turns)], verb) for place, verb in enumerate(OTHER_VERBS)]


def tried(people: People, url: str, cells: Iterable[Cell]) -> Cells:
    """Ask an address as each asker with each verb; give the answers, and what reading wrote."""
    return {(asker, verb): attempted(people.clients[asker], verb, url) for asker, verb in cells}


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
    return {(asker, verb): expected(row, asker, verb) for asker, verb in EVERY_CELL}


def expected(row: Row, asker: str, verb: str) -> object:
    """Give what a row says of one asker and verb."""
    if verb in REFUSED_VERBS:
        return 405
    answers = row.post if verb == "post" else row.get
    got = answers[ASKERS[asker]]
    is_unseen = asker in ELSEWHERE and row.sample in IN_SCOPE
    return 404 if is_unseen and got != 405 else got
