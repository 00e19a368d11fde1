"""One act for all open petitions of a matter: sending them to a body, answering them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import clock
from assignments.views.assignments import keys
from reports.petitions.matter_forms import AnswerAllForm, RouteAllForm
from reports.petitions.matters import open_now
from reports.views.petitions.matters import CHOSEN, taken, the_matter

NOTHING_OPEN = "Nhóm vấn đề này không còn kiến nghị nào đang giải quyết."
CHANGED = "Các kiến nghị đang giải quyết của nhóm vừa thay đổi. Xem lại danh sách rồi ghi."


def act_on_all(
    request: HttpRequest, pk: int, form_class: type, *, title: str, button: str, done: str
) -> HttpResponse:
    """Show the form of an act with the petitions it is for; written, go to the matter.

    What was sent is written only when the page showed exactly the petitions that are open now.
    """
    matter = the_matter(request, pk)
    petitions = open_now(matter, request.user)
    if not petitions:
        messages.warning(request, NOTHING_OPEN)
        return redirect("petitions:matter_detail", pk=pk)
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = form_class(*sent, petitions=petitions, by=request.user, today=request.as_of.today)
    if is_sent and form.is_valid():
        if set(keys(request.POST.getlist(CHOSEN))) != {one.pk for one in petitions}:
            form.add_error(None, CHANGED)
        elif form.write(clock.now()):
            messages.success(request, done.format(count=len(form.petitions)))
            return redirect("petitions:matter_detail", pk=pk)
    context = {
        "title": title,
        "button": button,
        "form": form,
        "matter": matter,
        "petitions": petitions,
    }
    return render(request, "petitions/matter_act.html", context)


@taken
def matter_route(request: HttpRequest, pk: int) -> HttpResponse:
    """Send all open petitions of a matter to one body."""
    return act_on_all(
        request,
        pk,
        RouteAllForm,
        title="Chuyển xử lý cả nhóm",
        button="Chuyển xử lý",
        done="Đã chuyển xử lý {count} kiến nghị của nhóm.",
    )


@taken
def matter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer all open petitions of a matter with one document."""
    return act_on_all(
        request,
        pk,
        AnswerAllForm,
        title="Ghi kết quả chung của nhóm",
        button="Ghi kết quả",
        done="Đã ghi kết quả của {count} kiến nghị. Còn phải thông tin lại từng địa phương.",
    )
