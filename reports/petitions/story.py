"""What became of a petition up to a day: where it lay and how long, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assignments.tables import State
from reports.enums import OPEN_STATES, LegRole, PetitionState
from reports.models import AnswerFile, Petition, PetitionAnswer, PetitionEvent, PetitionLeg
from reports.petitions.columns import WITHDRAWN, in_words, state_badge_of
from reports.petitions.rights import waits_for_main

TO_ROUTE = "Chờ chuyển xử lý"
TO_TELL = "Có kết quả, chờ thông tin lại cho địa phương"
AS_ANOTHER = "Theo kết quả của kiến nghị trùng"
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """A time in which a petition lay with somebody: a leg, or a wait of our own."""

    title: str
    since: dt.date
    until: dt.date | None  # exclusive; None = still so on the day
    days: int
    leg: PetitionLeg | None = None
    lateness: str = ""
    coordinating: list[PetitionLeg] = field(default_factory=list)
    extended_from: list[dt.date] = field(default_factory=list)  # due dates before the present one

    @property
    def is_current(self) -> bool:
        return self.until is None

    @property
    def last_day(self) -> dt.date | None:
        """Give the last day of it; one that ended on the day it began has that day."""
        return max(self.since, self.until - ONE_DAY) if self.until else None


# --- where it lay --------------------------------------------------------------------------------


def journey(
    petition: Petition, legs: Sequence[PetitionLeg], events: Sequence[PetitionEvent], day: dt.date
) -> list[Stretch]:
    """Give where a petition lay up to ``day``, the latest first; ``events`` are those until then.

    Days at a body, at the office and at the commune each stand in a stretch of their own.
    """
    leads = [leg for leg in legs if leg.role == LegRole.LEAD and leg.started_on <= day]
    others = [leg for leg in legs if leg.role == LegRole.COORDINATING and leg.started_on <= day]
    held = groupby(leads, key=lambda leg: (leg.body_id, leg.held_since))
    found = [*(of_legs([*group], others, day) for _, group in held), *waits(events, day)]
    return sorted(found, key=lambda one: (one.since, one.is_current), reverse=True)


def ended_by(end: dt.date | None, day: dt.date) -> dt.date | None:
    return end if end is not None and end <= day else None


def of_legs(legs: Sequence[PetitionLeg], others: Iterable[PetitionLeg], day: dt.date) -> Stretch:
    """Give the stretch of a lead body, with the bodies that worked with it.

    It has several legs where it was given more time.
    """
    leg, since = legs[-1], legs[-1].held_since
    until = ended_by(leg.ended_on, day)
    last = until or day
    beside = [
        one
        for one in others
        if one.started_on <= last and (one.ended_on is None or one.ended_on > since)
    ]
    return Stretch(
        leg.body.name,
        since,
        until,
        (last - since).days,
        leg,
        lateness(leg, until, day),
        beside,
        [one.due_on for one in legs[:-1]],
    )


def lateness(leg: PetitionLeg, until: dt.date | None, day: dt.date) -> str:
    """Say how a leg keeps to its due date: what is left while it lasts, what it took beyond."""
    if leg.due_on is None:
        return ""
    left = (leg.due_on - (until or day)).days
    if until is None:
        return in_words(left)
    return f"quá hạn {-left} ngày" if left < 0 else ""


def waits(events: Sequence[PetitionEvent], day: dt.date) -> Iterator[Stretch]:
    """Give the times in which a petition waited for the office, or for the commune to be told."""
    lasting = (event for event in events if event.superseded_on != event.happened_on)
    for title, group in groupby(lasting, key=waiting_for):
        held = list(group)
        since, until = held[0].happened_on, ended_by(held[-1].superseded_on, day)
        days = ((until or day) - since).days
        if title and (days or until is None):
            yield Stretch(title, since, until, days)


def waiting_for(event: PetitionEvent) -> str:
    """Say what is waited for while ``event`` stands; "" when a body has it, or it is closed."""
    if event.state == PetitionState.NEW:
        return TO_ROUTE
    if event.state in OPEN_STATES or event.is_closed:
        return ""
    return AS_ANOTHER if event.state == PetitionState.DUPLICATE else TO_TELL


# --- what comes next -----------------------------------------------------------------------------


def what_next(petition: Petition, lead: PetitionLeg | None, day: dt.date) -> str:
    """Say who has to do what next with a petition of ``on(day)``; ``lead`` has it then."""
    if petition.is_withdrawn:
        return "Kiến nghị đã được rút lại, không còn việc phải làm."
    if petition.is_closed_on:
        return "Đã kết thúc: địa phương đã được thông tin lại kết quả."
    if petition.state_on == PetitionState.NEW:
        return new_next(petition)
    if petition.state_on in OPEN_STATES:
        return open_next(lead, day)
    return settled_next(petition)


def new_next(petition: Petition) -> str:
    usual = petition.field.body
    to = f" Lĩnh vực này thường chuyển đến {usual}" if usual else " Lĩnh vực này"
    limit = f"thời hạn trả lời {petition.field.limit_days} ngày."
    return f"Văn phòng xem xét, chuyển đến cơ quan có thẩm quyền.{to}, {limit}"


def open_next(lead: PetitionLeg | None, day: dt.date) -> str:
    if lead is None:
        return "Văn phòng chuyển đến cơ quan có thẩm quyền."
    left = in_words((lead.due_on - day).days)
    sentence = f"{lead.body} xem xét, trả lời chậm nhất ngày {lead.due_on:%d/%m/%Y} ({left})."
    if lead.due_on < day:
        sentence += " Văn phòng đôn đốc, chuyển cơ quan khác hoặc trình Ban Thường vụ."
    return sentence


def settled_next(petition: Petition) -> str:
    place = petition.commune.name_in_sentence
    if waits_for_main(petition):
        return f"Theo kết quả của kiến nghị trùng; có kết quả rồi thông tin lại cho {place}."
    tell = f"Cán bộ phụ trách thông tin lại cho {place}; sau đó kiến nghị mới kết thúc."
    if petition.state_on == PetitionState.UNDER_RESOURCED:
        return f"{tell} Văn phòng theo dõi lộ trình thực hiện."
    if petition.state_on == PetitionState.OUT_OF_COMPETENCE:
        return f"{tell} Văn phòng có thể chuyển đến cơ quan có thẩm quyền."
    return tell


# --- the records of the page ---------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """An event of the history with how the petition stood after it."""

    event: PetitionEvent
    state: State


def legs_of(petition: Petition) -> list[PetitionLeg]:
    return list(petition.legs.select_related("body", "entered_by"))


def events_of(petition: Petition, day: dt.date) -> list[PetitionEvent]:
    """Give the events up to ``day`` in order, each with its answer."""
    rows = petition.events.filter(happened_on__lte=day)
    return list(rows.select_related("by", "body", "answer__body", "answer__competent_body"))


def answers_of(events: Iterable[PetitionEvent]) -> list[PetitionAnswer]:
    """Give the answers among ``events``, the latest first, each with ``kept``: its files."""
    answers = [event.answer for event in events if event.answer]
    files = AnswerFile.objects.filter(answer__in=[one.pk for one in answers]).order_by("pk")
    kept = list(files.select_related("withdrawn_by")) if answers else []
    for answer in answers:
        answer.kept = [file for file in kept if file.answer_id == answer.pk]
    return answers[::-1]


def current_lead(legs: Iterable[PetitionLeg], day: dt.date) -> PetitionLeg | None:
    """Give the leg of the body that answers for the petition on ``day``."""
    return next(
        (
            leg
            for leg in legs
            if leg.role == LegRole.LEAD
            and leg.started_on <= day
            and (leg.ended_on is None or leg.ended_on > day)
        ),
        None,
    )


def standing(petition: Petition) -> State:
    """Give how a petition of ``on(day)`` stands."""
    return WITHDRAWN if petition.is_withdrawn else state_badge_of(petition.state_on)
