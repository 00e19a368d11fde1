"""Addresses of the pages that read across records."""

from django.urls import path

from accounts.enums import Permission
from accounts.permissions import requires
from reports.views import (
    account_review,
    areas,
    assignment_papers,
    audit_log,
    brief,
    cells,
    communes,
    duties,
    duty_groups,
    look_ahead,
    matrix,
    officers,
    rules,
    search,
    visit_log,
    waiver_decisions,
    waivers,
    workbooks,
)

app_name = "reports"

urlpatterns = [
    path("dang-bo/", communes.CommuneList.as_view(), name="commune_list"),
    path("dang-bo/<int:pk>/", communes.commune_detail, name="commune_detail"),
    path("ra-soat-tai-khoan.xlsx", account_review.account_review, name="account_review"),
    path("sap-toi/", look_ahead.look_ahead, name="look_ahead"),
    path("khu-vuc/", areas.area_list, name="area_list"),
    path("khu-vuc/them/", areas.area_add, name="area_add"),
    path("khu-vuc/theo-huyen-cu/", areas.areas_by_districts, name="areas_by_districts"),
    path("khu-vuc/<int:pk>/", areas.area_edit, name="area_edit"),
    path("can-bo/", officers.OfficerList.as_view(), name="officer_list"),
    path("can-bo/<int:pk>/", officers.officer_detail, name="officer_detail"),
    path("thuc-hien/", duties.DutyList.as_view(), name="duty_list"),
    path("thuc-hien/can-bo/", duty_groups.DutiesByOfficer.as_view(), name="duties_by_officer"),
    path("thuc-hien/dang-bo/", duty_groups.DutiesByCommune.as_view(), name="duties_by_commune"),
    path("thuc-hien/huyen/", duty_groups.DutiesByDistrict.as_view(), name="duties_by_district"),
    path("thuc-hien/ma-tran/", matrix.matrix, name="matrix"),
    path("dang-bo/<int:pk>/chuan-bi/", brief.brief, name="brief"),
    path("di-co-so/ghi/", visit_log.visit_log, name="visit_log"),
    path("mien/", waivers.WaiverList.as_view(), name="waivers"),
    path("mien/them/", waivers.waiver_add, name="waiver_add"),
    path("mien/quyet-dinh/", waiver_decisions.waivers_decide, name="waivers_decide"),
    path("mien/<int:pk>/quyet-dinh/", waiver_decisions.waiver_decide, name="waiver_decide"),
    path("mien/<int:pk>/rut/", waiver_decisions.waiver_withdraw, name="waiver_withdraw"),
    path("dang-bo/<int:pk>/chi-bo/", cells.commune_cells, name="commune_cells"),
    path("quy-che/", rules.rules, name="rules"),
    path("quy-che/them/", rules.regulation_add, name="regulation_add"),
    path("quy-che/<int:pk>/sua/", rules.regulation_edit, name="regulation_edit"),
    path("quy-che/<int:pk>/thoi/", rules.regulation_end, name="regulation_end"),
    path("quy-che/ky/them/", rules.periods_add, name="periods_add"),
    path(
        "quyet-dinh/<int:pk>/phu-luc.docx",
        assignment_papers.decision_annex,
        name="decision_annex",
    ),
    path(
        "dang-bo/<int:pk>/bien-ban-ban-giao.docx",
        assignment_papers.handover_minutes,
        name="handover_minutes",
    ),
    path("tim/", search.search, name="search"),
    path(
        "nhat-ky/",
        requires(Permission.ADMINISTER)(audit_log.AuditLog.as_view()),
        name="audit_log",
    ),
    path("nhat-ky/<int:pk>/", audit_log.audit_event, name="audit_event"),
    path("tong-hop.xlsx", workbooks.summary_workbook, name="summary_workbook"),
]
