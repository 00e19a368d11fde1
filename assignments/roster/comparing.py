"""Comparing one row's officer × commune with what is recorded, and with the rows before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import models

from assignments.enums import AssignmentRole
from assignments.models import Assignment, Officer
from assignments.roster.decisions import DecisionBook
from assignments.roster.plan import Change, Item, State
from assignments.roster.reading import Reading
from assignments.roster.records import Records
from communes.finding import commune_label
from communes.models import Commune

EXCLUSIVE_ROLES = {
    AssignmentRole.MAIN: "phụ trách chính",
    AssignmentRole.COVER: "phụ trách tạm thời",
}


class Comparer:
    """Decides what becomes of each pair, in sheet order: earlier rows have the first claim."""

    def __init__(
        self,
        records: Records,
        decisions: DecisionBook,
        officer_changes: Mapping[int, list[Change]],
    ):
        """``officer_changes`` gives, by officer key, what the list says differently of them."""
        self.records, self.decisions = records, decisions
        self.officer_changes = officer_changes
        self.pairs: dict[tuple[int, int], int] = {}
        self.roles: dict[tuple[int, str], Item] = {}
        self.changed_assignments: dict[Assignment, dict[str, object]] = {}

    def compare(self, item: Item, reading: Reading, officer: Officer, commune: Commune) -> Item:
        """Say whether the pair is new, known, changed, or in the way of another."""
        # A new officer has no key yet, but is one object for all rows.
        pair = (officer.pk or -id(officer), commune.pk)
        if pair in self.pairs:
            return item.refuse(f"trùng với dòng {self.pairs[pair]}")
        present = self.records.present_assignment(officer, commune, reading.started_on)
        if present:
            self.compare_assignment(item, reading, present)
        else:
            self.open_assignment(item, reading, officer, commune)
        if item.state is not State.REFUSED:
            self.pairs[pair] = item.row
        return item

    # --- a new assignment ---------------------------------------------------------------------

    def open_assignment(
        self, item: Item, reading: Reading, officer: Officer, commune: Commune
    ) -> None:
        """Plan a new assignment, unless somebody or something stands in its way."""
        assignment = Assignment(
            officer=officer,
            commune=commune,
            role=reading.role,
            started_on=reading.started_on,
            opening_decision=self.decisions.decision_of(reading),
            note=reading.note,
        )
        obstacles = [*assignment.eligibility_errors().values(), self.conflict(assignment)]
        obstacle = next(filter(None, obstacles), "")
        if obstacle:
            item.refuse(obstacle)
            return
        self.roles[commune.pk, assignment.role] = item
        item.state, item.assignment = State.NEW, assignment
        item.is_officer_new = officer.pk is None
        item.decision_label = str(assignment.opening_decision or "")
        item.changes = list(self.officer_changes.get(officer.pk, ()))

    def conflict(self, wanted: Assignment) -> str:
        """Say who already has the role ``wanted`` would take, in the data or in an earlier row."""
        if wanted.role not in EXCLUSIVE_ROLES:
            return ""
        role, place = EXCLUSIVE_ROLES[wanted.role], commune_label(wanted.commune)
        for other in self.records.of_commune[wanted.commune.pk]:
            if other.pk != wanted.pk and other.role == wanted.role and overlap(other, wanted):
                return f"{place} đã có đồng chí {other.officer} {role} {period(other)}"
        earlier = self.roles.get((wanted.commune.pk, wanted.role))
        if earlier:
            return (
                f"{place} đã được dòng {earlier.row} giao cho đồng chí {earlier.officer_label} "
                f"{role}"
            )
        return ""

    # --- an assignment already recorded -------------------------------------------------------

    def compare_assignment(self, item: Item, reading: Reading, present: Assignment) -> None:
        """Compare a row with the pair's assignment already recorded."""
        values = self.filled_in(reading, present)
        obstacle = self.correct_start(item, reading, present, values) or self.correct_role(
            reading, present, values
        )
        changed = with_values(present, values)
        if not obstacle and values.keys() & {"role", "started_on"}:
            obstacle = self.conflict(changed)
        if obstacle:
            item.refuse(obstacle)
            return
        if "role" in values:
            self.roles[changed.commune.pk, changed.role] = item
        item.assignment, item.started_on, item.role = present, changed.started_on, changed.role
        item.decision_label = str(changed.opening_decision or "")
        item.changes = [
            *self.officer_changes.get(present.officer.pk, ()),
            *changes_of(present, values),
            *self.decision_change(present),
        ]
        item.state = State.CHANGED if item.changes else State.UNCHANGED
        if values:
            self.changed_assignments[present] = values

    def filled_in(self, reading: Reading, present: Assignment) -> dict[str, object]:
        """Give what the row adds: the decision if none is recorded, the present note."""
        values: dict[str, object] = {}
        decision = self.decisions.decision_of(reading)
        if decision is not None and present.opening_decision is None:
            values["opening_decision"] = decision
        if reading.note and reading.note != present.note:
            values["note"] = reading.note
        return values

    def correct_start(
        self, item: Item, reading: Reading, present: Assignment, values: dict[str, object]
    ) -> str:
        """Correct the start only where the row gives its own, under the same decision.

        Otherwise it stays, with a warning; a row that says the pair began before its recorded
        start, under another decision, gives the reason to refuse it.
        """
        if reading.started_on == present.started_on:
            return ""
        decision = self.decisions.decision_of(reading)
        if reading.date_is_given and decision and present.opening_decision in (None, decision):
            values["started_on"] = reading.started_on
        elif reading.date_is_given and reading.started_on < present.started_on:
            return (
                f"đồng chí {present.officer} được phân công {commune_label(present.commune)} "
                f"{period(present)}, không phải từ ngày {reading.started_on:%d/%m/%Y}"
            )
        else:
            item.warnings.append(f"đã phân công {period(present)}, giữ nguyên ngày")
        return ""

    def correct_role(self, reading: Reading, present: Assignment, values: dict[str, object]) -> str:
        """Correct a role the row gives itself, from the same start; else give the obstacle."""
        if not reading.role_is_given or reading.role == present.role:
            return ""
        if values.get("started_on", present.started_on) != reading.started_on:
            return (
                f"đang ghi vai trò “{present.get_role_display()}” {period(present)}; "
                "muốn đổi vai trò phải thôi phân công rồi giao lại"
            )
        values["role"] = reading.role
        return ""

    def decision_change(self, present: Assignment) -> list[Change]:
        """Say that the assignment's decision, recorded without a date, receives one."""
        decision = present.opening_decision
        day = self.decisions.dated.get(decision) if decision else None
        return [Change("ngày ký quyết định", "", f"{day:%d/%m/%Y}")] if day else []


def with_values(present: Assignment, values: Mapping[str, object]) -> Assignment:
    """Give a copy of ``present`` with the changed values, not to be saved."""
    fields = ("officer", "commune", "role", "started_on", "ended_on", "opening_decision")
    return Assignment(pk=present.pk, **{name: getattr(present, name) for name in fields} | values)


def changes_of(record: models.Model, values: Mapping[str, object]) -> list[Change]:
    """Give the changes of a record's fields as people read them."""
    return [
        Change(
            str(record._meta.get_field(name).verbose_name),
            display(record, name, getattr(record, name)),
            display(record, name, value),
        )
        for name, value in values.items()
    ]


def display(record: models.Model, name: str, value: object) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, models.Model):
        return str(value)
    choices = dict(record._meta.get_field(name).flatchoices)
    return str(choices.get(value, "" if value is None else value))


def overlap(one: Assignment, other: Assignment) -> bool:
    """Say whether two periods share a day."""
    return (other.ended_on is None or one.started_on < other.ended_on) and (
        one.ended_on is None or other.started_on < one.ended_on
    )


def period(assignment: Assignment) -> str:
    """Give "từ ngày 01/11/2021", with the last day when it has ended."""
    since = f"từ ngày {assignment.started_on:%d/%m/%Y}"
    last = assignment.last_day
    return f"{since} đến hết ngày {last:%d/%m/%Y}" if last else since
