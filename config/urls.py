"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from config.health import health
from reports.views.home import home

handler400 = "config.errors.bad_request"
handler500 = "config.busy.failed"

urlpatterns = [
    path("", home, name="home"),
    path("", include("reports.urls.across")),
    path("bao-cao/", include("reports.urls.periodic")),
    path("kien-nghi/", include("reports.urls.petitions")),
    path("ket-luan/", include("reports.urls.conclusions")),
    path("so-ket/", include("reports.urls.reviews")),
    path("danh-gia/", include("reports.urls.evaluations")),
    path("so-lieu/", include("reports.urls.figures")),
    path("thong-bao/", include("reports.urls.notifications")),
    path("sap-xep/", include("reports.urls.reorganisations")),
    path("ban-giao/", include("reports.urls.departures")),
    path("phuong-an/", include("reports.urls.reassignments")),
    path("phan-cong/", include("assignments.urls.assignments")),
    path("di-co-so/", include("reports.urls.visits")),
    path("van-ban/", include("assignments.urls.directives")),
    path("tai-khoan/", include("accounts.urls")),
    path("quan-tri/", admin.site.urls),
    path("suc-khoe/", health, name="health"),
]
