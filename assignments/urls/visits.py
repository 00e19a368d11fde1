"""Addresses of going to the base: visits, plans, invitations."""

from django.urls import path

from assignments.views import files, visits, waiting, withdrawing

app_name = "visits"

urlpatterns = [
    path("", visits.VisitList.as_view(), name="list"),
    path("<int:pk>/", visits.visit_detail, name="detail"),
    path("cho-xac-nhan/", waiting.waiting, name="waiting"),
    path("luot/<int:pk>/rut/", withdrawing.withdraw, name="withdraw"),
    path("tep/<int:pk>/", files.visit_attachment, name="attachment"),
    path("tep/<int:pk>/rut/", withdrawing.attachment_withdraw, name="attachment_withdraw"),
]
