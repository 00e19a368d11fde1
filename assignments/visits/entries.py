"""What officers say of visits, ready for a page: with what the user may do with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Attendance, AttendanceQuerySet
from assignments.tables import State
from assignments.visits.columns import confirmation_state, lateness
from assignments.visits.facts import version
from assignments.visits.rights import answered_for_by, files_open_to, may_take_back


@dataclass(frozen=True)
class Entry:
    """An attendance, how it stands, and what the user may do with it."""

    record: Attendance
    state: State
    lateness: str
    may_correct: bool = False
    may_take_back: bool = False
    may_confirm: bool = False

    @property
    def version(self) -> str:
        """Give the version the page shows, for a form to send back."""
        return version(self.record)


def with_content(rows: AttendanceQuerySet, user: User) -> AttendanceQuerySet:
    """Fetch all that attendances say: people, notes, the files ``user`` may open as ``files``."""
    people = ("officer", "entered_by", "confirmed_by", "withdrawn_by")
    return rows.select_related(*people).prefetch_related(
        "organisation_notes",
        Prefetch("attachments", queryset=files_open_to(user), to_attr="files"),
    )


def entries(rows: Iterable[Attendance], user: User) -> list[Entry]:
    """Give ``rows`` with what ``user`` may do; what was taken back only to who answers for it."""
    rows = list(rows)
    own = set(
        answered_for_by(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    )
    records = allowed(user, Permission.RECORD_VISITS)
    confirms = allowed(user, Permission.CONFIRM_VISITS)
    return [
        Entry(
            row,
            confirmation_state(row),
            lateness(row),
            may_correct=records and row.pk in own and not row.is_withdrawn,
            may_take_back=row.pk in own and not row.is_withdrawn and may_take_back(user, row),
            may_confirm=confirms and row.pk in own and not (row.is_withdrawn or row.is_confirmed),
        )
        for row in rows
        if row.pk in own or not row.is_withdrawn
    ]
