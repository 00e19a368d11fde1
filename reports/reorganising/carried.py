"""Open petitions that go along: they stay on the old unit and are read under the new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from accounts.models import User
from communes.models import Commune
from reports.models import Petition
from reports.petitions.standing import open_on, overdue_on


@dataclass(frozen=True)
class Carried:
    """Petitions of one old unit that somebody still has to act on."""

    commune: Commune
    open: int
    overdue: int

    @property
    def address(self) -> str:
        return f"{reverse('petitions:list')}?dang_bo={self.commune.pk}&tinh_trang=dang_giai_quyet"


def carried(communes: Iterable[Commune], user: User, day: dt.date) -> dict[int, Carried]:
    """Give the open petitions on ``day`` of each of ``communes`` that has any, in one query."""
    by_key = {commune.pk: commune for commune in communes}
    rows = (
        Petition.objects.visible_to(user)
        .standing()
        .on(day)
        .filter(open_on(), commune__in=by_key)
        .order_by()
        .values("commune")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(overdue_on(day))))
    )
    return {row["commune"]: Carried(by_key[row["commune"]], row["n"], row["late"]) for row in rows}
