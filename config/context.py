"""What every page knows: the office it serves, the day it speaks of, what the user may do."""

from functools import partial

from django.conf import settings

from accounts.enums import Permission
from accounts.permissions import allowed
from accounts.sessions import seconds_left
from communes.lineage import Reading
from config.navigation import (
    assignment_tabs,
    duty_tabs,
    evaluation_tabs,
    navigation,
    petition_tabs,
    report_tabs,
    review_tabs,
    thumb_tabs,
    visit_tabs,
)
from reports.notifications.reading import unread_label


def office(request) -> dict[str, object]:
    """Give the office's names, the day, the tabs and the user's rights to every template."""
    user = getattr(request, "user", None)
    logged_in = user is not None and user.is_authenticated
    return {
        "committee_name": settings.COMMITTEE_NAME,
        "regulation_name": settings.REGULATION_NAME,
        "as_of": getattr(request, "as_of", None),
        "reading": Reading.of(request) if hasattr(request, "as_of") else None,
        "navigation": navigation(request) if logged_in else [],
        "thumb_tabs": thumb_tabs(request) if logged_in else [],
        "visit_tabs": partial(visit_tabs, request),  # counted where they are shown
        "duty_tabs": partial(duty_tabs, request),
        "report_tabs": partial(report_tabs, request),
        "assignment_tabs": partial(assignment_tabs, request),
        "petition_tabs": partial(petition_tabs, request),
        "review_tabs": partial(review_tabs, request),
        "evaluation_tabs": partial(evaluation_tabs, request),
        "unread_notifications": partial(unread_label, user),
        "session_left": seconds_left(request) if logged_in and hasattr(request, "session") else 0,
        "sees_all": logged_in and allowed(user, Permission.VIEW_ALL),
        "can_edit_assignments": logged_in and allowed(user, Permission.EDIT_ASSIGNMENTS),
        "can_import": logged_in and allowed(user, Permission.IMPORT_ROSTER),
        "can_record_visits": logged_in and allowed(user, Permission.RECORD_VISITS),
    }
