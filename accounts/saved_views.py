"""Keeping a list page's filters under a name, and forgetting them again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_POST

from accounts.models import SavedView

# The day looked at, the page number and a download are not part of a way of looking.
PASSING = ("ngay", "trang", "xuat")
MOST = 30
MOST_CHARACTERS = SavedView._meta.get_field("query").max_length
NOTHING_TO_KEEP = "Chưa lọc gì nên không có gì để lưu."
TOO_LONG = "Điều kiện lọc dài quá, bớt từ tìm rồi lưu."


class SavedViewForm(forms.Form):
    """A name for the list page at ``path`` with ``query``."""

    name = forms.CharField(
        max_length=60,
        error_messages={
            "required": "Đặt tên cho bộ lọc rồi mới lưu.",
            "max_length": "Tên bộ lọc dài quá 60 ký tự.",
        },
    )
    query = forms.CharField(
        max_length=MOST_CHARACTERS,
        error_messages={"required": NOTHING_TO_KEEP, "max_length": TOO_LONG},
    )

    def clean_query(self) -> str:
        query = QueryDict(self.cleaned_data["query"], mutable=True)
        for name in PASSING:
            query.pop(name, None)
        if not query:
            raise forms.ValidationError(NOTHING_TO_KEEP)
        encoded = query.urlencode()
        if len(encoded) > MOST_CHARACTERS:  # a letter with marks takes nine
            raise forms.ValidationError(TOO_LONG)
        return encoded


def page_of_this_site(path: str) -> str:
    """Give ``path`` when it is a page of this site; 404 otherwise, so that nobody is sent away.

    A page with a part of its own in its address is that of one record, and no list.
    """
    try:
        page = resolve(path)
    except Resolver404 as unknown:
        raise Http404 from unknown
    if page.args or page.kwargs:
        raise Http404
    return path


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list page posted from, and go back to it.

    A name already used on that page is given the new filters.
    """
    path = page_of_this_site(request.POST.get("path", ""))
    form = SavedViewForm(request.POST)
    own = SavedView.objects.visible_to(request.user)
    if own.count() >= MOST:
        form.add_error(None, f"Đã có {MOST} bộ lọc; bỏ bớt rồi lưu thêm.")
    if not form.is_valid():
        messages.error(request, " ".join(text for texts in form.errors.values() for text in texts))
        return redirect(path)
    saved, _ = SavedView.objects.update_or_create(
        user=request.user,
        path=path,
        name=form.cleaned_data["name"],
        defaults={"query": form.cleaned_data["query"]},
    )
    messages.success(request, f"Đã lưu bộ lọc “{saved.name}”.")
    return redirect(saved.address)


@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of the user's own saved views, and go back to its page."""
    saved = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    saved.delete()
    messages.success(request, f"Đã bỏ bộ lọc “{saved.name}”.")
    return redirect(saved.path)
