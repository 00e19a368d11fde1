"""The page of one petition: how it stands, where it lay, what was done and said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from assignments.enums import AttachmentKind
from assignments.models import Visit
from assignments.tables import State
from assignments.views.serving import serve
from communes.former_units import stands_for
from reports.enums import PetitionAct, PetitionState
from reports.history import changes
from reports.models import AnswerFile, PeriodicReport, Petition
from reports.petitions import acts_open_to
from reports.petitions.columns import state_badge_of
from reports.petitions.story import (
    answers_of,
    current_lead,
    events_of,
    journey,
    legs_of,
    standing,
    what_next,
)
from reports.views.petitions.finding import petition_of

# What stands on the page for each act, in this order; the first that is open is the main one.
BUTTONS: tuple[tuple[PetitionAct, str, str], ...] = (
    (PetitionAct.TELL, "petitions:tell", "Đã thông tin lại"),
    (PetitionAct.ANSWER, "petitions:answer", "Ghi kết quả"),
    (PetitionAct.START, "petitions:progress", "Ghi tiến độ"),
    (PetitionAct.ROUTE, "petitions:route", "Chuyển xử lý"),
    (PetitionAct.NOTE, "petitions:note", "Ý kiến"),
)
# Those that are not for every day.
MORE: tuple[tuple[PetitionAct, str, str], ...] = (
    (PetitionAct.AMEND, "petitions:amend", "Sửa nội dung"),
    (PetitionAct.EXTEND, "petitions:extend", "Gia hạn trả lời"),
    (PetitionAct.MARK_DUPLICATE, "petitions:duplicate", "Xác định trùng"),
    (PetitionAct.UNGROUP, "petitions:ungroup", "Đưa ra khỏi nhóm"),
    (PetitionAct.REOPEN, "petitions:reopen", "Mở lại"),
    (PetitionAct.WITHDRAW, "petitions:withdraw", "Rút lại"),
)
ON_THE_SPOT = "Giải quyết tại chỗ"  # all that who may not route can write of a new one
REPEATS = PetitionState.DUPLICATE
MOST_BESIDE = 20  # petitions of the same matter that are named


@dataclass(frozen=True)
class Beside:
    """Another petition named on the page, with how it stands."""

    petition: Petition
    state: State


@require_safe
def petition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a petition as of the day; what can be done with it is done today."""
    petition, user, day = petition_of(request, pk), request.user, request.as_of.day
    legs, events = legs_of(petition), events_of(petition, day)
    lead = current_lead(legs, day)
    open_acts = acts_open_to(petition, user) if request.as_of.is_today else ()
    context = {
        "title": str(petition),
        "petition": petition,
        "unit": stands_for(petition.commune, day),
        "state": standing(petition),
        "next": what_next(petition, lead, day),
        "is_overdue": lead is not None and lead.is_overdue(day),
        "stretches": journey(petition, legs, events, day),
        "history": [(event, state_badge_of(event.state)) for event in reversed(events)],
        "answers": answers_of(events),
        "buttons": buttons(petition, open_acts),
        "more": [(view, label) for act, view, label in MORE if act in open_acts],
        "changes": changes([petition], user),
        **links(petition, user),
        **beside(petition, request),
    }
    return render(request, "petitions/petition_detail.html", context)


def buttons(petition: Petition, open_acts: Iterable[PetitionAct]) -> list[tuple[str, str, bool]]:
    """Give the pages of the acts that are open, their words, and whether it is the main one.

    A new petition is routed first, and waits for it where one may not route; only saying
    something is never the main thing.
    """
    found = [one for one in BUTTONS if one[0] in open_acts]
    beside = {PetitionAct.NOTE}
    if petition.state == PetitionState.NEW:
        found.sort(key=lambda one: one[0] != PetitionAct.ROUTE)
        beside.add(PetitionAct.ANSWER)
        if PetitionAct.ROUTE not in open_acts:
            found = [
                (act, view, ON_THE_SPOT if act == PetitionAct.ANSWER else label)
                for act, view, label in found
            ]
    return [
        (view, label, place == 0 and act not in beside)
        for place, (act, view, label) in enumerate(found)
    ]


def links(petition: Petition, user: User) -> dict[str, object]:
    """Give the visit and the report it was heard at, if the user may open them."""
    visits, reports = Visit.objects.visible_to(user), PeriodicReport.objects.visible_to(user)
    visit, report = petition.visit, petition.report
    return {
        "visit": visit if visit and visits.contains(visit) else None,
        "report": report if report and reports.contains(report) else None,
    }


def beside(petition: Petition, request: HttpRequest) -> dict[str, object]:
    """Give the petitions that repeat it, the one it repeats, as of the day; those of its matter.

    Only those the user may see.
    """
    rows = Petition.objects.visible_to(request.user).standing().on(request.as_of.day)
    rows = rows.with_parties().exclude(pk=petition.pk)
    of_matter = rows.filter(matter=petition.matter_id) if petition.matter_id else rows.none()
    return {
        "duplicates": shown(rows.filter(duplicate_of=petition.pk, state_on=REPEATS)),
        "duplicate_of": shown(rows.filter(pk=petition.duplicate_of_id))
        if petition.state_on == REPEATS
        else [],
        "same_matter": shown(of_matter.order_by("-raised_on", "-pk")[:MOST_BESIDE]),
    }


def shown(petitions) -> list[Beside]:
    return [Beside(one, state_badge_of(one.state_on)) for one in petitions]


@require_safe
def answer_file(request: HttpRequest, pk: int) -> FileResponse:
    """Answer with a file of an answer the user may see."""
    files = AnswerFile.objects.visible_to(request.user).standing()
    stored = get_object_or_404(files, pk=pk)
    kind = AttachmentKind(stored.kind)
    return serve(stored.file, name=stored.name, kind=kind, of=stored, by=request.user)
