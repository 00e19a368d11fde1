"""Visits, attendances and what officers brought back in the admin site."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.models import Attendance, MassOrganisationNote, Visit, VisitAttachment
from communes.record_admin import CommuneRecordAdmin, commune_keys

ENTERED = ("entered_by", "entered_at")
WITHDRAWN = ("withdrawn_at", "withdrawn_by", "withdrawal_reason")

# What an officer says, and where they were.
SAID = (
    "visit",
    "officer",
    "met",
    "findings",
    "economy",
    "defence",
    "politics",
    "promised",
    "area_change",
)


@admin.register(Visit)
class VisitAdmin(CommuneRecordAdmin):
    list_display = ("visited_on", "commune_and_district", "kind", "outcome", "cell_label")
    list_filter = ("kind", "outcome")
    list_select_related = ("commune__district", "cell")
    autocomplete_fields = ("commune", "cell")
    date_hierarchy = "visited_on"
    readonly_fields = ENTERED
    fields = (
        "commune",
        ("visited_on", "kind", "outcome"),
        ("cell", "cell_name"),
        ENTERED,
        "audit_reason",
    )

    @admin.display(description="chi bộ")
    def cell_label(self, visit: Visit) -> str:
        return visit.cell_label


@admin.register(Attendance)
class AttendanceAdmin(CommuneRecordAdmin):
    """What officers say of visits. Confirming and taking back are done on the visit's own page."""

    to_commune = "visit__commune"
    search_keys = ("officer__search_key", *commune_keys(to_commune))
    list_display = ("officer", "visit", "confirmed_at", "withdrawn_at", "entered_at")
    list_filter = (
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("officer", "visit__commune__district")
    autocomplete_fields = ("officer", "visit")
    date_hierarchy = "visit__visited_on"
    readonly_fields = (*ENTERED, "confirmed_at", "confirmed_by", *WITHDRAWN)
    fieldsets = (
        (None, {"fields": ("visit", "officer", "met", "findings")}),
        ("Ý kiến", {"fields": ("economy", "defence", "politics")}),
        (None, {"fields": ("promised", "area_change", "audit_reason")}),
        ("Ghi nhận", {"fields": (ENTERED, ("confirmed_at", "confirmed_by"), WITHDRAWN)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """Keep what an officer confirmed as they confirmed it."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *SAID) if obj and obj.confirmed_at else fields


@admin.register(MassOrganisationNote)
class MassOrganisationNoteAdmin(CommuneRecordAdmin):
    to_commune = "attendance__visit__commune"
    search_keys = ("attendance__officer__search_key", *commune_keys(to_commune))
    list_display = ("organisation", "note", "attendance")
    list_filter = ("organisation",)
    list_select_related = ("attendance__officer", "attendance__visit__commune__district")
    autocomplete_fields = ("attendance",)
    fields = ("attendance", "organisation", "note", "audit_reason")


@admin.register(VisitAttachment)
class VisitAttachmentAdmin(ReadOnlyAdmin):
    """What was attached; the file itself is downloaded on the visit's page."""

    list_display = ("name", "kind", "size", "uploaded_by", "uploaded_at", "withdrawn_at")
    list_filter = ("kind", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("uploaded_by",)
    search_fields = ("name", "uploaded_by__username", "uploaded_by__full_name")
    date_hierarchy = "uploaded_at"
    fields = ("attendance", *list_display, "checksum", "withdrawn_by", "withdrawal_reason")
