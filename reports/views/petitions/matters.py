"""Matters: the list, one with its petitions, and putting petitions into one or out of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.tables import Action, Column, TableView
from assignments.views.assignments import chosen
from reports.enums import OPEN_STATES
from reports.models import Petition, PetitionMatter
from reports.petitions.by_field import FIGURE_OF, total_of
from reports.petitions.columns import standing_columns, what_columns
from reports.petitions.matter_columns import MatterFilter, its_petitions, matter_columns
from reports.petitions.matter_forms import GroupForm, MatterForm, UngroupForm
from reports.petitions.matters import answers_to, with_leads, with_numbers
from reports.petitions.summary import OfMatterFilter
from reports.views.petitions.acts import act_page
from reports.views.petitions.listing import PetitionList

taken = require_http_methods(["GET", "HEAD", "POST"])
CHOSEN = "kn"
NONE_TICKED = "Chưa chọn kiến nghị nào để đưa vào nhóm."
LABELS = {
    "communes": ("Số Đảng bộ", {}),
    "raised": ("Kiến nghị", {}),
    "open": ("Đang giải quyết", {"tinh_trang": "dang_giai_quyet"}),
    "overdue": ("Trong đó quá hạn", {"tinh_trang": "qua_han"}),
    "settled": ("Đã có kết quả", {"tinh_trang": "co_ket_qua"}),
    "told": ("Trong đó đã trả lời xã", {"tinh_trang": "ket_thuc"}),
}


class MatterList(TableView):
    """Matters with how many communes raised each and how its petitions stand on the day."""

    filterset_class = MatterFilter
    title = "Nhóm vấn đề"
    noun = "nhóm vấn đề"
    file_name = "NhomVanDe"
    default_sort = "-communes"
    search_hint = "Tên nhóm (gõ không dấu cũng được)"
    template_name = "petitions/matter_list.html"
    reads_units = True

    @property
    def columns(self):
        return matter_columns(self.day)

    def scoped(self):
        user = self.request.user
        matters = PetitionMatter.objects.visible_to(user).select_related("field")
        return with_leads(with_numbers(matters, user, self.reading), user, self.day)

    def get_context_data(self, **kwargs):
        may_handle = allowed(self.request.user, Permission.HANDLE_PETITIONS)
        return super().get_context_data(may_handle=may_handle, **kwargs)


class MatterDetail(PetitionList):
    """One matter: its petitions the user may see, as each stood on the day."""

    filterset_class = OfMatterFilter
    default_sort = "dang_bo"
    template_name = "petitions/matter_detail.html"

    @cached_property
    def matter(self) -> PetitionMatter:
        matters = PetitionMatter.objects.visible_to(self.request.user).select_related("field")
        return get_object_or_404(matters, pk=self.kwargs["pk"])

    @property
    def title(self) -> str:
        return self.matter.title

    @property
    def heading(self) -> str:
        return f"Kiến nghị thuộc nhóm vấn đề “{self.matter.title}”"

    @property
    def file_name(self) -> str:
        return f"NhomVanDe_{self.matter.pk}"

    @property
    def columns(self):
        # All are of one field: the file alone says which.
        what = [
            replace(one, is_file_only=one.is_file_only or one.key == "linh_vuc")
            for one in what_columns(self.reading)
        ]
        columns = (*what, *standing_columns(self.day, is_with_body=True))
        if not self.may_handle:
            return columns
        return (*columns, Column("viec", "Thao tác", self.actions, holds_actions=True))

    def actions(self, petition: Petition) -> tuple[Action, ...]:
        """Give what can be done with a petition as one of the matter."""
        if petition.state_on not in OPEN_STATES:
            return ()
        address = reverse("petitions:ungroup", args=[petition.pk])
        return (Action("Ra khỏi nhóm", address, f"số {petition.code}"),)

    def scoped(self):
        return super().scoped().filter(matter=self.matter)

    def sums(self) -> list[tuple[str, int, str, str]]:
        """Give the numbers of the matter, each with its list and its figure."""
        total = total_of(self.scoped(), self.day, self.reading)
        return [
            (label, getattr(total, key), its_petitions(self.matter, **query), FIGURE_OF[key])
            for key, (label, query) in LABELS.items()
        ]

    def get_context_data(self, **kwargs):
        sums = self.sums()
        return super().get_context_data(
            matter=self.matter,
            sums=sums,
            has_open=any(label == LABELS["open"][0] and value for label, value, *_ in sums),
            answers=answers_to(self.matter, self.request.user, self.day),
            **kwargs,
        )


# --- the matter itself ---------------------------------------------------------------------------


def the_matter(request: HttpRequest, pk: int) -> PetitionMatter:
    """Give a matter for the office to act on; 404 for one the user may not know of, else 403."""
    matter = get_object_or_404(PetitionMatter.objects.visible_to(request.user), pk=pk)
    if not allowed(request.user, Permission.HANDLE_PETITIONS):
        raise PermissionDenied
    return matter


@taken
@requires(Permission.HANDLE_PETITIONS)
def matter_add(request: HttpRequest) -> HttpResponse:
    """Add a matter with no petition yet."""
    return matter_page(request, PetitionMatter(), "Thêm nhóm vấn đề")


@taken
def matter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a matter's title, field or note."""
    return matter_page(request, the_matter(request, pk), "Sửa nhóm vấn đề")


def matter_page(request: HttpRequest, matter: PetitionMatter, title: str) -> HttpResponse:
    """Show a matter's form; written, go to the matter."""
    was = matter.title
    form = MatterForm(request.POST if request.method == "POST" else None, instance=matter)
    if form.is_valid():
        written = form.write(by=request.user, now=clock.now())
        if written:
            messages.success(request, f"Đã ghi nhóm vấn đề “{written.title}”.")
            return redirect("petitions:matter_detail", pk=written.pk)
    context = {"title": title, "form": form, "matter": matter, "was": was}
    return render(request, "petitions/matter_form.html", context)


# --- into a matter and out of it -----------------------------------------------------------------


@taken
@requires(Permission.HANDLE_PETITIONS)
def group(request: HttpRequest) -> HttpResponse:
    """Put the petitions ticked in the list (``?kn=``) into a matter."""
    rows = Petition.objects.visible_to(request.user).standing().with_parties()
    ticked = list(rows.filter(pk__in=chosen(request, CHOSEN)).order_by("-raised_on", "-pk"))
    if not ticked:
        messages.warning(request, NONE_TICKED)
        return redirect("petitions:list")
    posted = request.POST if request.method == "POST" else None
    form = GroupForm(posted, petitions=ticked, by=request.user)
    if form.is_valid() and (matter := form.write(clock.now())):
        messages.success(request, f"Đã đưa {len(ticked)} kiến nghị vào nhóm “{matter.title}”.")
        return redirect("petitions:matter_detail", pk=matter.pk)
    context = {"title": "Đưa kiến nghị vào nhóm vấn đề", "form": form}
    return render(request, "petitions/group.html", context)


@taken
def ungroup(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a petition out of its matter."""
    return act_page(request, pk, UngroupForm)
