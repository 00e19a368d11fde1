"""One reorganisation: what a draft would do, unit by unit; what an applied one did."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.enums import Permission
from accounts.permissions import allowed, requires
from communes.models import Reorganisation
from reports.reorganising.carried import carried
from reports.reorganising.drafts import Draft, sheet_of
from reports.reorganising.forms import ApplyForm, UndoForm
from reports.reorganising.maps import sketches
from reports.reorganising.preview import n_proposals, shown
from reports.reorganising.story import cancelled, story, successions, tally
from reports.reorganising.undoing import hindrances
from reports.views.reorganisations.listing import known_to, state_of


@require_safe
@requires(Permission.VIEW_ALL)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft with its choices, or what became of everybody."""
    event = get_object_or_404(known_to(request.user), pk=pk)
    context = {
        "title": f"Sắp xếp theo Nghị quyết {event.resolution}",
        "event": event,
        "state": state_of(event),
        "may_reorganise": allowed(request.user, Permission.REORGANISE),
    }
    if event.is_draft:
        return render(request, "reorganisations/draft.html", context | drafted(request, event))
    if event.is_in_force:
        return render(request, "reorganisations/story.html", context | told(request, event))
    context["rows"] = [row for row in sheet_of(event).rows if row.is_change]
    return render(request, "reorganisations/past.html", context)


def drafted(request: HttpRequest, event: Reorganisation) -> dict[str, object]:
    """Give what the page of a draft shows."""
    draft = Draft.of(event)
    units = shown(draft, request.user, request.as_of.day)
    rows = {row.number: row for row in sheet_of(event).rows}
    return {
        "draft": draft,
        "units": units,
        "refusals": [(one, rows.get(one.row)) for one in draft.mapping.refusals],
        "maps": sketches(draft.mapping),
        "n_proposals": n_proposals(units),
        "n_ready": sum(not one.draft.problems for one in units),
        "apply_form": ApplyForm(),
    }


def told(request: HttpRequest, event: Reorganisation) -> dict[str, object]:
    """Give what the page of an applied one shows."""
    old = [one.old for one in successions(event) if one.is_main]
    units = story(event, carried(old, request.user, request.as_of.day))
    return {
        "units": units,
        "n_old": len({unit.pk for unit in old}),
        "cancelled": cancelled(event),
        "tally": tally(event),
        "hindrances": hindrances(event),
        "undo_form": UndoForm(),
    }
