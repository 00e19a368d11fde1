"""Changing a draft by hand, commune by commune."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.enums import Permission
from assignments.models import ReassignmentPlan
from assignments.planning.services import change_rows
from assignments.views.assignments import keys
from reports.reassignments.changing import FIELD, Changing
from reports.reassignments.picture import DRAFT, Picture
from reports.views.reassignments.access import draft_of, edition_seen, for_who_sees_plans

NOT_CHOSEN = "Chọn một trong ba phương án trước khi sửa tay."
NOTHING = "Chưa đổi dòng nào."
PREFIX = FIELD.format("")
Typed = Mapping[int, "int | None"]


def typed_rows(data: QueryDict, picture: Picture) -> dict[int, int | None]:
    """Give, by commune, what the selects say, where it is not what the draft has."""
    now = picture.looked_at.placing
    named = {name.removeprefix(PREFIX): value for name, value in data.items()}
    named |= {data.get("dang_bo", ""): data.get("can_bo", "")}
    asked = {
        commune: next(iter(keys([value])), None)
        for text, value in named.items()
        for commune in keys([text])
    }
    return {key: after for key, after in asked.items() if key in now and now[key] != after}


def moved(request: HttpRequest) -> tuple[int | None, int | None]:
    """Give what the form that moves any commune was sent with."""
    sent = (request.POST.get(name, "") for name in ("dang_bo", "can_bo"))
    commune, officer = (next(iter(keys([text])), None) for text in sent)
    return commune, officer


@for_who_sees_plans(Permission.EDIT_ASSIGNMENTS)
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft's rows as selects; write what was changed, or say why it may not be."""
    plan = draft_of(request, pk)
    if not plan.variant:
        messages.error(request, NOT_CHOSEN)
        return redirect("reassignments:detail", pk)
    picture = Picture(plan, request.user, DRAFT)
    typed = typed_rows(request.POST, picture) if request.method == "POST" else {}
    refusals: list[str] = []
    if typed:
        try:
            change_rows(plan=plan, after=typed, edition=edition_seen(request), by=request.user)
        except ValidationError as refused:
            refusals = refused.messages
        else:
            messages.success(request, f"Đã đổi {len(typed)} Đảng bộ.")
            return redirect("reassignments:change", pk)
    elif request.method == "POST":
        refusals = [NOTHING]
    return render(request, "reassignments/change.html", page(request, plan, typed, refusals))


def page(
    request: HttpRequest, plan: ReassignmentPlan, typed: Typed, refusals: list[str]
) -> dict[str, object]:
    """Give what the page shows, of the draft as it is now: somebody else may have changed it."""
    plan.refresh_from_db()
    picture = Picture(plan, request.user, DRAFT)
    changing = Changing(picture, typed)
    return {
        "title": "Sửa tay phương án",
        "plan": plan,
        "picture": picture,
        "rows": changing.rows(),
        "officers": changing.officers(),
        "moved": moved(request),
        "loads": picture.loads,
        "most_load": picture.most_load,
        "refusals": refusals,
    }
