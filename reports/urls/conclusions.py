"""Addresses of conclusions of conferences and their tasks."""

from django.urls import path

from reports.views import conclusions

app_name = "conclusions"

urlpatterns = [
    path("", conclusions.TaskList.as_view(), name="list"),
    path("them/", conclusions.conclusion_add, name="add"),
    path("<int:pk>/", conclusions.conclusion_detail, name="detail"),
    path("<int:pk>/nhiem-vu/", conclusions.task_add, name="task_add"),
    path("nhiem-vu/<int:pk>/xong/", conclusions.task_done, name="task_done"),
    path("nhiem-vu/<int:pk>/gia-han/", conclusions.task_extend, name="task_extend"),
    path("nhiem-vu/<int:pk>/rut/", conclusions.task_withdraw, name="task_withdraw"),
]
