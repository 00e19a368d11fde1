"""Planned visits, meeting notices and their answers in the admin site."""

from django.contrib import admin

from assignments.admin.visits import ENTERED, WITHDRAWN
from assignments.models import MeetingNotice, NoticeAnswer, VisitPlan
from communes.record_admin import CommuneRecordAdmin, commune_keys


@admin.register(VisitPlan)
class VisitPlanAdmin(CommuneRecordAdmin):
    search_keys = ("officer__search_key", *commune_keys())
    list_display = ("planned_on", "officer", "commune_and_district", "kind", "withdrawn_at")
    list_filter = ("kind", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("officer", "commune__district")
    autocomplete_fields = ("officer", "commune", "cell")
    date_hierarchy = "planned_on"
    readonly_fields = ("carried_out_by", *ENTERED, *WITHDRAWN)
    fields = (
        "officer",
        "commune",
        ("planned_on", "kind"),
        ("cell", "place"),
        "purpose",
        "carried_out_by",
        ENTERED,
        WITHDRAWN,
        "audit_reason",
    )


@admin.register(MeetingNotice)
class MeetingNoticeAdmin(CommuneRecordAdmin):
    list_display = ("held_on", "held_at", "commune_and_district", "kind", "place", "withdrawn_at")
    list_filter = ("kind", ("withdrawn_at", admin.EmptyFieldListFilter))
    autocomplete_fields = ("commune", "cell")
    date_hierarchy = "held_on"
    readonly_fields = (*ENTERED, *WITHDRAWN)
    fields = (
        "commune",
        "kind",
        ("held_on", "held_at"),
        ("cell", "place"),
        "content",
        ENTERED,
        WITHDRAWN,
        "audit_reason",
    )


@admin.register(NoticeAnswer)
class NoticeAnswerAdmin(CommuneRecordAdmin):
    to_commune = "notice__commune"
    search_keys = ("officer__search_key", *commune_keys(to_commune))
    list_display = ("notice", "officer", "reply", "delegate", "entered_at")
    list_filter = ("reply",)
    list_select_related = ("officer", "notice__commune__district")
    autocomplete_fields = ("notice", "officer")
    readonly_fields = ENTERED
    fields = ("notice", "officer", "reply", "reason", "delegate", ENTERED, "audit_reason")
