"""What becomes of everything that hangs on an old unit: one table for every key to a commune.

A test finds the keys by introspection and fails when one has no row here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import Q

from assignments.models import FollowUp, MeetingNotice, Visit, VisitPlan
from reports.models import CommuneRemark, PeriodicReport, Petition, Waiver


@dataclass(frozen=True)
class Late:
    """Records of a model that are of the new unit if they are of the day or after it.

    ``since`` gives the condition; ``cell`` says that they may name a Party cell; no two standing
    ones (``standing``) may be alike in ``once`` and their unit.
    """

    model: type[models.Model]
    since: Callable[[dt.date], Q]
    day: str
    cell: bool = False
    once: tuple[str, ...] = ()

    def of(self, communes: Iterable[int], on: dt.date) -> models.QuerySet:
        """Give the records of ``communes`` that are of ``on`` or later, withdrawn ones too."""
        rows = self.model._base_manager.filter(self.since(on), commune__in=communes)
        return rows.order_by("pk")


def dated(column: str) -> Callable[[dt.date], Q]:
    """Give the condition that ``column`` is on the day or after it."""
    return lambda day: Q(**{f"{column}__gte": day})


def raised(day: dt.date) -> Q:
    """Give the condition of petitions: one heard on a visit goes where the visit goes."""
    return Q(visit__visited_on__gte=day) | Q(visit__isnull=True, raised_on__gte=day)


def reported(day: dt.date) -> Q:
    """Give the condition of reports: of a period that begins then; an urgent one, begun then."""
    return Q(period__started_on__gte=day) | Q(period__isnull=True, entered_at__date__gte=day)


# Records of the day or after it move to the unit that keeps the old one's records.
LATE: tuple[Late, ...] = (
    Late(Visit, dated("visited_on"), "visited_on", cell=True),
    Late(
        VisitPlan,
        dated("planned_on"),
        "planned_on",
        cell=True,
        once=("officer", "planned_on", "kind"),
    ),
    Late(MeetingNotice, dated("held_on"), "held_on", cell=True),
    Late(FollowUp, dated("noted_on"), "noted_on"),
    Late(PeriodicReport, reported, "period", once=("officer", "period")),
    Late(Petition, raised, "raised_on"),
    # A remark is of a cycle, a waiver of a period: theirs is the day that counts.
    Late(
        CommuneRemark,
        dated("evaluation__cycle__started_on"),
        "given_on",
        once=("evaluation",),
    ),
    Late(Waiver, dated("period__started_on"), "period"),
)

MOVES = "moves to the unit that keeps the records, if it is of the day or later"
# Every key to a commune, a Party cell or an assignment, and what becomes of it.
FATES: Mapping[str, str] = {
    "communes.PartyCell.commune": "the cell ends and goes on in the unit that keeps the records",
    "communes.PartyCell.former": "written: the cell it goes on from",
    "communes.Contact.commune": "ends; one that begins later moves",
    "communes.Succession.old": "written with the units",
    "communes.Succession.new": "written with the units",
    "communes.Descent.old": "written with the units",
    "communes.Descent.new": "written with the units",
    "assignments.Assignment.commune": "the office decides of each",
    "assignments.Visit.commune": MOVES,
    "assignments.Visit.cell": "follows its cell",
    "assignments.VisitPlan.commune": MOVES,
    "assignments.VisitPlan.cell": "follows its cell",
    "assignments.MeetingNotice.commune": MOVES,
    "assignments.MeetingNotice.cell": "follows its cell",
    "assignments.FollowUp.commune": MOVES,
    # The plan was made for assignments that are no more: it says so itself and is made anew.
    "assignments.PlannedRow.commune": "stays",
    "reports.PeriodicReport.commune": MOVES,
    "reports.Petition.commune": MOVES,
    "reports.CommuneRemark.commune": MOVES,
    "reports.Waiver.commune": MOVES,
    "reports.Handover.outgoing": "goes on with the assignment if it ends later, and is open",
    "reports.Handover.incoming": "goes on with the assignment, if it is open",
}


def keys_to(*targets: type[models.Model]) -> list[tuple[type[models.Model], models.Field]]:
    """Give every column of every table that refers to one of ``targets``."""
    return [
        (model, column)
        for model in apps.get_models(include_auto_created=True)
        for column in model._meta.concrete_fields
        if column.is_relation and column.related_model in targets
    ]


def name_of(model: type[models.Model], column: models.Field) -> str:
    """Give a column as :data:`FATES` names it."""
    return f"{model._meta.label}.{column.name}"
