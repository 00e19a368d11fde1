"""One quarter with everything a rule tells of, and when each stage of each thing lasts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.enums import Role
from accounts.models import User
from assignments.enums import DutyKind, DutyUnit, NoticeReply
from assignments.models import Attendance, NoticeAnswer, Officer
from communes.models import Commune
from reports.enums import AnswerOutcome, PetitionAct, PetitionState, ReportMove, ReportState
from reports.models import Period, Petition, PetitionEvent
from tests.factories import (
    make_answer,
    make_assignment,
    make_attendance,
    make_commune,
    make_duty,
    make_leg,
    make_notice,
    make_officer,
    make_period,
    make_petition,
    make_regulation,
    make_report,
    make_report_event,
    make_task,
    make_user,
    make_visit,
)
from tests.reports.notifications.nights import Told, at_night, first_run_within

FIRST, LAST = dt.date(2023, 4, 1), dt.date(2023, 7, 20)
LOCKED = dt.date(2023, 7, 18)

# Who, which thing and stage, from the first day to the last on which it is so.
Stretch = tuple[str, str, dt.date, dt.date]


def on(month: int, day: int) -> dt.date:
    return dt.date(2023, month, day)


@dataclass
class Quarter:
    """The records, and the stretches in which each stage of each thing is the present one."""

    stretches: list[Stretch] = field(default_factory=list)
    office: User = None
    leader: User = None
    period: Period = None
    officers: dict[str, Officer] = field(default_factory=dict)
    communes: dict[str, Commune] = field(default_factory=dict)

    def lasts(self, who: Iterable[str], key: str, since: dt.date, until: dt.date) -> None:
        self.stretches += [(name, key, since, until) for name in who]

    def expected(self, runs: set[dt.date]) -> Told:
        """Give who has to be told what, and when, by the nights on which the command ran."""
        return {
            (name, key): day
            for name, key, since, until in self.stretches
            if (day := first_run_within((since, until), runs))
        }


def make_quarter() -> Quarter:
    """Make the quarter. What an act on a later day changes is in :func:`act_on`."""
    quarter = Quarter()
    quarter.office = make_user(Role.OFFICE, username="office")
    quarter.leader = make_user(Role.LEADER, username="leader")
    make_user(Role.ADMIN, username="admin")
    make_people(quarter)
    make_rules(quarter)
    make_reports_and_visits(quarter)
    make_invitations(quarter)
    make_petitions(quarter)
    make_one_task(quarter)
    return quarter


def make_people(quarter: Quarter) -> None:
    """An has an assistant; the user of Dung is locked."""
    for name in ("an", "binh", "chau", "dung"):
        user = make_user(Role.OFFICER, username=name, is_active=name != "dung")
        quarter.officers[name] = make_officer(f"Nguyễn Văn {name.title()}", user=user)
        quarter.communes[name] = make_commune()
        make_assignment(quarter.officers[name], quarter.communes[name])
    quarter.officers["an"].assistants.add(make_user(Role.ASSISTANT, username="em"))


def make_rules(quarter: Quarter) -> None:
    regulation = make_regulation(DutyKind.COMMITTEE_MEETING)
    make_duty(regulation, kind=DutyKind.REPORT, unit=DutyUnit.PER_OFFICER)
    quarter.period = make_period(locked_on=LOCKED)


# --- reports, visits -----------------------------------------------------------------------------


def hand_in(officer: Officer, day: dt.date) -> None:
    report = make_report(
        officer,
        state=ReportState.SUBMITTED,
        first_submitted_on=day,
        submitted_at=at_night(day),
    )
    make_report_event(report, move=ReportMove.SUBMIT, happened_on=day)


def attend(officer: Officer, commune: Commune, day: dt.date) -> None:
    make_attendance(officer, make_visit(commune, visited_on=day), confirmed_by=officer.user)


def make_reports_and_visits(quarter: Quarter) -> None:
    """An reports late and went in time; Binh reports early and went late; Châu does nothing."""
    people, places = quarter.officers, quarter.communes
    attend(people["an"], places["an"], on(5, 9))
    attend(people["binh"], places["binh"], on(6, 25))
    hand_in(people["an"], on(7, 5))
    hand_in(people["binh"], on(6, 15))

    def report(name: str, stage: str) -> str:
        return f"report-due:{people[name].pk}:{quarter.period.pk}:2023-06-30:{stage}"

    def duty(name: str, stage: str) -> str:
        return f"duty:{people[name].pk}:{quarter.period.pk}:2023-06-30:{stage}"

    ans = ("an", "em")
    quarter.lasts(ans, report("an", "20-days"), on(6, 10), on(6, 22))
    quarter.lasts(ans, report("an", "7-days"), on(6, 23), on(6, 30))
    quarter.lasts(ans, report("an", "overdue-0"), on(7, 1), on(7, 4))
    quarter.lasts(["binh"], report("binh", "20-days"), on(6, 10), on(6, 14))
    quarter.lasts(["chau"], report("chau", "20-days"), on(6, 10), on(6, 22))
    quarter.lasts(["chau"], report("chau", "7-days"), on(6, 23), on(6, 30))
    quarter.lasts(["chau"], report("chau", "overdue-0"), on(7, 1), on(7, 7))
    quarter.lasts(["chau"], report("chau", "overdue-1"), on(7, 8), on(7, 14))
    quarter.lasts(["chau"], report("chau", "overdue-2"), on(7, 15), LOCKED - dt.timedelta(days=1))

    quarter.lasts(["binh"], duty("binh", "20-days"), on(6, 10), on(6, 22))
    quarter.lasts(["binh"], duty("binh", "7-days"), on(6, 23), on(6, 24))
    quarter.lasts(["chau"], duty("chau", "20-days"), on(6, 10), on(6, 22))
    quarter.lasts(["chau"], duty("chau", "7-days"), on(6, 23), on(6, 30))


# --- invitations, confirmation -------------------------------------------------------------------


def make_invitations(quarter: Quarter) -> None:
    """Binh is invited and answers in time for the eve; Châu never answers."""
    people, places = quarter.officers, quarter.communes
    binhs = make_notice(places["binh"], held_on=on(4, 20), entered_at=at_night(on(4, 10)))
    chaus = make_notice(places["chau"], held_on=on(6, 8), entered_at=at_night(on(6, 1)))
    for_binh = f"meeting:{binhs.pk}:{people['binh'].pk}"
    for_chau = f"meeting:{chaus.pk}:{people['chau'].pk}"
    quarter.lasts(["binh"], f"{for_binh}:waiting", on(4, 13), on(4, 18))
    quarter.lasts(["chau"], f"{for_chau}:waiting", on(6, 4), on(6, 6))
    quarter.lasts(["chau"], f"{for_chau}:eve", on(6, 7), on(6, 8))

    visit = make_visit(places["an"], visited_on=on(5, 1), kind="field_visit")
    entered = make_attendance(
        people["an"], visit, confirmed_at=None, entered_at=at_night(on(5, 2)), entered_by=None
    )
    quarter.lasts(["an"], f"confirm:{entered.pk}", on(5, 5), on(5, 7))


def act_on(quarter: Quarter, day: dt.date) -> None:
    """Do, on the day, what has no date of its own to be read back by."""
    if day == on(4, 19):
        notice = quarter.communes["binh"].notices.get()
        NoticeAnswer.objects.create(
            notice=notice, officer=quarter.officers["binh"], reply=NoticeReply.ATTENDS
        )
    if day == on(5, 8):
        waiting = Attendance.objects.unconfirmed()
        waiting.update(confirmed_at=at_night(day), confirmed_by=quarter.office)


# --- petitions -----------------------------------------------------------------------------------


def tell_story(petition: Petition, *acts: tuple) -> None:
    """Let ``acts`` (act, state, day, further columns) follow upon the petition's being raised."""
    before = petition.events.get()
    for act, state, day, more in acts:
        PetitionEvent.objects.filter(pk=before.pk).update(superseded_on=day)
        before = PetitionEvent.objects.create(
            petition=petition, act=act, state=state, happened_on=day, **more
        )
    closed = before.is_closed
    Petition.objects.filter(pk=petition.pk).update(
        state=before.state, told_on=before.happened_on if closed else None
    )


def settled(petition: Petition) -> int:
    """Give the key of the event by which a petition got its result."""
    return petition.events.get(act=PetitionAct.ANSWER).pk


def make_petitions(quarter: Quarter) -> None:
    one_answered_late(quarter)
    one_left_untold(quarter)
    one_with_a_roadmap(quarter)
    one_in_time(quarter)


def one_answered_late(quarter: Quarter) -> None:
    """Routed late, overdue, escalated, answered, the commune told late."""
    place, officer = quarter.communes["an"], quarter.officers["an"]
    petition = make_petition(place, officer, raised_on=on(4, 3))
    leg = make_leg(petition, started_on=on(4, 20), due_on=on(5, 10), ended_on=on(6, 1))
    tell_story(
        petition,
        (PetitionAct.ROUTE, PetitionState.ROUTED, on(4, 20), {"body": leg.body}),
        (PetitionAct.ANSWER, PetitionState.RESOLVED, on(6, 1), {"answer": make_answer()}),
        (PetitionAct.TELL, PetitionState.RESOLVED, on(6, 20), {"is_closed": True}),
    )
    key, raised = f"petition:{petition.pk}", petition.events.get(act=PetitionAct.RAISE).pk
    quarter.lasts(["office"], f"{key}:event-{raised}:unrouted", on(4, 9), on(4, 19))
    quarter.lasts(["office"], f"{key}:leg-{leg.pk}:overdue", on(5, 11), on(5, 20))
    quarter.lasts(["an", "em"], f"{key}:leg-{leg.pk}:overdue", on(5, 11), on(5, 31))
    quarter.lasts(["office", "leader"], f"{key}:leg-{leg.pk}:escalated", on(5, 21), on(5, 31))
    quarter.lasts(["an", "em"], f"{key}:event-{settled(petition)}:untold", on(6, 12), on(6, 19))


def one_left_untold(quarter: Quarter) -> None:
    """Raised by who has left the commune since: its holder now is to tell it."""
    place, gone = quarter.communes["chau"], make_officer("Lý Văn Giang")
    gone.user = make_user(Role.OFFICER, username="giang")
    gone.save()
    petition = make_petition(place, gone, raised_on=on(4, 20))
    tell_story(
        petition,
        (PetitionAct.ANSWER, PetitionState.RESOLVED, on(4, 24), {"answer": make_answer()}),
    )
    key = f"petition:{petition.pk}:event-{settled(petition)}:untold"
    quarter.lasts(["chau"], key, on(5, 5), LAST)


def one_with_a_roadmap(quarter: Quarter) -> None:
    """Not yet affordable, the commune told so in time; the day it was promised for comes."""
    place, officer = quarter.communes["binh"], quarter.officers["binh"]
    answer = make_answer(outcome=AnswerOutcome.UNDER_RESOURCED, roadmap_on=on(6, 5))
    petition = make_petition(place, officer, raised_on=on(4, 10))
    state = PetitionState.UNDER_RESOURCED
    tell_story(
        petition,
        (PetitionAct.ANSWER, state, on(4, 12), {"answer": answer}),
        (PetitionAct.TELL, state, on(4, 15), {"is_closed": True}),
    )
    quarter.lasts(["office"], f"roadmap:{answer.pk}:2023-06-05", on(6, 5), LAST)


def one_in_time(quarter: Quarter) -> None:
    """Nothing to tell of: everybody did their part in time."""
    petition = make_petition(quarter.communes["an"], quarter.officers["an"], raised_on=on(5, 2))
    leg = make_leg(petition, started_on=on(5, 4), due_on=on(6, 3), ended_on=on(6, 3))
    tell_story(
        petition,
        (PetitionAct.ROUTE, PetitionState.ROUTED, on(5, 4), {"body": leg.body}),
        (PetitionAct.ANSWER, PetitionState.RESOLVED, on(6, 3), {"answer": make_answer()}),
        (PetitionAct.TELL, PetitionState.RESOLVED, on(6, 13), {"is_closed": True}),
    )


# --- tasks ---------------------------------------------------------------------------------------


def make_one_task(quarter: Quarter) -> None:
    """A task of An, done five days late."""
    task = make_task(officer=quarter.officers["an"], due_on=on(5, 15), content="Rà soát")
    type(task).objects.filter(pk=task.pk).update(done_on=on(5, 20), result="Đã xong")
    who = ("office", "an", "em")
    # The conclusion is of 9 May: from then on there is something to be done.
    quarter.lasts(who, f"task:{task.pk}:2023-05-15:7-days", on(5, 9), on(5, 15))
    quarter.lasts(who, f"task:{task.pk}:2023-05-15:overdue", on(5, 16), on(5, 19))
