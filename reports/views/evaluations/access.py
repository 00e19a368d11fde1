"""Who may open what of evaluations: nobody is told that there is what they may not see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from reports.evaluation.looking import note_looks
from reports.evaluation.rights import takes_part
from reports.models import Evaluation, EvaluationCycle


def for_who_takes_part(needs: Permission | None = None) -> Callable:
    """Guard a view: 404 for who has no part in evaluations, 403 for who lacks ``needs``."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not takes_part(request.user):
                raise Http404
            if needs and not allowed(request.user, needs):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def evaluation_of(request: HttpRequest, pk: int, needs: Permission | None = None) -> Evaluation:
    """Give an evaluation the user may know of, 404 for any other; 403 without ``needs``.

    The one door to every page of an evaluation: the log tells who came through.
    """
    rows = Evaluation.objects.visible_to(request.user).with_parties()
    evaluation = get_object_or_404(rows, pk=pk)
    if needs and not allowed(request.user, needs):
        raise PermissionDenied
    note_looks([evaluation], by=request.user, now=clock.now())
    return evaluation


def cycle_of(request: HttpRequest, pk: int) -> EvaluationCycle:
    """Give a cycle the user may know of, 404 for any other; the log tells who looked."""
    cycles = EvaluationCycle.objects.visible_to(request.user).select_related("rules")
    cycle = get_object_or_404(cycles, pk=pk)
    note_looks([cycle], by=request.user, now=clock.now())
    return cycle
