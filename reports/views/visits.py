"""The page of one visit, with the petitions that were raised there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.entry_rights import may_enter
from assignments.models import Visit
from assignments.visits.columns import outcome_state
from assignments.visits.entries import entries, with_content
from assignments.visits.rights import able_to_join
from communes.former_units import stands_for
from reports.models import Petition
from reports.petitions.told import told


@require_safe
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit: what, where, when, and what each officer who was there says of it.

    One that everybody took back is there for who sees all, and for nobody else.
    """
    user, day = request.user, request.as_of.day
    visits = Visit.objects.visible_to(user).with_commune().select_related("cell")
    visit = get_object_or_404(visits, pk=pk)
    rows = visit.attendances.visible_to(user).order_by("pk")
    shown = entries(with_content(rows, user), user)
    is_standing = any(not entry.record.is_withdrawn for entry in shown)
    if not is_standing and not allowed(user, Permission.VIEW_ALL):
        raise Http404
    heard = Petition.objects.visible_to(user).standing().on(day).filter(visit=visit)
    context = {
        "title": visit.get_kind_display(),
        "visit": visit,
        "unit": stands_for(visit.commune, day),
        "outcome": outcome_state(visit),
        "entries": shown,
        "is_standing": is_standing,
        "able_to_join": able_to_join(user, visit),
        "petitions": told(heard.order_by("year", "number"), day),
        "may_raise": is_standing
        and allowed(user, Permission.RAISE_PETITIONS)
        and may_enter(user, visit.commune, visit.visited_on),
        "goes_on": allowed(user, Permission.RECORD_VISITS)
        and not allowed(user, Permission.VIEW_ALL),
    }
    return render(request, "visits/visit_detail.html", context)
