"""“Tài khoản của tôi”: who one is, what one may do, where one is logged in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import clock, password_age, sessions
from accounts.enums import Permission
from accounts.models import Session
from accounts.permissions import allowed
from accounts.second_factor import recovery
from accounts.second_factor import services as second_factor

MOST_SHOWN = 50


def own_sessions(request: HttpRequest):
    """Give where the user is logged in, last used first."""
    limit = sessions.idle_limit(request.user.role)
    return Session.objects.visible_to(request.user).live(clock.now(), limit)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the user's own account."""
    user, now = request.user, clock.now()
    phone = second_factor.phone(user)
    found = [
        {
            "session": one,
            "name": sessions.public_id(one.session_key),
            "is_this": one.session_key == request.session.session_key,
        }
        for one in own_sessions(request)[: MOST_SHOWN + 1]
    ]
    context = {
        "title": "Tài khoản của tôi",
        "rights": [right.label for right in Permission if allowed(user, right)],
        "password_days": password_age.days_used(user, now),
        "password_limit": password_age.longest_use(user),
        "phone": phone,
        "is_asked": second_factor.is_asked_of(user),
        "codes_left": recovery.left(user) if phone else 0,
        "sessions": found[:MOST_SHOWN],
        "has_more": len(found) > MOST_SHOWN,
        "idle_minutes": int(sessions.idle_limit(user.role).total_seconds() // 60),
    }
    return render(request, "accounts/account.html", context)


@require_POST
def end_session(request: HttpRequest, name: str) -> HttpResponse:
    """End one of the user's own sessions, by the name it has on pages."""
    found = sessions.named(own_sessions(request), name)
    if found is None:
        raise Http404
    if found.session_key == request.session.session_key:
        messages.error(request, "Đây là phiên đang dùng; muốn kết thúc thì bấm “Đăng xuất”.")
        return redirect("accounts:account")
    sessions.end(session=found, by=request.user)
    messages.success(request, "Đã kết thúc phiên đã chọn.")
    return redirect("accounts:account")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions of the user but this one."""
    user = request.user
    ended = sessions.end_others(user=user, kept=request.session.session_key, by=user)
    if ended:
        messages.success(request, f"Đã kết thúc {ended} phiên khác.")
    else:
        messages.info(request, "Không có phiên nào khác.")
    return redirect("accounts:account")


@login_not_required
@never_cache
@require_safe
def session_left(request: HttpRequest) -> HttpResponse:
    """Tell the page's script how many seconds the session lasts; 0 for who is not logged in.

    Asked by the page itself (``X-By-Itself``) it is no use; asked by somebody's click it is one.
    """
    return JsonResponse({"seconds": sessions.seconds_left(request)})
