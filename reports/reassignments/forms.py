"""The form that asks for a plan of reassignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from assignments.enums import EndReason, OfficerGroup
from assignments.forms import date_field
from assignments.models import ReassignmentPlan
from assignments.planning.parameters import Exclusion, GroupRule, KindRule, Parameters
from assignments.planning.services import create_plan
from assignments.text_fields import LineInput, show_refusal
from communes.enums import CommuneKind
from communes.models import Commune
from reports.reassignments.ground import Ground, Person
from reports.reassignments.limit_rows import (
    EXCLUDED,
    FIXED,
    HOME,
    MOST_COMMUNES,
    OwnLimitForm,
    PairForm,
    pair_of,
    rows_of,
)

REASON = "ly_do_{}"  # the field of the reason of one who leaves, by the officer's key
MORE = "them_dong"
MORE_ROWS = 3
UNKNOWN = "Có mục đã chọn không còn trong danh sách của ngày thực hiện. Xem lại rồi ghi."
NEWLY_OPEN = (
    "Từ ngày thực hiện này có thêm Đảng bộ chưa có người phụ trách, đã thêm vào danh sách. "
    "Xem lại phần “Đảng bộ cần người” rồi lập phương án."
)
TICKS = ("leavers", "needed", "shown", "unneeded", "unmovable")


class Ticks(forms.MultipleChoiceField):
    """Keys of records that were ticked; the page draws the boxes."""

    def __init__(self, label: str):
        super().__init__(
            label=label,
            required=False,
            error_messages={"invalid_choice": UNKNOWN, "invalid_list": UNKNOWN},
        )

    def clean(self, value: object) -> list[int]:
        return [int(key) for key in super().clean(value)]


def most_field(label: str, **options) -> forms.IntegerField:
    """Give a field of how many communes."""
    return forms.IntegerField(
        label=label,
        max_value=MOST_COMMUNES,
        error_messages={
            "required": "Ghi số Đảng bộ.",
            "invalid": "Ghi một số nguyên.",
            "min_value": "Ghi số lớn hơn.",
            "max_value": f"Ghi số không quá {MOST_COMMUNES}.",
        },
        **options,
    )


@dataclass(frozen=True)
class PersonRow:
    """An officer to be ticked as leaving, with the reason chosen so far."""

    person: Person
    is_ticked: bool
    reason: str
    reason_name: str


class PlanForm(forms.Form):
    """Who leaves, which communes need somebody, the limits for all."""

    name = LineInput(label="Tên phương án", max_length=200, missing="Ghi tên phương án.")
    starts_on = date_field("Thực hiện từ ngày")
    capacity = most_field("Mỗi cán bộ nhiều nhất (Đảng bộ)", min_value=1)
    leavers = Ticks("Cán bộ thôi phụ trách")
    needed = Ticks("Đảng bộ cần người")
    shown = Ticks("Đảng bộ đã hiện")
    unneeded = Ticks("Đảng bộ không cần người mới")
    unmovable = Ticks("Cán bộ giữ nguyên")

    def __init__(self, *args, ground: Ground, **kwargs):
        super().__init__(*args, **kwargs)
        self.ground = ground
        people = [(str(one.officer.pk), str(one.officer)) for one in ground.people]
        communes = [(str(one.pk), one.full_name) for one in ground.communes]
        for name in ("leavers", "unmovable"):
            self.fields[name].choices = people
        for name in ("needed", "shown", "unneeded"):
            self.fields[name].choices = communes
        self.add_group_fields()
        self.helper = FormHelper()
        self.helper.form_tag = False

    def add_group_fields(self) -> None:
        """Add what is asked of each officer of a group, and of each kind of commune."""
        for group in OfficerGroup:
            self.fields[f"least_{group}"] = most_field("Ít nhất", min_value=0, required=False)
            self.fields[f"most_{group}"] = most_field("Nhiều nhất", min_value=0, required=False)
        for kind in CommuneKind:
            self.fields[f"kind_{kind}"] = forms.MultipleChoiceField(
                label=kind.label, choices=OfficerGroup.choices, required=False
            )

    # --- what the page shows ---------------------------------------------------------------------

    def ticked(self, name: str) -> set[str]:
        return set(self[name].value() or ())

    def people_rows(self) -> list[PersonRow]:
        """Give the officers in post with their ticks; ticked and known to leave come first."""
        ticked = self.ticked("leavers")
        rows = [
            PersonRow(
                person,
                str(person.officer.pk) in ticked,
                self.reason_typed(person),
                REASON.format(person.officer.pk),
            )
            for person in self.ground.people
        ]
        return sorted(rows, key=lambda row: not (row.is_ticked or row.person.leaves_on))

    def reason_typed(self, person: Person) -> str:
        name = REASON.format(person.officer.pk)
        typed = self.data.get(name) if self.is_bound else self.initial.get(name)
        return person.reason if typed is None else typed

    def stays(self) -> list[tuple[Person, bool]]:
        """Give the officers who follow communes, and whether they are ticked not to be moved."""
        ticked = self.ticked("unmovable")
        return [(one, str(one.officer.pk) in ticked) for one in self.ground.people if one.held]

    def open_rows(self) -> list[tuple[Commune, bool]]:
        """Give the communes without anybody, and whether they are ticked to get somebody."""
        ticked = self.ticked("needed")
        shown = self.ticked("shown") if self.is_bound or "shown" in self.initial else None
        return [
            (one, str(one.pk) in ticked or (shown is not None and str(one.pk) not in shown))
            for one in self.ground.open_communes
        ]

    def held_rows(self) -> list[tuple[Commune, bool]]:
        """Give the communes with somebody, and whether they are ticked to need nobody new."""
        ticked = self.ticked("unneeded")
        is_open = {one.pk for one in self.ground.open_communes}
        return [
            (one, str(one.pk) in ticked) for one in self.ground.communes if one.pk not in is_open
        ]

    def group_rows(self) -> list[tuple[OfficerGroup, list[forms.BoundField]]]:
        return [(one, [self[f"least_{one}"], self[f"most_{one}"]]) for one in OfficerGroup]

    def has_rules(self) -> bool:
        """Say whether a rule of a group or of a kind was typed: what is folded is then open."""
        names = [name for name in self.fields if name.startswith(("least_", "most_", "kind_"))]
        return any(self[name].value() for name in names)

    def unneeded_ticked(self) -> bool:
        return bool(self.ticked("unneeded"))

    def unmovable_ticked(self) -> bool:
        return bool(self.ticked("unmovable"))

    def kind_rows(self) -> Iterator[tuple[CommuneKind, str, list[tuple[OfficerGroup, bool]]]]:
        """Give each kind of commune there is with its boxes of groups."""
        there = {one.kind for one in self.ground.communes}
        for kind in CommuneKind:
            if kind in there:
                ticked = set(self[f"kind_{kind}"].value() or ())
                groups = [(group, group.value in ticked) for group in OfficerGroup]
                yield kind, f"kind_{kind}", groups

    # --- what was sent ---------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.reasons = dict(self.reasons_of(values.get("leavers", ())))
        shown = set(values.get("shown", ()))
        if not self.errors and {one.pk for one in self.ground.open_communes} - shown:
            raise ValidationError(NEWLY_OPEN)
        for group in OfficerGroup:
            least, most = values.get(f"least_{group}"), values.get(f"most_{group}")
            if least and most is not None and most < least:
                self.add_error(f"most_{group}", "Số nhiều nhất phải từ số ít nhất.")
        return values

    def reasons_of(self, leavers: Iterable[int]) -> Iterator[tuple[int, EndReason]]:
        """Give why each of those ticked leaves; an error for each of whom nothing is said."""
        names = {one.officer.pk: one.officer.full_name for one in self.ground.people}
        for key in leavers:
            try:
                yield key, EndReason(self.data.get(REASON.format(key), ""))
            except ValueError:
                self.add_error("leavers", f"Chọn lý do thôi của đồng chí {names[key]}.")

    def unneeded_communes(self) -> list[int]:
        """Give the communes that need nobody: open ones left unticked, held ones ticked so."""
        needed = set(self.cleaned_data["needed"])
        left = [one.pk for one in self.ground.open_communes if one.pk not in needed]
        return sorted({*left, *self.cleaned_data["unneeded"]})

    def group_rules(self) -> list[GroupRule]:
        values = self.cleaned_data
        rules = [
            GroupRule(
                group, at_least=values[f"least_{group}"] or 0, at_most=values[f"most_{group}"]
            )
            for group in OfficerGroup
        ]
        return [rule for rule in rules if rule.at_least or rule.at_most is not None]

    def kind_rules(self) -> list[KindRule]:
        groups = {kind: self.cleaned_data[f"kind_{kind}"] for kind in CommuneKind}
        return [KindRule(kind, groups=tuple(chosen)) for kind, chosen in groups.items() if chosen]


def typed(data: QueryDict) -> dict[str, object]:
    """Give what was typed into a :class:`PlanForm`, as its initial values."""
    several = {*TICKS, *(f"kind_{kind}" for kind in CommuneKind)}
    return {name: data.getlist(name) if name in several else data.get(name) for name in data}


class Asked:
    """The whole page: the form and its two sets of rows, sent or empty."""

    def __init__(self, ground: Ground, data: QueryDict | None, initial: dict[str, object]):
        more = data.get(MORE) if data else None
        pairs, own = rows_of(PairForm), rows_of(OwnLimitForm)
        self.form = PlanForm(
            None if more else data, ground=ground, initial=typed(data) if more else initial
        )
        self.pairs = pairs(data, ground=ground, prefix="cap")
        self.own = own(data, ground=ground, prefix="rieng")
        if more:
            self.pairs = self.pairs.with_more_rows(MORE_ROWS if more == "cap" else 0)
            self.own = self.own.with_more_rows(MORE_ROWS if more == "rieng" else 0)

    def is_valid(self) -> bool:
        """Read all three, so that everything wrong is shown at once."""
        return all([self.form.is_valid(), self.pairs.is_valid(), self.own.is_valid()])

    @property
    def has_errors(self) -> bool:
        parts: Sequence = (self.form, self.pairs, self.own)
        return any(part.is_bound and not part.is_valid() for part in parts)

    def parameters(self) -> Parameters:
        """Give what was asked as the solver takes it."""
        values, pairs = self.form.cleaned_data, self.pairs.values()

        def under(rule: str) -> list[tuple[int, int]]:
            chosen = (pair_of(row) for row in pairs if row["rule"] == rule)
            return [(officer.pk, commune.pk) for officer, commune in chosen]

        return Parameters(
            leavers=self.form.reasons,
            unneeded=self.form.unneeded_communes(),
            capacity=values["capacity"],
            capacities={row["officer"].pk: row["most"] for row in self.own.values()},
            unmovable=values["unmovable"],
            fixed=under(FIXED),
            excluded=[
                Exclusion(row["officer"].pk, row["commune"].pk, reason=row["reason"])
                for row in pairs
                if row["rule"] == EXCLUDED
            ],
            home=under(HOME),
            group_rules=self.form.group_rules(),
            kind_rules=self.form.kind_rules(),
        )

    def write(self, *, by: User, now: dt.datetime) -> ReassignmentPlan | None:
        """Begin the plan; ``None`` when refused, with the reason on the form."""
        values = self.form.cleaned_data
        try:
            return create_plan(
                name=values["name"],
                starts_on=values["starts_on"],
                parameters=self.parameters(),
                by=by,
                now=now,
            )
        except ValidationError as refused:
            show_refusal(self.form, refused)
            return None


def first_values(ground: Ground, leavers: Iterable[int], communes: Iterable[int]) -> dict:
    """Give what an empty form suggests: who leaves, and the open communes (or those named)."""
    named = set(communes)
    needed = [one.pk for one in ground.open_communes if not named or one.pk in named]
    return {
        "name": f"Phương án từ ngày {ground.day:%d/%m/%Y}",
        "starts_on": ground.day,
        "capacity": settings.MAX_COMMUNES_PER_OFFICER,
        "leavers": [str(key) for key in leavers],
        "needed": [str(key) for key in needed],
        "shown": [str(one.pk) for one in ground.open_communes],
    }
