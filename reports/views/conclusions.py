"""Conclusions of conferences: the list of tasks, one notice, and what becomes of a task."""

from __future__ import annotations

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.tables import Action, State, TableView
from assignments.views.withdrawing import withdraw_page
from reports.conclusions import withdraw_task
from reports.conclusions.columns import OVERDUE, UNDER_WAY, task_columns, task_state
from reports.conclusions.filters import TaskFilter
from reports.conclusions.forms import (
    ConclusionForm,
    Doers,
    ExtendForm,
    FinishForm,
    OfTask,
    TaskRows,
    task_rows,
)
from reports.history import changes
from reports.models import Conclusion, ConclusionTask

MORE = "them_dong"


def actions_of(task: ConclusionTask, state: State) -> tuple[Action, ...]:
    """Give what the office can do with a task that stands so."""
    if state not in (UNDER_WAY, OVERDUE):
        return ()
    about = task.content[:80]
    views = {"Ghi kết quả": "task_done", "Gia hạn": "task_extend", "Rút lại": "task_withdraw"}
    return tuple(
        Action(word, reverse(f"conclusions:{view}", args=[task.pk]), about)
        for word, view in views.items()
    )


class TaskList(TableView):
    """Tasks of the notices issued by the day, those due first on top."""

    filterset_class = TaskFilter
    title = "Nhiệm vụ theo kết luận"
    noun = "nhiệm vụ"
    file_name = "NhiemVuTheoKetLuan"
    default_sort = "han"
    search_hint = "Nhiệm vụ, số kết luận, cơ quan (không cần dấu)"
    template_name = "conclusions/task_list.html"

    @cached_property
    def may_handle(self) -> bool:
        return allowed(self.request.user, Permission.HANDLE_PETITIONS)

    @property
    def columns(self):
        return task_columns(self.day, self.actions)

    def actions(self, task: ConclusionTask) -> tuple[Action, ...]:
        """Give what the user can do with a task as it stands today."""
        if not self.may_handle or not self.request.as_of.is_today:
            return ()
        return actions_of(task, task_state(task, self.day))

    def scoped(self):
        tasks = ConclusionTask.objects.visible_to(self.request.user)
        issued = tasks.filter(conclusion__issued_on__lte=self.day)
        return issued.select_related("conclusion", "body", "officer")

    def search(self, rows, query):
        keys = ("conclusion__search_key", "body__search_key", "officer__search_key")
        return rows.search(query, *keys)

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_handle=self.may_handle, **kwargs)


@require_safe
def conclusion_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a notice with its tasks, as they stood on the day; officers see their own only."""
    user, day = request.user, request.as_of.day
    notices = Conclusion.objects.visible_to(user).select_related("entered_by")
    conclusion = get_object_or_404(notices, pk=pk)
    tasks = ConclusionTask.objects.visible_to(user).filter(conclusion=conclusion)
    rows = list(tasks.select_related("body", "officer", "withdrawn_by").order_by("due_on", "pk"))
    may_handle = allowed(user, Permission.HANDLE_PETITIONS) and request.as_of.is_today
    stands = [(task, task_state(task, day)) for task in rows]
    context = {
        "title": f"Kết luận số {conclusion.number}",
        "conclusion": conclusion,
        "tasks": [
            (task, state, actions_of(task, state) if may_handle else ()) for task, state in stands
        ],
        "may_handle": may_handle,
        "changes": changes([conclusion, *rows], user),
    }
    return render(request, "conclusions/conclusion_detail.html", context)


# --- writing -------------------------------------------------------------------------------------


def office_only(request: HttpRequest) -> None:
    """Answer 403 to somebody who may see a notice and not change it."""
    if not allowed(request.user, Permission.HANDLE_PETITIONS):
        raise PermissionDenied


def typed_rows(request: HttpRequest) -> TaskRows:
    """Give the rows of tasks as they were sent; empty ones at first, and more when asked for."""
    posted = request.POST if request.method == "POST" else None
    rows = task_rows()(posted, doers=Doers(request.as_of.today))
    return rows.with_more_rows() if MORE in request.POST else rows


@requires(Permission.HANDLE_PETITIONS)
def conclusion_add(request: HttpRequest) -> HttpResponse:
    """Add a notice with several tasks at once."""
    rows = typed_rows(request)
    form = ConclusionForm(request.POST if request.method == "POST" else None)
    # Both are read, so that everything wrong is shown at once.
    if all([rows.is_valid(), form.is_valid()]):
        written = form.write(rows, by=request.user, now=clock.now())
        if written:
            messages.success(request, f"Đã ghi {written} với {len(rows.filled())} nhiệm vụ.")
            return redirect("conclusions:detail", pk=written.pk)
    context = {"title": "Thêm kết luận", "form": form, "rows": rows, "conclusion": None}
    return render(request, "conclusions/conclusion_form.html", context)


def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add tasks to a notice that is there."""
    conclusion = get_object_or_404(Conclusion.objects.visible_to(request.user), pk=pk)
    office_only(request)
    rows = typed_rows(request)
    if rows.is_valid():
        written = rows.write(conclusion, by=request.user, now=clock.now())
        if written:
            messages.success(request, f"Đã ghi thêm {len(written)} nhiệm vụ.")
            return redirect("conclusions:detail", pk=pk)
    context = {"title": "Thêm nhiệm vụ", "form": None, "rows": rows, "conclusion": conclusion}
    return render(request, "conclusions/conclusion_form.html", context)


def the_task(request: HttpRequest, pk: int) -> ConclusionTask:
    """Give a task for the office to act on; 404 for one the user may not know of, else 403."""
    tasks = ConclusionTask.objects.visible_to(request.user).standing()
    task = get_object_or_404(tasks.select_related("conclusion", "body", "officer"), pk=pk)
    office_only(request)
    return task


def task_page(
    request: HttpRequest, form: OfTask, *, title: str, button: str, done: str
) -> HttpResponse:
    """Show a form about a task; written, say ``done`` and go to the notice."""
    task = form.task
    if form.is_valid() and form.write(by=request.user, now=clock.now()):
        messages.success(request, done)
        return redirect("conclusions:detail", pk=task.conclusion_id)
    context = {
        "title": title,
        "button": button,
        "form": form,
        "task": task,
        "state": task_state(task, request.as_of.today),
    }
    return render(request, "conclusions/task_form.html", context)


def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the result of a task."""
    posted = request.POST if request.method == "POST" else None
    form = FinishForm(posted, task=the_task(request, pk), initial={"done_on": request.as_of.today})
    done = "Đã ghi hoàn thành nhiệm vụ."
    return task_page(request, form, title="Ghi kết quả", button="Ghi hoàn thành", done=done)


def task_extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a task more time."""
    posted = request.POST if request.method == "POST" else None
    form = ExtendForm(posted, task=the_task(request, pk))
    done = "Đã gia hạn nhiệm vụ."
    return task_page(request, form, title="Gia hạn nhiệm vụ", button="Gia hạn", done=done)


def task_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a task given by mistake."""
    task = the_task(request, pk)
    return withdraw_page(
        request,
        template="conclusions/task_withdraw.html",
        write=lambda reason: withdraw_task(
            task=task, reason=reason, by=request.user, now=clock.now()
        ),
        done="Đã rút lại nhiệm vụ.",
        then=lambda: reverse("conclusions:detail", args=[task.conclusion_id]),
        title="Rút lại nhiệm vụ",
        task=task,
        state=task_state(task, request.as_of.today),
    )
