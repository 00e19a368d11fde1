"""Which period and which of its rows an address or a form names."""

from __future__ import annotations

from functools import cached_property

from django.http import Http404, HttpRequest

from assignments.views.assignments import keys
from reports.models import Period
from reports.periodic.expected import Expected, Reporting, asked_reports, nearest, reporting

PERIOD, CHOSEN = "ky", "chon"


class PeriodView:
    """The reports of one period as of the day looked at, as the user may see them."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.day = request.as_of.day

    @cached_property
    def periods(self) -> list[Period]:
        """Give the periods the regulation asks a report for, newest first."""
        return list(dict.fromkeys(period for period, _ in self.asked))

    @cached_property
    def asked(self) -> list:
        return asked_reports(self.day)

    @cached_property
    def named(self) -> Period | None:
        """Give the period the address or the form names, if it is one of them."""
        texts = [one.get(PERIOD, "") for one in (self.request.POST, self.request.GET)]
        found = keys(filter(None, texts))[:1]
        return next((period for period in self.periods if period.pk in found), None)

    @cached_property
    def period(self) -> Period | None:
        """Give the period named, else the one whose reports are due nearest to the day."""
        return self.named or nearest(self.asked, self.day)

    @cached_property
    def found(self) -> Reporting:
        return reporting(self.request.user, [self.period] if self.period else [], self.day)

    @property
    def rows(self) -> list[Expected]:
        return self.found.rows

    @property
    def has_chosen(self) -> bool:
        return CHOSEN in self.request.GET or CHOSEN in self.request.POST

    @cached_property
    def chosen(self) -> list[Expected]:
        """Give the rows ticked: those of the names sent that are there."""
        sent = {*self.request.GET.getlist(CHOSEN), *self.request.POST.getlist(CHOSEN)}
        return [row for row in self.rows if row.pk in sent]

    @property
    def missing(self) -> list[Expected]:
        """Give who has not reported: of the rows ticked, or of all when none is named."""
        return [row for row in (self.chosen if self.has_chosen else self.rows) if row.is_missing]


def named_period(request: HttpRequest) -> PeriodView:
    """Give the view of the period named; 404 when no report of it is asked for.

    What is written names its period; a page that names none is about the one due nearest.
    """
    view = PeriodView(request)
    must_name = request.method == "POST" or PERIOD in request.GET
    if (view.named if must_name else view.period) is None:
        raise Http404
    return view
