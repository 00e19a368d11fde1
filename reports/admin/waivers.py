"""Duties excused or explained, in the admin site."""

from django.contrib import admin

from communes.record_admin import CommuneRecordAdmin, commune_keys
from reports.models import Waiver

# What a waiver is for, and what it does.
ASKED = ("officer", "commune", "period", "duty_kind", "effect", "times")


@admin.register(Waiver)
class WaiverAdmin(CommuneRecordAdmin):
    """Waivers; they are decided and taken back on their own pages."""

    search_keys = ("officer__search_key", *commune_keys())
    list_display = ("officer", "commune", "period", "duty_kind", "effect", "times", "is_accepted")
    list_filter = ("effect", "duty_kind", "is_accepted")
    list_select_related = ("officer", "commune__district", "period")
    autocomplete_fields = ("officer", "commune", "period")
    readonly_fields = (
        "is_accepted",
        "decided_on",
        "decided_by",
        "decision_note",
        "withdrawn_on",
        "withdrawn_by",
        "withdrawal_reason",
        "entered_by",
        "entered_at",
    )
    fieldsets = (
        (None, {"fields": ("officer", "commune", "period", "duty_kind")}),
        (None, {"fields": (("effect", "times"), "reason", "document", "audit_reason")}),
        ("Quyết định", {"fields": (("is_accepted", "decided_on", "decided_by"), "decision_note")}),
        ("Rút lại", {"fields": (("withdrawn_on", "withdrawn_by"), "withdrawal_reason")}),
        ("Ghi nhận", {"fields": (("entered_by", "entered_at"),)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """Keep what was asked for as it was decided on."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *ASKED) if obj and obj.is_accepted is not None else fields
