"""Who hears of what is done with a petition; never who did it, and never what it says."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Assignment, Officer
from reports.enums import NotificationKind, PetitionAct
from reports.models import Petition, PetitionEvent
from reports.notifications import notify, office_users, users_of

RAISED = "Kiến nghị mới số {code}: {place}, {field}"
ANSWERED = "Đã có kết quả kiến nghị số {code} của {place}: thông tin lại cho địa phương"
REOPENED = "Kiến nghị số {code} của {place} được mở lại"
NOTED = "Ý kiến của lãnh đạo về kiến nghị số {code} của {place}"


def tell_of(event: PetitionEvent) -> None:
    """Tell whom an event concerns, inside the transaction that wrote it."""
    if event.act == PetitionAct.RAISE and not allowed(event.by, Permission.HANDLE_PETITIONS):
        tell(event, office_users(), NotificationKind.PETITION, RAISED)
    elif event.act == PetitionAct.ANSWER:
        tell(event, who_tells_commune(event), NotificationKind.PETITION_TO_TELL, ANSWERED)
        tell_of_duplicates(event)
    elif event.act == PetitionAct.REOPEN:
        tell(event, office_users(), NotificationKind.PETITION, REOPENED)
    elif event.act == PetitionAct.NOTE and is_leaders(event.by):
        tell(event, office_users(), NotificationKind.PETITION, NOTED)


def is_leaders(user: User) -> bool:
    """Say whether somebody comments without handling petitions."""
    return allowed(user, Permission.COMMENT) and not allowed(user, Permission.HANDLE_PETITIONS)


def who_tells_commune(event: PetitionEvent, petition: Petition | None = None) -> list[User]:
    """Give who acts for the officer who raised it, and for who covered the commune on the day.

    What repeats the petition answered may have been raised after that day. Of a commune that was
    merged by then it is who covered what came of it; who raised it only if still there.
    """
    petition = petition or event.petition
    day = max(event.happened_on, petition.raised_on)
    following = Assignment.objects.following(petition.commune_id, day)
    raiser = Q(pk=petition.officer_id)
    if not petition.commune.exists_on(day):
        raiser &= Q(pk__in=following.values("officer"))
    covering = Q(pk__in=following.covering().values("officer"))
    officers = Officer.objects.filter(raiser | covering)
    return [user for officer in officers for user in users_of(officer)]


def tell_of_duplicates(event: PetitionEvent) -> None:
    """Tell the officers of what repeats a petition that its answer is there."""
    rows = Petition.objects.standing().with_parties()
    for petition in rows.filter(duplicate_of=event.petition, told_on__isnull=True):
        users = who_tells_commune(event, petition)
        tell(event, users, NotificationKind.PETITION_TO_TELL, ANSWERED, petition)


def tell(
    event: PetitionEvent,
    users: Iterable[User],
    kind: NotificationKind,
    title: str,
    petition: Petition | None = None,
) -> None:
    """Tell ``users`` but who did it of ``event``, or of what it means for ``petition``."""
    petition = petition or event.petition
    words = {
        "code": petition.code,
        "place": petition.commune.name_in_sentence,
        "field": petition.field.name.lower(),
    }
    notify(
        {user for user in users if user != event.by},
        kind=kind,
        key=f"petition:{petition.pk}:{event.act}:{event.pk}",
        title=title.format(**words),
        address=address_of(petition),
        now=event.happened_at,
    )


def address_of(petition: Petition) -> str:
    return reverse("petitions:detail", args=[petition.pk])
