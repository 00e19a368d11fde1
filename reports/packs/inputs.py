"""What the papers of a pack depend on beside the freeze, kept when the pack is begun.

Whatever is written on the review's page afterwards, the parts of one pack say the same.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from reports.models import FrozenFigures, IssuedDocument, Review, ReviewPack
from reports.reviews.annexes import report_day

WORDS = ("name", "recipients", "signer", "texts", "template_id")
DAYS = ("held_on", "report_day")
DOCUMENT = ("kind", "symbol", "number", "subject")


def kept_inputs(frozen: FrozenFigures, now: dt.datetime) -> dict:
    """Give the review's words, number, days and template as JSON holds them."""
    review = frozen.review
    return {
        **{name: getattr(review, name) for name in WORDS},
        "held_on": review.held_on.isoformat() if review.held_on else None,
        "report_day": report_day(review, now).isoformat(),
        "document": document_values(review.document) if review.document else None,
    }


def document_values(document: IssuedDocument) -> dict:
    return {name: getattr(document, name) for name in DOCUMENT}


def frozen_of(pack: ReviewPack) -> FrozenFigures:
    """Give the freeze with its review as it was when the pack was begun; never to be saved."""
    freezes = FrozenFigures.objects.select_related("review__first_quarter", "review__last_quarter")
    kept, frozen = pack.parameters["inputs"], freezes.get(pk=pack.frozen_id)
    review: Review = frozen.review
    for name in WORDS:
        setattr(review, name, kept[name])
    for name in DAYS:
        setattr(review, name, dt.date.fromisoformat(kept[name]) if kept[name] else None)
    review.document = IssuedDocument(**kept["document"]) if kept["document"] else None
    return frozen


def begun_on(pack: ReviewPack) -> dt.date:
    """Give the day a pack was begun, by the office's clock."""
    return timezone.localdate(pack.begun_at)
