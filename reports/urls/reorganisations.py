"""Addresses of rearranging communes: /sap-xep/."""

from django.urls import path

from reports.views.reorganisations import acts, detail, listing, upload

app_name = "reorganisations"

urlpatterns = [
    path("", listing.reorganisation_list, name="list"),
    path("them/", upload.add, name="add"),
    path("mau.xlsx", upload.template, name="template"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/chon/", acts.choose_fates, name="choose"),
    path("<int:pk>/bi-tu-choi.xlsx", upload.refused, name="refused"),
    path("<int:pk>/ap-dung/", acts.apply, name="apply"),
    path("<int:pk>/hoan-tac/", acts.undo, name="undo"),
    path("<int:pk>/bo/", acts.drop_draft, name="drop"),
]
