"""Reports of officers in the admin site."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.admin.visits import ENTERED, WITHDRAWN
from communes.record_admin import commune_keys
from reports.admin.editions import EditionAdmin
from reports.enums import EDITABLE
from reports.models import SECTIONS, PeriodicReport, ReportEvent

# Whose report it is, and of what.
ABOUT = ("officer", "kind", "period", "commune", "subject")
MOVED = ("state", "due_on", "first_submitted_on", "submitted_at", "submitted_by", "accepted_at")


@admin.register(PeriodicReport)
class PeriodicReportAdmin(EditionAdmin):
    """Reports; they are begun, handed in, returned and accepted on their own pages."""

    search_keys = ("officer__search_key", *commune_keys())
    list_display = ("title", "officer", "state", "due_on", "first_submitted_on", "withdrawn_at")
    list_filter = ("state", "kind", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("officer", "period", "commune__district")
    autocomplete_fields = ("officer", "period", "commune")
    date_hierarchy = "first_submitted_on"
    readonly_fields = (*ABOUT, *MOVED, *ENTERED, *WITHDRAWN)
    fieldsets = (
        (None, {"fields": (*ABOUT, "opened_edition")}),
        ("Nội dung", {"fields": SECTIONS}),
        (None, {"fields": ("audit_reason",)}),
        ("Nộp, tiếp nhận", {"fields": (MOVED,)}),
        ("Ghi nhận", {"fields": (ENTERED, WITHDRAWN)}),
    )

    @admin.display(description="báo cáo")
    def title(self, report: PeriodicReport) -> str:
        return report.title

    def get_readonly_fields(self, request, obj=None):
        """Keep what was handed in as it was handed in."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *SECTIONS) if obj and obj.state not in EDITABLE else fields


@admin.register(ReportEvent)
class ReportEventAdmin(ReadOnlyAdmin):
    """What was done with reports."""

    list_display = ("happened_on", "move", "report", "state", "by", "reason")
    list_filter = ("move", "state")
    list_select_related = (
        "by",
        "report__officer",
        "report__period",
        "report__commune__district",
    )
    search_fields = ("report__officer__full_name", "by__username", "by__full_name")
    date_hierarchy = "happened_on"
    fields = (*list_display, "happened_at")
