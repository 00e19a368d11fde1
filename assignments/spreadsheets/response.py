"""Answering a request with a workbook."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import FileResponse

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.names import without_accents

if TYPE_CHECKING:
    from assignments.spreadsheets.book import Writable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attachment(file_name: str) -> str:
    """Give the Content-Disposition of a download; a name with accents comes in both spellings."""
    plain = without_accents(file_name).encode("ascii", "ignore").decode()
    if file_name.isascii():
        plain = file_name
    plain = plain.replace("\\", "_").replace('"', "_")
    header = f'attachment; filename="{plain}"'
    return header if plain == file_name else f"{header}; filename*=UTF-8''{quote(file_name)}"


def workbook_response(
    sheets: Sequence[Writable],
    *,
    file_name: str,
    by: User,
    now: dt.datetime,
    conditions: Sequence[tuple[str, str]] = (),
) -> FileResponse:
    """Answer with the sheets as one workbook to download, and record that ``by`` took it.

    ``conditions`` are what narrowed the list, for the record.

    It is written to a temporary file and sent from there: neither rows nor file are in memory.
    """
    # XlsxWriter takes 90 ms to import; only a download needs it.
    from assignments.spreadsheets.book import write_workbook

    with ExitStack() as unfinished:
        file = unfinished.enter_context(tempfile.TemporaryFile())
        write_workbook(file, sheets, now=now, author=by.full_name)
        file.seek(0)
        audit.record(Verb.EXPORT, file_name, by=by, after=dict(conditions))
        response = FileResponse(file, content_type=CONTENT_TYPE)
        unfinished.pop_all()
    response["Content-Disposition"] = attachment(file_name)
    return response
