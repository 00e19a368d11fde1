"""Addresses of officers who leave and of hand-overs: /ban-giao/."""

from django.urls import path

from reports.enums import HandoverMove
from reports.views.departures import covers, handovers, leaving, listing

app_name = "departures"

urlpatterns = [
    path("", listing.HandoverList.as_view(), name="list"),
    path("can-bo/<int:pk>/thoi/", leaving.depart, name="depart"),
    path("thoi/<int:pk>/", leaving.departure, name="departure"),
    path("thoi/<int:pk>/rut/", leaving.withdraw, name="withdraw"),
    path("dang-bo/<int:pk>/tam-thoi/", covers.cover, name="cover"),
    path("<int:pk>/", handovers.handover, name="handover"),
    path("<int:pk>/bien-ban.docx", handovers.minutes, name="minutes"),
    path("<int:pk>/viec/", handovers.items, name="items"),
    path("<int:pk>/giao/", handovers.move, {"move": HandoverMove.OFFER}, name="offer"),
    path("<int:pk>/lay-lai/", handovers.move, {"move": HandoverMove.RECALL}, name="recall"),
    path("<int:pk>/nhan/", handovers.move, {"move": HandoverMove.ACCEPT}, name="accept"),
    path("<int:pk>/tra-lai/", handovers.move, {"move": HandoverMove.RETURN}, name="return"),
    path("<int:pk>/ket-thuc/", handovers.move, {"move": HandoverMove.CLOSE}, name="close"),
]
