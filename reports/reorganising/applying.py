"""Applying a reorganisation: the units, and everything that hangs on the old ones, at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, Q

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision
from assignments.services import decision_for, hold
from communes.models import Commune, Contact, PartyCell, Reorganisation
from communes.periods import constraint_sentences
from communes.reorganisation.units import establish
from reports.enums import SETTLED_HANDOVERS
from reports.models import Handover
from reports.reorganising.drafts import Draft, UnitDraft, locked
from reports.reorganising.journal import CREATED, Journal, chunks
from reports.reorganising.records import LATE, Late
from reports.reorganising.seats import Fate, Seat, known_end
from reports.reorganising.world import World, heir_of

# What records are named by in the log.
NAMED = {"commune", "officer", "cell", "directive", "period"}
HELD_BY_OTHERS = (
    "Phân công của đồng chí {} từ {:%d/%m/%Y} ở {} chưa bắt đầu nhưng đã có hồ sơ gắn với nó; "
    "giải quyết hồ sơ đó trước."
)


def apply_reorganisation(
    *,
    reorganisation: Reorganisation,
    by: User,
    decision_number: str = "",
    decision_date: dt.date | None = None,
) -> Reorganisation:
    """Write exactly what was previewed, all or none; the decision, if any, opens the assignments.

    Raises ``ValidationError`` when it was applied before, the data have changed since the preview,
    or something of it was not chosen.
    """
    written = [Commune, Assignment, PartyCell, Contact, Decision, *(one.model for one in LATE)]
    with constraint_sentences(*written), transaction.atomic():
        one_at_a_time()
        current = locked(reorganisation)
        hold(Draft.of(current).mapping.old_units)
        draft = Draft.of(current)  # anew: whoever held the units before us may have written
        draft.refuse()
        decision = (
            decision_for(number=decision_number, signed_on=decision_date, by=by)
            if decision_number
            else None
        )
        current.applied_at = clock.now()
        Application(draft, current, by, decision).write()
    return current


def one_at_a_time() -> None:
    """Let one reorganisation be applied or undone at a time (SQLite locks its whole file)."""
    held = Reorganisation.objects.select_for_update(of=("self",)).order_by("pk")
    list(held.values_list("pk"))


@dataclass
class Application:
    """One application under way, inside the caller's transaction."""

    draft: Draft
    reorganisation: Reorganisation
    by: User
    decision: Decision | None
    heirs: dict[int, Commune] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.journal = Journal(self.reason, self.by)

    @property
    def world(self) -> World:
        return self.draft.world

    @property
    def day(self) -> dt.date:
        return self.draft.mapping.effective_on

    @property
    def reason(self) -> str:
        return f"Sắp xếp đơn vị hành chính theo Nghị quyết {self.reorganisation.resolution}"

    def write(self) -> None:
        """Establish the units, then give each thing that hangs on the old ones its fate."""
        made = establish(self.draft.mapping, self.reorganisation)
        self.heirs = heir_of(self.draft.mapping, made)
        self.note_units(made)
        AssignmentFates(self, made).write()
        cells = self.continue_cells(made)
        self.end_contacts()
        self.move_late(cells)
        self.reorganisation.journal = self.journal.sealed()
        self.reorganisation.save(update_fields=["applied_at", "journal"])
        self.record(made)

    def note_units(self, made: Mapping[str, Commune]) -> None:
        """Note what :func:`establish` wrote: what was established is taken back by it as well."""
        for unit in made.values():
            self.journal.note(unit, CREATED, {}, after=audit.snapshot(unit))
        for unit in self.draft.mapping.old_units:
            told = {"không còn từ ngày": f"{self.day:%d/%m/%Y}"}
            event = audit.event(Verb.REORGANISE, unit, by=self.by, after=told, reason=self.reason)
            self.journal.events.append(event)

    def record(self, made: Mapping[str, Commune]) -> None:
        audit.record(
            Verb.REORGANISE,
            self.reorganisation,
            by=self.by,
            after={
                "đơn vị cũ": len(self.heirs),
                "đơn vị mới": len(made),
                "thay đổi đã ghi": len(self.journal.entries),
            },
            reason=self.reason,
        )

    # --- Party cells, contacts ---------------------------------------------------------------

    def continue_cells(self, made: Mapping[str, Commune]) -> dict[int, PartyCell]:
        """End the cells and begin those they go on as, in one go; give these by the old ones' keys.

        A cell that begins on the day or later moves as it is.
        """
        ended, moved, begun = [], [], {}
        for key, moves in self.world.cell_moves.items():
            for move in moves:
                cell, unit = move.cell, made[key]
                if cell.started_on and cell.started_on >= self.day:
                    named = {"name": move.name} if move.is_renamed else {}
                    moved.append((cell, {"commune": unit, **named}))
                    continue
                begun[cell.pk] = PartyCell(
                    commune=unit,
                    kind=cell.kind,
                    name=move.name,
                    started_on=self.day,
                    ended_on=cell.ended_on,
                    end_note=cell.end_note,
                    former=cell,
                )
                ended.append((cell, {"ended_on": self.day, "end_note": self.reason}))
        for cell in begun.values():
            cell.clean_fields(exclude=["commune", "former"])
        self.journal.change([*ended, *moved])
        self.journal.create(list(begun.values()))
        return begun

    def end_contacts(self) -> None:
        """End whom one could call; those who begin on the day or later move."""
        self.journal.change(
            (contact, {"commune": self.heirs[contact.commune_id]})
            if contact.started_on and contact.started_on >= self.day
            else (contact, {"ended_on": self.day})
            for contact in self.world.contacts
        )

    # --- records of the day or later ---------------------------------------------------------

    def move_late(self, cells: Mapping[int, PartyCell]) -> None:
        """Move the records of the day or later to the unit that keeps the old one's records."""
        by_model: dict[Late, list[int]] = defaultdict(list)
        for row in self.world.late:
            by_model[row.late].append(row.pk)
        for late, keys in by_model.items():
            for some in chunks(keys):
                self.journal.change(self.late_changes(late, some, cells))

    def late_changes(
        self, late: Late, keys: Iterable[int], cells: Mapping[int, PartyCell]
    ) -> Iterator[tuple[models.Model, dict[str, object]]]:
        columns = {column.name for column in late.model._meta.concrete_fields}
        rows = late.model._base_manager.filter(pk__in=keys).order_by("pk")
        rows = rows.select_related(*(columns & NAMED)).defer("commune__boundary")
        for row in rows:
            values: dict[str, object] = {"commune": self.heirs[row.commune_id]}
            if late.cell and row.cell_id in cells:
                values["cell"] = cells[row.cell_id]
            yield row, values


@dataclass
class AssignmentFates:
    """Ends the assignments of the old units and opens those the office chose."""

    application: Application
    made: Mapping[str, Commune]
    # What goes on as which row, by the key of the row before.
    after: dict[int, Assignment] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)
    # Who is main officer of a new unit from its first day, by the unit.
    mains: dict[int, Assignment] = field(default_factory=dict)

    @property
    def journal(self) -> Journal:
        return self.application.journal

    @property
    def day(self) -> dt.date:
        return self.application.day

    def write(self) -> None:
        """End what is in force, open or move what was chosen, cancel what was to begin."""
        rows = self.application.world.assignments
        ends = {row.pk: row.ended_on for row in rows}
        kept = [
            (one, seat)
            for one in self.application.draft.units
            for seat in one.seats
            if one.fates[seat.key] != Fate.END
        ]
        opened = [(seat, self.fields_of(one, seat)) for one, seat in kept]
        self.end([row for row in rows if row.started_on < self.day])
        for seat, fields in opened:
            self.open(seat, fields)
        self.hand_on(ends)
        self.receive()
        for row in rows:
            if row.started_on >= self.day and row.pk not in self.moved:
                self.cancel(row)

    def fields_of(self, one: UnitDraft, seat: Seat) -> dict[str, object]:
        """Give what the new assignment says; read before its rows are ended."""
        return {
            "commune": self.made[one.unit.key],
            "role": one.fates[seat.key].value,
            **known_end(seat),
        }

    def end(self, rows: Iterable[Assignment]) -> None:
        values = {
            "ended_on": self.day,
            "end_reason": EndReason.UNIT_REORGANISED,
            "closing_decision": self.application.decision,
        }
        self.journal.change((row, values) for row in rows)

    def open(self, seat: Seat, fields: dict[str, object]) -> None:
        """Open a seat's assignment, or move its first row where that has not begun."""
        first = seat.rows[0]
        if first.started_on >= self.day and first.pk not in self.moved:
            self.moved.add(first.pk)
            self.journal.change([(first, fields)])
            begun = first
        else:
            begun = Assignment(
                officer=seat.officer,
                started_on=seat.since,
                opening_decision=self.application.decision,
                note=self.application.reason,
                **fields,
            )
            if errors := begun.eligibility_errors():
                raise ValidationError(list(errors.values()))
            self.journal.create([begun])
        for row in seat.rows:
            self.after.setdefault(row.pk, begun)
        if begun.role == AssignmentRole.MAIN and begun.started_on == self.day:
            self.mains[begun.commune_id] = begun

    def hand_on(self, ends: Mapping[int, dt.date | None]) -> None:
        """Have open hand-overs of what goes on speak of the row it goes on as."""
        going_on = {key: row for key, row in self.after.items() if row.pk != key}
        handovers = Handover.objects.exclude(state__in=SETTLED_HANDOVERS).filter(
            Q(outgoing__in=going_on) | Q(incoming__in=going_on)
        )
        given = set()
        for handover in handovers.select_related(*PARTIES).defer(*OUTLINES).order_by("pk"):
            values: dict[str, object] = {}
            outgoing = going_on.get(handover.outgoing_id)
            if outgoing and ends[handover.outgoing_id] and outgoing.pk not in given:
                given.add(outgoing.pk)
                values["outgoing"] = outgoing
            if handover.incoming_id in going_on:
                values["incoming"] = going_on[handover.incoming_id]
            if values:
                self.journal.change([(handover, values)])

    def receive(self) -> None:
        """Name the new unit's main officer for what nobody in the old one had received yet."""
        waiting = Handover.objects.exclude(state__in=SETTLED_HANDOVERS).filter(
            incoming__isnull=True,
            outgoing__commune__in=self.application.heirs,
            outgoing__ended_on__lte=self.day,
        )
        for handover in waiting.select_related(*PARTIES).defer(*OUTLINES).order_by("pk"):
            main = self.mains.get(self.application.heirs[handover.outgoing.commune_id].pk)
            if main and main.officer_id != handover.outgoing.officer_id:
                self.journal.change([(handover, {"incoming": main})])

    def cancel(self, row: Assignment) -> None:
        """Take away an assignment to an old unit that was to begin when there is none any more."""
        try:
            self.journal.delete(row)
        except ProtectedError as error:
            raise ValidationError(
                HELD_BY_OTHERS.format(row.officer.full_name, row.started_on, row.commune)
            ) from error


PARTIES = (
    "outgoing__officer",
    "outgoing__commune",
    "incoming__officer",
    "incoming__commune",
)
OUTLINES = ("outgoing__commune__boundary", "incoming__commune__boundary")
