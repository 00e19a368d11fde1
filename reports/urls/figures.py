"""Addresses of figures, what they mean, and their charts."""

from django.urls import path

from reports.views import charts, figures

app_name = "figures"

urlpatterns = [
    path("", figures.figure_list, name="list"),
    path("bieu-do/", charts.charts, name="charts"),
    path("<slug:field>/", figures.figure_detail, name="detail"),
]
