"""Answering a request with a Word document."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.spreadsheets.response import attachment
from reports.documents.paper import Paper

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_response(paper: Paper, *, file_name: str, by: User) -> FileResponse:
    """Answer with ``paper`` to download, and record that ``by`` took it."""
    audit.record(Verb.EXPORT, file_name, by=by)
    response = FileResponse(BytesIO(paper.content()), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = attachment(file_name)
    return response
