"""Asking for whom something is entered, where the address does not say."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.models import OfficerQuerySet
from assignments.officer_field import Candidates, OfficerField


class ChooseOfficerForm(forms.Form):
    """Names an officer by typing."""

    def __init__(self, *args, candidates: Candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["can_bo"] = OfficerField(candidates, label="Cán bộ")
        self.fields["can_bo"].required = True
        self.fields["can_bo"].error_messages["required"] = "Ghi tên cán bộ."


def choose_officer(
    request: HttpRequest,
    officers: OfficerQuerySet,
    *,
    title: str,
    candidates: Candidates,
    back: str = "visits:list",
) -> HttpResponse:
    """Offer ``officers``; who sees all may type any of ``candidates``. The page asks itself again

    with ``?can_bo=``; ``back`` is the view one came from.
    """
    form = None
    if allowed(request.user, Permission.VIEW_ALL):
        form = ChooseOfficerForm(
            request.GET if "can_bo" in request.GET else None, candidates=candidates
        )
        if form.is_valid():
            parameters = request.GET.copy()
            parameters["can_bo"] = form.cleaned_data["can_bo"].pk
            return redirect(f"{request.path}?{parameters.urlencode()}")
    context = {"title": title, "form": form, "officers": officers, "back": back}
    return render(request, "visits/choose_officer.html", context)
