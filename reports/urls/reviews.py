"""Addresses of review conferences: frozen figures, reports, packs, numbered documents."""

from django.urls import path
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import requires
from assignments.tables import TableView
from reports.views.reviews import (
    changes,
    documents,
    freezing,
    listing,
    packs,
    planning,
    reports,
    templates,
    workbooks,
)

app_name = "reviews"


def for_who_sees_all(table: type[TableView]):
    """Give the view of a list that officers do not open."""
    return require_safe(requires(Permission.VIEW_ALL)(table.as_view()))


urlpatterns = [
    path("", for_who_sees_all(listing.ReviewList), name="list"),
    path("them/", planning.add, name="add"),
    path("<int:pk>/", freezing.detail, name="detail"),
    path("<int:pk>/sua/", planning.edit, name="edit"),
    path("<int:pk>/bo/", planning.withdraw, name="withdraw"),
    path("<int:pk>/chot/", freezing.freeze_page, name="freeze"),
    path("chot/<int:pk>/", freezing.frozen_page, name="frozen"),
    path("chot/<int:pk>/thay-doi/", changes.changes_page, name="changes"),
    path("chot/<int:pk>/bang-tong-hop.xlsx", workbooks.workbook, name="workbook"),
    path("mau/", templates.template_list, name="templates"),
    path("mau/goi-y.docx", templates.template_sample, name="template_sample"),
    path("mau/<int:pk>/tep/", templates.template_file, name="template_file"),
    path("mau/<int:pk>/rut/", templates.template_withdraw, name="template_withdraw"),
    path("chot/<int:pk>/bo-tai-lieu/", packs.pack_begin, name="pack_begin"),
    path("bo-tai-lieu/<int:pk>/", packs.pack_page, name="pack"),
    path("bo-tai-lieu/<int:pk>/tiep/", packs.pack_next, name="pack_next"),
    path("bo-tai-lieu/<int:pk>/tai.zip", packs.pack_zip, name="pack_zip"),
    path("bo-tai-lieu/tep/<int:pk>/", packs.pack_file, name="pack_file"),
    path("<int:pk>/noi-dung/", reports.texts, name="texts"),
    path("chot/<int:pk>/bao-cao.docx", reports.report, name="report"),
    path("<int:pk>/so-van-ban/", documents.number, name="number"),
    path("van-ban/", for_who_sees_all(documents.DocumentList), name="documents"),
    path("van-ban/them/", documents.document_add, name="document_add"),
    path("van-ban/<int:pk>/rut/", documents.document_withdraw, name="document_withdraw"),
]
