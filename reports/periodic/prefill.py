"""The first draft of a report: what the officer already wrote down in the period, by section.

Only their own records, confirmed: nothing of a colleague's, also in a commune they share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.text import Truncator

from assignments.enums import FollowUpState, MassOrganisation
from assignments.models import Attendance, FollowUp, MassOrganisationNote, Officer
from communes.models import Commune
from reports.models import Period, Petition
from reports.periodic.records import Scope

LONGEST_QUOTE = 300
# What an attendance says of the fields a report has a section for.
OPINIONS = ("economy", "defence", "politics", "area_change")
PERSONAL = "(Nội dung có dữ liệu cá nhân, xem trên hệ thống)"


def prefilled(
    officer: Officer, period: Period, commune: Commune | None, day: dt.date
) -> dict[str, str]:
    """Give the text of each section that the records up to ``day`` say something for."""
    scope = Scope(officer, period, commune, day)
    attended = list(scope.attendances().prefetch_related("organisation_notes"))
    followed = list(scope.follow_ups())
    found = {name: opinions(attended, name) for name in OPINIONS} | {
        "resolutions": followed_up(followed),
        "organisations": organisations(attended),
        "difficulties": difficulties(followed),
        "proposals": map(petition_line, scope.petitions_raised()),
    }
    texts = {name: "\n".join(lines) for name, lines in found.items()}
    return {name: text for name, text in texts.items() if text}


def dated(commune: Commune, day: dt.date) -> str:
    """Give where and when: "Đảng bộ xã An Ninh (09/05/2023)"."""
    return f"{commune.party_body} ({day:%d/%m/%Y})"


def one_line(text: str) -> str:
    return " ".join(text.splitlines())


def opinions(attended: Iterable[Attendance], name: str) -> Iterator[str]:
    """Give what was said of one field, each with its commune and day."""
    for row in attended:
        if said := getattr(row, name):
            yield f"- {dated(row.visit.commune, row.visit.visited_on)}: {one_line(said)}"


def organisations(attended: Iterable[Attendance]) -> Iterator[str]:
    """Give the states of mass organisations, one organisation after another."""
    notes = [(row, note) for row in attended for note in row.organisation_notes.all()]
    order = list(MassOrganisation)
    for row, note in sorted(notes, key=lambda pair: order.index(pair[1].organisation)):
        yield organisation_line(row, note)


def organisation_line(row: Attendance, note: MassOrganisationNote) -> str:
    where = dated(row.visit.commune, row.visit.visited_on)
    return f"- {note.get_organisation_display()}, {where}: {one_line(note.note)}"


def followed_up(rows: Iterable[FollowUp]) -> Iterator[str]:
    """Give each document once, and under it what was urged of whom."""
    shown = None
    for row in rows:
        if row.directive_id != shown:
            shown = row.directive_id
            yield f"- {row.directive} – {row.directive.subject}:"
        yield f"+ {dated(row.commune, row.noted_on)}, {urged(row)}"


def urged(row: FollowUp) -> str:
    state = row.get_state_display().lower()
    return f"{state}: {one_line(row.note)}" if row.note else f"{state}."


def difficulties(rows: Iterable[FollowUp]) -> Iterator[str]:
    """Give where carrying out a document met with difficulties."""
    for row in rows:
        if row.state == FollowUpState.DIFFICULT:
            where = dated(row.commune, row.noted_on)
            yield f"- {where}, thực hiện {row.directive.number}: {one_line(row.note)}"


def petition_line(petition: Petition) -> str:
    """Give a petition's number, what it asks and how it stands; personal data stay where it is."""
    asked = Truncator(one_line(petition.content)).chars(LONGEST_QUOTE)
    content = PERSONAL if petition.has_personal_data else asked.rstrip(".")
    state = petition.get_state_display().lower()
    return (
        f"- {petition}, {dated(petition.commune, petition.raised_on)}: {content}. "
        f"Tình trạng: {state}."
    )
