"""What applying a roster would do, row by row, without doing it.

Rules (DESIGN §5.4):

* What counts is the assignment, officer × commune. A cell with three communes makes three; when
  one of them is refused the others go on.
* The start is the row's own date, else the day given with the import.
* A pair already in force on its start is not entered again. A re-import fills in what was missing
  (decision, year of birth) and brings the officer's office, group, telephone and the note up to
  date. It never rewrites how an assignment began: another start date counts only when the row
  gives it itself and the decision is the same (a slip corrected); another role likewise.
* Where two rows claim one thing the first keeps it and the later is refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from assignments.enums import AssignmentRole
from assignments.models import Assignment, Decision, Officer
from communes.models import Commune


class State(StrEnum):
    """What becomes of one officer × commune of the roster."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


STATE_LABELS = {
    State.NEW: "Thêm mới",
    State.CHANGED: "Thay đổi",
    State.UNCHANGED: "Giữ nguyên",
    State.REFUSED: "Từ chối",
}


@dataclass(frozen=True)
class Change:
    """One value that changes: what it is called, what it was, what it becomes."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Choice:
    """What the user may decide for a refused item: ``key`` and (value, label) pairs."""

    key: str
    options: tuple[tuple[str, str], ...]


@dataclass
class Item:
    """One officer × commune of the roster, or a whole row that cannot be read."""

    row: int
    index: int
    state: State = State.REFUSED
    officer_label: str = ""
    commune_label: str = ""
    started_on: dt.date | None = None
    role: AssignmentRole | None = None
    decision_label: str = ""
    changes: list[Change] = field(default_factory=list)
    reason: str = ""
    warnings: list[str] = field(default_factory=list)
    choice: Choice | None = None
    # The district a heading above gives the row.
    district_heading: str = ""
    # What is written: the assignment as it will be (saved or not) and its officer.
    assignment: Assignment | None = None
    is_officer_new: bool = False
    commune: Commune | None = None

    def refuse(self, reason: str) -> Item:
        """Refuse the item, with a sentence made of ``reason``."""
        self.state, self.assignment, self.changes = State.REFUSED, None, []
        self.reason = f"{reason[:1].upper()}{reason[1:]}".rstrip(".?") + (
            "?" if reason.endswith("?") else "."
        )
        return self

    def digest_parts(self) -> list:
        """Give all that the item stands on, for the digest of the plan."""
        officer = self.assignment.officer if self.assignment else None
        return [
            self.row,
            self.index,
            self.state,
            self.officer_label,
            officer.pk if officer else None,
            self.commune.pk if self.commune else None,
            self.commune_label,
            str(self.started_on),
            self.role,
            self.decision_label,
            [[change.label, change.old, change.new] for change in self.changes],
            self.reason,
            self.assignment.pk if self.assignment else None,
        ]


@dataclass
class Plan:
    """All items in sheet order, and the records that would be written."""

    items: list[Item]
    warnings: list[str]
    changed_officers: dict[Officer, dict[str, object]] = field(default_factory=dict)
    changed_assignments: dict[Assignment, dict[str, object]] = field(default_factory=dict)
    dated_decisions: dict[Decision, dt.date] = field(default_factory=dict)

    def of_state(self, state: State) -> list[Item]:
        return [item for item in self.items if item.state is state]

    @property
    def counts(self) -> dict[str, int]:
        return {state.value: len(self.of_state(state)) for state in State}

    @property
    def refused(self) -> list[dict[str, object]]:
        """Give what ``--json`` prints of the refused items."""
        return [{"row": item.row, "reason": item.reason} for item in self.of_state(State.REFUSED)]

    @property
    def accepted(self) -> list[Item]:
        return [item for item in self.items if item.state is not State.REFUSED]

    @property
    def has_effect(self) -> bool:
        return any(item.state in (State.NEW, State.CHANGED) for item in self.items)

    def digest(self) -> str:
        """Give a checksum of everything the plan says and stands on."""
        parts = [item.digest_parts() for item in self.items]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
