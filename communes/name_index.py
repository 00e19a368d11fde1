"""Units by name: exactly, without accents, and nearly."""

from __future__ import annotations

import difflib
from collections import defaultdict
from functools import cached_property

from communes import names

NEAR = 0.75
MOST_SUGGESTIONS = 3


class NameIndex(defaultdict[str, list]):
    """Units by the key of their name (:func:`communes.place_texts.name_key`)."""

    def __init__(self):
        super().__init__(list)
        self.compared: dict[str, list[str]] = {}

    @cached_property
    def by_plain_name(self) -> dict[str, list[str]]:
        """Give the keys by what is left of them without accents; read once all units are in."""
        keys: dict[str, list[str]] = defaultdict(list)
        for key in self:
            keys[names.without_accents(key)].append(key)
        return keys

    def of_plain_name(self, plain: str) -> list:
        return [unit for key in self.by_plain_name.get(plain, ()) for unit in self[key]]

    def similar(self, plain: str) -> list[str]:
        """Give the plain names most like ``plain``, best first; each text is compared once."""
        if plain not in self.compared:
            self.compared[plain] = difflib.get_close_matches(
                plain, self.by_plain_name, MOST_SUGGESTIONS, NEAR
            )
        return self.compared[plain]
