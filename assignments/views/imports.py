"""The roster import: upload, preview row by row, apply exactly what was previewed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import Permission
from accounts.permissions import requires


@requires(Permission.IMPORT_ROSTER)
def import_list(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html", {"title": "Nạp danh sách phân công"})
