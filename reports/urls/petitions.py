"""Addresses of petitions and what becomes of them."""

from django.urls import path

from reports.views.petitions import catalogue

app_name = "petitions"

urlpatterns = [
    path("danh-muc/", catalogue.catalogue, name="catalogue"),
    path("danh-muc/linh-vuc/them/", catalogue.field_add, name="field_add"),
    path("danh-muc/linh-vuc/<int:pk>/", catalogue.field_edit, name="field_edit"),
    path("danh-muc/co-quan/them/", catalogue.body_add, name="body_add"),
    path("danh-muc/co-quan/<int:pk>/", catalogue.body_edit, name="body_edit"),
]
