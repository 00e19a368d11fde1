"""Which role may do what. The only place that maps roles to permissions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.enums import Permission, Role

if TYPE_CHECKING:
    from accounts.models import User

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.LEADER: frozenset(
        {
            Permission.VIEW_ALL,
            Permission.EXPORT,
            Permission.COMMENT,
            Permission.VIEW_EVALUATIONS,
            Permission.DECIDE_EVALUATIONS,
        }
    ),
    Role.OFFICE: frozenset(
        {
            Permission.VIEW_ALL,
            Permission.EXPORT,
            Permission.EDIT_ASSIGNMENTS,
            Permission.IMPORT_ROSTER,
            Permission.TAKE_OVER,
            Permission.REORGANISE,
            Permission.RECORD_VISITS,
            Permission.CONFIRM_VISITS,
            Permission.EDIT_RULES,
            Permission.DECIDE_WAIVERS,
            Permission.WRITE_REPORTS,
            Permission.SUBMIT_REPORTS,
            Permission.RECEIVE_REPORTS,
            Permission.RAISE_PETITIONS,
            Permission.HANDLE_PETITIONS,
            Permission.COMMENT,
            Permission.PREPARE_REVIEWS,
            Permission.VIEW_EVALUATIONS,
            Permission.PROPOSE_EVALUATIONS,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Permission.RECORD_VISITS,
            Permission.CONFIRM_VISITS,
            Permission.WRITE_REPORTS,
            Permission.SUBMIT_REPORTS,
            Permission.RAISE_PETITIONS,
            Permission.RATE_ONESELF,
            Permission.TAKE_OVER,
        }
    ),
    Role.ASSISTANT: frozenset(
        {Permission.RECORD_VISITS, Permission.WRITE_REPORTS, Permission.RAISE_PETITIONS}
    ),
    Role.ADMIN: frozenset({Permission.VIEW_ALL, Permission.EXPORT, Permission.ADMINISTER}),
}


def allowed(user: User, permission: Permission) -> bool:
    """Say whether ``user`` is logged in, active, and has ``permission`` through their role."""
    return (
        user.is_authenticated
        and user.is_active
        and permission in ROLE_PERMISSIONS.get(user.role, ())
    )


def requires(permission: Permission) -> Callable:
    """Guard a view function: 403 for a logged-in user without ``permission``.

    What a user may not even know of is a matter of ``visible_to`` (404), not of this guard.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not allowed(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
