"""The list of visits."""

from __future__ import annotations

from assignments.long_tables import LongTable
from assignments.models import Attendance
from assignments.visits.columns import visit_columns, with_company
from assignments.visits.filters import AttendanceFilter

SEARCHED = (
    "officer__search_key",
    "visit__commune__search_key",
    "visit__commune__district__search_key",
)


class VisitList(LongTable):
    """Attendances of visits up to the day, one row for each officer who was there."""

    filterset_class = AttendanceFilter
    title = "Chuyến đi cơ sở"
    noun = "lượt dự"
    file_name = "ChuyenDiCoSo"
    default_sort = "-ngay"
    search_hint = "Tên cán bộ, xã, huyện (gõ không dấu cũng được)"
    template_name = "visits/visit_list.html"
    reads_units = True

    @property
    def columns(self):
        return visit_columns(self.reading)

    def scoped(self):
        return Attendance.objects.visible_to(self.request.user).on_or_before(self.day)

    def told(self, rows):
        if self.is_export:
            return with_company(rows.with_visit()).prefetch_related("organisation_notes")
        return with_company(rows.with_place())

    def search(self, rows, query):
        return self.reading.search(rows, query, SEARCHED, "visit__commune")
