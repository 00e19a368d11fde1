"""What a new petition resembles: its field by the catalogue's words, and the open ones like it.

Words are compared as written, and without accents when they were typed without: "den duong" finds
"đèn đường", "trưởng" does not find "trường". Nothing here tells more than the user may see.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q

from accounts.models import User
from communes import names
from communes.lineage import Reading
from communes.models import Commune
from reports.enums import OPEN_STATES
from reports.models import Petition, PetitionField, PetitionMatter
from reports.models.petitions import PetitionQuerySet

MOST_WORDS = 200  # of a text: what it asks for stands at the beginning
MOST_READ = 400  # open petitions of a field, the newest
MOST_SHOWN = 8
MOST_MATTERS = 5
PAIR = 2  # a pair says as much as two words: one Vietnamese word is often two syllables
PARTS = re.compile(r"[,;/–—]|\s-\s")

# Words of every petition; without them as words they still part one pair from the next.
COMMON = frozenset(
    names.WORDS.findall(
        """
        ai ấp bà bàn bị bởi cả các cần cấp có con còn của cho chưa cùng cũng cư dân do dưới đã đang
        để đề được đến địa đó giúp gồm hay hiện hỗ hộ huyện kể khi khóm không khu kiến là lên lại
        mong một mỗi này nay năm ngành người nghị nhân nhất nhiều như những nơi nữa ở phường phương
        quan qua quý ra rất sẽ số sớm tại tâm theo thấy thì thể thị trấn thực tỉnh trên trong trước
        từ tới vào vẫn về vì việc với và xã xem xét xin
        """
    )
)
# Typed without accents these could as well be what is asked for: đèn, nước sạch từ …
AS_WELL = frozenset({"den", "cap", "tu", "ra"})


@dataclass(frozen=True)
class Word:
    """One word of a text: as written, and as it is when nobody types accents."""

    written: str
    bare: str
    is_bare: bool

    def is_same(self, other: Word) -> bool:
        """Say whether two are one word; accents count where both have them."""
        if self.written == other.written:
            return True
        return self.bare == other.bare and (self.is_bare or other.is_bare)

    @property
    def says_nothing(self) -> bool:
        """Say whether it is a number, or a word that every petition has."""
        if self.bare.isdigit() or self.written in COMMON:
            return True
        return self.is_bare and self.bare in bare_common()


@lru_cache
def bare_common() -> frozenset[str]:
    return frozenset(word_of(word).bare for word in COMMON) - AS_WELL


def word_of(written: str) -> Word:
    plain = names.without_accents(written)
    return Word(written, names.southern(plain), plain == written)


def words_of(text: str) -> list[Word]:
    """Give the first words of a text, in order."""
    found = names.WORDS.findall(names.match_key(text[: MOST_WORDS * 10]))
    return [word_of(written) for written in found[:MOST_WORDS]]


# --- the field -----------------------------------------------------------------------------------


def suggest_field(content: str) -> PetitionField | None:
    """Give the field in use whose words ``content`` has, ``None`` when it has nobody's.

    The longest words win, and what they take is not there for shorter ones: "đèn đường" is street
    lights, not a road. Of two fields with equally long words the one with more of them wins.
    """
    words = words_of(content)
    taken: set[int] = set()
    longest: Counter[int] = Counter()
    matched: Counter[int] = Counter()
    fields = {field.pk: field for field in PetitionField.objects.in_use()}
    for key, phrase in sorted(phrases(fields.values()), key=lambda one: -len(one[1])):
        for place in places(phrase, words, taken):
            taken.update(range(place, place + len(phrase)))
            longest[key] = max(longest[key], len(phrase))
            matched[key] += len(phrase)
    best = max(longest, key=lambda key: (longest[key], matched[key]), default=None)
    return fields.get(best)


def phrases(fields: Iterable[PetitionField]) -> Iterator[tuple[int, list[Word]]]:
    """Give each of the fields' words with the key of its field, and their names where of several

    words ("Khác" says nothing).
    """
    for field in fields:
        for text in PARTS.split(field.words):
            if phrase := words_of(text):
                yield field.pk, phrase
        for text in PARTS.split(field.name):
            if len(phrase := words_of(text)) > 1:
                yield field.pk, phrase


def places(phrase: Sequence[Word], words: Sequence[Word], taken: set[int]) -> Iterator[int]:
    """Give where ``phrase`` begins in ``words``, leaving out what is taken."""
    for start in range(len(words) - len(phrase) + 1):
        span = range(start, start + len(phrase))
        if taken.isdisjoint(span) and all(
            words[place].is_same(word) for place, word in zip(span, phrase, strict=True)
        ):
            yield start


# --- petitions like it ---------------------------------------------------------------------------

Term = tuple[str, ...]


@dataclass(frozen=True)
class Similar:
    """An open petition like the new one: the words both have, and whether of the same commune.

    Of the same commune it may be the same thing raised again.
    """

    petition: Petition
    words: tuple[str, ...]
    is_same_commune: bool
    score: float

    @property
    def matter(self) -> PetitionMatter | None:
        return self.petition.matter


def similar(
    content: str,
    field: PetitionField | None,
    commune: Commune | None,
    user: User,
    day: dt.date,
) -> list[Similar]:
    """Give the open petitions of ``day`` like ``content`` that ``user`` may see.

    Of the same commune first, or of what went into the same one, then those with most in common:
    pairs of words and single words of the content, each counting more the fewer petitions have it.
    Without a field those of every field that have some of the words are read.
    """
    reader = Reader.of(content)
    terms = reader.terms(content)
    if not terms:
        return []
    rows = Petition.objects.visible_to(user).standing().on(day).filter(state_on__in=OPEN_STATES)
    read = alike_at_first_sight(rows, field, terms).with_parties()[:MOST_READ]
    held = [(petition, reader.terms(petition.content)) for petition in read]
    rarity = rarity_of(terms, [other for _, other in held])
    topic = reader.topic(field)
    here = same_unit(commune, day)
    found = [
        compared(petition, terms, other, rarity, petition.commune_id in here)
        for petition, other in held
        if are_alike(terms, other, topic)
    ]
    found.sort(key=lambda one: (not one.is_same_commune, -one.score))
    return found[:MOST_SHOWN]


def same_unit(commune: Commune | None, day: dt.date) -> set[int]:
    """Give the keys of the communes that are read under one unit with ``commune`` on ``day``."""
    if commune is None:
        return set()
    reading = Reading(day)
    return reading.origins(reading.key_of(commune.pk))


def alike_at_first_sight(
    rows: PetitionQuerySet, field: PetitionField | None, terms: dict[Term, str]
) -> PetitionQuerySet:
    """Narrow down in the database what is then read: the field, else any of the words."""
    if field is not None:
        return rows.filter(field=field)
    words = {names.without_accents(term[0]) for term in terms if len(term) == 1}
    return rows.filter(reduce(or_, (Q(search_key__contains=word) for word in words)))


@dataclass(frozen=True)
class Reader:
    """Reads texts for comparing with one: with accents, unless that was typed without any."""

    is_bare: bool

    @classmethod
    def of(cls, text: str) -> Reader:
        return cls(all(word.is_bare for word in words_of(text)))

    def form(self, word: Word) -> str:
        return word.bare if self.is_bare else word.written

    def terms(self, text: str) -> dict[Term, str]:
        """Give the words and pairs of neighbouring words that say something, each as written."""
        words = words_of(text)
        terms: dict[Term, str] = {}
        for place, word in enumerate(words):
            if word.says_nothing:
                continue
            terms.setdefault((self.form(word),), word.written)
            after = words[place + 1] if place + 1 < len(words) else None
            if after and not after.says_nothing:
                pair = (self.form(word), self.form(after))
                terms.setdefault(pair, f"{word.written} {after.written}")
        return terms

    def topic(self, field: PetitionField | None) -> set[str]:
        """Give the single words a field is about; none without a field."""
        found = phrases([field] if field else [])
        return {self.form(word) for _, phrase in found for word in phrase}


def rarity_of(terms: Iterable[Term], others: Sequence[Iterable[Term]]) -> dict[Term, float]:
    """Give how much each term counts: 1 when all have it, more the fewer have it."""
    having = Counter(term for other in others for term in other)
    return {term: 1 + math.log(len(others) / having[term]) for term in terms if having[term]}


def are_alike(terms: Iterable[Term], other: dict[Term, str], topic: set[str]) -> bool:
    """Say whether two texts have two words in common, or one that is what their field is about."""
    shared = {term[0] for term in terms if len(term) == 1 and term in other}
    return len(shared) > 1 or not shared.isdisjoint(topic)


def compared(
    petition: Petition,
    terms: dict[Term, str],
    other: dict[Term, str],
    rarity: dict[Term, float],
    is_same: bool,
) -> Similar:
    """Give what ``petition``, which has the terms ``other``, has in common with ``terms``."""
    shared = [term for term in terms if term in other]
    score = sum(rarity[term] * (PAIR if len(term) > 1 else 1) for term in shared)
    return Similar(petition, in_words(shared, terms), is_same, score)


def in_words(shared: Sequence[Term], terms: dict[Term, str]) -> tuple[str, ...]:
    """Give shared terms as written, single words only where no shared pair has them."""
    paired = {word for term in shared if len(term) > 1 for word in term}
    return tuple(terms[term] for term in shared if len(term) > 1 or term[0] not in paired)


# --- matters -------------------------------------------------------------------------------------


def matters_like(content: str, field: PetitionField | None, user: User) -> list[PetitionMatter]:
    """Give the matters ``user`` may see whose title is like ``content``, most in common first.

    Those of ``field`` when it is given.
    """
    reader = Reader.of(content)
    terms, topic = reader.terms(content), reader.topic(field)
    matters = PetitionMatter.objects.visible_to(user).select_related("field").order_by("-pk")
    if field is not None:
        matters = matters.filter(field=field)
    held = [(matter, reader.terms(matter.title)) for matter in matters[:MOST_READ]]
    alike = [(matter, other) for matter, other in held if are_alike(terms, other, topic)]
    alike.sort(key=lambda one: -sum(len(term) for term in terms if term in one[1]))
    return [matter for matter, _ in alike[:MOST_MATTERS]]
