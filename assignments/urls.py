"""Addresses of assignments and the roster import."""

from django.urls import path

from assignments.views import assignments, imports

app_name = "assignments"

urlpatterns = [
    path("", assignments.AssignmentList.as_view(), name="list"),
    path("giao/", assignments.bulk_assign, name="bulk_assign"),
    path("thoi/", assignments.bulk_end, name="bulk_end"),
    path("ban-giao/", assignments.bulk_hand_over, name="bulk_hand_over"),
    path("nap-danh-sach/", imports.import_list, name="import_list"),
]
