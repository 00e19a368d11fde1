"""Acts on petitions become events: one for each act, in time order, one standing on each day.

An act that moves the petition on stands from its day until the next such act. What is only said or
corrected (a note, a group) changes nothing of how it stands: a point in time between them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.names import normalise_lines
from reports.enums import PETITION_MOVES, PetitionAct, PetitionState
from reports.models import CompetentBody, Petition, PetitionAnswer, PetitionEvent
from reports.petitions.rights import Reach, reach_of, why_no_move, why_no_right

# Acts after which a petition stands otherwise.
MOVING = frozenset(
    {act for act, move in PETITION_MOVES.items() if move.target}
    | {PetitionAct.RAISE, PetitionAct.EXTEND, PetitionAct.ANSWER, PetitionAct.TELL}
)
# Acts that change what it says.
CORRECTING = frozenset({PetitionAct.AMEND, PetitionAct.WITHDRAW})
VERBS = {
    PetitionAct.RAISE: Verb.CREATE,
    PetitionAct.ROUTE: Verb.ROUTE,
    PetitionAct.ANSWER: Verb.ANSWER,
    PetitionAct.TELL: Verb.TELL,
    PetitionAct.REOPEN: Verb.REOPEN,
    PetitionAct.WITHDRAW: Verb.WITHDRAW,
}
NOTE_NEEDED = {
    PetitionAct.EXTEND: "Ghi lý do gia hạn.",
    PetitionAct.TELL: "Ghi đã thông tin lại cho ai, bằng cách nào.",
    PetitionAct.REOPEN: "Ghi lý do mở lại.",
    PetitionAct.NOTE: "Ghi nội dung ý kiến.",
    PetitionAct.WITHDRAW: "Ghi lý do rút lại.",
}
TO_COME = "Ngày {on:%d/%m/%Y} chưa đến."
TOO_EARLY = (
    "{petition}: ngày {on:%d/%m/%Y} trước việc gần nhất “{last}” ngày {since:%d/%m/%Y}. "
    "Các việc phải theo thứ tự thời gian."
)
STALE = "{petition} vừa được cập nhật sau khi đồng chí mở trang{what}. Xem lại rồi làm tiếp."


@dataclass(frozen=True)
class Deed:
    """An act, who did it, on which day; ``body`` and ``answer`` where it has one."""

    act: PetitionAct
    by: User
    now: dt.datetime
    on: dt.date | None = None  # the day of ``now`` unless papers say otherwise
    note: str = ""
    body: CompetentBody | None = None
    answer: PetitionAnswer | None = None

    @property
    def day(self) -> dt.date:
        return self.on or timezone.localdate(self.now)

    def check(self) -> None:
        """Refuse a day to come, and an act that needs words without any."""
        if self.day > timezone.localdate(self.now):
            raise ValidationError({"on": TO_COME.format(on=self.day)})
        move = PETITION_MOVES.get(self.act)
        if move and move.needs_note and not normalise_lines(self.note):
            raise ValidationError({"note": NOTE_NEEDED[self.act]})


# --- taking a petition up -----------------------------------------------------------------------


def held(petitions: Iterable[Petition]) -> dict[int, Petition]:
    """Read petitions anew and hold them until the transaction ends, in one order for all writers.

    Gives them by key, each with ``standing_events``: the one that says how it stands now.
    """
    keys = [petition.pk for petition in petitions]
    rows = Petition.objects.filter(pk__in=keys).order_by("pk")
    # First held, then read: a row that was waited for would come joined with what it named before.
    list(rows.select_for_update(no_key=True).values_list("pk"))
    standing = PetitionEvent.objects.filter(superseded_on__isnull=True)
    return (
        rows.with_parties()
        .select_related("duplicate_of")
        .prefetch_related(Prefetch("events", queryset=standing, to_attr="standing_events"))
        .in_bulk()
    )


def take_up(current: Petition, deed: Deed, edition: int | None) -> PetitionEvent:
    """Give the standing event of a held petition on which ``deed`` may be done.

    Raises when somebody changed it after ``edition`` was read, when the act is not for its doer or
    not in this state, and when its day is to come or before the standing event.
    """
    reach = reach_of(current, deed.by)
    if reach is not Reach.NONE:  # what was done meanwhile is not for who may not see it
        refuse_stale(current, edition)
    refusal = why_no_right(current, deed.act, deed.by, reach) or why_no_move(current, deed.act)
    if refusal:
        raise ValidationError(refusal)
    deed.check()
    [standing] = current.standing_events
    if deed.day < standing.happened_on:
        last, since = standing.get_act_display(), standing.happened_on
        sentence = TOO_EARLY.format(petition=current, on=deed.day, last=last, since=since)
        raise ValidationError({"on": sentence})
    return standing


def refuse_stale(current: Petition, edition: int | None) -> None:
    """Refuse to act on what is no longer as it was read, saying who did what meanwhile."""
    if edition is not None and edition != current.edition:
        last = current.events.select_related("by").order_by("pk").last()
        raise ValidationError(
            STALE.format(petition=current, what=meanwhile(last)), code="changed_meanwhile"
        )


def meanwhile(event: PetitionEvent | None) -> str:
    """Say who did what and when."""
    if event is None:
        return ""
    who = f"đồng chí {event.by.full_name}" if event.by else audit.SYSTEM
    at = timezone.localtime(event.happened_at)
    return f": {who}, “{event.get_act_display()}” lúc {at:%H:%M ngày %d/%m/%Y}"


# --- writing what was done -----------------------------------------------------------------------


def write(
    petition: Petition,
    deed: Deed,
    standing: PetitionEvent,
    *,
    before: Mapping[str, object] | None = None,
    **changed: object,
) -> PetitionEvent:
    """Set ``changed`` columns of a held petition, and add the event and the audit row of ``deed``.

    ``standing`` is what :func:`take_up` gave; ``before`` are its :func:`words_of` where the caller
    changed it already.
    """
    before = before or words_of(petition, deed.act)
    for name, value in changed.items():
        setattr(petition, name, value)
    petition.edition += 1
    petition.save()
    if deed.act in MOVING:
        standing.superseded_on = deed.day
        standing.save(update_fields=["superseded_on"])
    event = add_event(petition, deed)
    record(petition, deed, before)
    return event


def add_event(petition: Petition, deed: Deed) -> PetitionEvent:
    """Add the event of ``deed``; ``petition`` stands as it stands after it."""
    return PetitionEvent.objects.create(
        petition=petition,
        act=deed.act,
        state=petition.state,
        is_closed=petition.is_closed,
        happened_on=deed.day,
        superseded_on=None if deed.act in MOVING else deed.day,
        happened_at=deed.now,
        by=deed.by,
        body=deed.body,
        answer=deed.answer,
        note=deed.note,
    )


def record(petition: Petition, deed: Deed, before: Mapping[str, object]) -> None:
    """Write the audit row of ``deed``."""
    details = {"việc": deed.act.label, "ngày": f"{deed.day:%d/%m/%Y}"}
    details |= {"cơ quan": str(deed.body)} if deed.body else {}
    details |= {"trả lời": str(deed.answer)} if deed.answer else {}
    old, new = audit.difference(before, words_of(petition, deed.act))
    audit.record(
        VERBS.get(deed.act, Verb.CHANGE),
        petition,
        by=deed.by,
        before=old,
        after=details | new,
        reason=normalise_lines(deed.note),
    )


def words_of(petition: Petition, act: PetitionAct) -> dict[str, object]:
    """Give how a petition stands, for the log; and what it says, where ``act`` may change that."""
    words = {
        "tình trạng": PetitionState(petition.state).label,
        "đã thông tin lại ngày": petition.told_on and f"{petition.told_on:%d/%m/%Y}",
        "nhóm vấn đề": petition.matter and str(petition.matter),
        "trùng với": petition.duplicate_of and str(petition.duplicate_of),
    }
    said = audit.snapshot(petition) if act in CORRECTING else {}
    return said | {label: value for label, value in words.items() if value}
