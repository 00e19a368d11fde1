"""All reports one may see."""

from __future__ import annotations

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.long_tables import LongTable
from reports.models import PeriodicReport
from reports.periodic.report_columns import report_columns
from reports.periodic.report_filters import ReportFilter, searched


class ReportList(LongTable):
    """The reports begun by the day, as they stood then, the last handed in first."""

    filterset_class = ReportFilter
    title = "Tất cả báo cáo"
    noun = "báo cáo"
    file_name = "BaoCao"
    default_sort = "-ngay_nop"
    search_hint = "Cán bộ, xã, huyện, việc báo cáo (gõ không dấu cũng được)"
    template_name = "periodic/report_list.html"
    reads_units = True

    @property
    def columns(self):
        return report_columns(self.reading)

    def scoped(self):
        rows = PeriodicReport.objects.visible_to(self.request.user).standing()
        return rows.on(self.day)

    def told(self, rows):
        return rows.on(self.day).with_parties()

    def search(self, rows, query):
        return searched(rows, query, self.reading)

    def get_context_data(self, **kwargs):
        may_write = allowed(self.request.user, Permission.WRITE_REPORTS)
        return super().get_context_data(
            may_begin=may_write and self.request.as_of.is_today, **kwargs
        )
