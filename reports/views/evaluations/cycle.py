"""All evaluations of a cycle, for leaders and the office; releasing several at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.tables import TableView
from assignments.views.assignments import chosen
from reports.enums import EvaluationState
from reports.evaluation.cap import excellent_warning
from reports.evaluation.columns import EVALUATION_COLUMNS, EvaluationFilter, searched
from reports.evaluation.cycles import add_missing, left_out
from reports.evaluation.shown import kept_from
from reports.evaluation.steps import release_many
from reports.models import Evaluation, EvaluationCycle
from reports.views.evaluations.access import cycle_of, for_who_takes_part

TICKED = "dg"
NONE_TICKED = "Chưa chọn đánh giá nào đã quyết định mà chưa công bố."


@dataclass(frozen=True)
class Chip:
    """How many evaluations are in a state, and the list of them."""

    label: str
    value: int
    address: str
    is_current: bool


class CycleTable(TableView):
    """The evaluations of one cycle as they stand now, by officer."""

    filterset_class = EvaluationFilter
    noun = "cán bộ"
    default_sort = "can_bo"
    search_hint = "Họ tên cán bộ (gõ không dấu cũng được)"
    template_name = "evaluations/cycle.html"
    columns = EVALUATION_COLUMNS

    @cached_property
    def cycle(self) -> EvaluationCycle:
        return cycle_of(self.request, self.kwargs["pk"])

    @property
    def title(self) -> str:
        return f"Đánh giá {self.cycle}"

    @property
    def heading(self) -> str:
        return f"Kết quả đánh giá cán bộ, {self.cycle}"

    @property
    def file_name(self) -> str:
        return f"DanhGia_{self.cycle.kind}_{self.cycle.ended_on:%Y-%m}"

    def scoped(self) -> QuerySet[Evaluation]:
        """Give all but one's own: of that one sees what every officer sees."""
        rows = Evaluation.objects.visible_to(self.request.user).with_parties()
        return rows.filter(cycle=self.cycle).exclude(officer__user=self.request.user)

    def search(self, rows, query):
        return searched(rows, query)

    def may_tick(self, record: Evaluation) -> bool:
        return record.state == EvaluationState.DECIDED

    @cached_property
    def may_release(self) -> bool:
        is_office = allowed(self.request.user, Permission.PROPOSE_EVALUATIONS)
        return is_office and self.request.as_of.is_today

    def chips(self, counts: Counter[str]) -> list[Chip]:
        asked = self.request.GET.get("tinh_trang", "")
        return [
            Chip(
                str(state.label),
                counts[state],
                f"{self.request.path}?tinh_trang={state}",
                asked == state,
            )
            for state in EvaluationState
        ]

    def get_context_data(self, **kwargs):
        counts = Counter(self.scoped().order_by().values_list("state", flat=True))
        out = left_out(self.cycle)
        return super().get_context_data(
            cycle=self.cycle,
            left_out=out,
            may_complete=self.may_release and any(one.may_be_added for one in out),
            warning=excellent_warning(self.cycle, self.request.user),
            chips=self.chips(counts),
            may_release=self.may_release and counts[EvaluationState.DECIDED],
            **kwargs,
        )


@require_safe
@for_who_takes_part(Permission.VIEW_EVALUATIONS)
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everybody's evaluation in a cycle."""
    return CycleTable.as_view()(request, pk=pk)


@require_POST
@for_who_takes_part(Permission.PROPOSE_EVALUATIONS)
def cycle_complete(request: HttpRequest, pk: int) -> HttpResponse:
    """Add those whose assignments were entered after the cycle was opened."""
    made = add_missing(cycle=cycle_of(request, pk), by=request.user, now=clock.now())
    if made:
        names = ", ".join(one.officer.full_name for one in made)
        messages.success(request, f"Đã bổ sung vào kỳ đánh giá: {names}.")
    else:
        messages.info(request, "Không có cán bộ nào cần bổ sung.")
    return redirect("evaluations:cycle", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_who_takes_part(Permission.PROPOSE_EVALUATIONS)
def cycle_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Release the evaluations ticked (``?dg=``) that are decided: all of them, or none.

    That one's own is decided is not told either: it is as if it had not been ticked.
    """
    found = cycle_of(request, pk)
    rows = Evaluation.objects.visible_to(request.user).with_parties()
    decided = rows.filter(cycle=found, state=EvaluationState.DECIDED)
    decided = decided.exclude(kept_from(request.user))
    ticked = list(decided.filter(pk__in=chosen(request, TICKED)).order_by("officer__sort_key"))
    if not ticked:
        messages.warning(request, NONE_TICKED)
        return redirect("evaluations:cycle", pk)
    if request.method == "POST" and is_released(request, ticked):
        messages.success(request, f"Đã công bố {len(ticked)} đánh giá.")
        return redirect("evaluations:cycle", pk)
    context = {"title": "Công bố kết quả đánh giá", "cycle": found, "evaluations": ticked}
    return render(request, "evaluations/release_many.html", context)


def is_released(request: HttpRequest, evaluations: list[Evaluation]) -> bool:
    """Release them; say why when that was refused."""
    try:
        release_many(evaluations=evaluations, by=request.user, now=clock.now())
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
        return False
    return True
