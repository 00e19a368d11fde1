"""The admin site, open to the role that administers."""

from __future__ import annotations

from functools import wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from accounts.views import Logout


class Autocomplete(AutocompleteJsonView):
    """Offers records in the words their admin page gives."""

    def serialize_result(self, obj, to_field_name):
        offered = super().serialize_result(obj, to_field_name)
        return offered | {"text": self.model_admin.picker_label(obj)}


class OfficeAdminSite(AdminSite):
    """Django admin with Vietnamese headings; who may enter follows from ``User.is_staff``.

    Logging in and out and passwords are the application's own pages, so that there is one door,
    audited.
    """

    site_title = "Quản trị"
    site_header = f"Quản trị dữ liệu – {settings.COMMITTEE_NAME}"
    index_title = "Dữ liệu và nhật ký"
    empty_value_display = "–"

    def admin_view(self, view, cacheable: bool = False):
        """Guard a page: 403 for a logged-in user who is no administrator, not a second login."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def entered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return entered

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return Logout.as_view()(request)

    def password_change(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect("accounts:password_change")

    def password_change_done(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        return redirect("admin:index")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Autocomplete.as_view(admin_site=self)(request)
