"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from reports.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("reports.urls")),
    path("phan-cong/", include("assignments.urls.assignments")),
    path("di-co-so/", include("assignments.urls.visits")),
    path("van-ban/", include("assignments.urls.directives")),
    path("tai-khoan/", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
]
