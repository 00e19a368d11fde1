"""Forms of the officer and assistant, sent with keys of somebody else's records in every field.

Whatever comes back, no record of somebody else is another than before, no row that is written
names one (single rows and many at once), and no new row bears the name of anybody but who asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from django.apps import apps
from django.db import models

from accounts.models import User
from tests.access.belonging import key_of, records_of_others
from tests.access.forging import Tally
from tests.access.people import People
from tests.access.sending import BOOKKEEPING, ask
from tests.access.trying import turning, undone
from tests.client import ReadingClient
from tests.fuzz import markup
from tests.fuzz.filling import Filling
from tests.fuzz.site import page_of, route_of
from tests.fuzz.watching import watched

Body = dict[str, list[str]]
Bound = dict[str, object]
# Columns that say who wrote a row.
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


def uninvited(people: People) -> dict[str, list[str]]:
    """Give fields the forms do not have, naming somebody else."""
    other = people.other
    theirs = {"commune": str(other.commune_id), "officer": str(other.officer_id)}
    names = ("entered_by", "by", "user", "created_by", "withdrawn_by", "confirmed_by")
    authors = dict.fromkeys(names, str(people.office.pk))
    ids = {"dang_bo": theirs["commune"], "can_bo": theirs["officer"]}
    return {name: [value] for name, value in (theirs | ids | authors | STATES).items()}


def bodies(form: markup.Form, people: People, keys: list[str]) -> Iterator[Body]:
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
            yield from (sound | {name: [key]} for key in keys)


def send_foreign(
    tally: Tally, people: People, asker: str, address: str, most: int | None = None
) -> None:
    """Send every form of a page with the keys of others; of each form so many of its bodies."""
    client, user = people.clients[asker], people.users[asker]
    records = records_of_others(people)
    keys = sorted({key_of(record) for record in records})
    tree = page_of(client.get(address))
    forms = [] if tree is None else markup.forms(tree, address)
    for form in forms:
        tally.forms.add((route_of(form.action), tuple(sorted(form.fields))))
        every = list(bodies(form, people, keys))
        for body in turning(form.action, every, len(every) if most is None else most):
            tally.tried[form.method] += 1
            tally.faults += wrongs(client, form, body, records, user)


def wrongs(
    client: ReadingClient, form: markup.Form, body: Body, records: list[models.Model], user: User
) -> list[str]:
    """Send a form; give what was written that should not be."""
    with undone(client), watched() as written:
        answer = ask(client, form.method, form.action, body)
        tables = set(written.tables) - set(BOOKKEEPING)
        after = bound_to(records, tables)
    found = [str(answer)] if isinstance(answer, int) and answer >= 500 else []
    if after:
        before = bound_to(records, tables)  # all is taken back by now
        found += [f"{what}: {before[what]}, then {after[what]}" for what in changed(before, after)]
    found += [f"{row!r} {why}" for row in written.rows for why in wrong(row, user)]
    found += [f"{row!r} is in the name of another" for row in written.made if by_another(row, user)]
    return [f"{form.method} {form.action} {body}: {what}" for what in found]


def changed(before: Bound, after: Bound) -> list[str]:
    return [told for told in after if before[told] != after[told]]


def bound_to(records: list[models.Model], tables: set[str]) -> Bound:
    """Give what these tables hold of records of others: each itself, and how many rows name it."""
    bound: Bound = {}
    for model in (one for one in apps.get_models() if one._meta.db_table in tables):
        for record in records:
            if isinstance(record, model):
                rows = model._base_manager.filter(pk=record.pk).values()
                bound[f"{model.__name__} {record.pk}"] = list(rows)
            for field in model._meta.concrete_fields:
                if field.is_relation and isinstance(record, field.related_model):
                    rows = model._base_manager.filter(**{field.name: record})
                    told = f"{model.__name__} of {type(record).__name__} {record.pk}"
                    bound[f"{told} as {field.name}"] = rows.count()
    return bound


def wrong(row: models.Model, user: User) -> Iterator[str]:
    """Say what is wrong with a row ``user`` wrote."""
    if isinstance(row, User) and (row.pk != user.pk or row.role != user.role):
        yield "is another account or role"


def by_another(row: models.Model, user: User) -> bool:
    """Say whether a new row bears the name of somebody else than who asked."""
    return any(getattr(row, name, None) not in (None, user.pk) for name in AUTHORS)
