"""Versions of the regulation: adopting, correcting, ending one.

Which periods a version judges is the business of the app above (a period belongs to the version
in force on its first day); what may still be corrected is asked there. Each write is one
transaction with its audit rows, and raises ``ValidationError`` with a Vietnamese sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import model_to_dict

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.enums import DutyKind, DutyUnit, PeriodKind
from assignments.models import Duty, Regulation
from communes.periods import constraint_sentences

NO_DUTIES = "Ghi ít nhất một nhiệm vụ."
# What a duty asks, but for which version it belongs to.
DUTY_FIELDS = (
    "kind",
    "required",
    "period_kind",
    "unit",
    "due_day",
    "grace_days",
    "weekend_rule",
    "pro_rata",
    "exempt_days",
)
REPORT_DUE_DAY = 20
# What is offered while no version has been entered (DOMAIN §1.4): proposals, every one editable.
PROPOSED: tuple[dict[str, object], ...] = (
    {"kind": DutyKind.COMMITTEE_MEETING},
    {"kind": DutyKind.CELL_MEETING},
    {"kind": DutyKind.FIELD_VISIT},
    *(
        {
            "kind": DutyKind.REPORT,
            "period_kind": period,
            "unit": DutyUnit.PER_OFFICER,
            "due_day": REPORT_DUE_DAY,
        }
        for period in (PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
    ),
)


@dataclass(frozen=True)
class RegulationFacts:
    """What a version is: its document, and from when it is in force."""

    number: str
    issued_on: dt.date
    started_on: dt.date
    subject: str = ""
    note: str = ""


def proposed_duties() -> list[Duty]:
    """Give the duties offered while there is no version to start from, not saved."""
    return [Duty(**asked) for asked in PROPOSED]


def duties_to_start_from(regulation: Regulation | None) -> list[Duty]:
    """Give copies, not saved, of what ``regulation`` asks; the proposals when there is none."""
    if regulation is None:
        return proposed_duties()
    return [Duty(**model_to_dict(duty, DUTY_FIELDS)) for duty in regulation.duties.all()]


def adopt_regulation(
    *, facts: RegulationFacts, duties: Sequence[Duty], by: User | None, now: dt.datetime
) -> Regulation:
    """Put a new version in force; the one before it ends that day. All or nothing.

    ``duties`` are not saved yet. Refused when there are none, or when the version before it
    starts on that day or later: what has been judged by a version stays so.
    """
    with constraint_sentences(Regulation, Duty), transaction.atomic():
        before = Regulation.objects.select_for_update().order_by("-started_on").first()
        if before:
            refuse_not_after(before, facts.started_on)
            if before.ended_on is None or before.ended_on > facts.started_on:
                move_end(before, facts.started_on, by)
        made = Regulation(**asdict(facts), entered_by=by, entered_at=now)
        made.full_clean()
        made.save()
        write_duties(made, duties)
        audit.record(Verb.CREATE, made, by=by, after=picture(made))
    return made


def amend_regulation(
    *,
    regulation: Regulation,
    facts: RegulationFacts,
    duties: Sequence[Duty],
    by: User | None,
    reason: str = "",
) -> Regulation:
    """Correct a version by which nothing has been judged yet; its duties become ``duties``.

    A version that ended as this one began goes on ending so. Gives the version as it is stored.
    """
    with constraint_sentences(Regulation, Duty), transaction.atomic():
        current = Regulation.objects.select_for_update().get(pk=regulation.pk)
        before = picture(current)
        move_start(current, facts, by)
        write_duties(current, duties)
        old, new = audit.difference(before, picture(current))
        if old or new:
            audit.record(Verb.CHANGE, current, by=by, before=old, after=new, reason=reason)
    return current


def end_regulation(
    *, regulation: Regulation, on: dt.date, by: User | None, reason: str = ""
) -> Regulation:
    """End a version: ``on`` is the first day it is no longer in force.

    An end already written may be brought forward, not put off.
    """
    with constraint_sentences(Regulation), transaction.atomic():
        current = Regulation.objects.select_for_update().get(pk=regulation.pk)
        if current.ended_on and current.ended_on <= on:
            raise ValidationError(
                f"Phiên bản này đã hết hiệu lực từ ngày {current.ended_on:%d/%m/%Y}."
            )
        move_end(current, on, by, reason)
    return current


def refuse_not_after(before: Regulation, day: dt.date) -> None:
    """Refuse ``day`` as the start of the version that follows ``before``."""
    if day <= before.started_on:
        sentence = (
            f"Phải sau ngày {before.started_on:%d/%m/%Y}, ngày có hiệu lực của phiên bản trước."
        )
        raise ValidationError({"started_on": sentence})


def move_end(version: Regulation, on: dt.date, by: User | None, reason: str = "") -> None:
    """Let ``version`` end on ``on``."""
    before = audit.snapshot(version)
    version.ended_on = on
    version.full_clean()
    version.save()
    old, new = audit.difference(before, audit.snapshot(version))
    audit.record(Verb.CHANGE, version, by=by, before=old, after=new, reason=reason)


def move_start(current: Regulation, facts: RegulationFacts, by: User | None) -> None:
    """Write ``facts`` into a version; the one that ended as it began ends on the new day."""
    is_earlier = facts.started_on < current.started_on
    before = None
    if facts.started_on != current.started_on:
        before = Regulation.objects.select_for_update().filter(ended_on=current.started_on).first()
    if before:
        refuse_not_after(before, facts.started_on)
    # The two must not overlap in between: who gives way goes first.
    if before and is_earlier:
        move_end(before, facts.started_on, by)
    write_facts(current, facts)
    if before and not is_earlier:
        move_end(before, facts.started_on, by)


def write_facts(version: Regulation, facts: RegulationFacts) -> None:
    for name, value in asdict(facts).items():
        setattr(version, name, value)
    version.full_clean()
    version.save()


def write_duties(version: Regulation, duties: Iterable[Duty]) -> None:
    """Make the duties of ``version`` those given, and no others."""
    duties = list(duties)
    if not duties:
        raise ValidationError(NO_DUTIES)
    version.duties.all().delete()
    for duty in duties:
        made = Duty(regulation=version, **model_to_dict(duty, DUTY_FIELDS))
        made.full_clean()
        made.save()


def picture(version: Regulation) -> dict[str, object]:
    """Give a version with all it asks, for the log."""
    asked = {f"{duty} mỗi {period_words(duty)}": in_words(duty) for duty in version.duties.all()}
    return audit.snapshot(version) | asked


def period_words(duty: Duty) -> str:
    return duty.get_period_kind_display().lower()


def in_words(duty: Duty) -> str:
    """Give all columns of a duty by label, in one text."""
    labels = (Duty._meta.get_field(name) for name in DUTY_FIELDS)
    values = ((field.verbose_name, audit.readable(duty, field)) for field in labels)
    return "; ".join(f"{label}: {value}" for label, value in values if value is not None)
