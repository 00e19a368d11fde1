"""What the user was told: the list, opening one, having read all."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from assignments.tables import PAGE, PAGE_SIZE
from reports.models import Notification
from reports.notifications.notices import is_own_page
from reports.notifications.reading import by_day, read_all, read_one


@require_safe
def notification_list(request: HttpRequest) -> HttpResponse:
    """Show what had been told by the day, newest first."""
    rows = Notification.objects.visible_to(request.user)
    rows = rows.filter(noticed_on__lte=request.as_of.day)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get(PAGE))
    context = {
        "title": "Thông báo",
        "page": page,
        "days": by_day(page.object_list),
        "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2),
    }
    return render(request, "notifications/list.html", context)


@require_POST
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read and go where it leads."""
    found = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    read_one(notification=found, now=clock.now())
    return redirect(found.address if is_own_page(found.address) else "notifications:list")


@require_POST
def notifications_read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    done = read_all(by=request.user, until=request.as_of.day, now=clock.now())
    messages.success(request, f"Đã đánh dấu xem {done} thông báo.")
    return redirect("notifications:list")
