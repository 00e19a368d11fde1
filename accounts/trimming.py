"""Taking old rows of the log away under the retention rule; the rest of the chain stays provable.

Rows go in the order of the chain, up to the first that is young enough to stay, so that what is
left can be followed from a noted end.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from accounts import audit
from accounts.chain import Head, anchor, seal_committed
from accounts.enums import Verb
from accounts.models import AuditEvent, AuditTrim

BATCH = 1_000  # rows deleted in one transaction
CHUNK = 2_000  # rows in memory while they are written to a file
SHORTEST = 12  # months every row is kept


def months_before(day: dt.date, months: int) -> dt.date:
    """Give the first of the month ``months`` months before that of ``day``."""
    count = day.year * 12 + day.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, 1)


def end_of_old(before: dt.datetime) -> Head | None:
    """Give the last row of the chain before the first that is not older; none when none is."""
    sealed = AuditEvent.objects.filter(sequence__gt=anchor().sequence).order_by("sequence")
    stays = sealed.filter(at__gte=before).values_list("sequence", flat=True).first()
    old = sealed if stays is None else sealed.filter(sequence__lt=stays)
    last = old.values_list("sequence", "seal").last()
    return Head(*last) if last else None


def until(end: Head) -> models.QuerySet:
    """Give the rows up to ``end``, the way they are read and deleted in bulk."""
    return models.QuerySet(AuditEvent).filter(sequence__lte=end.sequence)


def write_rows(end: Head, file: IO[str]) -> int:
    """Write the rows up to ``end``, one JSON object a line; give how many."""
    count = 0
    for row in until(end).order_by("sequence").values().iterator(chunk_size=CHUNK):
        file.write(json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n")
        count += 1
    return count


@transaction.atomic
def note_trim(*, before: dt.datetime, end: Head, reason: str) -> AuditTrim:
    """Write down that the rows up to ``end`` go, in the log itself as well."""
    trim = AuditTrim.objects.create(
        before=before,
        last_sequence=end.sequence,
        last_seal=end.seal,
        rows=until(end).count(),
    )
    audit.record(Verb.TRIM, trim, by=None, after=audit.snapshot(trim), reason=reason)
    return trim


def delete_noted() -> int:
    """Delete what the last trim has noted, a few rows at a time; give how many."""
    seal_committed()
    noted, deleted = until(anchor()), 0
    while keys := list(noted.order_by("sequence").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            noted.filter(pk__in=keys)._raw_delete("default")
        deleted += len(keys)
    return deleted
