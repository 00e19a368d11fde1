"""Logging in and out and changing one's password: Django's views, audited, in our words."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from accounts import clock, password_age, services
from accounts.forms import LoginForm, PasswordChangeForm


class Login(auth_views.LoginView):
    """Log in with user name and password; open to everybody."""

    authentication_form = LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    @transaction.atomic
    def form_valid(self, form: LoginForm) -> HttpResponse:
        response = super().form_valid(form)
        services.note_login(form.get_user())
        if warning := password_age.warning(form.get_user(), clock.now()):
            messages.warning(self.request, warning)
        return response

    def get_redirect_url(self) -> str:
        """Give ``next`` when it is a page of this site other than this one, else nothing."""
        target = super().get_redirect_url()
        return "" if urlsplit(target).path == self.request.path else target


@method_decorator(login_not_required, name="dispatch")
class Logout(auth_views.LogoutView):
    """Log out, by POST only. Open to everybody: a session that has ended is simply let go."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            services.note_logout(request.user)
        return super().post(request, *args, **kwargs)


class PasswordChange(auth_views.PasswordChangeView):
    """Change one's own password."""

    form_class = PasswordChangeForm
    template_name = "accounts/password_change.html"
    title = "Đổi mật khẩu"
    success_url = reverse_lazy("home")

    def get_context_data(self, **kwargs) -> dict:
        why = password_age.why_change(self.request.user, clock.now())
        return super().get_context_data(why=why, **kwargs)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Đã đổi mật khẩu.")
        return super().form_valid(form)
