"""What every request passes on its way in: where it came from, and the forced password change."""

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts import clock, password_age
from accounts.audit import current_address


def client_address(request) -> str:
    """Give the caller's address; the proxy's word counts only when a proxy of ours is set."""
    if settings.BEHIND_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()
        if forwarded:
            return forwarded[:45]
    return request.META.get("REMOTE_ADDR", "")[:45]


class KnownVerbsMiddleware:
    """Refuses every verb but GET, HEAD and POST: no page of ours takes another, whoever asks.

    Before sessions: nothing is looked up for what is refused anyway.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return self.get_response(request)


class NoStoreMiddleware:
    """Keeps what a logged-in user saw out of every cache: Back after logging out shows nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user  # before the view: a logout must not be cached either
        is_known = user.is_authenticated
        response = self.get_response(request)
        if is_known and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class AuditAddressMiddleware:
    """Lets the audit log know the address of the request being served."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_address.set(client_address(request))
        try:
            return self.get_response(request)
        finally:
            current_address.reset(token)


class ForcedPasswordChangeMiddleware:
    """Sends a user to change the password before anything else when it is time to.

    After the authentication it asks: it must know who is here, and before any page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if (
            user.is_authenticated
            and not self.is_open(request.path)
            and password_age.why_change(user, clock.now())
        ):
            return redirect("accounts:password_change")
        return self.get_response(request)

    @staticmethod
    def is_open(path: str) -> bool:
        return path in {reverse("accounts:password_change"), reverse("accounts:logout")} or (
            path.startswith(settings.STATIC_URL)
        )
