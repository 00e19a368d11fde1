"""Addresses of plans of reassignment: /phuong-an/."""

from django.urls import path

from reports.views.reassignments import detail, drafting, listing

app_name = "reassignments"

urlpatterns = [
    path("", listing.ReassignmentList.as_view(), name="list"),
    path("lap/", drafting.plan_add, name="add"),
    path("<int:pk>/", detail.plan_detail, name="detail"),
]
