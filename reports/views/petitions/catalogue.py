"""The office's lists: fields of petitions with their usual body and limit, competent bodies."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.tables import State
from reports.enums import BodyLevel
from reports.history import changes
from reports.models import CompetentBody, PetitionField
from reports.petitions.catalogue_forms import BodyForm, EntryForm, FieldForm

taken = require_http_methods(["GET", "HEAD", "POST"])
IN_USE = State("✓", "Đang dùng", "ok")
NOT_OFFERED = State("–", "Thôi dùng", "none")
ACTIVE = State("✓", "Đang hoạt động", "ok")
TO_COME = State("→", "Chưa hoạt động", "none")
ENDED = State("–", "Đã thôi", "none")


def body_state(body: CompetentBody, day: dt.date) -> State:
    """Give whether petitions can be routed to a body on ``day``."""
    if body.ended_on and body.ended_on <= day:
        return ENDED
    return TO_COME if body.started_on and body.started_on > day else ACTIVE


def by_level(bodies: list[CompetentBody], day: dt.date) -> list[tuple[str, list]]:
    """Give bodies with their states under the name of their level, from the commune up."""
    order = {level: place for place, level in enumerate(BodyLevel.values)}
    bodies.sort(key=lambda body: order[body.level])  # within a level they keep their order
    return [
        (str(BodyLevel(level).label), [(body, body_state(body, day)) for body in group])
        for level, group in groupby(bodies, key=lambda body: body.level)
    ]


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show both lists: the office keeps them, everybody reads them."""
    user = request.user
    bodies = list(CompetentBody.objects.visible_to(user))
    fields = list(PetitionField.objects.visible_to(user).select_related("body"))
    context = {
        "title": "Lĩnh vực, cơ quan có thẩm quyền",
        "fields": [(one, IN_USE if one.is_in_use else NOT_OFFERED) for one in fields],
        "levels": by_level(bodies, request.as_of.day),
        "may_edit": allowed(user, Permission.HANDLE_PETITIONS),
        "changes": changes([*fields, *bodies], user),
    }
    return render(request, "petitions/catalogue.html", context)


def entry_page(request: HttpRequest, form: EntryForm, title: str) -> HttpResponse:
    """Show the form of a row of a list, or write what it says and go back to the lists."""
    if request.method == "POST" and form.is_valid() and (entry := form.write(by=request.user)):
        messages.success(request, f"Đã ghi: {entry}.")
        return redirect("petitions:catalogue")
    return render(request, "petitions/catalogue_form.html", {"title": title, "form": form})


def data_of(request: HttpRequest):
    return request.POST if request.method == "POST" else None


@taken
@requires(Permission.HANDLE_PETITIONS)
def field_add(request: HttpRequest) -> HttpResponse:
    """Add a field."""
    return entry_page(request, FieldForm(data_of(request)), "Thêm lĩnh vực")


@taken
@requires(Permission.HANDLE_PETITIONS)
def field_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a field, or offer it no longer."""
    field = get_object_or_404(PetitionField.objects.visible_to(request.user), pk=pk)
    return entry_page(request, FieldForm(data_of(request), instance=field), "Sửa lĩnh vực")


@taken
@requires(Permission.HANDLE_PETITIONS)
def body_add(request: HttpRequest) -> HttpResponse:
    """Add a competent body."""
    return entry_page(request, BodyForm(data_of(request)), "Thêm cơ quan có thẩm quyền")


@taken
@requires(Permission.HANDLE_PETITIONS)
def body_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a competent body, or say that there is none any more."""
    body = get_object_or_404(CompetentBody.objects.visible_to(request.user), pk=pk)
    form = BodyForm(data_of(request), instance=body)
    return entry_page(request, form, "Sửa cơ quan có thẩm quyền")
