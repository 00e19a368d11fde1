"""Who must have a second factor and has none sets one up before anything else."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.second_factor import services

OPEN = (
    "accounts:second_factor",
    "accounts:second_factor_code",
    "accounts:password_change",
    "accounts:session",
    "accounts:logout",
)


class SecondFactorAskedMiddleware:
    """Sends users of ``SECOND_FACTOR_ROLES`` without one to set it up, the admin's pages included.

    After the forced password change: the password is asked for when setting up. Whose session was
    begun with a code is not looked up again.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.is_missing(request) and not self.is_open(request.path):
            return redirect("accounts:second_factor")
        return self.get_response(request)

    @staticmethod
    def is_missing(request: HttpRequest) -> bool:
        user = request.user
        return (
            user.is_authenticated
            and services.is_asked_of(user)
            and DEVICE_ID_SESSION_KEY not in request.session
            and services.phone(user) is None
        )

    @staticmethod
    def is_open(path: str) -> bool:
        return path in {reverse(name) for name in OPEN} or path.startswith(settings.STATIC_URL)
