"""Hand-overs somebody is to receive and has not, long after the officer left."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from reports.decisions.matter import NAMED, Matter
from reports.handing_over.filters import LATE, in_state
from reports.models import Handover
from reports.viewpoint import Viewpoint


def handover_matter(view: Viewpoint) -> Matter | None:
    """Tell of hand-overs under way for longer than the office sets, the longest first.

    Communes that have nobody are told of by :mod:`reports.decisions.coverage` already.
    """
    days = settings.HANDOVER_DAYS
    rows = Handover.objects.visible_to(view.user).with_parties()
    late = list(rows.filter(in_state(LATE, view.day)).order_by("outgoing__ended_on", "pk"))
    if not late:
        return None
    named = "; ".join(worst(row, view.day) for row in late[:NAMED])
    rest = f" và {len(late) - NAMED} hồ sơ khác" if len(late) > NAMED else ""
    return Matter(
        len(late),
        "short",
        f"{len(late)} hồ sơ bàn giao quá {days} ngày chưa xong",
        f"{named}{rest}",
        "Xem",
        f"{reverse('departures:list')}?{urlencode({'tinh_trang': LATE})}",
    )


def worst(handover: Handover, day: dt.date) -> str:
    """Say where a hand-over is, since how long, and who is to receive it."""
    days = (day - handover.outgoing.ended_on).days
    commune, receiver = handover.outgoing.commune, handover.incoming.officer
    return f"{commune.name_in_sentence} {days} ngày (đồng chí {receiver.full_name} nhận)"
