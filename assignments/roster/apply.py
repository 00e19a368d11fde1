"""Writing a plan: exactly its new and changed items, and the audit rows that go with them.

Everything is created and changed in bulk: the number of statements grows with the batches a
database takes, not with the rows. The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from assignments.models import Assignment, Decision, Officer
from assignments.roster.plan import Plan, State

BATCH = 500


def apply_plan(plan: Plan, *, name: str, by: User | None) -> None:
    """Write ``plan`` inside the caller's transaction; ``name`` is the file's, for the log.

    Raises ``ValidationError`` when a value does not fit its field, ``IntegrityError`` when
    another writer was quicker.
    """
    new = [item.assignment for item in plan.of_state(State.NEW)]
    officers = distinct(assignment.officer for assignment in new)
    decisions = distinct(
        values.get("opening_decision") for values in plan.changed_assignments.values()
    ) + distinct(assignment.opening_decision for assignment in new)
    events = [
        *create(Decision, distinct(decisions), by),
        *create(Officer, officers, by),
        *change(Decision, {d: {"signed_on": day} for d, day in plan.dated_decisions.items()}, by),
        *change(Officer, plan.changed_officers, by),
        *change(Assignment, plan.changed_assignments, by),
        *open_assignments(new, by),
        audit.event(Verb.IMPORT, f"danh sách phân công “{name}”", by=by, after=summary(plan)),
    ]
    audit.record_all(events)


def distinct(records: Iterable[models.Model | None]) -> list[models.Model]:
    """Give the unsaved records, each once (unsaved ones are equal only to themselves)."""
    unsaved = {id(record): record for record in records if record is not None and not record.pk}
    return list(unsaved.values())


def create(
    model: type[models.Model], records: list[models.Model], by: User | None
) -> list[AuditEvent]:
    """Add records, checked field by field; give their audit rows."""
    for record in records:
        record.clean_fields()
    model._default_manager.bulk_create(records, batch_size=BATCH)
    return [
        audit.event(Verb.CREATE, record, by=by, after=audit.snapshot(record)) for record in records
    ]


def change(
    model: type[models.Model], values: Mapping[models.Model, Mapping[str, object]], by: User | None
) -> list[AuditEvent]:
    """Change records already stored; give their audit rows with old and new values."""
    events, written = [], set()
    for record, own in values.items():
        before = audit.snapshot(record)
        written |= set_values(record, own)
        old, new = audit.difference(before, audit.snapshot(record))
        events.append(audit.event(Verb.CHANGE, record, by=by, before=old, after=new))
    if written:
        model._default_manager.bulk_update(values, sorted(written), batch_size=BATCH)
    return events


def set_values(record: models.Model, values: Mapping[str, object]) -> set[str]:
    """Set checked values; give the names of the columns that differ, the computed ones too.

    Relations are not looked up again: they were read from the database for this plan.
    """
    fields = [field for field in record._meta.concrete_fields if not field.primary_key]
    before = [getattr(record, field.attname) for field in fields]
    for name, value in values.items():
        setattr(record, name, value)
    record.clean_fields(exclude=[field.name for field in fields if field.is_relation])
    after = [field.pre_save(record, add=False) for field in fields]
    return {field.name for field, old, new in zip(fields, before, after, strict=True) if old != new}


def open_assignments(new: list[Assignment], by: User | None) -> list[AuditEvent]:
    """Add assignments whose officers and decisions have been saved; give their audit rows."""
    for assignment in new:
        # Foreign keys were set while officer and decision had no key yet.
        assignment.officer = assignment.officer
        assignment.opening_decision = assignment.opening_decision
    Assignment.objects.bulk_create(new, batch_size=BATCH)
    return [
        audit.event(Verb.ASSIGN, assignment, by=by, after=audit.snapshot(assignment))
        for assignment in new
    ]


def summary(plan: Plan) -> dict[str, int]:
    counts = plan.counts
    return {
        "thêm mới": counts[State.NEW],
        "thay đổi": counts[State.CHANGED],
        "giữ nguyên": counts[State.UNCHANGED],
        "từ chối": counts[State.REFUSED],
    }
