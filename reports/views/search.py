"""Search of officers, communes and petitions from the bar at the top."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assignments.coverage import communes_visible_to, with_current
from assignments.models import Officer
from communes.lineage import Reading
from communes.place_search import find_communes, former_names
from reports.models import Petition
from reports.petitions.finding import find_petitions
from reports.petitions.told import told
from reports.views.officers import with_load

MOST = 20
PLACES = ("district__code", "sort_key", "pk")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """List the first officers, communes and petitions that have every word of ``?tim=``.

    A petition is found by its number too: "05/2026", a commune by its code of the day and by a
    name that it, or a part of it, had before.
    """
    day, user = request.as_of.day, request.user
    query = request.GET.get("tim", "").strip()[:100]
    found = bool(query)
    communes = find_communes(communes_visible_to(user, day), query, day).order_by(*PLACES)
    communes = communes.select_related("district").defer("boundary")
    shown = list(with_current(communes, user, day)[:MOST]) if found else []
    former = former_names(shown, query, day)
    officers = with_load(Officer.objects.visible_to(user).search(query), user, day)
    raised = Petition.objects.visible_to(user).standing().on(day)
    petitions = find_petitions(raised, query, Reading.of(request)).order_by("-raised_on", "-pk")
    return render(
        request,
        "reports/search.html",
        {
            "title": "Kết quả tìm",
            "query": query,
            "communes": [(unit, former.get(unit.pk, "")) for unit in shown],
            "officers": officers[:MOST] if found else [],
            "petitions": told(petitions, day, MOST) if found else [],
            "most": MOST,
        },
    )
