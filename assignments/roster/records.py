"""What planning knows of the data: everything it asks of the database, read in four queries.

A fifth tells what became of units that are no more, where the workbook names one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Q

from assignments.models import Assignment, Decision, Officer
from communes.finding import Gazetteer
from communes.models import Commune, Descent


class Records:
    """Communes, officers, decisions, and the assignments in force on or after ``since``."""

    def __init__(self, since: dt.date):
        self.gazetteer = Gazetteer(
            Commune.objects.select_related("district").defer("boundary"), Descent.objects.all()
        )
        self.officers = list(Officer.objects.order_by("pk"))
        self.decisions = list(Decision.objects.order_by("pk"))
        self.of_commune: dict[int, list[Assignment]] = defaultdict(list)
        # Assignments with parties attached from what is read already, to spare the joins.
        by_officer = {officer.pk: officer for officer in self.officers}
        by_decision = {decision.pk: decision for decision in self.decisions}
        lasting = Assignment.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=since))
        for assignment in lasting.order_by("started_on", "pk"):
            assignment.officer = by_officer[assignment.officer_id]
            assignment.commune = self.gazetteer.by_pk[assignment.commune_id]
            if assignment.opening_decision_id:
                assignment.opening_decision = by_decision[assignment.opening_decision_id]
            self.of_commune[assignment.commune_id].append(assignment)

    def present_assignment(
        self, officer: Officer, commune: Commune, day: dt.date
    ) -> Assignment | None:
        """Give the pair's assignment in force on ``day``, else one that begins later."""
        own = (
            assignment
            for assignment in self.of_commune[commune.pk]
            if assignment.officer is officer
            and (assignment.ended_on is None or assignment.ended_on > day)
        )
        return next(own, None)

    def officers_of(self, commune: int, day: dt.date) -> set[int]:
        """Give the keys of the officers who follow a commune on ``day``."""
        return {a.officer_id for a in self.of_commune[commune] if a.is_active_on(day)}
