"""Addresses of going to the base: the page of a visit, which tells its petitions too, and the rest.

Logging a visit is among :mod:`reports.urls.across`.
"""

from django.urls import path

from assignments.urls import visits as going
from reports.views import visits

app_name = "visits"

urlpatterns = [path("<int:pk>/", visits.visit_detail, name="detail"), *going.urlpatterns]
