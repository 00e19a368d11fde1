"""Logging in and out and changing one's password: Django's views, audited, in our words."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from accounts import clock, logging_in, password_age, services
from accounts.forms import LoginForm, PasswordChangeForm
from accounts.second_factor import pending
from accounts.second_factor import services as second_factor
from accounts.session_middleware import ENDED


class Login(auth_views.LoginView):
    """Log in with user name and password; open to everybody."""

    authentication_form = LoginForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """Log in who has no second factor; ask who has one for a code, nobody being logged in."""
        user, target = form.get_user(), self.get_redirect_url()
        if second_factor.phone(user):
            pending.hold(self.request, user, target=target, now=clock.now())
            return redirect("accounts:verify")
        logging_in.complete(self.request, user)
        return redirect(target or resolve_url("home"))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(session_ended=ENDED in self.request.GET, **kwargs)

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

    def get_form_kwargs(self) -> dict:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs) -> dict:
        why = password_age.why_change(self.request.user, clock.now())
        return super().get_context_data(why=why, **kwargs)

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        try:
            response = super().form_valid(form)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        messages.success(self.request, "Đã đổi mật khẩu.")
        return response
