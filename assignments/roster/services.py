"""Importing a roster, for the command and for the page: preview, choose, apply.

Preview and apply make the plan by the same function. What is applied is what was previewed: when
the data have changed meanwhile, the plan made again differs and nothing is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import clock
from accounts.models import User
from assignments.models import Assignment, Decision, Officer, RosterImport
from assignments.roster.apply import apply_plan
from assignments.roster.plan import Plan, State
from assignments.roster.planner import plan_roster
from assignments.roster.roster import Roster
from assignments.roster.sheet import parse
from assignments.roster.workbook import read_workbook
from communes.periods import constraint_sentences

ALREADY_APPLIED = "Lần nạp này đã được áp dụng, không áp dụng lần nữa."
CHANGED_SINCE_PREVIEW = (
    "Dữ liệu đã thay đổi từ khi xem trước nên chưa ghi gì. Xem trước lại rồi áp dụng."
)


def read_roster(content: bytes) -> Roster:
    """Read an uploaded workbook; raises ``WorkbookRefused`` with a sentence for the user."""
    return parse(read_workbook(content))


def start_date(roster: Roster, given: dt.date | None, today: dt.date) -> dt.date:
    """Give the start for rows without one: the day given, the decision's date, or today."""
    return given or roster.signed_on or today


def apply_roster(roster: Roster, *, name: str, default_date: dt.date, by: User | None) -> Plan:
    """Plan and apply ``roster`` at once (the command with ``--apply``); give the plan.

    Raises ``ValidationError`` and writes nothing when another writer was quicker.
    """
    with constraint_sentences(Assignment, Officer, Decision), transaction.atomic():
        wait_for_other_imports()
        plan = plan_roster(roster, default_date=default_date)
        if plan.has_effect:
            apply_plan(plan, name=name, by=by)
    return plan


def preview_import(
    *, file_name: str, content: bytes, default_date: dt.date | None, by: User
) -> RosterImport:
    """Read a workbook and keep what was read, with the plan's digest and counts.

    Nothing else is written. Raises ``WorkbookRefused`` when the file cannot be read at all.
    """
    roster = read_roster(content)
    roster_import = RosterImport(
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:],
        checksum=hashlib.sha256(content).hexdigest(),
        default_date=start_date(roster, default_date, clock.today()),
        sheet=roster.to_json(),
        created_by=by,
    )
    note_plan(roster_import, plan_import(roster_import))
    roster_import.save()
    return roster_import


def plan_import(roster_import: RosterImport) -> Plan:
    """Make the plan of a kept import from the data as they are now."""
    return plan_roster(
        Roster.from_json(roster_import.sheet),
        default_date=roster_import.default_date,
        choices=roster_import.choices,
    )


def note_plan(roster_import: RosterImport, plan: Plan) -> None:
    """Keep a plan's digest and counts on the import."""
    roster_import.plan_digest = plan.digest()
    for state in State:
        setattr(roster_import, state.value, plan.counts[state])


def choose(*, roster_import: RosterImport, choices: Mapping[str, str]) -> Plan:
    """Keep the user's answers for items that could not be told; give the new plan to preview.

    Raises ``ValidationError`` when the import has been applied.
    """
    with transaction.atomic():
        current = locked(roster_import)
        current.choices = current.choices | {key: str(value) for key, value in choices.items()}
        plan = plan_import(current)
        note_plan(current, plan)
        current.save()
    return plan


def apply_import(*, roster_import: RosterImport, by: User) -> Plan:
    """Write exactly what was previewed; give the plan that was applied.

    Raises ``ValidationError``, with nothing written, when the import was applied before, or the
    data have changed since the preview.
    """
    with constraint_sentences(Assignment, Officer, Decision), transaction.atomic():
        wait_for_other_imports()
        current = locked(roster_import)
        plan = plan_import(current)
        if plan.digest() != current.plan_digest:
            raise ValidationError(CHANGED_SINCE_PREVIEW, code="changed_since_preview")
        apply_plan(plan, name=current.file_name, by=by)
        current.applied_at = clock.now()
        current.save(update_fields=["applied_at"])
    return plan


def locked(roster_import: RosterImport) -> RosterImport:
    """Give the import as stored, locked; ``ValidationError`` when it has been applied."""
    current = RosterImport.objects.select_for_update().get(pk=roster_import.pk)
    if current.applied_at:
        raise ValidationError(ALREADY_APPLIED, code="already_applied")
    return current


def wait_for_other_imports() -> None:
    """Let one import be applied at a time, so that two cannot both bring the same new person.

    All imports are locked in one order; SQLite locks its whole file anyway.
    """
    list(RosterImport.objects.select_for_update().order_by("pk").values_list("pk"))
