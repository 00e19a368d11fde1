"""Visits planned ahead (R11): what is coming, writing plans down and calling them off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Permission, Verb
from accounts.models import User
from accounts.permissions import allowed
from assignments.bulk import all_or_none
from assignments.entry_rights import choose_instead
from assignments.enums import VisitKind
from assignments.models import MeetingNotice, Officer, VisitPlan
from assignments.models.plans import VisitPlanQuerySet
from assignments.services import hold
from assignments.visits.rules import check_cell, held_on
from assignments.withdrawing import take_back
from communes.models import Commune, PartyCell
from communes.periods import constraint_sentences

CARRIED_OUT = "Kế hoạch này đã thực hiện nên không bỏ được nữa."


# --- what is coming ------------------------------------------------------------------------------


def planned_for(user: User) -> VisitPlanQuerySet:
    """Give the plans of the officers ``user`` acts for; all for who sees all."""
    plans = VisitPlan.objects.visible_to(user)
    return plans if allowed(user, Permission.VIEW_ALL) else plans.of_user(user)


def coming(user: User, day: dt.date, until: dt.date) -> list[VisitPlan]:
    """Give the plans of the user's officers from ``day`` up to, not including, ``until``.

    Neither called off nor carried out; soonest first. Who sees all gets everybody's.
    """
    plans = planned_for(user).open().between(day, until)
    return list(plans.with_commune().select_related("officer", "cell").order_by("planned_on", "pk"))


def notices_to_answer(user: User, day: dt.date) -> list[MeetingNotice]:
    """Give the meetings from ``day`` on that an officer ``user`` acts for has not answered yet."""
    own = Officer.objects.of_user(user)
    notices = MeetingNotice.objects.visible_to(user).unanswered_by(own).filter(held_on__gte=day)
    return list(notices.with_commune().order_by("held_on", "held_at", "pk"))


# --- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlannedVisit:
    """What an officer means to do: where, when, what for."""

    commune: Commune
    planned_on: dt.date
    kind: VisitKind
    cell: PartyCell | None = None
    place: str = ""
    purpose: str = ""


def plan_visits(
    *, officer: Officer, visits: Sequence[PlannedVisit], by: User, now: dt.datetime
) -> list[VisitPlan]:
    """Write ``visits`` down as plans of ``officer``: all of them or none.

    Raises :class:`assignments.bulk.RowErrors` with the reasons at each: a day that has passed, a
    commune that is not the officer's on the day, the same planned before.
    """
    with transaction.atomic():
        hold(visit.commune for visit in visits)
        return all_or_none(
            (partial(write_plan, officer, visit, by, now) for visit in visits), model=VisitPlan
        )


def write_plan(officer: Officer, visit: PlannedVisit, by: User, now: dt.datetime) -> VisitPlan:
    """Write one plan inside the caller's transaction."""
    check_planned(officer, visit, timezone.localdate(now))
    made = VisitPlan(officer=officer, entered_by=by, entered_at=now, **vars(visit))
    made.full_clean()
    made.save()
    audit.record(Verb.CREATE, made, by=by, after=audit.snapshot(made))
    return made


def check_planned(officer: Officer, visit: PlannedVisit, today: dt.date) -> None:
    """Refuse a day that has passed, another officer's commune, and a cell that is not there."""
    day = visit.planned_on
    if day < today:
        raise ValidationError({"planned_on": f"Ngày {day:%d/%m/%Y} đã qua."})
    if not held_on(officer, visit.commune, day):
        sentence = (
            f"Ngày {day:%d/%m/%Y}, {visit.commune.party_body} không do đồng chí "
            f"{officer.full_name} theo dõi, phụ trách.{choose_instead(visit.commune, day)}"
        )
        raise ValidationError({"commune": sentence})
    check_cell(visit.cell, visit.commune, day)


def withdraw_plan(*, plan: VisitPlan, reason: str, by: User, now: dt.datetime) -> VisitPlan:
    """Call a plan off; one that was carried out stays."""
    with constraint_sentences(VisitPlan), transaction.atomic():
        hold([plan.commune])  # whoever logs the visit meanwhile waits
        if VisitPlan.objects.carried_out().filter(pk=plan.pk).exists():
            raise ValidationError(CARRIED_OUT)
        return take_back(plan, reason=reason, by=by, now=now)
