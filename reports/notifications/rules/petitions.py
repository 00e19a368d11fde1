"""Petitions nobody routes, answers or tells of: nothing is closed, or left lying, in silence (R27).

Conditions are those of the lists (``reports.petitions.standing``); here is who is told, and once.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse

from assignments.enums import COVERING_ROLES, AssignmentRole
from assignments.models import Assignment
from communes.lineage import Reading
from reports.enums import NotificationKind, PetitionAct, PetitionState
from reports.models import Petition, PetitionAnswer, PetitionEvent, PetitionLeg
from reports.notifications.audience import Audience, Users
from reports.notifications.notices import Notice
from reports.petitions.standing import escalated_on, overdue_on, unrouted_on, untold_long_on


def tell_of_petitions(day: dt.date, audience: Audience) -> Iterator[Notice]:
    """Tell the office, the leaders, and who has to tell the commune."""
    told = Telling(audience, holdings(day))
    for petition in waiting(day):
        yield from told.of_waiting(petition)
    for petition in untold(day):
        yield told.of_untold(petition)
    yield from of_roadmaps(day, audience.office)


# --- the petitions -------------------------------------------------------------------------------


def standing(day: dt.date) -> QuerySet[Petition]:
    """Give the petitions raised by ``day``; ``turn`` is the event that made them stand so."""
    rows = Petition.objects.standing().on(day).with_parties()
    return rows.annotate(turn=F("event_on__pk")).order_by("pk")


def waiting(day: dt.date) -> QuerySet[Petition]:
    """Give the petitions that somebody should have routed or answered by now."""
    legs = PetitionLeg.objects.leading().current_on(day).filter(petition=OuterRef("pk"))
    return (
        standing(day)
        .filter(unrouted_on(day) | overdue_on(day) | escalated_on(day))
        .annotate(
            is_overdue=holds(overdue_on(day)),
            is_escalated=holds(escalated_on(day)),
            leg=Subquery(legs.values("pk")[:1]),
        )
    )


def untold(day: dt.date) -> QuerySet[Petition]:
    """Give the petitions settled long ago, their commune not told."""
    return standing(day).filter(untold_long_on(day))


def holds(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)


# --- whose matter they are -----------------------------------------------------------------------


def holdings(day: dt.date) -> dict[int, list[Assignment]]:
    """Give, by commune, the assignments in force on ``day``: who answers for it first.

    Those of a unit that is no more are of the one that stands for it.
    """
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.active_on(day).order_by("pk"):
        found[row.commune_id].append(row)
    for rows in found.values():
        rows.sort(
            key=lambda row: (row.role != AssignmentRole.COVER, row.role not in COVERING_ROLES)
        )
    inherited = {old: found[unit.pk] for old, unit in Reading(day).heirs.items()}
    return found | inherited


@dataclass(frozen=True)
class Telling:
    """Who is told of a petition, at which stage."""

    audience: Audience
    holdings: dict[int, list[Assignment]]

    def answerable(self, petition: Petition) -> Users:
        """Give who acts for the officer who raised it; if they left the commune, for its holder."""
        rows = self.holdings.get(petition.commune_id, [])
        officers = [row.officer_id for row in rows]
        if petition.officer_id in officers:
            return self.audience.acting_for(petition.officer_id)
        held = [row.officer_id for row in rows if row.role in COVERING_ROLES]
        return self.audience.acting_for(held[0]) if held else ()

    def of_waiting(self, petition: Petition) -> Iterator[Notice]:
        """Tell the office, and from a stage on the leaders; of a delay the officer, too.

        A stage is of one leg, or of one time of lying new: re-routed or reopened it is another.
        """
        audience = self.audience
        turn = f"leg-{petition.leg}" if petition.leg else f"event-{petition.turn}"
        if petition.is_escalated:
            users = (*audience.leaders, *audience.office)
            words = "quá hạn trả lời" if petition.is_overdue else "chưa chuyển xử lý"
            yield notice(petition, users, f"{turn}:escalated", f"{words}, cần trình Ban Thường vụ")
        elif petition.is_overdue:
            yield notice(petition, audience.office, f"{turn}:overdue", "quá hạn trả lời")
        else:
            yield notice(petition, audience.office, f"{turn}:unrouted", "chưa chuyển xử lý")
        if petition.is_overdue:
            users = self.answerable(petition)
            yield notice(petition, users, f"{turn}:overdue", "quá hạn trả lời")

    def of_untold(self, petition: Petition) -> Notice:
        """Tell who has to tell the commune; the office where nobody can."""
        users = self.answerable(petition) or self.audience.office
        key = f"event-{petition.turn}:untold"
        words = "đã có kết quả, chưa thông tin lại cho địa phương"
        return notice(petition, users, key, words, NotificationKind.PETITION_TO_TELL)


def named(petition: Petition) -> str:
    """Name a petition by number and commune: what it asks may name somebody."""
    return f"Kiến nghị số {petition.code}, {petition.commune.name_in_sentence}"


def notice(
    petition: Petition,
    users: Users,
    stage: str,
    words: str,
    kind: NotificationKind = NotificationKind.PETITION_OVERDUE,
) -> Notice:
    return Notice(
        users,
        kind,
        f"petition:{petition.pk}:{stage}",
        f"{named(petition)}: {words}",
        reverse("petitions:detail", args=[petition.pk]),
    )


# --- roadmaps ------------------------------------------------------------------------------------


def of_roadmaps(day: dt.date, office: Users) -> Iterator[Notice]:
    """Tell the office of the day by which something was to be done, one answer at a time."""
    waiting = standing(day).filter(state_on=PetitionState.UNDER_RESOURCED)
    by_answer: dict[int, list[Petition]] = defaultdict(list)
    for petition in waiting.annotate(answer=answer_by(day)):
        by_answer[petition.answer].append(petition)
    reached = PetitionAnswer.objects.filter(pk__in=list(by_answer), roadmap_on__lte=day)
    for answer in reached.order_by("pk"):
        yield of_roadmap(answer, by_answer[answer.pk], office)


def answer_by(day: dt.date) -> Subquery:
    """Give the last answer a petition had by ``day``."""
    events = PetitionEvent.objects.filter(
        petition=OuterRef("pk"), act=PetitionAct.ANSWER, happened_on__lte=day
    )
    return Subquery(events.order_by("-happened_on", "-pk").values("answer")[:1])


def of_roadmap(answer: PetitionAnswer, petitions: list[Petition], office: Users) -> Notice:
    """Tell of one petition by its number, of several by the answer they had together."""
    first, several = petitions[0], len(petitions) > 1
    what = f"{answer} ({len(petitions)} kiến nghị)" if several else named(first)
    listed = f"{reverse('petitions:list')}?trang_thai={PetitionState.UNDER_RESOURCED.value}"
    return Notice(
        office,
        NotificationKind.PETITION,
        f"roadmap:{answer.pk}:{answer.roadmap_on}",
        f"{what}: đã đến ngày dự kiến thực hiện {answer.roadmap_on:%d/%m/%Y}",
        listed if several else reverse("petitions:detail", args=[first.pk]),
    )
