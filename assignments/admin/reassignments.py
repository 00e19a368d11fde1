"""Plans of reassignment in the admin site: read, never changed past their services."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.models import PlanComment, PlannedRow, ReassignmentPlan


@admin.register(ReassignmentPlan)
class ReassignmentPlanAdmin(ReadOnlyAdmin):
    list_display = ("name", "starts_on", "variant", "decision", "applied_at", "withdrawn_at")
    list_filter = ("variant", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("decision",)
    date_hierarchy = "starts_on"
    fields = (
        "name",
        "starts_on",
        "variant",
        "edition",
        ("decision", "applied_at"),
        ("entered_by", "entered_at"),
        ("withdrawn_by", "withdrawn_at", "withdrawal_reason"),
    )


@admin.register(PlannedRow)
class PlannedRowAdmin(ReadOnlyAdmin):
    list_display = ("plan", "commune", "before", "after", "is_manual")
    list_select_related = ("plan", "commune__district", "before", "after")
    fields = ("plan", "commune", "before", "after", "is_manual")


@admin.register(PlanComment)
class PlanCommentAdmin(ReadOnlyAdmin):
    list_display = ("at", "plan", "by", "text")
    list_select_related = ("plan", "by")
    fields = ("plan", "by", "at", "text")
