"""What the office writes in a review's report: the text of each part, instead of its draft."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from communes.names import normalise_lines
from communes.periods import constraint_sentences
from reports.freezing.planning import held
from reports.models import Review
from reports.reviews.parts import PARTS

OUTDATED = "Nội dung vừa được người khác cập nhật nên chưa lưu phần đồng chí vừa viết."


class Outdated(ValidationError):
    """Somebody else wrote meanwhile; ``stored`` is the review as it is now."""

    def __init__(self, stored: Review):
        super().__init__(OUTDATED, code="outdated")
        self.stored = stored


def save_texts(
    *, review: Review, texts: Mapping[str, str], drafts: Mapping[str, str], edition: int, by: User
) -> Review:
    """Keep ``texts`` (part's key → text); give the review as it is stored.

    A text that is empty or its draft is not kept: the part follows the figures again. Raises
    :class:`Outdated` when somebody else wrote since ``edition``. Nothing new is no new edition.
    """
    with constraint_sentences(Review), transaction.atomic():
        current = held(review)
        kept = with_texts(current.texts, texts, drafts)
        if kept == current.texts:
            return current
        if current.edition != edition:
            raise Outdated(current)
        before, current.texts = current.texts, kept
        current.edition += 1
        current.save()
        note(current, before, by)
    return current


def with_texts(
    kept: Mapping[str, str], texts: Mapping[str, str], drafts: Mapping[str, str]
) -> dict[str, str]:
    """Give what is kept once ``texts`` are written, in the order of the parts."""
    given = {key: normalise_lines(text) for key, text in texts.items()}
    changed = {key: "" if text == drafts.get(key) else text for key, text in given.items()}
    merged = {**kept, **changed}
    return {part.key: merged[part.key] for part in PARTS if merged.get(part.key)}


def note(review: Review, before: Mapping[str, str], by: User) -> None:
    """Record which parts were written, with both texts."""
    labels = {
        part.key: part.label for part in PARTS if before.get(part.key) != review.texts.get(part.key)
    }
    audit.record(
        Verb.CHANGE,
        review,
        by=by,
        before={label: before.get(key, "") for key, label in labels.items()},
        after={label: review.texts.get(key, "") for key, label in labels.items()},
    )
