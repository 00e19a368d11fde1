"""Addresses of the pages that read across records."""

from django.urls import path

from reports.views import communes, officers, search, workbooks

app_name = "reports"

urlpatterns = [
    path("dang-bo/", communes.CommuneList.as_view(), name="commune_list"),
    path("dang-bo/<int:pk>/", communes.commune_detail, name="commune_detail"),
    path("can-bo/", officers.OfficerList.as_view(), name="officer_list"),
    path("can-bo/<int:pk>/", officers.officer_detail, name="officer_detail"),
    path("tim/", search.search, name="search"),
    path("tong-hop.xlsx", workbooks.summary_workbook, name="summary_workbook"),
]
