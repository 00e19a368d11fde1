"""The list of assignments, and giving, ending, handing over several under one decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.coverage import communes_visible_to, is_being_handed_over, is_covered_on
from assignments.enums import COVERING_ROLES
from assignments.filters import AssignmentFilter
from assignments.forms import AssignForm, DecisionForm, EndForm, HandOverForm
from assignments.models import Assignment
from assignments.tables import Action, Column, Kind, State, TableView
from assignments.unit_columns import unit_columns
from communes.as_of import parse_day
from communes.lineage import Reading
from communes.models import Commune

SEARCHED = ("officer__search_key", "commune__search_key", "commune__district__search_key")
MOST_ROWS = 200  # of one form; more than a province's whole assignment list
MOST_DIGITS = 18  # of a key; more could be beyond what a column holds


def assignment_state(assignment: Assignment, day: dt.date) -> State:
    """Give how an assignment stands on ``day``."""
    if assignment.started_on > day:
        return State("→", "Chưa bắt đầu", "due")
    if assignment.is_active_on(day):
        if assignment.ended_on:
            return State("!", "Sắp thôi", "due")
        return State("✓", "Đang hiệu lực", "ok")
    return State("–", "Đã thôi", "none")


def closing(assignment: Assignment) -> str:
    """Give why and by which decision an assignment ended."""
    parts = (assignment.get_end_reason_display(), assignment.closing_decision)
    return " · ".join(str(part) for part in parts if part)


def assignment_columns(reading: Reading) -> tuple[Column, ...]:
    """Give the columns of the assignment list as of the day of ``reading``."""
    day = reading.day
    return (
        Column(
            "can_bo",
            "Cán bộ",
            lambda row: row.officer.full_name,
            sort=("officer__sort_key",),
            url=lambda row: reverse("reports:officer_detail", args=[row.officer_id]),
            detail=lambda row: row.officer.position,
            detail_label="Chức vụ, đơn vị công tác",
            width=26,
        ),
        *unit_columns(reading, width=26),
        Column("vai_tro", "Vai trò", lambda row: row.get_role_display(), sort=("role",), width=18),
        Column(
            "tu_ngay",
            "Từ ngày",
            lambda row: row.started_on,
            kind=Kind.DATE,
            sort=("started_on",),
            detail=lambda row: str(row.opening_decision or "chưa ghi quyết định"),
            detail_label="Quyết định phân công",
            width=12,
        ),
        Column(
            "tinh_trang",
            "Tình trạng",
            lambda row: assignment_state(row, day),
            kind=Kind.STATE,
            detail=lambda row: handing_over(row, day),
            detail_label="Bàn giao",
        ),
        Column(
            "den_het",
            "Đến hết ngày",
            lambda row: row.last_day,
            kind=Kind.DATE,
            sort=("ended_on",),
            detail=closing,
            detail_label="Lý do, quyết định thôi",
            is_detail_internal=True,
            width=12,
        ),
        Column("ghi_chu", "Ghi chú", lambda row: row.note, width=30, is_internal=True),
    )


def handing_over(row: Assignment, day: dt.date) -> str:
    """Say at whoever covers a commune that it is still being handed over to them."""
    is_theirs = row.role in COVERING_ROLES and row.is_active_on(day)
    return "đang bàn giao" if row.is_handed_over and is_theirs else ""


def mending(row: Assignment) -> tuple[Action, ...]:
    """Give how a wrongly written assignment is put right; one that has not begun is called off."""
    actions = [("Đính chính", "assignments:correct")]
    if row.started_on > clock.today():
        actions.append(("Hủy", "assignments:cancel"))
    return tuple(Action(word, reverse(view, args=[row.pk]), str(row)) for word, view in actions)


MENDING = Column("sua", "Sửa", mending, holds_actions=True)


class AssignmentList(TableView):
    """Assignments in force on the day, or all that were."""

    filterset_class = AssignmentFilter
    title = "Phân công"
    noun = "phân công"
    file_name = "PhanCong"
    default_sort = "can_bo"
    search_hint = "Tên cán bộ, xã, huyện (gõ không dấu cũng được)"
    template_name = "assignments/assignment_list.html"
    reads_units = True

    @property
    def columns(self):
        columns = assignment_columns(self.reading)
        may_edit = allowed(self.request.user, Permission.EDIT_ASSIGNMENTS)
        return (*columns, MENDING) if may_edit else columns

    def scoped(self):
        rows = Assignment.objects.visible_to(self.request.user).with_parties()
        return rows.annotate(is_handed_over=is_being_handed_over(self.day))

    def search(self, rows, query):
        return self.reading.search(rows, query, SEARCHED)


def keys(values: Iterable[str]) -> list[int]:
    """Give the keys among ``values``, at most :data:`MOST_ROWS`; other text is dropped."""
    return [
        int(value)
        for value in values
        if value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS
    ][:MOST_ROWS]


def chosen(request: HttpRequest, name: str) -> list[int]:
    """Give the keys ticked under ``name``."""
    return keys([*request.GET.getlist(name), *request.POST.getlist(name)])


def communes_to_assign(request: HttpRequest) -> list[Commune]:
    """Give the communes asked for (``?dang_bo=``), or else all uncovered on the day."""
    day = request.as_of.day
    communes = communes_visible_to(request.user, day).select_related("district")
    numbers = chosen(request, "dang_bo")
    if numbers:
        return list(communes.filter(pk__in=numbers))
    return list(communes.filter(~is_covered_on(day))[:MOST_ROWS])


def assignments_to_close(request: HttpRequest) -> list[Assignment]:
    """Give the open assignments asked for: by ``?pc=``, or all of the officers ``?can_bo=``."""
    rows = Assignment.objects.visible_to(request.user).active_on(request.as_of.day).with_parties()
    numbers, officers = chosen(request, "pc"), chosen(request, "can_bo")
    rows = rows.filter(pk__in=numbers) if numbers else rows.filter(officer__in=officers)
    return list(rows.order_by("officer__sort_key", "commune__sort_key")[:MOST_ROWS])


def bulk_page(
    request: HttpRequest,
    *,
    form: DecisionForm,
    template: str,
    title: str,
    done: Callable[[int], str],
    then: str,
) -> HttpResponse:
    """Show the form, or write what it says and go to ``then`` with a sentence of what was done."""
    if request.method == "POST" and form.rows and form.is_valid():
        written = form.save()
        if written is not None:
            messages.success(request, done(len(written)))
            return redirect(then)
    context = {"title": title, "form": form, "rows": form_rows(form)}
    return render(request, template, context)


def form_rows(form: DecisionForm) -> list[dict]:
    """Pair each row with its officer field and the reasons it was refused."""
    fields: Sequence = form.officer_fields() if hasattr(form, "officer_fields") else []
    written = [row for row, _ in form.pairs()] if form.row_errors and fields else form.rows
    errors = {id(written[index]): texts for index, texts in form.row_errors.items()}
    return [
        {
            "record": row,
            "field": fields[index] if fields else None,
            "errors": errors.get(id(row), []),
        }
        for index, row in enumerate(form.rows)
    ]


def bulk_form(
    request: HttpRequest, form_class: type[DecisionForm], row_name: str, **kwargs
) -> DecisionForm:
    """Make the form, bound when posted; a GET may suggest the day (``?ngay_bat_dau=``).

    ``row_name`` is the hidden field that holds the key of each row shown.
    """
    day = parse_day(request.GET.get("ngay_bat_dau", "")) or request.as_of.day
    data = request.POST if request.method == "POST" else None
    asked = keys(request.POST.getlist(row_name))
    return form_class(data, initial={"on": day}, by=request.user, asked=asked, **kwargs)


@requires(Permission.EDIT_ASSIGNMENTS)
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Assign officers to communes under one decision."""
    day = request.as_of.day
    form = bulk_form(request, AssignForm, "dang_bo", rows=communes_to_assign(request), day=day)
    return bulk_page(
        request,
        form=form,
        template="assignments/bulk_assign.html",
        title="Phân công cán bộ",
        done=lambda count: f"Đã phân công {count} Đảng bộ.",
        then=f"{reverse('assignments:list')}?{urlencode({'sap': '-tu_ngay'})}",
    )


@requires(Permission.EDIT_ASSIGNMENTS)
def bulk_end(request: HttpRequest) -> HttpResponse:
    """End assignments under one decision."""
    form = bulk_form(request, EndForm, "pc", rows=assignments_to_close(request))
    return bulk_page(
        request,
        form=form,
        template="assignments/bulk_end.html",
        title="Thôi phụ trách",
        done=lambda count: f"Đã ghi thôi {count} phân công.",
        then=reverse("home"),
    )


@requires(Permission.EDIT_ASSIGNMENTS)
def bulk_hand_over(request: HttpRequest) -> HttpResponse:
    """Hand assignments over to other officers under one decision."""
    day = request.as_of.day
    form = bulk_form(request, HandOverForm, "pc", rows=assignments_to_close(request), day=day)
    return bulk_page(
        request,
        form=form,
        template="assignments/bulk_hand_over.html",
        title="Bàn giao phân công",
        done=lambda count: f"Đã bàn giao {count} phân công.",
        then=f"{reverse('assignments:list')}?{urlencode({'sap': '-tu_ngay'})}",
    )
