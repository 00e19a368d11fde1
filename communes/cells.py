"""Party cells and contacts of a commune: added, ended, merged.

Each write is one transaction with its audit rows, and raises ``ValidationError`` with Vietnamese
sentences; nothing was written then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes import names
from communes.enums import CellKind
from communes.models import Commune, Contact, PartyCell
from communes.periods import constraint_sentences

TOO_FEW = "Chọn ít nhất hai chi bộ để nhập."
CELL = "chi bo "  # may stand before the kind
# How lists write the kinds, without accents.
WRITTEN = {names.without_accents(kind.label): kind for kind in CellKind} | {
    "tdp": CellKind.RESIDENTIAL_GROUP
}


@dataclass(frozen=True)
class CellName:
    """What a cell is called: "Ấp" and "3"."""

    kind: CellKind
    name: str

    @property
    def place(self) -> str:
        return f"{self.kind.label} {self.name}"


# --- reading -------------------------------------------------------------------------------------


def without_cell(text: str) -> str:
    """Give the place in "Chi bộ ấp 3": "ấp 3"."""
    text = names.normalise(text)
    return text[len(CELL) :] if names.without_accents(text).startswith(CELL) else text


def read_cell(text: str) -> CellName | None:
    """Read "Ấp 3", "chi bộ khóm 2" or "TDP 5"; ``None`` when no kind stands before the name."""
    place = without_cell(text)
    bare = names.without_accents(place)
    for written, kind in WRITTEN.items():
        if bare.startswith(f"{written} "):
            return CellName(kind, place[len(written) + 1 :])
    return None


def read_cells(text: str, kind: CellKind | None = None) -> list[CellName]:
    """Read a list, one cell a line; ``kind`` is that of lines which name none.

    Raises ``ValidationError`` with a sentence for each line that cannot be read.
    """
    found, sentences = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        place = without_cell(line)
        if not place:
            continue
        if read := read_cell(line) or (kind and CellName(kind, place)):
            found.append(read)
        else:
            sentences.append(
                f"Dòng {number}: “{place}” chưa rõ là ấp, khóm, tổ dân phố hay cơ quan."
            )
    if sentences:
        raise ValidationError(sentences)
    return found


def place_key(text: str) -> bytes:
    """Give the key by which a place typed freely equals a cell's ``sort_key``."""
    read = read_cell(text)
    return names.place_sort_key(read.place if read else without_cell(text))


# --- writing -------------------------------------------------------------------------------------


def add_cells(
    *, commune: Commune, cells: Sequence[CellName], since: dt.date | None, by: User | None
) -> list[PartyCell]:
    """Add cells to ``commune``; without ``since`` they have been there all along. All or none."""
    made, sentences = [], []
    with constraint_sentences(PartyCell), transaction.atomic():
        for cell in cells:
            try:
                made.append(begin(commune, cell, since, by))
            except ValidationError as error:
                sentences += [f"{cell.place}: {sentence}" for sentence in error.messages]
        if sentences:
            raise ValidationError(sentences)
    return made


def begin(commune: Commune, cell: CellName, since: dt.date | None, by: User | None) -> PartyCell:
    made = PartyCell(commune=commune, kind=cell.kind, name=cell.name, started_on=since)
    made.full_clean()
    made.save()
    audit.record(Verb.CREATE, made, by=by, after=audit.snapshot(made))
    return made


def end_cell(*, cell: PartyCell, on: dt.date, reason: str, by: User | None) -> PartyCell:
    """End a cell: ``on`` is the first day without it."""
    with constraint_sentences(PartyCell), transaction.atomic():
        return close(PartyCell.objects.select_for_update().get(pk=cell.pk), on, reason, by)


def close(current: PartyCell, on: dt.date, reason: str, by: User | None) -> PartyCell:
    """End a cell that is held by the transaction."""
    if current.ended_on:
        raise ValidationError(f"{current} đã không còn từ ngày {current.ended_on:%d/%m/%Y}.")
    before = audit.snapshot(current)
    current.ended_on, current.end_note = on, reason
    current.full_clean()
    current.save()
    old, new = audit.difference(before, audit.snapshot(current))
    audit.record(Verb.CHANGE, current, by=by, before=old, after=new)
    return current


def merge_cells(
    *,
    cells: Sequence[PartyCell],
    into: CellName,
    on: dt.date,
    by: User | None,
    document: str = "",
) -> PartyCell:
    """End ``cells`` of one commune and begin the one they become, on the same day. All or none.

    It may bear the name of one of them. ``document`` is what decided it. Gives the new cell.
    """
    if len(cells) < 2:
        raise ValidationError(TOO_FEW)
    reason = f"Nhập thành {into.place[:1].lower()}{into.place[1:]}"
    reason = f"{reason} theo {document}" if document else reason
    keys = [cell.pk for cell in cells]
    with constraint_sentences(PartyCell), transaction.atomic():
        held = PartyCell.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        for current in held.select_related("commune").defer("commune__boundary").order_by("pk"):
            close(current, on, reason, by)
        return begin(cells[0].commune, into, on, by)


def add_contact(*, contact: Contact, by: User | None) -> Contact:
    """Add ``contact``, not saved yet."""
    with constraint_sentences(Contact), transaction.atomic():
        contact.full_clean()
        contact.save()
        audit.record(Verb.CREATE, contact, by=by, after=audit.snapshot(contact))
    return contact


def end_contact(*, contact: Contact, on: dt.date, by: User | None) -> Contact:
    """End a contact: ``on`` is the first day one can no longer reach them there."""
    with constraint_sentences(Contact), transaction.atomic():
        current = Contact.objects.select_for_update().get(pk=contact.pk)
        if current.ended_on:
            raise ValidationError(f"Đã thôi liên hệ từ ngày {current.ended_on:%d/%m/%Y}.")
        before = audit.snapshot(current)
        current.ended_on = on
        current.full_clean()
        current.save()
        old, new = audit.difference(before, audit.snapshot(current))
        audit.record(Verb.CHANGE, current, by=by, before=old, after=new)
    return current
