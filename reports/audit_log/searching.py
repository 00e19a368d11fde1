"""Searching text that has no search key: letters match with and without their marks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db.models import Q, QuerySet

from communes.names import search_words, without_accents

FIELDS = ("actor", "target", "reason")
# Latin letters with marks, of which Vietnamese are a part.
LETTERS = (*range(0xC0, 0x180), *range(0x1A0, 0x1B1), *range(0x1E00, 0x1EFF))


@cache
def variants() -> dict[str, str]:
    """Give, by plain letter, every letter that loses its marks to become it."""
    found: dict[str, str] = {}
    for letter in map(chr, LETTERS):
        plain = without_accents(letter)
        if plain.isascii() and plain.isalpha() and len(plain) == 1:
            found[plain] = found.get(plain, "") + letter
    return found


def pattern(word: str) -> str:
    """Give the regular expression of a word typed without marks, for either database."""
    classes = (letter + letter.upper() + variants().get(letter, "") for letter in word)
    return "".join(f"[{each}]" for each in classes)


def search(rows: QuerySet, query: str, fields: Sequence[str] = FIELDS) -> QuerySet:
    """Keep rows of which one of ``fields`` has the word, for every word of ``query``."""
    for spellings in search_words(query):
        expression = "|".join(map(pattern, dict.fromkeys(spellings)))
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__regex": expression})
        rows = rows.filter(found)
    return rows
