"""What every page knows of the office it serves."""

from django.conf import settings


def office(request) -> dict[str, object]:
    """Give the office's names, and the day the page speaks of, to every template."""
    return {
        "committee_name": settings.COMMITTEE_NAME,
        "regulation_name": settings.REGULATION_NAME,
        "as_of": getattr(request, "as_of", None),
    }
