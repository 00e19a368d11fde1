"""The summary workbook to download."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from accounts.enums import Permission
from accounts.permissions import requires


@requires(Permission.EXPORT)
def summary_workbook(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=501)
