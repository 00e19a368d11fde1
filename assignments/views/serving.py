"""Giving out a kept file: always as a download of a fixed type, never as something a page runs."""

from __future__ import annotations

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.attachments.kinds import CONTENT_TYPES
from assignments.enums import AttachmentKind


def serve(file: FieldFile, *, name: str, kind: AttachmentKind, of: Model, by: User) -> FileResponse:
    """Answer with a kept file to be saved under ``name``, and record that ``by`` took it.

    ``of`` is the record the file belongs to; 404 when the file is lost from disk.

    A browser that shows it all the same is told: this type and no guessing, no script, no cache.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    audit.record(Verb.EXPORT, of, by=by, after={"Tệp": name})
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type=CONTENT_TYPES[kind]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    patch_cache_control(response, private=True, no_store=True)
    return response
