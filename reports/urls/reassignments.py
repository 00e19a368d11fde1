"""Addresses of plans of reassignment: /phuong-an/."""

app_name = "reassignments"

urlpatterns: list = []
