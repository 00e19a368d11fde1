"""Reviews, their frozen figures and papers in the admin site: read, never changed here."""

from django.contrib import admin

from accounts.audited_admin import ReadOnlyAdmin
from assignments.admin.visits import ENTERED, WITHDRAWN
from communes.models import having_all_words
from reports.models import (
    DocumentTemplate,
    FrozenFigure,
    FrozenFigures,
    PackFile,
    Review,
    ReviewPack,
)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("name", "first_quarter", "last_quarter", "day", "document")
    list_filter = (("withdrawn_at", admin.EmptyFieldListFilter),)
    list_select_related = ("first_quarter", "last_quarter", "document__term")
    search_fields = ("name",)
    date_hierarchy = "day"
    fields = (
        *list_display,
        ("held_on", "report_day"),
        "signer",
        "recipients",
        ENTERED,
        WITHDRAWN,
    )

    def get_search_results(self, request, queryset, search_term):
        return having_all_words(queryset, search_term, ("search_key",)), False


@admin.register(FrozenFigures)
class FrozenFiguresAdmin(ReadOnlyAdmin):
    list_display = ("review", "number", "frozen_at", "frozen_by", "checksum")
    list_select_related = ("review", "frozen_by")
    search_fields = ("review__name", "checksum")
    date_hierarchy = "frozen_at"
    fields = (*list_display, "parameters")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("sheets")


@admin.register(FrozenFigure)
class FrozenFigureAdmin(ReadOnlyAdmin):
    list_display = ("frozen", "position", "label", "value")
    list_select_related = ("frozen__review",)
    search_fields = ("label", "key")
    fields = (*list_display, "key", "sentence", "members")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("frozen__sheets", "frozen__parameters")


@admin.register(ReviewPack)
class ReviewPackAdmin(ReadOnlyAdmin):
    list_display = ("frozen", "begun_at", "begun_by", "finished_at")
    list_select_related = ("frozen__review", "begun_by")
    search_fields = ("frozen__review__name",)
    fields = list_display

    def get_queryset(self, request):
        return super().get_queryset(request).defer("frozen__sheets", "parameters")


@admin.register(PackFile)
class PackFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "part", "pack", "size", "made_at")
    list_select_related = ("pack__frozen__review",)
    search_fields = ("name", "checksum")
    fields = (*list_display, "checksum", "missing")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("pack__frozen__sheets")


@admin.register(DocumentTemplate)
class DocumentTemplateAdmin(ReadOnlyAdmin):
    list_display = ("name", "size", "uploaded_at", "uploaded_by", "withdrawn_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("name",)
    fields = (*list_display, "checksum", "withdrawn_by", "withdrawal_reason")
