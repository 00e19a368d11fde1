"""Fields of the form that logs a visit: what there is to choose, and the day each thing was there.

Options that were there on some days only carry those days, so that script can hide the others;
without script all are shown and the server judges.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from assignments.attachments import ATTACHMENT_ACCEPT, Accepted, accept
from assignments.enums import VisitKind
from assignments.models import Assignment, Officer, Visit
from communes.models import Commune, PartyCell
from communes.names import match_key

OTHER = "khac"  # not one of those listed
MOST_SEGMENTS = 6  # more communes than this are a list
ONE_DAY = dt.timedelta(days=1)


# --- widgets -------------------------------------------------------------------------------------


class WithOptionAttributes:
    """Options with attributes of their own, by value."""

    option_attributes: Mapping[str, Mapping[str, str]] = {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"].update(self.option_attributes.get(str(value), {}))
        return option


class Radios(WithOptionAttributes, forms.RadioSelect):
    """Radio buttons."""


class Listed(WithOptionAttributes, forms.Select):
    """A select."""


class FilesInput(forms.FileInput):
    """Several files; a phone offers its camera too."""

    allow_multiple_selected = True


# --- fields --------------------------------------------------------------------------------------


class FilesField(forms.Field):
    """Files, each checked and cleaned; every file that is not taken has its own sentence."""

    widget = FilesInput(attrs={"accept": ATTACHMENT_ACCEPT, "data-button": "+ Ảnh, tệp"})

    def clean(self, value: object) -> list[Accepted]:
        sent = value or []
        most = settings.ATTACHMENTS_MAX_PER_VISIT
        if len(sent) > most:
            raise ValidationError(f"Mỗi lần gửi nhiều nhất {most} tệp.")
        taken, refused = [], []
        for file in sent:
            try:
                taken.append(accept(file))
            except ValidationError as error:
                refused.append(error)
        if refused:
            raise ValidationError(refused)
        return taken


# --- what there is to choose ---------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """The words of a choice, with a remark in smaller letters."""

    text: str
    remark: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.remark})" if self.remark else self.text


def days_of(*spans: tuple[dt.date | None, dt.date | None]) -> dict[str, str]:
    """Give the attribute that tells script on which days something was there.

    Each span is "from/until", the second day no longer in it, an open end empty.
    """
    written = ("/".join(day.isoformat() if day else "" for day in span) for span in spans)
    return {"data-days": " ".join(written)}


@dataclass
class Place:
    """A commune an officer has or had, and when."""

    commune: Commune
    spans: list[tuple[dt.date, dt.date | None]] = field(default_factory=list)

    def is_theirs_on(self, day: dt.date) -> bool:
        return any(since <= day and (until is None or day < until) for since, until in self.spans)

    def label(self, day: dt.date) -> Choice:
        """Give the commune's name, and until when it was the officer's if no longer on ``day``."""
        until = None if self.is_theirs_on(day) else self.spans[-1][1]
        return Choice(self.commune.full_name, until_end(until))


def places_of(officer: Officer, day: dt.date, today: dt.date) -> list[Place]:
    """Give the communes an officer has had by ``today``; first those of theirs on ``day``."""
    rows = (
        Assignment.objects.filter(officer=officer)
        .started_by(today)
        .select_related("commune")
        .defer("commune__boundary")
        .order_by("commune__sort_key", "commune", "started_on")
    )
    places: dict[int, Place] = {}
    for row in rows:
        place = places.setdefault(row.commune_id, Place(row.commune))
        place.spans.append((row.started_on, row.ended_on))
    return sorted(places.values(), key=lambda place: not place.is_theirs_on(day))


def commune_field(places: Sequence[Place], day: dt.date) -> forms.ChoiceField:
    """Give the choice of a commune: segments, or a list when they are many."""
    widget = Radios() if len(places) <= MOST_SEGMENTS else Listed()
    widget.option_attributes = {str(place.commune.pk): days_of(*place.spans) for place in places}
    choices = [(str(place.commune.pk), place.label(day)) for place in places]
    if isinstance(widget, Listed):
        choices = [("", "Chọn nơi đến…"), *choices]
    return forms.ChoiceField(
        label="Đảng bộ",
        choices=choices,
        widget=widget,
        error_messages={
            "required": "Chọn nơi đã đến.",
            "invalid_choice": "Nơi đã chọn không nằm trong các lựa chọn.",
        },
    )


def until_end(ended_on: dt.date | None) -> str:
    """Give the last day of what has ended: "đến hết 30/04/2023"; "" for what goes on."""
    return f"đến hết {ended_on - ONE_DAY:%d/%m/%Y}" if ended_on else ""


def day_choices(today: dt.date) -> list[tuple[str, Choice]]:
    """Give the days at hand, as dates: a page left open overnight still means the same day."""
    yesterday = today - ONE_DAY
    return [
        (today.isoformat(), Choice("Hôm nay", f"{today:%d/%m}")),
        (yesterday.isoformat(), Choice("Hôm qua", f"{yesterday:%d/%m}")),
        (OTHER, Choice("Khác…", "ghi ngày")),
    ]


def cells_of(places: Iterable[Place], first: int | None) -> list[PartyCell]:
    """Give the cells of communes, those of the commune of key ``first`` before the others.

    With those that have ended: a visit may be of an earlier day.
    """
    cells = PartyCell.objects.filter(commune__in=[place.commune.pk for place in places])
    cells = cells.order_by("commune__sort_key", "commune", "sort_key", "started_on")
    return sorted(cells, key=lambda cell: cell.commune_id != first)


def is_there_on(cell: PartyCell, day: dt.date) -> bool:
    """Say whether a cell existed on ``day``; one of unknown beginning has always been there."""
    has_begun = cell.started_on is None or cell.started_on <= day
    return has_begun and (cell.ended_on is None or day < cell.ended_on)


def cell_named(
    cells: Iterable[PartyCell], commune: Commune, day: dt.date, text: str
) -> PartyCell | None:
    """Give the commune's cell of ``day`` that somebody typed the name of instead of choosing it."""
    key = match_key(text)
    fitting = (cell for cell in cells if cell.commune_id == commune.pk and is_there_on(cell, day))
    return next((cell for cell in fitting if key in (match_key(cell), match_key(cell.place))), None)


def cell_field(cells: Sequence[PartyCell], places: Sequence[Place]) -> forms.ChoiceField:
    """Give the choice of a cell, grouped by commune where there are several."""
    names = {place.commune.pk: place.commune.dated_name for place in places}
    groups: dict[str, list[tuple[str, str]]] = {}
    for cell in cells:
        groups.setdefault(names[cell.commune_id], []).append(
            (str(cell.pk), Choice(str(cell), until_end(cell.ended_on)))
        )
    listed = list(groups.items()) if len(names) > 1 else groups.get(next(iter(names.values()), ""))
    widget = Listed()
    widget.option_attributes = {
        str(cell.pk): {"data-commune": str(cell.commune_id)}
        | days_of((cell.started_on, cell.ended_on))
        for cell in cells
    }
    return forms.ChoiceField(
        label="Chi bộ",
        choices=[("", "Chọn chi bộ…"), *(listed or []), (OTHER, "Nơi khác (ghi tên)…")],
        widget=widget,
        required=False,
        error_messages={"invalid_choice": "Chi bộ đã chọn không nằm trong các lựa chọn."},
    )


@dataclass(frozen=True)
class Chosen:
    """What, when and with which cell, as somebody chose it or a visit is written."""

    kind: str
    day: dt.date
    cell: str = ""

    def __str__(self) -> str:
        kind = dict(VisitKind.choices).get(self.kind, "")
        return ", ".join(filter(None, [kind, self.cell, f"ngày {self.day:%d/%m/%Y}"]))


@dataclass(frozen=True)
class Offer:
    """A visit that may have been the same one: what a choice of it shows."""

    visit: Visit
    chosen: Chosen | None = None

    @property
    def written(self) -> Chosen:
        """Give what will be written of who joins: what the visit says."""
        return Chosen(self.visit.kind, self.visit.visited_on, self.visit.cell_label)

    @property
    def differs(self) -> bool:
        """Say whether joining gives up something that was chosen."""
        return bool(self.chosen and self.chosen.kind) and self.chosen != self.written

    @property
    def people(self) -> str:
        """Give who is entered as having been there."""
        there = self.visit.attendances.all()
        return ", ".join(attendance.officer.full_name for attendance in there)

    @property
    def attributes(self) -> dict[str, str]:
        """Give what script needs to show an offer where it fits."""
        return {
            "data-commune": str(self.visit.commune_id),
            "data-day": self.visit.visited_on.isoformat(),
            "data-outcome": self.visit.outcome,
            "data-kind": self.visit.kind,
            "data-cell": self.visit.cell_label,
        }


def offer_choices(
    offers: Sequence[Visit], chosen: Chosen | None = None
) -> list[tuple[str, object]]:
    """Give the answers to whether it was one of ``offers``; none where there are none."""
    if not offers:
        return []
    return [*((str(visit.pk), Offer(visit, chosen)) for visit in offers), (OTHER, "Chuyến khác")]
