"""Addresses of documents whose carrying-out is followed."""

from django.urls import path

from assignments.views import directives

app_name = "directives"

urlpatterns = [
    path("", directives.DirectiveList.as_view(), name="list"),
    path("them/", directives.directive_add, name="add"),
    path("<int:pk>/", directives.DirectiveDetail.as_view(), name="detail"),
    path("<int:pk>/thoi/", directives.directive_end, name="end"),
    path("<int:pk>/don-doc/", directives.follow_up, name="follow_up"),
    path("don-doc/<int:pk>/rut/", directives.follow_up_withdraw, name="follow_up_withdraw"),
]
