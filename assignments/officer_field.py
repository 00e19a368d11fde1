"""Naming an officer by typing: one list of suggestions for a whole form, words without accents.

A select on every row would repeat every officer on every row; a text field shares one list, and
a clerk who types "le van an" need not search it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from assignments.models import Assignment, Officer, has_any
from communes import names

LIST_ID = "can-bo-chon"
MOST_SUGGESTED = 300  # nobody reads through more, and the page would carry them all
NAMED = 4  # so many candidates are named when the words fit several


class Candidates:
    """The officers who may take an assignment from ``day``; who has left is not offered."""

    none_fits = "Không có cán bộ đang công tác nào khớp “%(text)s”."

    def __init__(self, day: dt.date):
        self.day = day

    def officers(self) -> QuerySet[Officer]:
        return Officer.objects.selectable_on(self.day)

    @cached_property
    def by_label(self) -> dict[str, Officer]:
        """Give officers by a label no two share, sorted by name."""
        return labelled(self.officers().order_by("sort_key", "pk"))

    @cached_property
    def suggested(self) -> list[str]:
        """Give the labels a page offers; none where there are too many: then a name is typed."""
        first = self.officers().order_by("sort_key", "pk")[: MOST_SUGGESTED + 1]
        labels = list(labelled(first))
        return labels if len(labels) <= MOST_SUGGESTED else []

    def matching(self, text: str) -> list[str]:
        """Give the labels ``text`` may mean: whose name it is; else that have all its words.

        A name as written comes before the same name without accents, and both before words.
        """
        words = names.search_words(text)
        tests = (
            lambda label, officer: names.match_key(officer.full_name) == names.match_key(text),
            lambda label, officer: bare(officer.full_name) == bare(text),
            lambda label, officer: bool(words) and has_all(words, names.search_key(label)),
        )
        for fits in tests:
            found = [label for label, officer in self.by_label.items() if fits(label, officer)]
            if found:
                return found
        return []

    def find(self, text: str) -> Officer:
        """Give the one officer ``text`` names; ``ValidationError`` when it is none or several."""
        label = names.normalise(text)
        if label in self.by_label:
            return self.by_label[label]
        found = self.matching(text)
        if len(found) == 1:
            return self.by_label[found[0]]
        if not found:
            raise ValidationError(self.none_fits, params={"text": text})
        named = "; ".join(found[:NAMED]) + ("…" if len(found) > NAMED else "")
        raise ValidationError(
            "Có %(count)s cán bộ khớp “%(text)s”: %(named)s. Ghi rõ thêm hoặc chọn trong gợi ý.",
            params={"count": len(found), "text": text, "named": named},
        )


class EverAssigned(Candidates):
    """The officers who have or had a commune: what they did may be entered after they left."""

    none_fits = "Không có cán bộ nào được phân công khớp “%(text)s”."

    def __init__(self):
        """Take no day: who was assigned once remains somebody who was."""

    def officers(self) -> QuerySet[Officer]:
        return Officer.objects.filter(has_any(Assignment.objects.all()))


def labelled(officers: Iterable[Officer]) -> dict[str, Officer]:
    """Give officers by a label no two of them share."""
    officers = list(officers)
    labels = [", ".join(filter(None, (str(one), one.position))) for one in officers]
    shared = {label for label, count in Counter(labels).items() if count > 1}
    return {
        f"{label} – mã {officer.pk}" if label in shared else label: officer
        for label, officer in zip(labels, officers, strict=True)
    }


def bare(text: str) -> str:
    return names.without_accents(text)


def has_all(words: list[tuple[str, str]], key: str) -> bool:
    """Say whether a search key has every word, in either spelling."""
    return all(any(spelling in key for spelling in word) for word in words)


class OfficerField(forms.CharField):
    """A text field whose value is the officer it names; empty is nobody."""

    def __init__(self, candidates: Candidates, **options):
        self.candidates = candidates
        attributes = {
            "list": LIST_ID,
            "class": "form-control",
            "autocomplete": "off",
            "placeholder": "Gõ tên, không cần dấu",
        }
        super().__init__(
            required=False,
            max_length=500,
            widget=forms.TextInput(attrs=attributes),
            error_messages={"max_length": "Ghi ngắn hơn: chỉ cần họ tên cán bộ."},
            **options,
        )

    def clean(self, value: object) -> Officer | None:
        text = super().clean(value)
        return self.candidates.find(text) if text else None
