"""Communes without anybody, or soon without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import islice

from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Assignment
from communes.models import Commune
from reports.decisions.matter import NAMED, Matter, name_some
from reports.figures import FIGURES
from reports.viewpoint import Viewpoint

# So many communes an address names: a server takes no longer one.
ADDRESSED = 150


def asked(communes: Iterable[Commune], on: dt.date) -> str:
    """Name ``communes`` and the day something begins there, as both forms read it."""
    keys = [("dang_bo", commune.pk) for commune in islice(communes, ADDRESSED)]
    return urlencode([*keys, ("ngay_bat_dau", on.isoformat())])


def assign_address(communes: Sequence[Commune], on: dt.date) -> str:
    return f"{reverse('assignments:bulk_assign')}?{asked(communes, on)}"


def plan_way(communes: Iterable[Commune], on: dt.date) -> tuple[str, str]:
    """Give the way to a plan of reassignment of ``communes`` from ``on``."""
    return "Lập phương án", f"{reverse('reassignments:add')}?{asked(communes, on)}"


def uncovered_matter(communes: Sequence[Commune], view: Viewpoint) -> Matter | None:
    """Tell of communes annotated ``with_coverage`` that have nobody on the day."""
    if not communes:
        return None
    since = [commune.uncovered_since for commune in communes if commune.uncovered_since]
    first = f" · sớm nhất từ {min(since):%d/%m/%Y}" if since else ""
    can_edit = allowed(view.user, Permission.EDIT_ASSIGNMENTS)
    return Matter(
        len(communes),
        "none",
        f"{len(communes)} Đảng bộ chưa có người phụ trách",
        name_some([commune.name_in_sentence for commune in communes]) + first,
        "Phân công" if can_edit else "Xem",
        assign_address(communes, view.day) if can_edit else FIGURES["communes_uncovered"].url(view),
        plan_way(communes, view.day) if can_edit else None,
    )


def gap_matters(gaps: Iterable[Assignment], user: User) -> list[Matter]:
    """Tell of communes that will lose their officer (``gaps_ahead``), one matter for each day."""
    by_day: dict[dt.date, list[Assignment]] = {}
    for assignment in gaps:
        by_day.setdefault(assignment.ended_on, []).append(assignment)
    can_edit = allowed(user, Permission.EDIT_ASSIGNMENTS)
    return [
        Matter(
            len(ending),
            "due",
            f"{len(ending)} Đảng bộ sẽ trống từ {on:%d/%m/%Y}",
            "; ".join(
                f"{row.commune.name_in_sentence}: đồng chí {row.officer.full_name} thôi phụ trách "
                f"({row.get_end_reason_display().lower()})"
                for row in ending[:NAMED]
            ),
            "Phân công" if can_edit else "Xem",
            assign_address([row.commune for row in ending], on)
            if can_edit
            else reverse("reports:commune_detail", args=[ending[0].commune_id]),
            plan_way((row.commune for row in ending), on) if can_edit else None,
        )
        for on, ending in by_day.items()
    ]
