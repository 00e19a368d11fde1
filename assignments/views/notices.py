"""Meetings officers are invited to: the list, one notice with its answers, writing one down."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.entry_rights import communes_entered_for, may_enter, officers_entered_for
from assignments.models import MeetingNotice
from assignments.notices import is_open, may_call_off, withdraw_notice
from assignments.notices.answers import (
    Invited,
    answer_state,
    answering_for,
    answers_state,
    invited,
    with_answers,
)
from assignments.notices.forms import AnswerForm, NoticeForm
from assignments.plans.filters import NoticeFilter, coming_first
from assignments.tables import Column, Kind, State, TableView
from assignments.unit_columns import unit_columns
from assignments.views.assignments import keys
from assignments.views.withdrawing import withdraw_page
from communes.models import Commune
from communes.place_search import find_communes

SEARCHED = ("commune__search_key", "commune__district__search_key")
SHOWN_WORDS = 24  # of what a meeting is on
MOST_FOUND = 20  # communes offered at once


# --- the list ------------------------------------------------------------------------------------


class NoticeList(TableView):
    """Meetings: those to come first, soonest first, then those that were, latest first."""

    filterset_class = NoticeFilter
    title = "Giấy mời họp"
    noun = "giấy mời"
    file_name = "GiayMoiHop"
    search_hint = "Tên xã, huyện (gõ không dấu cũng được)"
    template_name = "visits/notice_list.html"
    reads_units = True

    @cached_property
    def known(self) -> set[int] | None:
        return answering_for(self.request.user)

    def concerned(self, notice: MeetingNotice) -> list[Invited]:
        """Give those invited whose answers the user may know."""
        return [one for one in invited(notice, self.known) if one.is_answer_known]

    def answers(self, notice: MeetingNotice) -> State:
        return answers_state(notice, self.concerned(notice), self.day)

    def told(self, notice: MeetingNotice) -> str:
        """Name those invited with their answers; of one alone the state has told the answer."""
        people = self.concerned(notice)
        if len(people) > 1:
            return "; ".join(one.told() for one in people)
        names = [one.officer.full_name for one in people if self.known is None]
        return ": ".join(filter(None, (*names, *(one.remark for one in people))))

    @property
    def columns(self):
        return (
            Column(
                "ngay",
                "Ngày họp",
                lambda row: row.held_on,
                kind=Kind.DATE,
                sort=("held_on", "held_at"),
                url=lambda row: reverse("visits:notice_detail", args=[row.pk]),
                detail=lambda row: row.hour,
                detail_label="Giờ họp",
                width=12,
            ),
            *unit_columns(self.reading, then=("held_on",), width=24),
            Column(
                "viec",
                "Việc",
                lambda row: row.get_kind_display(),
                sort=("kind", "held_on"),
                detail=lambda row: str(row.cell or ""),
                detail_label="Chi bộ",
                width=26,
            ),
            Column(
                "noi_dung",
                "Nội dung",
                lambda row: row.content,
                brief=lambda row: Truncator(row.content).words(SHOWN_WORDS, truncate=" …"),
                detail=lambda row: row.place,
                detail_label="Địa điểm",
                width=40,
            ),
            Column(
                "tra_loi",
                "Trả lời",
                self.answers,
                kind=Kind.STATE,
                detail=self.told,
                detail_label="Trả lời của từng đồng chí",
                width=20,
            ),
        )

    def scoped(self):
        notices = MeetingNotice.objects.visible_to(self.request.user).with_commune()
        fetched = with_answers(notices.select_related("cell"), self.request.user)
        return fetched.order_by(*coming_first("held_on", self.day), "held_at", "pk")

    def search(self, rows, query):
        return self.reading.search(rows, query, SEARCHED)


# --- one notice ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """An invited officer on the page: how they answered, and the form to answer for them."""

    invited: Invited
    state: State | None  # None: not the user's to know
    form: AnswerForm | None
    is_asked: bool = False  # the user's own officer, who has not answered yet


def notice_of(request: HttpRequest, pk: int) -> MeetingNotice:
    notices = MeetingNotice.objects.visible_to(request.user).with_commune()
    notices = notices.select_related("cell", "entered_by", "withdrawn_by")
    return get_object_or_404(with_answers(notices, request.user), pk=pk)


def answerable(request: HttpRequest, notice: MeetingNotice) -> set[int]:
    """Give the keys of the officers for whom the user may still answer."""
    is_theirs = allowed(request.user, Permission.RECORD_VISITS)
    if not (is_theirs and is_open(notice, request.as_of.today)):
        return set()
    keys_invited = [one.officer.pk for one in invited(notice, None)]
    return set(
        officers_entered_for(request.user).filter(pk__in=keys_invited).values_list("pk", flat=True)
    )


def answer_form(notice: MeetingNotice, one: Invited, data=None) -> AnswerForm:
    return AnswerForm(data, notice=notice, officer=one.officer, given=one.answer)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notice with who is invited; posted, write an officer's answer."""
    notice = notice_of(request, pk)
    sent = None
    if request.method == "POST":
        sent = asked_answer(request, notice)
        if sent.is_valid() and sent.write(by=request.user, now=clock.now()):
            name = sent.officer.full_name
            messages.success(request, f"Đã ghi trả lời của đồng chí {name}.")
            return redirect("visits:notice_detail", pk=pk)
    return render(request, "visits/notice_detail.html", detail(request, notice, sent))


def asked_answer(request: HttpRequest, notice: MeetingNotice) -> AnswerForm:
    """Give the form posted; 403 without the right, 404 for an officer who is not invited

    or not the user's to answer for.
    """
    if not allowed(request.user, Permission.RECORD_VISITS):
        raise PermissionDenied
    asked = next(iter(keys([request.POST.get("can_bo", "")])), None)
    people = {one.officer.pk: one for one in invited(notice, None)}
    officers = officers_entered_for(request.user)
    if asked not in people or not officers.filter(pk=asked).exists():
        raise Http404
    return answer_form(notice, people[asked], request.POST)


def detail(request: HttpRequest, notice: MeetingNotice, sent: AnswerForm | None) -> dict:
    """Give what the page of a notice shows."""
    user, day, today = request.user, request.as_of.day, request.as_of.today
    open_to = answerable(request, notice)
    lines = []
    for one in invited(notice, answering_for(user)):
        key = one.officer.pk
        state = answer_state(notice, one, day) if one.is_answer_known else None
        form = answer_form(notice, one) if key in open_to else None
        lines.append(Line(one, state, sent if sent and sent.officer.pk == key else form))
    if not allowed(user, Permission.VIEW_ALL):
        lines = [
            replace(line, is_asked=bool(line.form and not line.invited.answer)) for line in lines
        ]
    may_edit = allowed(user, Permission.RECORD_VISITS) and not notice.is_withdrawn
    is_concerned = may_edit and may_enter(user, notice.commune, notice.held_on)
    return {
        "title": notice.get_kind_display(),
        "notice": notice,
        "state": answers_state(notice, [line.invited for line in lines if line.state], day),
        "lines": lines,
        "may_log": is_concerned and notice.held_on <= today,
        "may_plan": is_concerned and notice.held_on >= today,
        "may_call_off": not notice.is_withdrawn and may_call_off(user, notice),
        "is_locked": not is_open(notice, today),
    }


# --- writing -------------------------------------------------------------------------------------


@requires(Permission.RECORD_VISITS)
def notice_add(request: HttpRequest) -> HttpResponse:
    """Write down a meeting of one commune (``?dang_bo=``); without one, ask which."""
    open_to = communes_entered_for(request.user, since=request.as_of.today)
    asked = keys([request.GET.get("dang_bo", "")])
    if not asked:
        return choose_commune(request, open_to)
    commune = get_object_or_404(open_to, pk=asked[0])
    form = NoticeForm(request.POST or None, commune=commune, today=request.as_of.today)
    if request.method == "POST" and form.is_valid():
        notice = form.write(by=request.user, now=clock.now())
        if notice:
            messages.success(request, "Đã ghi giấy mời họp.")
            return redirect("visits:notice_detail", pk=notice.pk)
    context = {"title": "Ghi giấy mời họp", "form": form, "commune": commune}
    return render(request, "visits/notice_form.html", context)


def choose_commune(request: HttpRequest, communes: QuerySet[Commune]) -> HttpResponse:
    """Ask which commune: offer one's own, or what a search finds; the only one is taken."""
    query = request.GET.get("tim", "").strip()
    is_searched = allowed(request.user, Permission.VIEW_ALL)
    found = matching(communes, query, request.as_of.today) if query or not is_searched else []
    if len(found) == 1:
        only = urlencode({"dang_bo": found[0].pk})
        return redirect(f"{reverse('visits:notice_add')}?{only}")
    context = {
        "title": "Ghi giấy mời họp",
        "communes": found,
        "query": query,
        "is_searched": is_searched,
        "most": MOST_FOUND,
    }
    return render(request, "visits/notice_commune.html", context)


def matching(communes: QuerySet[Commune], query: str, day: dt.date) -> list[Commune]:
    """Give the communes whose name has every word.

    If none has, the district's words count too, codes of ``day`` and names they had before.
    """
    named = list(communes.search(query)[:MOST_FOUND])
    return named or list(find_communes(communes, query, day)[:MOST_FOUND])


@requires(Permission.RECORD_VISITS)
def notice_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off, with the reason: who wrote it down, and the office, may do so."""
    notices = MeetingNotice.objects.visible_to(request.user).standing().with_commune()
    notice = get_object_or_404(notices.select_related("cell"), pk=pk)
    if not may_call_off(request.user, notice):
        raise PermissionDenied
    return withdraw_page(
        request,
        template="visits/notice_withdraw.html",
        write=lambda reason: withdraw_notice(
            notice=notice, reason=reason, by=request.user, now=clock.now()
        ),
        done="Đã ghi hủy cuộc họp.",
        then=lambda: reverse("visits:notice_detail", args=[pk]),
        title="Ghi cuộc họp đã hủy",
        notice=notice,
    )
