"""The list of visits and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.models import Attendance, Visit
from assignments.tables import TableView
from assignments.visits.columns import VISIT_COLUMNS, outcome_state, with_company
from assignments.visits.entries import entries, with_content
from assignments.visits.filters import AttendanceFilter
from assignments.visits.rights import able_to_join
from communes.models import having_all_words

SEARCHED = (
    "officer__search_key",
    "visit__commune__search_key",
    "visit__commune__district__search_key",
)


class VisitList(TableView):
    """Attendances of visits up to the day, one row for each officer who was there."""

    columns = VISIT_COLUMNS
    filterset_class = AttendanceFilter
    title = "Chuyến đi cơ sở"
    noun = "lượt dự"
    file_name = "ChuyenDiCoSo"
    default_sort = "-ngay"
    search_hint = "Tên cán bộ, xã, huyện (gõ không dấu cũng được)"
    template_name = "visits/visit_list.html"

    def scoped(self):
        rows = Attendance.objects.visible_to(self.request.user).on_or_before(self.day)
        return with_company(rows.with_visit())

    def search(self, rows, query):
        return having_all_words(rows, query, SEARCHED)


@require_safe
def visit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit: what, where, when, and what each officer who was there says of it.

    One that everybody took back is there for who sees all, and for nobody else.
    """
    user = request.user
    visits = Visit.objects.visible_to(user).with_commune().select_related("cell")
    visit = get_object_or_404(visits, pk=pk)
    rows = visit.attendances.visible_to(user).order_by("pk")
    shown = entries(with_content(rows, user), user)
    is_standing = any(not entry.record.is_withdrawn for entry in shown)
    if not is_standing and not allowed(user, Permission.VIEW_ALL):
        raise Http404
    context = {
        "title": visit.get_kind_display(),
        "visit": visit,
        "outcome": outcome_state(visit),
        "entries": shown,
        "is_standing": is_standing,
        "able_to_join": able_to_join(user, visit),
        "goes_on": allowed(user, Permission.RECORD_VISITS)
        and not allowed(user, Permission.VIEW_ALL),
    }
    return render(request, "visits/visit_detail.html", context)
