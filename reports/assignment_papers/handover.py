"""What is handed over in a commune: from whom, to whom, and everything that is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import User
from assignments.directives import states_of
from assignments.enums import DutyKind
from assignments.models import Assignment, MeetingNotice, Officer, VisitPlan
from communes.dates import short_date
from communes.former_units import of_unit
from communes.models import Commune
from reports.duties import duty_list
from reports.handing_over.finding import undecided
from reports.models import Handover as HandoverDossier
from reports.models import HandoverItem, Petition
from reports.petitions.columns import content, state_badge_of, with_standing
from reports.petitions.standing import open_on, untold_on
from reports.viewpoint import Viewpoint

LATELY = dt.timedelta(days=90)
UNDECIDED = "Chưa ghi người tiếp tục"


@dataclass(frozen=True)
class Thing:
    """One thing handed over: what it is, in which words, until when, how it stands."""

    kind: str
    words: str
    due_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Handover:
    """A change of officer in a commune, with what is still open there on the day."""

    commune: Commune
    outgoing: Assignment
    successor: Assignment | None
    things: list[Thing]


def relieved_lately(commune: Commune, user: User, day: dt.date) -> list[Assignment]:
    """Give the covering assignment that ended last, within :data:`LATELY` of ``day``.

    One for the commune and each unit it came of, but for who goes on in what came of theirs.
    """
    ended = Assignment.objects.visible_to(user).covering().filter(of_unit(commune, day))
    ended = ended.filter(ended_on__gt=day - LATELY, ended_on__lte=day)
    going_on = Assignment.objects.following(commune, day).values("officer")
    ended = ended.exclude(commune__dissolved_on__lte=day, officer__in=going_on)
    last: dict[int, Assignment] = {}
    for row in ended.with_parties().order_by("-ended_on", "-pk"):
        last.setdefault(row.commune_id, row)
    return list(last.values())


def handed_over(commune: Commune, view: Viewpoint) -> Handover | None:
    """Give the last change of officer with everything open; ``None`` when nobody left lately.

    Of a commune that is no more the successor is who follows what came of it.
    """
    relieved = relieved_lately(commune, view.user, view.day)
    outgoing = next((row for row in relieved if row.commune_id == commune.pk), None)
    if outgoing is None:
        return None
    current = Assignment.objects.visible_to(view.user).covering()
    successor = current.following(commune.pk, view.day).with_parties().first()
    things = stored_things(outgoing) or list(things_of(commune, outgoing.officer, view))
    return Handover(commune, outgoing, successor, things)


def of_dossier(dossier: HandoverDossier, view: Viewpoint) -> Handover:
    """Give the change of officer a dossier is about: what was decided in it, and what is not yet.

    The paper lists what the dossier's page does.
    """
    outgoing = dossier.outgoing
    things = stored_things(outgoing)
    if dossier.settled_on is None:
        things += [
            Thing(one.label, one.words, one.due_on, UNDECIDED)
            for one in undecided(dossier, view.day)
        ]
    return Handover(outgoing.commune, outgoing, dossier.incoming, things)


def stored_things(outgoing: Assignment) -> list[Thing]:
    """Give what the dossier of an assignment says of each thing: who goes on with it, or why not.

    Nothing, while nothing is decided.
    """
    items = HandoverItem.objects.filter(handover__outgoing=outgoing).select_related("new_owner")
    return [
        Thing(item.get_kind_display(), item.words, item.due_on, fate_of(item)) for item in items
    ]


def fate_of(item: HandoverItem) -> str:
    if item.new_owner:
        return f"Đồng chí {item.new_owner.full_name} tiếp tục"
    return f"Không giao: {item.reason}"


def things_of(commune: Commune, officer: Officer, view: Viewpoint) -> Iterator[Thing]:
    """Give what is open: petitions, plans, invitations, documents followed, reports due."""
    yield from petitions_of(commune, view)
    yield from plans_of(commune, officer, view)
    yield from notices_of(commune, officer, view)
    for directive, last in states_of(commune, view.user, view.day):
        note = last.get_state_display() if last else "Chưa đôn đốc"
        yield Thing("Văn bản theo dõi", f"{directive.number}: {directive.subject}", note=note)
    yield from reports_of(commune, officer, view)


def petitions_of(commune: Commune, view: Viewpoint) -> Iterator[Thing]:
    rows = Petition.objects.visible_to(view.user).standing().filter(of_unit(commune, view.day))
    rows = rows.on(view.day)
    rows = rows.filter(open_on() | untold_on(view.day)).order_by("raised_on", "pk")
    for one in with_standing(rows, view.day).with_parties():
        words = f"Số {one.code}: {content(one)}"
        yield Thing("Kiến nghị", words, one.due_on, state_badge_of(one.state_on).word)


def plans_of(commune: Commune, officer: Officer, view: Viewpoint) -> Iterator[Thing]:
    plans = VisitPlan.objects.visible_to(view.user).open().filter(commune=commune, officer=officer)
    for plan in plans.filter(planned_on__gte=view.day).order_by("planned_on", "pk"):
        words = ". ".join(filter(None, (plan.get_kind_display(), plan.purpose)))
        yield Thing("Kế hoạch đi cơ sở", words, plan.planned_on)


def notices_of(commune: Commune, officer: Officer, view: Viewpoint) -> Iterator[Thing]:
    notices = MeetingNotice.objects.visible_to(view.user).standing().filter(commune=commune)
    coming = notices.filter(held_on__gte=view.day).exclude(answers__officer=officer)
    for notice in coming.order_by("held_on", "held_at"):
        yield Thing(
            "Giấy mời chưa trả lời",
            f"{notice.get_kind_display()}: {notice.content}",
            notice.held_on,
            notice.place,
        )


def reports_of(commune: Commune, officer: Officer, view: Viewpoint) -> Iterator[Thing]:
    """Give the reports of the quarter the outgoing officer still owed."""
    lines = duty_list(view.user, view.within(view.quarters[:1]), view.day, commune=commune.pk)
    for line in lines:
        is_report = line.duty.kind == DutyKind.REPORT and line.officer_id == officer.pk
        if is_report and line.unexplained:
            yield Thing("Báo cáo chưa nộp", f"Báo cáo {line.period}", line.deadline)


def ends_of(handover: Handover) -> str:
    """Say since when the outgoing officer does not follow the commune, and why."""
    outgoing = handover.outgoing
    decision = f" theo Quyết định {outgoing.closing_decision}" if outgoing.closing_decision else ""
    return f"thôi theo dõi, phụ trách từ ngày {short_date(outgoing.ended_on)}{decision}"
