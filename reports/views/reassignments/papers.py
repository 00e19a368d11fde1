"""The annex of a plan's decision, in Word and in Excel: a draft until the plan is applied."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from assignments.models import ReassignmentPlan
from assignments.spreadsheets import workbook_response
from reports.documents import document_response
from reports.reassignments.annex import annex_paper, annex_sheet, file_name
from reports.views.reassignments.access import for_who_sees_plans, plan_of


def chosen_plan(request: HttpRequest, pk: int) -> ReassignmentPlan:
    """Give a plan with a variant chosen, 404 for one without: it has no rows to print."""
    plan = plan_of(request, pk)
    if not plan.variant:
        raise Http404
    return plan


@require_safe
@for_who_sees_plans(Permission.EXPORT)
def annex_word(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the annex as a Word document."""
    plan = chosen_plan(request, pk)
    paper = annex_paper(plan, day=request.as_of.today, now=clock.now())
    return document_response(paper, file_name=file_name(plan, "docx"), by=request.user)


@require_safe
@for_who_sees_plans(Permission.EXPORT)
def annex_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the annex as a workbook."""
    plan = chosen_plan(request, pk)
    sheet = annex_sheet(plan, day=request.as_of.today)
    name = file_name(plan, "xlsx")
    return workbook_response([sheet], file_name=name, by=request.user, now=clock.now())
