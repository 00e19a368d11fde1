"""All reorganisations: being prepared, in force, undone, put away."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed, requires
from assignments.tables import State
from communes.models import Reorganisation

HEAVY = ("mapping", "choices", "journal")


def known_to(user: User) -> QuerySet[Reorganisation]:
    return Reorganisation.objects.visible_to(user).select_related("created_by")


def state_of(event: Reorganisation) -> State:
    """Give how far a reorganisation is."""
    if event.undone_at:
        return State("↶", "Đã hoàn tác", "none")
    if event.applied_at:
        return State("✓", "Đã áp dụng", "ok")
    if event.dropped_at:
        return State("×", "Đã bỏ", "none")
    return State("!", "Đang chuẩn bị", "due")


@require_safe
@requires(Permission.VIEW_ALL)
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    """List reorganisations, the latest first."""
    events = (
        known_to(request.user)
        .defer(*HEAVY)
        .annotate(
            n_old=Count("successions__old", distinct=True),
            n_new=Count("successions__new", distinct=True),
        )
    )
    context = {
        "title": "Sắp xếp đơn vị hành chính",
        "rows": [(event, state_of(event)) for event in events],
        "may_reorganise": allowed(request.user, Permission.REORGANISE),
    }
    return render(request, "reorganisations/list.html", context)
