"""Addresses of plans of reassignment: /phuong-an/."""

from django.urls import path

from reports.views.reassignments import (
    acts,
    changing,
    detail,
    drafting,
    listing,
    papers,
    solving,
)

app_name = "reassignments"

urlpatterns = [
    path("", listing.ReassignmentList.as_view(), name="list"),
    path("lap/", drafting.plan_add, name="add"),
    path("<int:pk>/", detail.plan_detail, name="detail"),
    path("<int:pk>/tinh/", solving.plan_solve, name="solve"),
    path("<int:pk>/tinh-lai/", solving.plan_renew, name="renew"),
    path("<int:pk>/chon/", solving.plan_choose, name="choose"),
    path("<int:pk>/sua/", changing.plan_change, name="change"),
    path("<int:pk>/y-kien/", acts.plan_comment, name="comment"),
    path("<int:pk>/ap-dung/", acts.plan_apply, name="apply"),
    path("<int:pk>/bo/", acts.plan_drop, name="drop"),
    path("<int:pk>/phu-luc.docx", papers.annex_word, name="annex_word"),
    path("<int:pk>/phu-luc.xlsx", papers.annex_excel, name="annex_excel"),
]
