"""The page of a plan: how far it is, its versions compared, one of them closely, what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed
from assignments.coverage import communes_visible_to
from assignments.models import Assignment, ReassignmentPlan
from reports.history import changes as log_of
from reports.reassignments.act_forms import CommentForm
from reports.reassignments.asked import asked_in_words
from reports.reassignments.changes import loads_of, recorded
from reports.reassignments.drawing import TONES, map_of
from reports.reassignments.picture import DRAFT, Picture
from reports.views.reassignments.access import for_who_sees_plans, plan_of
from reports.views.reassignments.listing import plan_state
from reports.views.reassignments.solving import progress

VERSION, ALL = "phuong_an", "tat_ca"
MOST_ROWS = 400  # of communes and of officers on the page; the annex has all


@dataclass(frozen=True)
class Tab:
    """The way to a version of the plan."""

    label: str
    address: str
    is_current: bool


@require_safe
@for_who_sees_plans()
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: a draft as it is computed, chosen and changed; else the record it became."""
    plan = plan_of(request, pk)
    is_draft = not plan.applied_at and not plan.is_withdrawn
    may_edit = is_draft and allowed(request.user, Permission.EDIT_ASSIGNMENTS)
    context = {
        "title": plan.name,
        "plan": plan,
        "state": plan_state(plan, request.as_of.today),
        "may_edit": may_edit,
        "may_comment": is_draft and allowed(request.user, Permission.COMMENT),
        "comments": list(plan.comments.select_related("by")),
        "comment_form": CommentForm(),
        "history": log_of([plan], request.user),
        "legend": TONES,
        "most": MOST_ROWS,
    }
    read = draft_page if is_draft else record_page
    return render(request, "reassignments/detail.html", context | read(request, plan, may_edit))


def draft_page(request: HttpRequest, plan: ReassignmentPlan, may_edit: bool) -> dict[str, object]:
    """Give what the page of a draft shows besides."""
    prefetch_related_objects([plan], "rows")
    picture = Picture(plan, request.user, request.GET.get(VERSION, ""))
    told = progress(plan, "")
    context = {
        "picture": picture,
        "asked": asked_in_words(plan, picture.world),
        "made": told["made"],
        "count": told["all"],
        "next_label": told["next"],
        "n_manual": len(picture.by_hand),
    }
    return context | closely(request, picture, may_edit) if picture.variants else context


def closely(request: HttpRequest, picture: Picture, may_edit: bool) -> dict[str, object]:
    """Give what is shown of the version looked at."""
    shows_all = request.GET.get(ALL) == "1"
    key = picture.looked_at.key
    is_taken = key in (DRAFT, picture.plan.variant) and not picture.by_hand
    return {
        "version_tabs": list(tabs(picture)),
        "may_choose": may_edit and key != DRAFT and picture.is_solved and not is_taken,
        "shows_all": shows_all,
        "rows": picture.changes if shows_all else picture.changed,
        "all_address": f"?{urlencode({VERSION: key, ALL: 1})}#phuong-an",
        "fewer_address": f"?{urlencode({VERSION: key})}#phuong-an",
        "loads": picture.loads if shows_all else picture.changed_loads,
        "most_load": picture.most_load,
        "map": map_of(picture.communes, picture.changes),
    }


def tabs(picture: Picture) -> Iterator[Tab]:
    """Give a tab for the draft, if there is one, and for each variant."""
    for one in [*([picture.draft] if picture.draft else []), *picture.variants]:
        address = f"?{urlencode({VERSION: one.key})}#phuong-an"
        yield Tab(one.label, address, one.key == picture.looked_at.key)


def record_page(request: HttpRequest, plan: ReassignmentPlan, may_edit: bool) -> dict[str, object]:
    """Give what the page of an applied or dropped plan shows besides: the rows it had."""
    rows = plan.rows.select_related("commune__district", "commune__area", "before", "after")
    found = recorded(rows.defer("commune__boundary"))
    return {
        "picture": None,
        "asked": asked_in_words(plan),
        "next_label": "",
        "n_manual": sum(row.is_manual for row in found),
        "record": found,
        "loads": loads_of(found),
        "most_load": 0,  # what did not change is not in the record: no load can be told
        "written": written_by(request, plan),
        "map": map_of(communes_visible_to(request.user, plan.starts_on), found),
    }


def written_by(request: HttpRequest, plan: ReassignmentPlan) -> list[Assignment]:
    """Give the assignments an applied plan's decision opened or closed."""
    if plan.decision is None:
        return []
    rows = Assignment.objects.visible_to(request.user).with_parties()
    begun = Q(opening_decision=plan.decision, started_on=plan.starts_on)
    ended = Q(closing_decision=plan.decision, ended_on=plan.starts_on)
    return list(rows.filter(begun | ended).order_by("commune__sort_key", "started_on", "pk"))
