"""Addresses of officers who leave and of hand-overs: /ban-giao/."""

app_name = "departures"

urlpatterns: list = []
