"""Packs of papers: begun, made part by part with progress, handed out by file or as one zip."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts import audit, clock
from accounts.enums import Permission, Verb
from accounts.permissions import allowed, requires
from assignments.enums import AttachmentKind
from assignments.spreadsheets.response import attachment
from assignments.tables import State
from assignments.views.serving import serve
from reports.freezing import frozen_line, is_intact
from reports.models import FrozenFigures, PackFile, ReviewPack
from reports.packs.making import NOT_INTACT, begin_pack, make_next, parts_of
from reports.packs.parts import Part
from reports.packs.zipping import write_zip, zip_name

MADE = State("✓", "Đã lập", "ok")
WITH_GAPS = State("!", "Còn chỗ thiếu", "due")
WAITING = State("–", "Chưa lập", "none")
JSON = "application/json"
ZIP = "application/zip"
CONFLICT = 409


@dataclass(frozen=True)
class Row:
    """One part of a pack on its page."""

    part: Part
    file: PackFile | None

    @property
    def state(self) -> State:
        if self.file is None:
            return WAITING
        return WITH_GAPS if self.file.missing else MADE


def packs_of(request: HttpRequest) -> QuerySet[ReviewPack]:
    """Give the packs the user may see, with what a page says of them."""
    packs = ReviewPack.objects.visible_to(request.user)
    return packs.select_related("frozen__review", "begun_by").defer("frozen__sheets")


def rows_of(pack: ReviewPack) -> list[Row]:
    files = {kept.part: kept for kept in pack.files.all()}
    return [Row(part, files.get(part.key)) for part in parts_of(pack)]


def newest_pack(request: HttpRequest, frozen: FrozenFigures | None) -> ReviewPack | None:
    """Give the pack a review's page speaks of: the newest finished one, else the newest."""
    if frozen is None:
        return None
    packs = list(ReviewPack.objects.visible_to(request.user).filter(frozen=frozen))
    return next((pack for pack in packs if pack.finished_at), packs[0] if packs else None)


@require_POST
@requires(Permission.EXPORT)
def pack_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the pack of a freeze and go to the page that makes it."""
    freezes = FrozenFigures.objects.visible_to(request.user).select_related("review__document")
    frozen = get_object_or_404(freezes, pk=pk)
    try:
        pack = begin_pack(frozen=frozen, by=request.user, now=clock.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("reviews:detail", frozen.review_id)
    return redirect("reviews:pack", pack.pk)


@require_safe
@requires(Permission.VIEW_ALL)
def pack_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a pack is and its files."""
    pack = get_object_or_404(packs_of(request), pk=pk)
    rows = rows_of(pack)
    made = sum(row.file is not None for row in rows)
    context = {
        "title": "Bộ tài liệu sơ kết",
        "pack": pack,
        "review": pack.frozen.review,
        "frozen_line": frozen_line(pack.frozen),
        "rows": rows,
        "made": made,
        "next": min(made + 1, len(rows)),
        "next_label": next((row.part.label for row in rows if row.file is None), ""),
        "may_download": (may_download := allowed(request.user, Permission.EXPORT)),
        "may_make": may_download and not pack.finished_at,
    }
    return render(request, "reviews/pack.html", context)


@require_POST
@requires(Permission.EXPORT)
def pack_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one part. The script is answered in JSON, a button by the page again."""
    pack = get_object_or_404(packs_of(request), pk=pk)
    refusal = ""
    try:
        make_next(pack=pack, by=request.user, now=clock.now())
    except ValidationError as refused:
        refusal = " ".join(refused.messages)
    if request.accepts("text/html"):
        if refusal:
            messages.error(request, refusal)
        return redirect("reviews:pack", pack.pk)
    return JsonResponse(progress(pack, refusal), status=CONFLICT if refusal else 200)


def progress(pack: ReviewPack, refusal: str) -> dict[str, object]:
    """Give what the script shows: how many parts are made, which comes next, what went wrong."""
    rows = rows_of(pack)
    waiting = [row.part.label for row in rows if row.file is None]
    return {
        "made": len(rows) - len(waiting),
        "all": len(rows),
        "next": waiting[0] if waiting else "",
        "sentence": refusal,
    }


@require_safe
@requires(Permission.EXPORT)
def pack_zip(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """Answer with a finished pack as one zip; the download is audited."""
    finished = packs_of(request).filter(finished_at__isnull=False)
    pack = get_object_or_404(finished, pk=pk)
    if not is_intact(pack.frozen):
        messages.error(request, NOT_INTACT)
        return redirect("reviews:pack", pack.pk)
    with ExitStack() as unfinished:
        file = unfinished.enter_context(tempfile.TemporaryFile())
        try:
            write_zip(file, pack)
        except FileNotFoundError as lost:
            raise Http404 from lost
        file.seek(0)
        audit.record(Verb.EXPORT, pack, by=request.user, after={"Tệp": zip_name(pack)})
        response = FileResponse(file, content_type=ZIP)
        unfinished.pop_all()
    response["Content-Disposition"] = attachment(zip_name(pack))
    patch_cache_control(response, private=True, no_store=True)
    return response


@require_safe
@requires(Permission.EXPORT)
def pack_file(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with one file of a pack; the download is audited."""
    files = PackFile.objects.visible_to(request.user).select_related("pack__frozen__review")
    kept = get_object_or_404(files, pk=pk)
    kind = AttachmentKind(kept.name.rpartition(".")[2])
    return serve(kept.file, name=kept.name, kind=kind, of=kept.pack, by=request.user)
