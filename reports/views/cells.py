"""The Party cells and contacts of a commune, and how the office keeps their lists."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.open_units import communes_open_to
from communes.cells import read_cell
from communes.former_units import story_day
from communes.models import Commune, Contact, PartyCell
from reports.cell_forms import CELL_FORMS, CONTACT_FORMS, OfficeForm
from reports.history import changes
from reports.unlisted import unlisted_places

ACTION = "viec"  # which form was sent
TYPED = "ten"  # a place typed on visits, to be added


def to_add(typed: str) -> dict[str, str]:
    """Give the first values of the form that adds cells, for a place typed on visits."""
    typed = typed[:120]
    return {"lines": typed, "kind": "" if read_cell(typed) else "office"} if typed else {}


def forms_of(
    request: HttpRequest,
    kinds: dict[str, type[OfficeForm]],
    **records: Commune | Sequence[PartyCell] | Sequence[Contact],
) -> dict[str, OfficeForm]:
    """Make the forms; the one that was sent is bound."""
    sent = request.POST.get(ACTION) if request.method == "POST" else None
    initial = {"on": request.as_of.today} | to_add(request.GET.get(TYPED, ""))
    return {
        key: kind(request.POST if key == sent else None, prefix=key, initial=initial, **records)
        for key, kind in kinds.items()
    }


def write(request: HttpRequest, forms: dict[str, OfficeForm]) -> str | None:
    """Write the form that was sent; give what was done, ``None`` when it was refused."""
    form = forms.get(request.POST.get(ACTION, ""))
    if form is None:
        raise Http404
    return form.write(by=request.user) if form.is_valid() else None


@require_http_methods(["GET", "HEAD", "POST"])
def commune_cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the cells and contacts of the day; the office adds and ends them here.

    Those of a commune that is no more stay as they were on its last day.
    """
    user, day = request.user, request.as_of.day
    communes = communes_open_to(user, day).select_related("district").defer("boundary")
    commune = get_object_or_404(communes, pk=pk)
    day = story_day(commune, day)
    is_gone = commune.dissolved_on is not None and commune.dissolved_on <= request.as_of.today
    may_edit = allowed(user, Permission.EDIT_RULES) and not is_gone
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    cells, contacts = list(commune.cells.all()), list(commune.contacts.all())
    records = {
        "commune": commune,
        "cells": [cell for cell in cells if cell.ended_on is None],
        "contacts": [contact for contact in contacts if contact.ended_on is None],
    }
    cell_forms = forms_of(request, CELL_FORMS, **records) if may_edit else {}
    contact_forms = forms_of(request, CONTACT_FORMS, **records) if may_edit else {}
    if request.method == "POST" and (done := write(request, cell_forms | contact_forms)):
        messages.success(request, done)
        return redirect(request.path)
    return render(
        request,
        "reports/commune_cells.html",
        {
            "title": f"Chi bộ, đầu mối {commune.name_in_sentence}",
            "commune": commune,
            "cells": [cell for cell in cells if cell.exists_on(day)],
            "gone": [cell for cell in cells if cell.ended_on and cell.ended_on <= day],
            "contacts": [contact for contact in contacts if contact.exists_on(day)],
            "unlisted": unlisted_places(commune, cells, user, day) if may_edit else [],
            "cell_forms": cell_forms,
            "contact_forms": contact_forms,
            "changes": changes([*cells, *contacts], user),
        },
    )
