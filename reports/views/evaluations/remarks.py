"""What communes' committees say of their officers, as the office receives it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed
from reports.evaluation.remark_forms import RemarkForm, WithdrawRemarkForm
from reports.evaluation.remarks import why_no_remark
from reports.models import CommuneRemark, Evaluation
from reports.views.evaluations.access import evaluation_of

taken = require_http_methods(["GET", "HEAD", "POST"])


@taken
def remark_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a committee said of its officer."""
    evaluation = evaluation_of(request, pk, Permission.PROPOSE_EVALUATIONS)
    data = request.POST if request.method == "POST" else None
    form = RemarkForm(data, evaluation=evaluation)
    if form.is_valid() and form.write(request.user, clock.now()):
        messages.success(request, "Đã ghi nhận xét.")
        return redirect("evaluations:detail", pk)
    context = about(request, evaluation) | {
        "title": "Ghi nhận xét của Đảng ủy xã",
        "lead": "Ghi đúng như văn bản nhận được; cán bộ được đánh giá không xem được phần này.",
        "button": "Ghi nhận xét",
        "form": form,
    }
    return render(request, "evaluations/ask.html", context)


@taken
def remark_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a remark back; who is remarked on does not learn of it (404)."""
    rows = CommuneRemark.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    named = rows.select_related("evaluation__officer", "evaluation__cycle", "commune__district")
    others = named.exclude(evaluation__officer__user=request.user)
    remark = get_object_or_404(others, pk=pk)
    if not allowed(request.user, Permission.PROPOSE_EVALUATIONS):
        raise PermissionDenied
    form = WithdrawRemarkForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and form.write(remark, request.user, clock.now()):
        messages.success(request, "Đã rút nhận xét.")
        return redirect("evaluations:detail", remark.evaluation_id)
    context = about(request, remark.evaluation) | {
        "title": "Rút nhận xét",
        "lead": f"Nhận xét của {remark.commune.full_name} không tính vào đánh giá nữa; người rút "
        "và lý do vẫn được lưu.",
        "button": "Rút nhận xét",
        "form": form,
    }
    return render(request, "evaluations/ask.html", context)


def about(request: HttpRequest, evaluation: Evaluation) -> dict[str, object]:
    """Give what both pages show of the evaluation."""
    return {
        "about": f"Đồng chí {evaluation.officer.full_name} · {evaluation.cycle}",
        "back": reverse("evaluations:detail", args=[evaluation.pk]),
        "hindrance": why_no_remark(evaluation, request.user),
    }
