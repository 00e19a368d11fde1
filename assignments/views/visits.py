"""The list of visits."""

from __future__ import annotations

from assignments.models import Attendance
from assignments.tables import TableView
from assignments.visits.columns import VISIT_COLUMNS, with_company
from assignments.visits.filters import AttendanceFilter
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
