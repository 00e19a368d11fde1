"""The form of the report's texts: each part beside its draft and what it will say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.text_fields import LinesInput, show_refusal
from communes.names import normalise_lines
from reports.freezing import frozen_values
from reports.models import FrozenFigures, Review
from reports.reviews.fields import field_values, fill
from reports.reviews.parts import PARTS, Part, draft_of
from reports.reviews.texts import OUTDATED, Outdated, save_texts

LONGEST = 20_000  # characters of one part: some ten pages
RESET = "lai_"  # before a part's key: its box "Dùng lại bản dự thảo"


@dataclass(frozen=True)
class ShownPart:
    """A part as the page shows it.

    ``base`` is the text it was begun from, sent back with it; ``preview`` what the report will
    say, ``missing`` the fields without a value; ``theirs`` what somebody else wrote meanwhile.
    """

    part: Part
    field: forms.BoundField
    reset: forms.BoundField | None
    base: str
    draft: str
    preview: str
    missing: list[str]
    theirs: str | None

    @property
    def is_own(self) -> bool:
        """Say whether the office wrote this part itself."""
        return self.reset is not None


class TextsForm(forms.Form):
    """The parts of a review's report, of the figures of one freeze."""

    def __init__(self, *args, review: Review, frozen: FrozenFigures, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.review = review
        numbers = frozen_values(frozen)
        self.drafts = {part.key: draft_of(part, numbers) for part in PARTS}
        self.values = field_values(frozen)
        self.clashing: list[str] = []
        for part in PARTS:
            self.fields[part.key] = LinesInput(
                label=part.label,
                required=False,
                max_length=LONGEST,
                initial=self.stored(part.key),
                show_hidden_initial=True,
                rows=4,
            )
            if part.key in review.texts:
                self.fields[RESET + part.key] = forms.BooleanField(
                    label="Dùng lại bản dự thảo", required=False
                )

    def stored(self, key: str) -> str:
        """Give what the report says now: the office's text, else the draft."""
        return self.review.texts.get(key) or self.drafts[key]

    def base(self, key: str) -> str:
        """Give the text a part was begun from: that sent, or the stored one."""
        if not self.is_bound:
            return self.stored(key)
        return normalise_lines(self.data.get(self.add_initial_prefix(key), ""))

    @property
    def parts(self) -> Iterator[ShownPart]:
        """Give the parts, each with what has to be shown beside it."""
        for part in PARTS:
            key, is_clashing = part.key, part.key in self.clashing
            stored = self.stored(key)
            preview, missing = fill(stored, self.values)
            yield ShownPart(
                part,
                self[key],
                self[RESET + key] if RESET + key in self.fields else None,
                stored if is_clashing else self.base(key),
                self.drafts[key],
                preview,
                missing if stored else [key],
                stored if is_clashing else None,
            )

    def asked(self) -> dict[str, str]:
        """Give the parts whose text was changed here, and those whose draft is to be used again."""
        found = {}
        for part in PARTS:
            text = normalise_lines(self.cleaned_data[part.key])
            if self.cleaned_data.get(RESET + part.key):
                found[part.key] = ""
            elif text != self.base(part.key):
                found[part.key] = text
        return found

    def write(self, by: User) -> Review | None:
        """Keep what was changed; ``None`` when refused.

        What somebody else changed too is written by nobody: both texts are shown.
        """
        mine = self.asked()
        self.clashing = [
            key for key, text in mine.items() if self.stored(key) not in (self.base(key), text)
        ]
        if self.clashing:
            self.take_over(unchanged=set(self.drafts) - set(mine))
            self.add_error(None, OUTDATED)
            return None
        try:
            return save_texts(
                review=self.review,
                texts=mine,
                drafts=self.drafts,
                edition=self.review.edition,
                by=by,
            )
        except Outdated as outdated:  # between reading and writing: looked at once more
            self.review = outdated.stored
            return self.write(by)
        except ValidationError as refused:
            show_refusal(self, refused)
            return None

    def take_over(self, *, unchanged: set[str]) -> None:
        """Show what others wrote in the parts that were not changed here."""
        self.data = self.data.copy()
        for key in unchanged:
            stored = self.stored(key)
            self.data[self.add_prefix(key)] = self.data[self.add_initial_prefix(key)] = stored
