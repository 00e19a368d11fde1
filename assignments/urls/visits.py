"""Addresses of going to the base: visits, plans, invitations (reports.urls.visits adds to them)."""

from django.urls import path

from assignments.views import files, notices, plans, visit_entry, visits, waiting, withdrawing

urlpatterns = [
    path("", visits.VisitList.as_view(), name="list"),
    path("luot/<int:pk>/sua/", visit_entry.amend, name="amend"),
    path("ke-hoach/", plans.PlanList.as_view(), name="plan_list"),
    path("ke-hoach/them/", plans.plan_add, name="plan_add"),
    path("ke-hoach/<int:pk>/bo/", plans.plan_withdraw, name="plan_withdraw"),
    path("giay-moi/", notices.NoticeList.as_view(), name="notice_list"),
    path("giay-moi/them/", notices.notice_add, name="notice_add"),
    path("giay-moi/<int:pk>/", notices.notice_detail, name="notice_detail"),
    path("giay-moi/<int:pk>/huy/", notices.notice_withdraw, name="notice_withdraw"),
    path("cho-xac-nhan/", waiting.waiting, name="waiting"),
    path("luot/<int:pk>/rut/", withdrawing.withdraw, name="withdraw"),
    path("tep/<int:pk>/", files.visit_attachment, name="attachment"),
    path("tep/<int:pk>/rut/", withdrawing.attachment_withdraw, name="attachment_withdraw"),
]
