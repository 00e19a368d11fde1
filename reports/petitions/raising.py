"""Writing down what a commune asks for; correcting it; taking it back while it is new."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.coverage import ROLE_ORDER
from assignments.entry_rights import may_enter, not_theirs, own_officer
from assignments.models import Assignment, Officer, Visit
from assignments.services import hold
from communes.models import Commune
from communes.periods import constraint_sentences
from reports.enums import PetitionAct
from reports.models import PeriodicReport, Petition, PetitionEvent
from reports.petitions.events import Deed, add_event, held, take_up, words_of, write
from reports.petitions.facts import PetitionFacts
from reports.petitions.numbers import next_number
from reports.petitions.telling import tell_of

NOT_FOR_YOU = "Đồng chí không ghi kiến nghị trên hệ thống này."
NOT_YET = "Ngày kiến nghị chưa đến."
NOT_YOURS = "Đồng chí chỉ ghi kiến nghị cho mình hoặc cho cán bộ mình giúp việc."
FOLLOWS_NOT = "Đồng chí {officer} không phụ trách {place} ngày {day:%d/%m/%Y}."
UNKNOWN_SOURCE = "Không tìm thấy chuyến đi hoặc báo cáo đã chọn."
SENT_BEFORE = (
    "{petition} đã được ghi từ trang này lúc {at:%H:%M ngày %d/%m/%Y}; nội dung vừa gửi khác. "
    "Sửa kiến nghị đã ghi, hoặc gửi tiếp để ghi thành kiến nghị mới."
)
MOVED_BEFORE = "Ngày kiến nghị phải trước hoặc trùng ngày chuyển xử lý, trả lời đã ghi."
TAKEN_UP = "{petition} đã từng được chuyển xử lý nên không rút lại được; nếu trùng, xác định trùng."
REPEATED = "{petition} đang là kiến nghị chính của kiến nghị số {codes} nên không rút lại được."
TABLES = (Petition, PetitionEvent)


class SentBefore(ValidationError):
    """A form sent again with other words than those its first sending wrote."""

    def __init__(self, petition: Petition):
        self.petition = petition
        at = timezone.localtime(petition.entered_at)
        super().__init__(SENT_BEFORE.format(petition=petition, at=at))


def raise_petition(
    *,
    facts: PetitionFacts,
    officer: Officer | None,
    by: User,
    now: dt.datetime,
    entry_key: UUID | None = None,
) -> Petition:
    """Write a new petition down under the next number of the year (DOMAIN R24).

    Without ``officer`` it is the user's own, for the office who covers the commune then. A form
    sent twice (one ``entry_key``) gives what its first sending wrote; :class:`SentBefore` is raised
    when it says something else now, and what was taken back since is written anew. Raises when
    the commune was not the user's, or not the officer's, on the day; then no number is used up.
    """
    with constraint_sentences(*TABLES), transaction.atomic():
        hold([facts.commune])
        check_facts(facts, by, now)
        petition = Petition(
            officer=officer_for(facts, officer, by), entered_by=by, entered_at=now, **vars(facts)
        )
        petition.full_clean(exclude=["year", "number"])
        earlier = sent_before(entry_key, by)
        if earlier and not earlier.is_withdrawn:
            return the_same(earlier, petition)
        petition.entry_key = uuid4() if earlier else entry_key
        petition.year, petition.number = next_number(now)
        petition.save()
        deed = Deed(PetitionAct.RAISE, by, now, on=petition.raised_on)
        event = add_event(petition, deed)
        audit.record(Verb.CREATE, petition, by=by, after=audit.snapshot(petition))
        tell_of(event)
    return petition


def sent_before(entry_key: UUID | None, by: User) -> Petition | None:
    """Give what the user wrote down under this key."""
    if entry_key is None:
        return None
    return Petition.objects.filter(entry_key=entry_key, entered_by=by).first()


def the_same(earlier: Petition, sent: Petition) -> Petition:
    """Give what was written before when just that is sent again."""
    if PetitionFacts.of(earlier) != PetitionFacts.of(sent):
        raise SentBefore(earlier)
    return earlier


def check_facts(facts: PetitionFacts, by: User, now: dt.datetime) -> None:
    """Refuse a day to come, a commune not the user's then, a source the user may not see."""
    if not allowed(by, Permission.RAISE_PETITIONS):
        raise ValidationError(NOT_FOR_YOU)
    if facts.raised_on > timezone.localdate(now):
        raise ValidationError({"raised_on": NOT_YET})
    if not may_enter(by, facts.commune, facts.raised_on):
        raise ValidationError({"commune": not_theirs(facts.commune, facts.raised_on, by)})
    check_source(facts, by)


def check_source(facts: PetitionFacts, by: User) -> None:
    """Refuse a visit or a report the user may not know of."""
    visits, reports = Visit.objects.visible_to(by), PeriodicReport.objects.visible_to(by)
    for rows, source in ((visits, facts.visit), (reports, facts.report)):
        if source and not rows.filter(pk=source.pk).exists():
            raise ValidationError(UNKNOWN_SOURCE)


def officer_for(facts: PetitionFacts, officer: Officer | None, by: User) -> Officer | None:
    """Give the officer a petition is of: ``officer``, or who followed the commune on the day.

    Raises when ``officer`` did not, or is none the user acts for.
    """
    if officer is None:
        return who_followed(facts.commune, facts.raised_on, by)
    is_own = Officer.objects.of_user(by).filter(pk=officer.pk).exists()
    if not (is_own or allowed(by, Permission.VIEW_ALL)):
        raise ValidationError(NOT_YOURS)
    followed = Assignment.objects.active_on(facts.raised_on).filter(commune=facts.commune)
    if not followed.filter(officer=officer).exists():
        words = {"officer": officer.full_name, "place": facts.commune.party_body}
        raise ValidationError(FOLLOWS_NOT.format(**words, day=facts.raised_on))
    return officer


def who_followed(commune: Commune, day: dt.date, by: User) -> Officer | None:
    """Give the user's own officer of the commune; for the office who covered it, if anybody."""
    if not allowed(by, Permission.VIEW_ALL):
        return own_officer(by, commune, day)
    held_then = Assignment.objects.active_on(day).covering().filter(commune=commune)
    first = held_then.select_related("officer").order_by(ROLE_ORDER, "pk").first()
    return first.officer if first else None


# --- correcting and taking back -----------------------------------------------------------------


def amend_petition(
    *,
    petition: Petition,
    facts: PetitionFacts,
    reason: str,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Petition:
    """Correct what a petition says, while it is open; officers their own while it is new.

    Whose commune it was is asked anew only where the commune or the day changes. What is sent
    unchanged writes nothing.
    """
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.AMEND, by, now, note=reason)
        standing = take_up(current, deed, edition)
        before, old = words_of(current, deed.act), PetitionFacts.of(current)
        correct(current, facts, by, now)
        if PetitionFacts.of(current) != old:
            move_beginning(current)
            write(current, deed, standing, before=before)
    return current


def correct(current: Petition, facts: PetitionFacts, by: User, now: dt.datetime) -> None:
    """Give a petition other facts, and the officer of its commune where that changes."""
    if (facts.commune, facts.raised_on) != (current.commune, current.raised_on):
        check_facts(facts, by, now)
        moved = facts.commune != current.commune
        current.officer = officer_for(facts, None if moved else current.officer, by)
    elif (facts.visit, facts.report) != (current.visit, current.report):
        check_source(facts, by)
    for name, value in vars(facts).items():
        setattr(current, name, value)
    current.full_clean()


def move_beginning(petition: Petition) -> None:
    """Let the history begin on the day the petition was raised, as now corrected."""
    first = petition.events.get(act=PetitionAct.RAISE)
    if first.superseded_on and first.superseded_on < petition.raised_on:
        raise ValidationError({"raised_on": MOVED_BEFORE})
    first.happened_on = petition.raised_on
    first.save(update_fields=["happened_on"])


def withdraw_petition(
    *, petition: Petition, reason: str, edition: int | None, by: User, now: dt.datetime
) -> Petition:
    """Take back a petition written down in error: it stays, with its number, who and why.

    Only while it is new and nobody ever had it; nor while others are marked as repeating it.
    """
    with constraint_sentences(*TABLES), transaction.atomic():
        current = held([petition])[petition.pk]
        deed = Deed(PetitionAct.WITHDRAW, by, now, note=reason)
        standing = take_up(current, deed, edition)
        refuse_withdrawing(current)
        before = words_of(current, deed.act)
        current.withdrawn_at, current.withdrawn_by = now, by
        current.withdrawal_reason = reason
        current.full_clean()
        write(current, deed, standing, before=before)
    return current


def refuse_withdrawing(petition: Petition) -> None:
    """Refuse to take back what a body had, or what others repeat."""
    if petition.legs.exists():
        raise ValidationError(TAKEN_UP.format(petition=petition))
    codes = [other.code for other in petition.duplicates.all()]
    if codes:
        raise ValidationError(REPEATED.format(petition=petition, codes=", ".join(codes)))
