"""A reorganisation that is being prepared: from the workbook read to the choices made.

Preview and application read a draft by the same function (:meth:`Draft.of`). What is applied is
what was previewed: when the data have changed meanwhile, the digest made again differs and nothing
is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Given
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, clock
from accounts.enums import Verb
from accounts.models import User
from communes import names
from communes.models import Reorganisation
from communes.reorganisation.checking import check
from communes.reorganisation.mapping import Mapping, NewUnit
from communes.reorganisation.sheet import MappingSheet
from reports.reorganising.seats import Fate, Seat, problems, proposed
from reports.reorganising.world import World, clashes

ALREADY_APPLIED = "Lần sắp xếp này đã được áp dụng, không áp dụng lần nữa."
DROPPED = "Bảng này đã bỏ, không dùng nữa."
CHANGED_SINCE_PREVIEW = (
    "Dữ liệu đã thay đổi từ khi xem trước nên chưa ghi gì. Xem lại và lưu lựa chọn rồi áp dụng."
)
REFUSED = "Bảng còn dòng bị từ chối. Sửa các dòng đó rồi nạp lại."
UNCHOSEN = "Chưa lưu lựa chọn."


@dataclass(frozen=True)
class UnitDraft:
    """One new unit with who follows its old ones, what is proposed and what the office chose."""

    unit: NewUnit
    seats: list[Seat]
    stored: dict[str, str] | None
    may_be_empty: bool

    @cached_property
    def proposals(self) -> dict[str, Fate]:
        return proposed(self.seats, bearers(self.unit))

    @cached_property
    def fates(self) -> dict[str, Fate]:
        """Give the fate of every seat: what was chosen, else what is proposed."""
        chosen = self.stored or {}
        return {
            seat.key: Fate(chosen[seat.key])
            if chosen.get(seat.key) in seat.options
            else self.proposals[seat.key]
            for seat in self.seats
        }

    @property
    def is_chosen(self) -> bool:
        """Say whether the office has saved a choice for every seat there is now."""
        stored = self.stored
        return stored is not None and all(stored.get(s.key) in s.options for s in self.seats)

    @cached_property
    def faults(self) -> list[str]:
        """Say what is wrong with the fates as they are."""
        return problems(self.seats, self.fates, may_be_empty=self.may_be_empty)

    @property
    def problems(self) -> list[str]:
        """Say what keeps the unit from being applied as chosen."""
        return self.faults if self.is_chosen else [UNCHOSEN, *self.faults]

    @property
    def n_proposals(self) -> int:
        """Give how many fates are proposals nobody has taken yet."""
        stored = self.stored or {}
        return sum(stored.get(seat.key) not in seat.options for seat in self.seats)


def bearers(unit: NewUnit) -> list[int]:
    """Give the old units of which the new one has the name, then of which it has the code."""
    name = names.search_key(unit.name)
    by_name = [old for old in unit.main_sources if names.search_key(old.name) == name]
    by_code = [old for old in unit.main_sources if old.code and old.code == unit.code]
    # "Xã Long Phú" and "Thị trấn Long Phú" bear one name: the same kind, the same code go first.
    by_name.sort(key=lambda old: (old.kind != unit.kind, old.code != unit.code))
    return [old.pk for old in (*by_name, *by_code)]


@dataclass(frozen=True)
class Draft:
    """A draft with its mapping checked anew and the world read anew."""

    reorganisation: Reorganisation
    mapping: Mapping
    world: World

    @classmethod
    def of(cls, reorganisation: Reorganisation) -> Draft:
        mapping = mapping_of(reorganisation)
        return cls(reorganisation, mapping, World.of(mapping))

    @cached_property
    def units(self) -> list[UnitDraft]:
        return [self.unit_draft(unit) for unit in self.mapping.new_units]

    def unit_draft(self, unit: NewUnit) -> UnitDraft:
        stored = self.reorganisation.choices.get(unit.key, {})
        return UnitDraft(
            unit, self.world.seats[unit.key], stored.get("seats"), bool(stored.get("empty"))
        )

    @cached_property
    def clashes(self) -> list[str]:
        return clashes(self.mapping) if self.mapping.is_sound else []

    @property
    def is_stale(self) -> bool:
        """Say whether the world has changed since the choices were last saved."""
        return self.world.digest() != self.reorganisation.digest

    @property
    def is_ready(self) -> bool:
        return self.mapping.is_sound and not self.hindrances and not self.is_stale

    @cached_property
    def hindrances(self) -> list[str]:
        """Say what of the units keeps the draft from being applied."""
        found = [
            f"{one.unit.full_name}: {sentence[:1].lower()}{sentence[1:]}"
            for one in self.units
            for sentence in one.problems
        ]
        return [*found, *self.clashes]

    def refuse(self) -> None:
        """Raise ``ValidationError`` with every reason why it may not be applied."""
        if not self.mapping.is_sound:
            raise ValidationError(REFUSED, code="refused")
        if self.is_stale:
            raise ValidationError(CHANGED_SINCE_PREVIEW, code="changed_since_preview")
        if self.hindrances:
            raise ValidationError(self.hindrances, code="unchosen")


def sheet_of(reorganisation: Reorganisation) -> MappingSheet:
    """Give the rows read; none where no workbook was."""
    stored = reorganisation.mapping
    return MappingSheet.from_json(stored) if stored else MappingSheet()


def mapping_of(reorganisation: Reorganisation) -> Mapping:
    """Give what the rows read mean against the units there are now."""
    return check(
        sheet_of(reorganisation).rows,
        effective_on=reorganisation.effective_on,
        ends_districts=reorganisation.ends_districts,
        resolution=reorganisation.resolution,
    )


# --- writing -------------------------------------------------------------------------------------


def begin(
    *,
    file_name: str,
    sheet: MappingSheet,
    resolution: str,
    subject: str,
    effective_on: dt.date,
    ends_districts: bool,
    by: User,
    instead_of: Reorganisation | None = None,
) -> Reorganisation:
    """Keep what was read of a filled workbook as a draft; nothing else is written.

    Rows that are refused are kept with the others. ``instead_of`` is a draft this one replaces: it
    is dropped.
    """
    draft = Reorganisation(
        resolution=resolution,
        subject=subject,
        effective_on=effective_on,
        ends_districts=ends_districts,
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:],
        mapping=sheet.to_json(),
        created_by=by,
    )
    with transaction.atomic():
        draft.full_clean()
        draft.digest = Draft.of(draft).world.digest()
        draft.save()
        audit.record(Verb.CREATE, draft, by=by, after=audit.snapshot(draft))
        if instead_of and instead_of.is_draft:
            drop(reorganisation=instead_of, by=by)
    return draft


def choose(
    *, reorganisation: Reorganisation, choices: Given[str, Given[str, object]], by: User
) -> Draft:
    """Keep what the office chose for the units of ``choices``; give the draft to look at again.

    ``choices`` gives for each unit's key ``seats`` (fate by seat) and ``empty``. What is not
    offered is left out. Raises ``ValidationError`` when it is no draft any more.
    """
    with transaction.atomic():
        current = locked(reorganisation)
        draft = Draft.of(current)
        before = dict(current.choices)
        known = {one.unit.key: one for one in draft.units}
        kept = {key: value for key, value in before.items() if key in known}
        given = {key: offered(known[key], one) for key, one in choices.items() if key in known}
        current.choices = kept | given
        current.digest = draft.world.digest()
        current.save(update_fields=["choices", "digest"])
        audit.record(Verb.CHANGE, current, by=by, after={"đơn vị đã chọn": len(given)})
    return Draft.of(current)


def offered(one: UnitDraft, given: Given[str, object]) -> dict[str, object]:
    """Keep of what was sent for a unit only what could be chosen."""
    sent = given.get("seats", {})
    seats = {s.key: str(sent[s.key]) for s in one.seats if sent.get(s.key) in s.options}
    return {"seats": seats, "empty": bool(given.get("empty"))}


def drop(*, reorganisation: Reorganisation, by: User) -> None:
    """Put a draft away. Raises ``ValidationError`` when it has been applied."""
    with transaction.atomic():
        current = locked(reorganisation)
        current.dropped_at = clock.now()
        current.save(update_fields=["dropped_at"])
        audit.record(Verb.WITHDRAW, current, by=by)


def locked(reorganisation: Reorganisation) -> Reorganisation:
    """Give the draft as stored, locked; ``ValidationError`` when it is none any more."""
    current = Reorganisation.objects.select_for_update(of=("self",)).get(pk=reorganisation.pk)
    if current.applied_at:
        raise ValidationError(ALREADY_APPLIED, code="already_applied")
    if current.dropped_at:
        raise ValidationError(DROPPED, code="dropped")
    return current
