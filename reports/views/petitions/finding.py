"""The petition an address names, as far as the user may know of it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reports.models import Petition


def petition_of(request: HttpRequest, pk: int) -> Petition:
    """Give a petition the user may see, as it stands on the day; 404 before it was raised."""
    rows = Petition.objects.visible_to(request.user).on(request.as_of.day).with_parties()
    linked = rows.select_related(
        "field__body", "visit", "report__period", "duplicate_of", "entered_by", "withdrawn_by"
    )
    return get_object_or_404(linked, pk=pk)


def petition_now(request: HttpRequest, pk: int) -> Petition:
    """Give a petition the user may see, as it stands today: acts are done today."""
    rows = Petition.objects.visible_to(request.user).on(request.as_of.today).with_parties()
    return get_object_or_404(rows.select_related("field__body", "visit", "report"), pk=pk)
