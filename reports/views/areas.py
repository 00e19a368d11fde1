"""The office's own areas: which there are, which communes are in each, how they are put there."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import Permission
from accounts.permissions import requires
from assignments.coverage import communes_visible_to
from communes.areas import all_areas, by_area, group_by_old_districts, old_districts, without_area
from communes.models import Area
from reports.area_forms import AreaForm, PutForm
from reports.history import changes

taken = require_http_methods(["GET", "HEAD", "POST"])


@taken
@requires(Permission.EDIT_RULES)
def area_list(request: HttpRequest) -> HttpResponse:
    """Show the areas with their communes of the day, those without one first; take the ticks."""
    user, day = request.user, request.as_of.day
    communes = list(
        communes_visible_to(user, day).select_related("district", "area").defer("boundary")
    )
    areas = list(all_areas())
    data = request.POST if request.method == "POST" else None
    form = PutForm(data, areas=areas, communes=communes)
    if form.is_valid() and (done := form.write(by=user)):
        messages.success(request, done)
        return redirect(request.get_full_path())
    in_use = [area for area in areas if not area.is_retired]
    context = {
        "title": "Khu vực",
        "form": form,
        "loose": [commune for commune in communes if commune.area is None],
        "groups": by_area(in_use, communes),
        "retired": by_area([area for area in areas if area.is_retired], communes),
        "groupable": old_districts(without_area(day)),
        "changes": changes([*areas, *communes], user),
    }
    return render(request, "reports/area_list.html", context)


def area_page(request: HttpRequest, area: Area, title: str) -> HttpResponse:
    """Show the form of an area, or write what it says and go back to the list."""
    data = request.POST if request.method == "POST" else None
    form = AreaForm(data, instance=area, day=request.as_of.today)
    if form.is_valid() and (kept := form.write(by=request.user)):
        messages.success(request, f"Đã ghi: {kept}.")
        return redirect("reports:area_list")
    return render(request, "reports/area_form.html", {"title": title, "form": form})


@taken
@requires(Permission.EDIT_RULES)
def area_add(request: HttpRequest) -> HttpResponse:
    """Add an area, after the others."""
    rank = max((area.rank for area in all_areas()), default=0) + 1
    return area_page(request, Area(rank=rank), "Thêm khu vực")


@taken
@requires(Permission.EDIT_RULES)
def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or move an area, or use it no longer."""
    return area_page(request, get_object_or_404(all_areas(), pk=pk), "Sửa khu vực")


@require_POST
@requires(Permission.EDIT_RULES)
def areas_by_districts(request: HttpRequest) -> HttpResponse:
    """Put the communes without an area into areas named after the old districts."""
    try:
        made, put = group_by_old_districts(day=request.as_of.day, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã lập {made} khu vực, xếp {put} đơn vị theo huyện cũ.")
    query = request.GET.urlencode()
    return redirect(f"{reverse('reports:area_list')}{'?' if query else ''}{query}")
