"""What becomes of a session at each request: it is over, or it was used; and who has none."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import clock, sessions

# What a page asks by itself, nobody having touched it, is no use of a session.
BY_ITSELF = "X-By-Itself"
ENDED = "het"


class SessionUseMiddleware:
    """Ends a session that was not used for too long, else notes that it is being used.

    After authentication (how long depends on the role) and before everything that asks who is
    there: a session that is over is nobody's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        sessions.describe(request)
        if request.user.is_authenticated:
            self.look_at(request, clock.now())
        return self.get_response(request)

    @staticmethod
    def look_at(request: HttpRequest, now: dt.datetime) -> None:
        if sessions.time_left(request.session, request.user, now) <= dt.timedelta():
            logout(request)
        elif BY_ITSELF not in request.headers:
            sessions.note_use(request, now)


class LoginAskedMiddleware(LoginRequiredMiddleware):
    """Sends who is not logged in to the login page, saying so when a session has ended meanwhile.

    A form that was lost by it is asked for again: its page, not the address it was sent to.
    """

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        address = resolve_url(self.get_login_url(view_func))
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            address = f"{address}?{ENDED}=1"
        return redirect_to_login(
            page_asked_for(request), address, self.get_redirect_field_name(view_func)
        )


def page_asked_for(request: HttpRequest) -> str:
    """Give the page somebody was on: the one asked for, or that of the form they sent."""
    origin = f"{request.scheme}://{request.get_host()}"
    referer = request.headers.get("Referer", "")
    if request.method == "POST" and url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    ):
        return referer.removeprefix(origin) or "/"
    return request.get_full_path()
