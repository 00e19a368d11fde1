"""Addresses of rearranging communes: /sap-xep/."""

app_name = "reorganisations"

urlpatterns: list = []
