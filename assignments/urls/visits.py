"""Addresses of going to the base: visits, plans, invitations."""

app_name = "visits"

urlpatterns = []
