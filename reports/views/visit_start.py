"""What the address of the form that logs a visit says: for whom, where, when, from which plan.

Whoever is not the user's to write for is not found; other things that are not theirs to see, or
no such things at all, are as if not said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.entry_rights import officers_entered_for
from assignments.enums import VisitKind
from assignments.models import (
    Assignment,
    MeetingNotice,
    Officer,
    OfficerQuerySet,
    Visit,
    VisitPlan,
)
from assignments.views.assignments import keys
from communes.as_of import parse_day


@dataclass(frozen=True)
class Start:
    """The address, read when asked."""

    request: HttpRequest

    def text(self, name: str) -> str:
        return self.request.GET.get(name, "")

    def key(self, name: str) -> int | None:
        """Give the key named by a parameter; None when it is none."""
        return next(iter(keys([self.text(name)])), None)

    @cached_property
    def plan(self) -> VisitPlan | None:
        """Give the plan to be carried out."""
        rows = VisitPlan.objects.visible_to(self.request.user).select_related("officer")
        return rows.filter(pk=self.key("ke_hoach")).first()

    @cached_property
    def notice(self) -> MeetingNotice | None:
        """Give the notice of the meeting that was attended."""
        rows = MeetingNotice.objects.visible_to(self.request.user)
        return rows.filter(pk=self.key("giay_moi")).first()

    @cached_property
    def visit(self) -> Visit | None:
        """Give the visit somebody else entered that is to be joined."""
        if not self.text("chuyen"):
            return None
        visits = Visit.objects.visible_to(self.request.user).with_commune().select_related("cell")
        return get_object_or_404(visits, pk=self.key("chuyen"))

    @property
    def commune_key(self) -> int | None:
        source = self.plan or self.notice
        return self.key("dang_bo") or (source.commune_id if source else None)

    @property
    def day(self) -> dt.date:
        """Give the day of the visit: today, unless an earlier one is meant."""
        meant = parse_day(self.text("ngay_di"))
        if meant is None and self.plan:
            meant = self.plan.planned_on
        elif meant is None and self.notice:
            meant = self.notice.held_on
        today = self.request.as_of.today
        return min(meant or today, today)

    @property
    def initial(self) -> dict[str, object]:
        """Give the form's first values."""
        source = self.plan or self.notice
        kind = self.text("viec") or (source.kind if source else "")
        values = {
            "commune": self.commune_key,
            "kind": kind if kind in VisitKind.values else "",
            "cell": source.cell_id if source else None,
        }
        return {"visited_on": self.day} | {name: one for name, one in values.items() if one}

    # --- for whom -------------------------------------------------------------------------------

    @cached_property
    def officer(self) -> Officer | None:
        """Give the officer the visit is logged for; None when that is still to be chosen.

        404 for one the user does not write for.
        """
        if number := self.key("can_bo"):
            return get_object_or_404(officers_entered_for(self.request.user), pk=number)
        found = list(self.likely_officers[:2])
        return found[0] if len(found) == 1 else None

    @cached_property
    def likely_officers(self) -> OfficerQuerySet:
        """Give whom it may be for: by the plan, by who held the commune that day, else all own.

        The office, which writes for everybody, gets nobody without one of these.
        """
        user = self.request.user
        officers = officers_entered_for(user).in_rank_order()
        if self.plan and officers.contains(self.plan.officer):
            return officers.filter(pk=self.plan.officer_id)
        holders = officers.filter(pk__in=self.holders()) if self.commune_key else officers.none()
        if holders.exists() or allowed(user, Permission.VIEW_ALL):
            return holders
        return officers

    @property
    def is_for_another(self) -> bool:
        """Say whether the user writes for somebody else, whom the page should name."""
        return self.officer.user_id != self.request.user.pk

    def holders(self) -> QuerySet:
        """Give the keys of who held the commune that day."""
        held = Assignment.objects.visible_to(self.request.user).active_on(self.day)
        return held.filter(commune=self.commune_key).values("officer")
