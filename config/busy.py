"""What a request gets that the database could not serve in time: an answer, never an error.

SQLite lets one write at a time and makes the others wait, as long as settings say; PostgreSQL ends
one of two writers who wait for each other. Whoever waited in vain is told so, with what they sent,
to send it again.
"""

from __future__ import annotations

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template import loader

from config.errors import server_error

RETRY_AFTER = 5  # seconds
# SQLite's primary codes: busy, locked. PostgreSQL's classes and codes: no connection, rolled back
# for another's sake, too many connections, shutting down, a lock not had in time.
BUSY_SQLITE = (5, 6)
BUSY_POSTGRESQL = ("08", "40", "53", "57P", "55P03")
# Never written into a page, even the sender's own.
SECRET_WORDS = ("password", "token", "otp", "code")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed (``handler500``): the database was busy, or else our fault."""
    return busy_page(request) if is_busy(sys.exc_info()[1]) else server_error()


def is_busy(error: BaseException | None) -> bool:
    """Say whether an error means that the database could not serve us now, and may soon."""
    if isinstance(error, InterfaceError):
        return True
    # Of a connection that breaks in the middle of an answer psycopg2 knows no more than this.
    if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
        return False
    cause = error.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return code & 0xFF in BUSY_SQLITE
    # Without a code the connection itself was lost, or never made.
    code = getattr(cause, "pgcode", "")
    return code is None or (bool(code) and code.startswith(BUSY_POSTGRESQL))


def busy_page(request: HttpRequest) -> HttpResponse:
    """Say that the server is busy; what was typed is kept on the page, to be sent again.

    Needs no database. Files are not kept, nor anything secret: then the browser's Back is named.
    """
    context = {
        "is_sent": request.method == "POST",
        "address": request.get_full_path(),
        "kept": kept(request),
        "csrf_token": get_token(request),
    }
    page = loader.get_template("503.html").render(context)
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Give the fields of a form that can be sent again whole; none when it holds files, secrets."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    is_secret = any(word in name.lower() for name, _ in fields for word in SECRET_WORDS)
    return [] if is_secret or any(request.FILES.values()) else fields
