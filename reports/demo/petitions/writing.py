"""Petitions written with their events, legs and answers, and the log of all that was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.demo.days import DAY, moment
from assignments.demo.log import entries, write_log
from assignments.demo.stage import MORNING, Stage
from assignments.models import Attendance
from reports.demo.petitions import answering, asking
from reports.demo.petitions.invention import Inventor
from reports.demo.petitions.life import Life
from reports.demo.petitions.origins import Origins
from reports.demo.petitions.papers import write_papers
from reports.enums import PetitionAct
from reports.models import (
    AnswerFile,
    CompetentBody,
    PeriodicReport,
    Petition,
    PetitionAnswer,
    PetitionCounter,
    PetitionEvent,
    PetitionField,
    PetitionLeg,
    PetitionMatter,
)
from reports.petitions.catalogue import load_catalogue
from reports.petitions.events import VERBS

OWN_CATALOGUE = (
    "Danh mục lĩnh vực kiến nghị, cơ quan có thẩm quyền đã được sửa; dữ liệu minh họa cần danh mục "
    "kèm theo. Không ghi gì."
)
NEEDED_FIELDS = asking.WEIGHTS.keys()
NEEDED_BODIES = {*answering.COORDINATING, *answering.ELSEWHERE, answering.COMMUNE, answering.USUAL}


def invent_petitions(
    stage: Stage, attendances: Iterable[Attendance], reports: Iterable[PeriodicReport]
) -> Inventor:
    """Load the catalogue and invent every petition upon it, unsaved.

    Raises ``ValidationError`` when the office has made the catalogue its own.
    """
    load_catalogue(at=moment(stage.world.start - DAY, MORNING))
    fields = {field.name: field for field in PetitionField.objects.select_related("body")}
    bodies = {body.name: body for body in CompetentBody.objects.all()}
    if NEEDED_FIELDS - fields.keys() or NEEDED_BODIES - bodies.keys():
        raise ValidationError(OWN_CATALOGUE)
    inventor = Inventor(stage, Origins(stage, attendances, reports), fields, bodies)
    inventor.lives = inventor.all()
    return inventor


def write_petitions(stage: Stage, invented: Inventor) -> None:
    """Write what was invented, with its log; the reports petitions were raised in are saved."""
    petitions = [life.petition for life in invented.lives]
    matters = list(invented.matters.values())
    PetitionMatter.objects.bulk_create(matters)
    write_in_order(petitions)
    count_numbers(petitions)
    PetitionAnswer.objects.bulk_create(invented.handling.answers)
    files = write_papers(stage, invented.handling.answers)
    events = sorted(
        (event for life in invented.lives for event in life.events),
        key=lambda event: event.happened_at,
    )
    PetitionEvent.objects.bulk_create(events)
    PetitionLeg.objects.bulk_create(leg for life in invented.lives for leg in life.legs)
    write_log([*entries(matters), *entries(invented.handling.answers), *log(invented.lives, files)])


def write_in_order(petitions: Sequence[Petition]) -> None:
    """Write petitions by their numbers; what repeats another comes after it."""
    mains = [petition for petition in petitions if petition.duplicate_of is None]
    Petition.objects.bulk_create(mains)
    Petition.objects.bulk_create(
        petition for petition in petitions if petition.duplicate_of is not None
    )


def count_numbers(petitions: Iterable[Petition]) -> None:
    """Leave the counters at the last numbers given."""
    last: dict[int, int] = {}
    for petition in petitions:
        last[petition.year] = max(petition.number, last.get(petition.year, 0))
    PetitionCounter.objects.bulk_create(
        PetitionCounter(year=year, last=number) for year, number in last.items()
    )


def log(lives: Iterable[Life], files: Iterable[AnswerFile]) -> Iterator[AuditEvent]:
    """Give the log rows of everything done with petitions, and of the files."""
    yield from (event for life in lives for event in deeds(life))
    for file in files:
        after = audit.snapshot(file)
        by, at = file.uploaded_by, file.uploaded_at
        yield audit.event(Verb.CREATE, file, by=by, at=at, after=after)


def deeds(life: Life) -> Iterator[AuditEvent]:
    """Give a row for each event of a petition."""
    before = ""
    for event in life.events:
        state = event.get_state_display()
        after = audit.snapshot(life.petition) if event.act == PetitionAct.RAISE else done(event)
        changed = state != before
        yield audit.event(
            VERBS.get(event.act, Verb.CHANGE),
            life.petition,
            by=event.by,
            at=event.happened_at,
            before={"tình trạng": before} if before and changed else {},
            after=after | ({"tình trạng": state} if changed else {}),
            reason=event.note,
        )
        before = state


def done(event: PetitionEvent) -> dict[str, object]:
    """Give what the log keeps of an event."""
    details = {"việc": event.get_act_display(), "ngày": f"{event.happened_on:%d/%m/%Y}"}
    details |= {"cơ quan": str(event.body)} if event.body else {}
    return details | ({"trả lời": str(event.answer)} if event.answer else {})
