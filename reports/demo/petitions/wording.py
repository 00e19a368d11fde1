"""The words of petitions and of what came of them, for their place and day."""

from __future__ import annotations

import datetime as dt
import itertools
from random import Random

from assignments.demo.days import DAY
from assignments.demo.people import fresh_names
from assignments.demo.phrases import Number
from assignments.demo.stage import Stage
from assignments.demo.telling import ROMAN, areas_of, lowered, names_of, quarter_of
from communes.models import Commune
from reports.demo.petitions import answering, asking
from reports.demo.petitions.asking import Asked
from reports.enums import AnswerOutcome


class Words:
    """Fills phrases for a commune and a day."""

    def __init__(self, stage: Stage):
        self.stage, self.rng = stage, stage.random("words of petitions")
        self.people = fresh_names(stage.random("people in petitions"))
        self.lately: dict[int, Asked] = {}

    def choose(self, options: tuple[str, ...], commune: Commune, day: dt.date, **more) -> str:
        """Give one of ``options``, filled in."""
        return self.rng.choice(options).format(**self.slots(commune, day), **more)

    def slots(self, commune: Commune, day: dt.date) -> dict[str, object]:
        year, quarter = quarter_of(day)
        hamlet = self.rng.choice(self.stage.cells.hamlets(commune, day))
        names = names_of(commune)
        return {
            **names,
            "loai_hoa": raised(names["loai"]),
            "ap": lowered(hamlet.place),
            "ap_hoa": raised(hamlet.place),
            "ap_ten": hamlet.name if not hamlet.name.isdigit() else commune.name,
            "aps": hamlet.get_kind_display().lower(),
            "kenh": waterway(self.rng),
            "ngay": f"{day:%d/%m/%Y}",
            "ngay_sau": f"{day + 45 * DAY:%d/%m/%Y}",
            "thang": day.month,
            "quy": ROMAN[quarter],
            "nam": year,
            "nam_sau": year + 1,
            "so": Number(self.rng),
            "tl": Number(self.rng, decimals=True),
        }

    def field(self, commune: Commune) -> str:
        """Choose what a commune asks about; wards do not ask about fields."""
        fits = {name: weight for name, weight in asking.WEIGHTS.items() if fits_in(name, commune)}
        [name] = self.rng.choices(list(fits), fits.values())
        return name

    def unfit(self, field: str) -> list[Commune]:
        """Give the communes that do not ask about a field."""
        return [commune for commune in self.stage.communes if not fits_in(field, commune)]

    def asked(self, options: tuple[Asked, ...], commune: Commune, day: dt.date) -> tuple[str, str]:
        """Give (content, beneficiary); a commune does not ask the same twice running."""
        fresh = [one for one in options if one is not self.lately.get(commune.pk)] or options
        chosen = self.lately[commune.pk] = self.rng.choice(fresh)
        slots = self.slots(commune, day)
        is_woman = "bà {ho_ten}" in chosen.content.lower()
        _, name = next(pair for pair in self.people if pair[0] == is_woman)
        return tuple(
            text.format(**slots, ho_ten=name) for text in (chosen.content, chosen.beneficiary)
        )

    def answer(
        self, outcome: AnswerOutcome, field: str, commune: Commune, day: dt.date, **more: object
    ) -> str:
        """Give what an answer says; ``more`` are the roadmap's day, the competent body."""
        if outcome == AnswerOutcome.RESOLVED:
            options = answering.RESOLVED.get(field, ()) + answering.RESOLVED_ANY
        else:
            options = answering.ANSWERS[outcome]
        return self.choose(options, commune, day, **more)


def fits_in(field: str, commune: Commune) -> bool:
    return field not in asking.OF_THE_FIELDS or "country" in areas_of(commune)


def raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def waterway(rng: Random) -> str:
    pairs = list(itertools.product(asking.FIRST_SYLLABLES, asking.SECOND_SYLLABLES))
    return " ".join(rng.choice(pairs))
