"""Planning a review: added, corrected, taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import clock
from accounts.enums import Permission
from accounts.permissions import allowed, requires
from assignments.views.withdrawing import withdraw_page
from reports.freezing.forms import ReviewForm
from reports.freezing.planning import withdraw_review
from reports.history import changes
from reports.models import Review


def the_review(request: HttpRequest, pk: int) -> Review:
    """Give a standing review for the office to act on; 404 or 403 to others."""
    if not allowed(request.user, Permission.PREPARE_REVIEWS):
        raise PermissionDenied
    rows = Review.objects.visible_to(request.user).standing()
    return get_object_or_404(rows.select_related("first_quarter", "last_quarter"), pk=pk)


def review_page(request: HttpRequest, review: Review | None, *, title: str, done: str):
    """Show the form; written, say ``done`` and go to the review."""
    posted = request.POST if request.method == "POST" else None
    form = ReviewForm(posted, today=request.as_of.today, review=review)
    if form.is_valid() and (written := form.write(by=request.user, now=clock.now())):
        messages.success(request, done)
        return redirect("reviews:detail", pk=written.pk)
    context = {
        "title": title,
        "form": form,
        "review": review,
        "changes": changes([review], request.user) if review else [],
    }
    return render(request, "reviews/form.html", context)


@requires(Permission.PREPARE_REVIEWS)
def add(request: HttpRequest) -> HttpResponse:
    """Plan a review."""
    return review_page(request, None, title="Thêm kỳ sơ kết", done="Đã thêm kỳ sơ kết.")


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a review."""
    review = the_review(request, pk)
    return review_page(request, review, title="Sửa kỳ sơ kết", done="Đã ghi kỳ sơ kết.")


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a review planned by mistake."""
    review = the_review(request, pk)
    return withdraw_page(
        request,
        template="reviews/withdraw.html",
        write=lambda reason: withdraw_review(
            review=review, reason=reason, by=request.user, now=clock.now()
        ),
        done="Đã rút lại kỳ sơ kết.",
        then=lambda: reverse("reviews:list"),
        title="Rút lại kỳ sơ kết",
        review=review,
    )
