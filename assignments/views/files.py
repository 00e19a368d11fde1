"""Files kept beside records: given to who may see the record, never by a bare address."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from assignments.enums import AttachmentKind
from assignments.models import Decision
from assignments.views.serving import serve
from assignments.visits.rights import files_open_to


@require_safe
def decision_file(request: HttpRequest, name: str) -> FileResponse:
    """Answer with the scan of a decision the user may see."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user), file=name)
    path = PurePath(name)
    kind = AttachmentKind(path.suffix[1:].lower())
    return serve(decision.file, name=path.name, kind=kind, of=decision, by=request.user)


@require_safe
def visit_attachment(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with a file brought back from a visit the user may see."""
    attachment = get_object_or_404(files_open_to(request.user), pk=pk)
    kind = AttachmentKind(attachment.kind)
    return serve(attachment.file, name=attachment.name, kind=kind, of=attachment, by=request.user)
