"""Fills in a form: soundly, as a person would, then some of it with what no person would."""

from __future__ import annotations

from random import Random

from tests.fuzz.files import any_file
from tests.fuzz.markup import Field, Form
from tests.fuzz.sending import Pairs
from tests.fuzz.values import Values, encoded

SOUND_DAYS = ("09/05/2023", "05/11/2026", "20/11/2026", "31/12/2099", "01/01/2026")
SOUND_TEXTS = ("Nắm tình hình cơ sở", "12-NQ/TU", "Ấp 3", "Trần Văn Bé", "5-QĐ/TU")
SOUND_NUMBERS = ("1", "2", "3", "30", "2026")
COUNTS = (b"1000000000", b"-1", b"", b"abc", b"1e9", b"2", b"0", b"1" + b"0" * 40, b"\x00")
MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


class Filling:
    """One form filled in: ``pairs`` and ``files``; ``typed`` is what was sound and visible."""

    def __init__(self, form: Form, rng: Random):
        self.form, self.rng, self.values = form, rng, Values(rng)
        self.hostile: set[str] = set()
        self.sent = {name: self.sound(field) for name, field in form.fields.items()}
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3, 6))):
            self.spoil()
        self.extra = self.uninvited() if rng.random() < 0.15 else []

    @property
    def pairs(self) -> Pairs:
        kept = [(encoded(name), value) for name, many in self.sent.items() for value in many]
        return [*kept, *self.extra]

    @property
    def files(self) -> list[tuple[bytes, bytes, bytes]]:
        """Give files for the fields that take some: real, spoilt or hostile."""
        taking = [field for field in self.form.fields.values() if field.kind == "file"]
        return [
            (encoded(field.name), *any_file(self.rng))
            for field in taking
            for _ in range(self.rng.choice((0, 1, 1, 2)))
        ]

    @property
    def typed(self) -> dict[str, str]:
        """Give what was typed soundly into fields that show it."""
        return {
            name: self.sent[name][0].decode()
            for name, field in self.form.fields.items()
            if field.is_typed and field.kind != "password" and name not in self.hostile
            if self.sent[name] and self.sent[name][0]
        }

    def sound(self, field: Field) -> list[bytes]:
        """Give what a person would leave, choose or type."""
        rng = self.rng
        if field.kind == "file":
            return []
        if field.kind in ("radio", "select", "checkbox", "button"):
            if field.values and rng.random() < 0.6:
                return [encoded(value) for value in field.values]
            return [encoded(rng.choice(field.choices))] if field.choices else []
        if field.kind == "hidden" or (field.values[:1] != [""] and rng.random() < 0.6):
            return [encoded(value) for value in field.values[:1]]
        if field.asks_for_a_day:
            return [encoded(rng.choice(SOUND_DAYS))]
        return [encoded(rng.choice(SOUND_NUMBERS if field.kind == "number" else SOUND_TEXTS))]

    def spoil(self) -> None:
        """Make one field of it what nobody expects."""
        if not self.sent:
            return
        name = self.rng.choice(sorted(self.sent))
        self.hostile.add(name)
        field, way = self.form.fields[name], self.rng.random()
        if name.rpartition("-")[2] in MANAGEMENT:
            self.sent[name] = [self.rng.choice(COUNTS)] * self.rng.choice((1, 1, 2))
        elif way < 0.08:
            self.sent[name] = []
        elif way < 0.2:
            self.sent[name] = [self.values.any() for _ in range(self.rng.choice((2, 5, 50)))]
        elif way < 0.35 or field.kind == "number":
            self.sent[name] = [self.values.number()]
        elif way < 0.5 or field.asks_for_a_day:
            self.sent[name] = [self.values.date()]
        elif way < 0.6 and field.choices:
            self.sent[name] = [encoded(choice) for choice in field.choices]
        else:
            self.sent[name] = [self.values.any()]

    def uninvited(self) -> Pairs:
        """Give fields the form does not have: of other forms, of no form, of no sensible name."""
        names = (
            "pk",
            "id",
            "form-0-id",
            "user",
            "is_active",
            "role",
            "csrfmiddlewaretoken",
            "DELETE",
        )
        return [
            (encoded(self.rng.choice(names)), self.values.any()),
            (self.values.short(), self.values.short()),
        ]
