"""Officers, decisions, assignments and roster imports in the admin site."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.models import Assignment, Decision, Officer, RosterImport
from communes.record_admin import CommuneRecordAdmin, RecordAdmin, commune_keys


@admin.register(Officer)
class OfficerAdmin(RecordAdmin):
    list_display = ("name", "birth_year", "group", "position", "joined_on", "left_on", "user")
    list_filter = ("group", ("left_on", admin.EmptyFieldListFilter), "leave_reason")
    list_select_related = ("user",)
    autocomplete_fields = ("user", "assistants")
    fieldsets = (
        (None, {"fields": ("full_name", "birth_year", "group", "party_office", "office")}),
        ("Sắp xếp, liên hệ", {"fields": ("protocol_rank", "phone", "email")}),
        ("Thời gian công tác", {"fields": (("joined_on", "left_on"), "leave_reason")}),
        ("Tài khoản", {"fields": ("user", "assistants")}),
        (None, {"fields": ("note", "audit_reason")}),
    )

    @admin.display(description="họ và tên", ordering="sort_key")
    def name(self, officer: Officer) -> str:
        return officer.full_name

    @admin.display(description="chức vụ, đơn vị công tác")
    def position(self, officer: Officer) -> str:
        return officer.position


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    list_display = ("number", "signed_on", "signer", "subject", "file")
    list_filter = (("signed_on", admin.EmptyFieldListFilter),)
    date_hierarchy = "signed_on"
    fields = (("number", "signed_on"), "signer", "subject", "file", "audit_reason")


@admin.register(Assignment)
class AssignmentAdmin(CommuneRecordAdmin):
    search_keys = ("officer__search_key", *commune_keys())
    list_display = (
        "officer",
        "commune_and_district",
        "role",
        "started_on",
        "ended_on",
        "end_reason",
    )
    list_filter = ("role", ("ended_on", admin.EmptyFieldListFilter), "end_reason")
    list_select_related = ("officer", "commune__district")
    autocomplete_fields = ("officer", "commune", "opening_decision", "closing_decision")
    date_hierarchy = "started_on"
    readonly_fields = ("entered_at",)
    fieldsets = (
        (None, {"fields": ("officer", "commune", "role")}),
        ("Bắt đầu", {"fields": ("started_on", "opening_decision")}),
        ("Thôi", {"fields": ("ended_on", "end_reason", "closing_decision")}),
        (None, {"fields": ("note", "entered_at", "audit_reason")}),
    )


@admin.register(RosterImport)
class RosterImportAdmin(ReadOnlyAdmin):
    list_display = (
        "file_name",
        "default_date",
        "new",
        "changed",
        "unchanged",
        "refused",
        "created_by",
        "created_at",
        "applied_at",
    )
    list_filter = (("applied_at", admin.EmptyFieldListFilter),)
    list_select_related = ("created_by",)
    search_fields = ("file_name", "created_by__username", "created_by__full_name")
    date_hierarchy = "created_at"
    fields = (*list_display, "checksum")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("sheet", "choices")
