"""The one-page brief "Chuẩn bị": what to read, or print, before going to a commune."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assignments.coverage import communes_visible_to, covering, with_coverage, with_current
from assignments.directives import states_of
from assignments.models import MeetingNotice, VisitPlan
from communes.former_units import of_unit
from reports.commune_story import cells_visited, last_visits, last_words
from reports.duties import duty_list
from reports.duties.named import named
from reports.models import Petition
from reports.petitions.told import waiting
from reports.viewpoint import Viewpoint

AHEAD = dt.timedelta(days=45)
MOST_OPEN = 8  # petitions: all is to fit one sheet


@require_safe
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who to call, what is due, what was said and promised, what is followed."""
    view = Viewpoint.of(request)
    user, day = view.user, view.day
    communes = with_coverage(communes_visible_to(user, day), day).defer("boundary")
    commune = get_object_or_404(with_current(communes, user, day), pk=pk)
    running = [period for period in view.periods if day < period.ended_on]
    here = of_unit(commune, day)
    petitions = waiting(Petition.objects.visible_to(user).standing().filter(here), day)
    return render(
        request,
        "reports/brief.html",
        {
            "title": f"Chuẩn bị đi {commune.name_in_sentence}",
            "commune": commune,
            "holder": covering(commune),
            "contacts": commune.contacts.valid_on(day),
            "duties": named(duty_list(user, running, day, commune=view.reading.origins(pk)), day),
            "visits": last_visits(commune, user, day),
            "words": last_words(commune, user, day),
            "cells": cells_visited(commune, user, day),
            "directives": states_of(commune, user, day),
            "to_tell": petitions.to_tell,
            "petitions": petitions.open[:MOST_OPEN],
            "notices": MeetingNotice.objects.visible_to(user)
            .standing()
            .filter(here, held_on__range=(day, day + AHEAD))
            .order_by("held_on", "held_at"),
            "plans": VisitPlan.objects.visible_to(user)
            .open()
            .filter(here, planned_on__range=(day, day + AHEAD))
            .select_related("officer", "cell"),
        },
    )
