"""The fields of petitions and the bodies that can resolve them: what comes along, and the office's.

The lists in ``reports/data`` are where an office begins; from then on they are the office's own,
and loading again adds only what was never there.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from communes.gazetteer import LoadCount
from communes.names import match_key
from communes.periods import constraint_sentences
from reports.models import CompetentBody, PetitionField

DATA = Path(__file__).resolve().parent.parent / "data"
ENDED_BODY = "Cơ quan này đã thôi hoạt động, không chọn làm nơi thường chuyển đến được."

Entry = TypeVar("Entry", CompetentBody, PetitionField)


# --- what comes along ----------------------------------------------------------------------------


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def loaded_before(model: type[Entry]) -> Iterator[tuple[str, int]]:
    """Give the name under which each row was loaded, as a key, with the row's own key.

    What the office renamed since is not missing.
    """
    prefix = f"{model._meta.label_lower}:"
    rows = AuditEvent.objects.filter(
        verb=Verb.CREATE, actor=audit.SYSTEM, target_key__startswith=prefix
    )
    label = str(model._meta.get_field("name").verbose_name)
    for key, after in rows.values_list("target_key", "after"):
        yield match_key(after.get(label, "")), int(key.removeprefix(prefix))


def there_already(model: type[Entry]) -> dict[str, int]:
    """Give the keys of rows by the names they have, or were loaded under."""
    named = {match_key(name): pk for pk, name in model.objects.values_list("pk", "name")}
    return dict(loaded_before(model)) | named


def load(rows: list[Entry], at: dt.datetime) -> tuple[LoadCount, dict[str, int]]:
    """Add those of ``rows`` that were never there; give how many, and the keys of all by name."""
    count, there = LoadCount(), there_already(type(rows[0]))
    for row in rows:
        name = match_key(row.name)
        if name in there:
            count.unchanged += 1
            continue
        row.full_clean()
        row.save()
        audit.record(Verb.CREATE, row, by=None, after=audit.snapshot(row), at=at)
        there[name] = row.pk
        count.added += 1
    return count, there


@transaction.atomic
def load_catalogue(*, at: dt.datetime | None = None) -> tuple[LoadCount, LoadCount]:
    """Load the bodies and the fields that come with the application; again: changes nothing.

    Nothing the office changed is changed back, nothing it renamed is added again. The log says
    ``at``, or now. Gives the counts for (bodies, fields).
    """
    at = at or clock.now()
    bodies, keys = load([CompetentBody(**row) for row in read_rows("competent_bodies.csv")], at)
    fields, _ = load(
        [
            PetitionField(
                name=row["name"],
                order=int(row["order"]),
                body_id=keys[match_key(row["body"])] if row["body"] else None,
                limit_days=int(row["limit_days"]),
                words=row["words"],
            )
            for row in read_rows("petition_fields.csv")
        ],
        at,
    )
    return bodies, fields


# --- the office's --------------------------------------------------------------------------------


def keep_entry(*, entry: Entry, by: User) -> Entry:
    """Write a field or a body as it now is, new or changed, with its row of the log.

    Raises ``ValidationError`` with a sentence, for each column where it is one's. A field that is
    no longer offered and a body that has ended keep what was raised and routed before.
    """
    model = type(entry)
    with constraint_sentences(model), transaction.atomic():
        before = stored(entry)
        entry.full_clean()
        if before is None:
            entry.save()
            audit.record(Verb.CREATE, entry, by=by, after=audit.snapshot(entry))
            return entry
        old, new = audit.difference(audit.snapshot(before), audit.snapshot(entry))
        if old or new:
            entry.save()
            audit.record(Verb.CHANGE, entry, by=by, before=old, after=new)
    return entry


def stored(entry: Entry) -> Entry | None:
    """Give the row as it is stored, held until the transaction ends; ``None`` for a new one."""
    rows = type(entry).objects.select_for_update(no_key=True)
    return rows.filter(pk=entry.pk).first() if entry.pk else None


def refuse_ended(body: CompetentBody | None) -> None:
    """Refuse, as where a field's petitions usually go, a body known to have ended."""
    if body is not None and body.ended_on is not None:
        raise ValidationError({"body": ENDED_BODY})
