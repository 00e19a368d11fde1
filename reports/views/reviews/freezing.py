"""A review's page, freezing its figures, and one freeze."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from communes.as_of import PARAMETER as DAY
from reports import figures
from reports.figures import FIGURES
from reports.freezing import (
    freeze,
    frozen_line,
    frozen_view,
    is_intact,
    review_view,
    why_not_frozen,
)
from reports.freezing.changes import values_changed
from reports.freezing.views_of import span_code
from reports.history import changes
from reports.models import FrozenFigure, FrozenFigures, Review
from reports.viewpoint import Viewpoint
from reports.views.reviews.listing import quarters_in_words
from reports.views.reviews.packs import newest_pack
from reports.views.reviews.planning import the_review

HEADLINES = (
    "officers_active",
    "communes_covered",
    "communes_uncovered",
    "duties_due",
    "duties_done",
    "duties_waived",
    "duties_explained",
    "duties_unexplained",
    "petitions_open",
    "petitions_overdue",
)
# What a review's page tells where there is no freeze to read.
NOTHING_TOLD = {"lines": [], "n_changed": 0, "is_other_plan": False, "is_damaged": False}


@dataclass(frozen=True)
class Line:
    """One figure as a line of a table; ``address`` is the list of what it counts."""

    label: str
    sentence: str
    value: int
    address: str = ""


def address_on(view: Viewpoint, key: str) -> str:
    """Give the list of a figure's members on the day and at the quarters of ``view``."""
    address = FIGURES[key].url(view)
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({DAY: view.day.isoformat()})}"


def frozen_lines(frozen: Iterable[FrozenFigure], view: Viewpoint | None) -> list[Line]:
    """Give frozen figures with the lists as they are now; one not counted any more has none.

    Without ``view``, that of a freeze that cannot be read, none has.
    """
    return [
        Line(
            one.label,
            one.sentence,
            one.value,
            address_on(view, one.key) if view and one.key in FIGURES else "",
        )
        for one in frozen
    ]


def freezes_of(review: Review, request: HttpRequest) -> list[FrozenFigures]:
    """Give a review's freezes, the newest first."""
    rows = FrozenFigures.objects.visible_to(request.user).filter(review=review)
    return list(rows.select_related("frozen_by", "review").order_by("-number"))


def is_of_other_plan(review: Review, frozen: FrozenFigures) -> bool:
    """Say whether the review was given another day or other quarters since the freeze."""
    kept = frozen.parameters["day"], frozen.parameters["span"]
    return kept != (review.day.isoformat(), span_code(review))


def headlines(kept: Iterable[FrozenFigure]) -> list[FrozenFigure]:
    """Keep the figures a review is opened for, in their order."""
    by_key = {one.key: one for one in kept}
    return [by_key[key] for key in HEADLINES if key in by_key]


@require_safe
@requires(Permission.VIEW_ALL)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a review: what is frozen, what changed since, its report and its papers."""
    reviews = Review.objects.visible_to(request.user)
    related = ("first_quarter", "last_quarter", "document", "entered_by", "withdrawn_by")
    review = get_object_or_404(reviews.select_related(*related), pk=pk)
    freezes = freezes_of(review, request)
    may_prepare = allowed(request.user, Permission.PREPARE_REVIEWS) and not review.is_withdrawn
    context = {
        "title": review.name,
        "review": review,
        "quarters": quarters_in_words(review),
        "frozen": freezes[0] if freezes else None,
        "freezes": freezes,
        "pack": newest_pack(request, freezes[0] if freezes else None),
        "may_prepare": may_prepare,
        "may_download": allowed(request.user, Permission.EXPORT),
        "hindrance": why_not_frozen(review, request.as_of.today),
    }
    return render(request, "reviews/detail.html", context | told_of(review, freezes, request))


def told_of(review: Review, freezes: Sequence[FrozenFigures], request: HttpRequest) -> dict:
    """Give what the page tells of the last freeze."""
    if not freezes:
        return NOTHING_TOLD | {"frozen_line": ""}
    kept = list(freezes[0].figures.order_by("position"))
    if not is_intact(freezes[0], kept):
        return NOTHING_TOLD | {"frozen_line": frozen_line(freezes[0]), "is_damaged": True}
    view = frozen_view(freezes[0], request.user)
    return {
        "frozen_line": frozen_line(freezes[0]),
        "is_damaged": False,
        "lines": frozen_lines(headlines(kept), view),
        "n_changed": values_changed(kept, figures.values(view)),
        "is_other_plan": is_of_other_plan(review, freezes[0]),
    }


def unfinished(view: Viewpoint, values: Mapping[str, int]) -> list[tuple[str, str]]:
    """Say what is not complete in the figures about to be frozen: (sentence, where to look)."""
    day = view.day.isoformat()
    unconfirmed = sum(line.unconfirmed for line in view.lines)
    waiting = (
        (values["reports_waiting"], "báo cáo đã nộp chờ tiếp nhận", "reports_waiting"),
        (values["waivers_waiting"], "đề nghị miễn, nêu lý do chờ xem xét", "waivers_waiting"),
    )
    found = [(f"{n} {words}.", address_on(view, key)) for n, words, key in waiting if n]
    if unconfirmed:
        visits = f"{reverse('visits:waiting')}?{urlencode({DAY: day})}"
        words = "lượt dự do thư ký nhập chưa được cán bộ xác nhận nên chưa tính."
        found.append((f"{unconfirmed} {words}", visits))
    if view.days_left is not None:
        still = (
            f"{view.quarter}: còn {view.days_left} ngày, việc chưa đến hạn vẫn tính là chưa làm."
        )
        found.insert(0, (still, ""))
    return found


def freeze_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be frozen and what is not complete; posted, freeze it."""
    review = the_review(request, pk)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            frozen = freeze(review=review, by=request.user, now=clock.now())
        except ValidationError as refused:
            refusals = refused.messages
        else:
            messages.success(request, f"{frozen_line(frozen)}.")
            return redirect("reviews:detail", pk=review.pk)
    hindrance = why_not_frozen(review, request.as_of.today)
    view = review_view(review, request.user)
    values = {} if hindrance else figures.values(view)
    context = {
        "title": "Chốt số liệu",
        "review": review,
        "quarters": quarters_in_words(review),
        "refusals": refusals or ([hindrance] if hindrance else []),
        "is_possible": not hindrance,
        "unfinished": unfinished(view, values) if values else [],
        "lines": [
            Line(FIGURES[key].label, FIGURES[key].sentence, value, address_on(view, key))
            for key, value in values.items()
        ],
    }
    return render(request, "reviews/freeze.html", context)


def the_freeze(request: HttpRequest, pk: int) -> FrozenFigures:
    """Give a freeze with its review; 404 for who may not know of it."""
    rows = FrozenFigures.objects.visible_to(request.user)
    related = ("review__first_quarter", "review__last_quarter", "frozen_by")
    return get_object_or_404(rows.select_related(*related), pk=pk)


@require_safe
@requires(Permission.VIEW_ALL)
def frozen_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one freeze: every figure, what they depend on, whether it is as it was written."""
    frozen = the_freeze(request, pk)
    kept = list(frozen.figures.order_by("position"))
    is_sound = is_intact(frozen, kept)
    context = {
        "title": f"Số liệu chốt lần {frozen.number}",
        "frozen": frozen,
        "frozen_line": frozen_line(frozen),
        "lines": frozen_lines(kept, frozen_view(frozen, request.user) if is_sound else None),
        "parameters": frozen.parameters["shown"] if is_sound else [],
        "is_intact": is_sound,
        "changes": changes([frozen.review, frozen], request.user),
    }
    return render(request, "reviews/frozen.html", context)
