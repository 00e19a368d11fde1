"""What a rearrangement wrote, row by row, from which everything can be put back exactly."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from django.apps import apps
from django.db import models

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User

CREATED, CHANGED, DELETED = "created", "changed", "deleted"
BATCH = 500
# An area is only a way to look at communes; an outline is as large as all the rest.
UNSEALED = ("area", "boundary")


class Entry(TypedDict):
    """One row written: how its fields were before, and a checksum of how it was left."""

    table: str
    pk: int
    act: str
    before: dict[str, object]
    told: str
    seal: str


@dataclass
class Journal:
    """Writes rows and notes them, with their rows for the log; the caller holds the transaction."""

    reason: str
    by: User | None
    entries: list[Entry] = field(default_factory=list)
    events: list[AuditEvent] = field(default_factory=list)

    def create(self, rows: Sequence[models.Model]) -> None:
        """Add rows of one model."""
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)
        for row in rows:
            self.note(row, CREATED, {}, after=audit.snapshot(row))

    def change(self, changes: Iterable[tuple[models.Model, Mapping[str, object]]]) -> None:
        """Change rows: each comes with the values of the fields to change."""
        alike: dict[tuple, list[int]] = defaultdict(list)
        written: dict[tuple, tuple[type[models.Model], dict]] = {}
        for row, values in changes:
            stored = self.set(row, values)
            key = (type(row), repr(sorted(stored.items())))
            alike[key].append(row.pk)
            written[key] = type(row), stored
        for key, (model, stored) in written.items():
            for some in chunks(alike[key]):
                model._base_manager.filter(pk__in=some).update(**stored)

    def set(self, row: models.Model, values: Mapping[str, object]) -> dict[str, object]:
        """Note and set one row's values; give what is to be stored, computed columns too."""
        names = [*values, *computed_from(type(row), values)]
        before, told = values_of(row, names), readable(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        old, new = audit.difference(told, readable(row, values))
        self.note(row, CHANGED, before, before=old, after=new)
        columns = [row._meta.get_field(name) for name in names]
        return {column.attname: column.pre_save(row, add=False) for column in columns}

    def delete(self, row: models.Model) -> None:
        """Delete a row nothing refers to; raises ``ProtectedError`` when something does."""
        self.note(row, DELETED, values_of(row), before=audit.snapshot(row))
        type(row)._base_manager.filter(pk=row.pk).delete()

    def note(self, row: models.Model, act: str, kept: dict[str, object], **told: object) -> None:
        """Keep what was done with a row, for undoing and for the log."""
        event = audit.event(Verb.REORGANISE, row, by=self.by, reason=self.reason, **told)
        self.events.append(event)
        self.entries.append(
            Entry(
                table=row._meta.label_lower,
                pk=row.pk,
                act=act,
                before=kept,
                told=event.target,
                seal="",
            )
        )

    def sealed(self) -> list[Entry]:
        """Write the log; give the entries, each with the checksum of its row as it is now."""
        audit.record_all(self.events)
        now = states(self.entries)
        return [one | {"seal": now.get((one["table"], one["pk"]), "")} for one in self.entries]


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    """Give keys in lots a database takes in one statement."""
    keys = list(keys)
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def readable(row: models.Model, names: Iterable[str]) -> dict[str, object]:
    """Give the fields named as the log has them."""
    columns = [row._meta.get_field(name) for name in names]
    told = {str(column.verbose_name): audit.readable(row, column) for column in columns}
    return {label: value for label, value in told.items() if value not in (None, "")}


def computed_from(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """Give the keys for sorting and searching that follow from what a row is called."""
    if "name" not in names:
        return []
    return [name for name in ("sort_key", "search_key") if hasattr(model, name)]


def values_of(row: models.Model, names: Iterable[str] = ()) -> dict[str, object]:
    """Give the columns named (without names, all) as JSON holds them."""
    columns = [row._meta.get_field(name) for name in names] or row._meta.concrete_fields
    return {column.attname: as_json(row, column) for column in columns}


def as_json(row: models.Model, column: models.Field) -> object:
    value = column.value_from_object(row)
    if value is None or isinstance(value, bool | int | str | list | dict):
        return value
    return column.value_to_string(row)


def from_json(model: type[models.Model], values: Mapping[str, object]) -> dict[str, object]:
    """Give columns kept by :func:`values_of` as Python has them."""
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in values.items()}


def by_table(entries: Iterable[Entry]) -> dict[type[models.Model], list[Entry]]:
    """Give the entries of each model."""
    grouped: dict[type[models.Model], list[Entry]] = defaultdict(list)
    for entry in entries:
        grouped[apps.get_model(entry["table"])].append(entry)
    return grouped


def states(entries: Iterable[Entry]) -> dict[tuple[str, int], str]:
    """Give the checksum of each entry's row as it is stored now; none where the row is gone."""
    found = {}
    for model, noted in by_table(entries).items():
        columns = [c.attname for c in model._meta.concrete_fields if c.name not in UNSEALED]
        for some in chunks({entry["pk"] for entry in noted}):
            rows = model._base_manager.filter(pk__in=some).values_list("pk", *columns)
            for key, *values in rows:
                found[model._meta.label_lower, key] = checksum(values)
    return found


def checksum(values: Iterable[object]) -> str:
    plain = [bytes(one) if isinstance(one, memoryview) else one for one in values]
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:16]


def changed_since(entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries whose rows are not as the rearrangement left them."""
    now = states(entries)
    return [
        entry for entry in entries if now.get((entry["table"], entry["pk"]), "") != entry["seal"]
    ]


def put_back(entries: Sequence[Entry]) -> None:
    """Write every row as it was before, exactly; the caller holds the transaction.

    A row changed twice was noted twice: the first note is how it was.
    """
    for model, noted in by_table(entries).items():
        kept = [entry["before"] for entry in noted if entry["act"] == DELETED]
        model._base_manager.bulk_create([model(**from_json(model, values)) for values in kept])
    for model, noted in by_table(entries).items():
        alike: dict[str, list[Entry]] = defaultdict(list)
        for entry in first_notes(noted):
            alike[repr(entry["before"])].append(entry)
        for same in alike.values():
            for some in chunks(entry["pk"] for entry in same):
                rows = model._base_manager.filter(pk__in=some)
                rows.update(**from_json(model, same[0]["before"]))
    for model, noted in reversed(by_table(entries).items()):
        for some in chunks(entry["pk"] for entry in noted if entry["act"] == CREATED):
            model._base_manager.filter(pk__in=some).delete()


def first_notes(noted: Iterable[Entry]) -> Iterator[Entry]:
    """Give one entry a row changed: with each of its fields as it first was."""
    first: dict[int, Entry] = {}
    for entry in noted:
        if entry["act"] != CHANGED:
            continue
        earlier = first.get(entry["pk"])
        before = entry["before"] | (earlier["before"] if earlier else {})
        first[entry["pk"]] = entry | {"before": before}
    yield from first.values()
