"""The page of one report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.models import PeriodicReport
from reports.periodic import quotes
from reports.periodic.sections import sections_of, texts_of


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a report says, what it quotes, and what became of it."""
    reports = PeriodicReport.objects.visible_to(request.user).standing().with_parties()
    report = get_object_or_404(reports, pk=pk)
    texts = texts_of(report)
    context = {
        "title": report.title,
        "report": report,
        "sections": [(section, texts[section.name]) for section in sections_of(report)],
        "quoted": quotes(report, request.as_of.day),
    }
    return render(request, "periodic/detail.html", context)
