"""Forms of the officer and assistant, sent with keys of somebody else's records in every field.

Whatever comes back, no row that is written may belong to the other commune or officer, nor bear
the name of anybody but who asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from django.db import models

from accounts.models import User
from tests.access.forging import Tally
from tests.access.people import People
from tests.access.sending import ask
from tests.access.trying import undone
from tests.client import ReadingClient
from tests.fuzz import markup
from tests.fuzz.filling import Filling
from tests.fuzz.site import page_of, route_of
from tests.fuzz.watching import watched

# Columns that say whose a row is, or who wrote it.
AUTHORS = ("entered_by_id", "by_id", "withdrawn_by_id", "confirmed_by_id", "created_by_id")
# What no form of theirs has: columns somebody might hope are taken all the same.
STATES = {
    "is_accepted": "True",
    "state": "accepted",
    "status": "accepted",
    "role": "admin",
    "is_active": "on",
    "confirmed_at": "2026-01-01",
    "withdrawn_at": "2026-01-01",
}


def foreign_keys(people: People) -> dict[str, int]:
    """Give what stands for the other's records in a form."""
    return {"commune": people.other.commune_id, "officer": people.other.officer_id}


def uninvited(people: People) -> dict[str, list[str]]:
    """Give fields the forms do not have, naming somebody else."""
    theirs = {name: str(key) for name, key in foreign_keys(people).items()}
    names = ("entered_by", "by", "user", "created_by", "withdrawn_by", "confirmed_by")
    authors = dict.fromkeys(names, str(people.office.pk))
    ids = {"dang_bo": theirs["commune"], "can_bo": theirs["officer"]}
    return {name: [value] for name, value in (theirs | ids | authors | STATES).items()}


def bodies(form: markup.Form, people: People) -> Iterator[dict[str, list[str]]]:
    """Give the form soundly filled in: with more fields, then with foreign keys in each field."""
    sound = {
        name: [value.decode() for value in Filling(form, Random(0)).sound(found)]
        for name, found in form.fields.items()
        if name != "csrfmiddlewaretoken" and found.kind != "file"
    }
    yield uninvited(people) | sound
    for name, found in form.fields.items():
        known = [value for value in (*found.values, *found.choices) if value]
        if name in sound and all(value.isdigit() for value in known):
            for key in set(foreign_keys(people).values()):
                yield sound | {name: [str(key)]}


def send_foreign(tally: Tally, people: People, asker: str, address: str) -> None:
    """Send every form of a page with the keys of others."""
    client, user = people.clients[asker], people.users[asker]
    tree = page_of(client.get(address))
    forms = [] if tree is None else markup.forms(tree, address)
    for form in forms:
        tally.forms.add((route_of(form.action), tuple(sorted(form.fields))))
        for body in bodies(form, people):
            tally.tried[form.method] += 1
            tally.faults += wrongs(client, form, body, people, user)


def wrongs(
    client: ReadingClient, form: markup.Form, body: dict, people: People, user: User
) -> list[str]:
    """Send a form; give what was written that should not be."""
    with undone(client), watched() as written:
        answer = ask(client, form.method, form.action, body)
    told = f"{form.method} {form.action} {body}"
    broken = [f"{told}: {answer}"] if isinstance(answer, int) and answer >= 500 else []
    return broken + [
        f"{told}: {row!r} {why}" for row in written.rows for why in wrong(row, people, user)
    ]


def wrong(row: models.Model, people: People, user: User) -> Iterator[str]:
    """Say what is wrong with a row ``user`` wrote."""
    for name, key in foreign_keys(people).items():
        if getattr(row, f"{name}_id", None) == key:
            yield f"belongs to the {name} of somebody else"
    for name in AUTHORS:
        if getattr(row, name, None) == people.office.pk:
            yield f"has somebody else in {name}"
    if isinstance(row, User) and (row.pk != user.pk or row.role != user.role):
        yield "is another account or role"
