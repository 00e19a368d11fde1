"""Changing a plan by hand: a select for each commune, with the load each officer would have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString

from assignments.planning.scores import choices
from reports.reassignments.changes import Change
from reports.reassignments.picture import Picture

FIELD = "sau_{}"  # the select of a commune, by its key
NOBODY = "Không giao ai"


@dataclass(frozen=True)
class ChangeRow:
    """A commune of the draft with its select; ``typed`` is what was sent and not written."""

    change: Change
    options: list[SafeString]

    @property
    def name(self) -> str:
        return FIELD.format(self.change.commune)


class Changing:
    """The rows of a draft as selects. ``typed`` maps communes to what was sent for them."""

    def __init__(self, picture: Picture, typed: Mapping[int, int | None] | None = None):
        self.picture, self.typed = picture, typed or {}
        self.problem, self.placing = picture.problem, picture.looked_at.placing

    @cached_property
    def counts(self) -> Counter[int]:
        """Give how many communes each officer has in the draft."""
        return Counter(key for key in self.placing.values() if key is not None)

    @cached_property
    def names(self) -> dict[int, str]:
        return {one.key: one.name for one in self.problem.candidates}

    def rows(self) -> list[ChangeRow]:
        """Give the communes that change or were typed something else for."""
        return [
            ChangeRow(one, list(self.options(one)))
            for one in self.picture.changes
            if one.is_change or one.is_manual or one.commune in self.typed
        ]

    def options(self, change: Change) -> Iterator[SafeString]:
        """Give nobody, then who may follow a commune, with how many they would have."""
        now = self.placing[change.commune]
        chosen = self.typed.get(change.commune, now)
        yield option("", NOBODY, is_chosen=chosen is None)
        for one in choices(self.problem, self.placing, change.commune):
            key = one.candidate.key
            if not one.refusal or key in (now, chosen):
                label = f"{one.candidate.name} ({self.counts[key] + (key != now)} Đảng bộ)"
                yield option(str(key), label, is_chosen=key == chosen)

    def officers(self) -> list[tuple[int, str]]:
        """Give every officer with how many communes they have, for moving any commune."""
        return [(key, f"{name} ({self.counts[key]} Đảng bộ)") for key, name in self.names.items()]


def option(value: str, label: str, *, is_chosen: bool) -> SafeString:
    if is_chosen:
        return format_html('<option value="{}" selected>{}</option>', value, label)
    return format_html('<option value="{}">{}</option>', value, label)
