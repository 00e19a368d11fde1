"""Who may open what of plans: who does not see everything is not told that there are any."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.models import ReassignmentPlan

MOST_DIGITS = 9  # of a number of writes


def for_who_sees_plans(needs: Permission | None = None) -> Callable:
    """Guard a view: 404 for who does not see everything, 403 for who lacks ``needs``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not allowed(request.user, Permission.VIEW_ALL):
                raise Http404
            if needs and not allowed(request.user, needs):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def plans_of(request: HttpRequest) -> QuerySet[ReassignmentPlan]:
    """Give the plans the user may see, with what every page says of them."""
    plans = ReassignmentPlan.objects.visible_to(request.user)
    return plans.select_related("decision", "entered_by", "withdrawn_by")


def plan_of(request: HttpRequest, pk: int) -> ReassignmentPlan:
    """Give a plan the user may see, 404 for any other."""
    return get_object_or_404(plans_of(request), pk=pk)


def draft_of(request: HttpRequest, pk: int) -> ReassignmentPlan:
    """Give a plan still being discussed, 404 for one that is a record."""
    return get_object_or_404(plans_of(request).drafts(), pk=pk)


def edition_seen(request: HttpRequest) -> int:
    """Give the edition the page showed; none that ever was where it is not told."""
    text = request.POST.get("edition", "")
    is_number = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_number else 0
