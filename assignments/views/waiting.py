"""What assistants entered and officers have not confirmed yet, week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.models import Attendance
from assignments.tables import PAGE, PAGE_SIZE
from assignments.views.assignments import keys
from assignments.visits import confirm_attendances
from assignments.visits.entries import Entry, entries, with_content
from assignments.visits.rights import answered_for_by, waiting_for
from communes.dates import day_and_month, short_date

WEEK = dt.timedelta(days=7)


def monday_of(day: dt.date) -> dt.date:
    """Give the Monday of the week ``day`` is in."""
    return day - dt.timedelta(days=day.weekday())


@dataclass(frozen=True)
class Week:
    """Entries of visits from a Monday to the Sunday after it."""

    monday: dt.date
    entries: list[Entry]

    @property
    def label(self) -> str:
        """Give "Tuần 08/5 – 14/5/2023"; both years where they differ."""
        sunday = self.monday + WEEK - dt.timedelta(days=1)
        if sunday.year != self.monday.year:
            return f"Tuần {short_date(self.monday)} – {short_date(sunday)}"
        return f"Tuần {'/'.join(day_and_month(self.monday))} – {short_date(sunday)}"

    @property
    def may_confirm(self) -> bool:
        return all(entry.may_confirm for entry in self.entries)


def weeks(found: Iterable[Entry]) -> list[Week]:
    """Group entries, sorted by day, by week."""
    by_monday = groupby(found, key=lambda entry: monday_of(entry.record.visit.visited_on))
    return [Week(monday, list(group)) for monday, group in by_monday]


@require_http_methods(["GET", "HEAD", "POST"])
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits; a POST confirms the entries that ``luot`` names, as they were shown."""
    if request.method == "POST":
        return confirm(request)
    user = request.user
    rows = with_content(waiting_for(user).on_or_before(request.as_of.day).with_visit(), user)
    rows = rows.order_by("-visit__visited_on", "officer__sort_key", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get(PAGE))
    context = {
        "title": "Chờ xác nhận",
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2),
        "weeks": weeks(entries(page.object_list, user)),
        "may_confirm": allowed(user, Permission.CONFIRM_VISITS),
        "is_for_others": allowed(user, Permission.VIEW_ALL),
    }
    return render(request, "visits/waiting.html", context)


def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm the entries posted, those the page showed and no other."""
    if not allowed(request.user, Permission.CONFIRM_VISITS):
        raise PermissionDenied
    read = versions_read(request)
    asked = asked_to_confirm(request, set(read))
    done = confirm_attendances(attendances=asked, by=request.user, now=clock.now(), read=read)
    say_confirmed(request, asked, done)
    return redirect(back_from(asked, request.POST.get("ve") == "chuyen"))


def say_confirmed(request: HttpRequest, asked: list[Attendance], done: int) -> None:
    """Say how many were confirmed, and what became of the others."""
    if done == len(asked):
        messages.success(request, f"Đã xác nhận {done} lượt dự.")
        return
    changed = waiting_for(request.user).filter(pk__in=[row.pk for row in asked]).count()
    gone = len(asked) - done - changed
    parts = [f"Đã xác nhận {done} lượt dự"]
    if gone:
        parts.append(f"{gone} lượt đã được xác nhận hoặc rút lại từ trước")
    if changed:
        parts.append(f"{changed} lượt vừa được sửa nên còn chờ, đồng chí đọc lại rồi xác nhận")
    messages.warning(request, f"{'; '.join(parts)}.")


def versions_read(request: HttpRequest) -> dict[int, str]:
    """Give the version the page showed of each entry posted as "key:version", by key."""
    posted = (text.partition(":") for text in request.POST.getlist("luot"))
    return {number: read for text, _, read in posted if read for number in keys([text])}


def asked_to_confirm(request: HttpRequest, numbers: set[int]) -> list[Attendance]:
    """Give the entries of keys posted: 404 for one unseen or for none, 403 for a colleague's."""
    seen = Attendance.objects.visible_to(request.user).filter(pk__in=numbers)
    if not numbers or seen.count() != len(numbers):
        raise Http404
    asked = list(answered_for_by(request.user).filter(pk__in=numbers))
    if len(asked) != len(numbers):
        raise PermissionDenied
    return asked


def back_from(asked: list[Attendance], to_visit: bool) -> str:
    """Give where to go on: the visit one came from, or what else waits."""
    if to_visit:
        return reverse("visits:detail", args=[asked[0].visit_id])
    return reverse("visits:waiting")
