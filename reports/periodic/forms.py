"""Forms of reports: which one to begin, what is written in it, why it goes back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from assignments.forms import choice_field
from assignments.models import Officer
from assignments.models.entries import Withdrawable
from assignments.text_fields import LineInput, LinesInput, show_refusal
from communes.models import Commune
from reports.models import Period, PeriodicReport
from reports.periodic.beginning import begin_report, begin_urgent
from reports.periodic.sections import Section, sections_of
from reports.periodic.writing import OUTDATED, Outdated, save_report

LONGEST = 20_000  # characters of one section: some ten pages
LONGEST_REASON = 1_000
ALL_COMMUNES = "Chung cho mọi Đảng bộ được giao"


class PlainForm(forms.Form):
    """A form whose page draws the tag and the buttons."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


def named(rows: Sequence[Period]) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in rows]


def told_apart(communes: Sequence[Commune]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.dated_name) for one in communes]


def picked(rows: Sequence, key: str):
    """Give the row of that key; ``None`` for the empty choice."""
    return next((row for row in rows if str(row.pk) == key), None)


# --- beginning ------------------------------------------------------------------------------------


class BeginForm(PlainForm):
    """Of which period, and of which commune where the regulation asks one of each."""

    ky = choice_field("Kỳ báo cáo", [])
    dang_bo = choice_field("Đảng bộ", [], required=False)

    def __init__(
        self, *args, officer: Officer, periods: list[Period], communes: list[Commune], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.officer, self.periods, self.communes = officer, periods, communes
        self.fields["ky"].choices = named(periods)
        if communes:
            self.fields["dang_bo"].choices = [("", ALL_COMMUNES), *told_apart(communes)]
        else:
            del self.fields["dang_bo"]

    def save(self, by: User, now: dt.datetime) -> PeriodicReport | None:
        """Begin the report; ``None`` when refused, with the reason on the form."""
        try:
            return begin_report(
                officer=self.officer,
                period=picked(self.periods, self.cleaned_data["ky"]),
                commune=picked(self.communes, self.cleaned_data.get("dang_bo", "")),
                by=by,
                now=now,
            )
        except ValidationError as refused:
            show_refusal(self, refused)
            return None


class UrgentForm(PlainForm):
    """Something urgent: what about, where, what happened."""

    entry_key = forms.CharField(widget=forms.HiddenInput, required=False)
    subject = LineInput(
        label="Việc báo cáo",
        missing="Ghi ngắn gọn việc báo cáo.",
        max_length=200,
        help_text="Ví dụ: Sạt lở bờ sông tại ấp 3",
    )
    commune = choice_field("Đảng bộ", [], required=False)
    happened = LinesInput(
        label="Nội dung, diễn biến",
        missing="Ghi nội dung, diễn biến.",
        max_length=LONGEST,
        rows=8,
        help_text="Việc gì, ở đâu, từ lúc nào, đã xử lý ra sao.",
    )

    def __init__(self, *args, officer: Officer, communes: list[Commune], **kwargs):
        super().__init__(*args, **kwargs)
        self.officer, self.communes = officer, communes
        self.fields["commune"].choices = [("", "Không riêng Đảng bộ nào"), *told_apart(communes)]
        self.fields["entry_key"].initial = uuid.uuid4

    def save(self, by: User, now: dt.datetime) -> PeriodicReport | None:
        """Begin the report with what is written; ``None`` when refused."""
        try:
            return begin_urgent(
                officer=self.officer,
                subject=self.cleaned_data["subject"],
                commune=picked(self.communes, self.cleaned_data["commune"]),
                by=by,
                now=now,
                happened=self.cleaned_data["happened"],
            )
        except ValidationError as refused:
            show_refusal(self, refused)
            return None


# --- writing --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A section as the page shows it.

    ``base`` is the text it was begun from, sent back with it; ``theirs`` what somebody else wrote
    meanwhile, to be read beside one's own.
    """

    section: Section
    field: forms.BoundField
    base: str
    theirs: str | None = None


class WritingForm(PlainForm):
    """The sections of a report.

    Each is sent with the text it was begun from: two who write different sections do not disturb
    each other, and of one both have changed both texts are shown (``parts``).
    """

    def __init__(self, *args, report: PeriodicReport, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = report
        self.clashing: list[str] = []
        for section in sections_of(report):
            self.fields[section.name] = LinesInput(
                label=section.label,
                required=False,
                max_length=LONGEST,
                initial=getattr(report, section.name),
                help_text=section.hint,
                show_hidden_initial=True,
                rows=4,
            )

    def base(self, name: str) -> str:
        """Give the text a section was begun from: that sent, or the stored one."""
        if not self.is_bound:
            return getattr(self.report, name)
        sent = self.data.get(self.add_initial_prefix(name), "")
        return self.fields[name].to_python(sent)

    @property
    def parts(self) -> Iterator[Part]:
        """Give the sections, each with what has to be shown beside it."""
        for section in sections_of(self.report):
            name, stored = section.name, getattr(self.report, section.name)
            is_clashing = name in self.clashing
            base = stored if is_clashing else self.base(name)
            yield Part(section, self[name], base, stored if is_clashing else None)

    def save(self, by: User, now: dt.datetime) -> PeriodicReport | None:
        """Write the sections that were changed; ``None`` when refused.

        What somebody else changed too is written by nobody: both texts are shown.
        """
        mine = {name: self.cleaned_data[name] for name in self.changed_data}
        self.clashing = [name for name in mine if self.is_clashing(name, mine[name])]
        if self.clashing:
            self.take_over(unchanged=set(self.fields) - set(mine))
            self.add_error(None, OUTDATED)
            return None
        edition = self.report.edition
        try:
            return save_report(report=self.report, sections=mine, edition=edition, by=by, now=now)
        except Outdated as outdated:  # between reading and writing: looked at once more
            self.report = outdated.stored
            return self.save(by, now)
        except ValidationError as refused:
            show_refusal(self, refused)
            return None

    def is_clashing(self, name: str, text: str) -> bool:
        """Say whether a section changed here was changed otherwise by somebody else."""
        return getattr(self.report, name) not in (self.base(name), text)

    def take_over(self, *, unchanged: set[str]) -> None:
        """Show what others wrote in the sections that were not changed here."""
        self.data = self.data.copy()
        for name in unchanged:
            stored = getattr(self.report, name)
            self.data[self.add_prefix(name)] = self.data[self.add_initial_prefix(name)] = stored


# --- why ------------------------------------------------------------------------------------------


class ReasonForm(PlainForm):
    """Why a report goes back to its writer."""

    reason = LinesInput(
        label="Lý do, nội dung cần bổ sung",
        missing="Ghi rõ lý do, cần bổ sung gì.",
        max_length=LONGEST_REASON,
        rows=4,
    )


class DropForm(PlainForm):
    """Why a draft is let go."""

    reason = LineInput(
        label="Lý do",
        missing="Ghi lý do.",
        max_length=Withdrawable._meta.get_field("withdrawal_reason").max_length,
        help_text="Ví dụ: soạn nhầm kỳ",
    )
