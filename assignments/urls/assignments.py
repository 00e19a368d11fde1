"""Addresses of assignments and the roster import."""

from django.urls import path

from assignments.views import assignments, corrections, files, imports

app_name = "assignments"

urlpatterns = [
    path("", assignments.AssignmentList.as_view(), name="list"),
    path("giao/", assignments.bulk_assign, name="bulk_assign"),
    path("thoi/", assignments.bulk_end, name="bulk_end"),
    path("ban-giao/", assignments.bulk_hand_over, name="bulk_hand_over"),
    path("<int:pk>/dinh-chinh/", corrections.correct, name="correct"),
    path("<int:pk>/huy/", corrections.cancel, name="cancel"),
    path("tep/<path:name>", files.decision_file, name="decision_file"),
    path("nap-danh-sach/", imports.import_list, name="import_list"),
    path("nap-danh-sach/mau.xlsx", imports.import_template, name="import_template"),
    path("nap-danh-sach/<int:pk>/", imports.import_preview, name="import_preview"),
    path("nap-danh-sach/<int:pk>/chon/", imports.import_choose, name="import_choose"),
    path("nap-danh-sach/<int:pk>/ap-dung/", imports.import_apply, name="import_apply"),
    path("nap-danh-sach/<int:pk>/bi-tu-choi.xlsx", imports.import_refused, name="import_refused"),
]
