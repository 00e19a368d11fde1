"""Forms of the page of a commune's Party cells and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from accounts.models import User
from assignments.forms import choice_field, date_field
from assignments.text_fields import LineInput, LinesInput, show_refusal
from communes.cells import (
    TOO_FEW,
    CellName,
    add_cells,
    add_contact,
    end_cell,
    end_contact,
    merge_cells,
    read_cell,
    read_cells,
)
from communes.enums import CellKind
from communes.models import Commune, Contact, PartyCell

MOST_LINES = 100
NO_CELL = "Ghi ít nhất một chi bộ."
NAME_UNREAD = "Ghi cả loại và tên, ví dụ: Ấp 3, Khóm 2, Tổ dân phố 5."
FIRST_DAY_WITHOUT = "Ngày đầu tiên không còn chi bộ đó."


def keyed(records: Iterable[Model]) -> list[tuple[str, str]]:
    """Give the choices that name ``records``."""
    return [(str(record.pk), str(record)) for record in records]


class OfficeForm(forms.Form):
    """One thing the office does on the page; its prefix tells its fields from the others'.

    ``title`` heads it and ``submit`` is its button. ``cells`` and ``contacts`` are those that may
    be ended.
    """

    title = submit = ""

    def __init__(
        self,
        *args,
        commune: Commune,
        cells: Sequence[PartyCell],
        contacts: Sequence[Contact],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.commune, self.cells, self.contacts = commune, cells, contacts
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.offer()

    def offer(self) -> None:
        """Fill in the choices."""

    @property
    def is_open(self) -> bool:
        """Say whether somebody is at it: it was sent, or begun for them."""
        return self.is_bound or bool(self.initial.get("lines") and "lines" in self.fields)

    def write(self, by: User) -> str | None:
        """Write what the form says; give the sentence that tells it.

        ``None`` when it was refused, with the reason on the form.
        """
        try:
            return self.done(self.cleaned_data, by)
        except ValidationError as error:
            show_refusal(self, error)
            return None

    def done(self, data: dict[str, Any], by: User) -> str:
        raise NotImplementedError


class AddCellsForm(OfficeForm):
    """Cells, one a line."""

    title, submit = "Thêm chi bộ", "Thêm vào danh sách"

    lines = LinesInput(
        label="Chi bộ, mỗi dòng một chi bộ",
        max_length=10_000,
        rows=4,
        missing=NO_CELL,
        help_text="Ví dụ: Ấp 1; Khóm 3; Tổ dân phố 5; Cơ quan Công an xã.",
    )
    kind = choice_field(
        "Loại, nếu dòng chỉ ghi tên",
        [("", "Dòng nào cũng ghi loại"), *CellKind.choices],
        required=False,
    )
    since = date_field("Thành lập từ ngày", required=False, help_text="Bỏ trống nếu có từ trước.")

    def clean(self) -> None:
        """Read the lines into ``read``: a sentence for each that cannot be."""
        data = super().clean()
        if self.errors:
            return
        try:
            kind = CellKind(data["kind"]) if data["kind"] else None
            data["read"] = read_cells(data["lines"], kind)
        except ValidationError as error:
            self.add_error("lines", error)
        else:
            self.check_number(data["read"])

    def check_number(self, read: list[CellName]) -> None:
        if not read:
            self.add_error("lines", NO_CELL)
        if len(read) > MOST_LINES:
            self.add_error("lines", f"Ghi tối đa {MOST_LINES} chi bộ mỗi lần.")

    def done(self, data, by):
        made = add_cells(commune=self.commune, cells=data["read"], since=data["since"], by=by)
        return f"Đã thêm {len(made)} chi bộ."


class EndCellForm(OfficeForm):
    """A cell that is no more."""

    title, submit = "Kết thúc hoạt động chi bộ", "Ghi kết thúc"

    cell = choice_field("Chi bộ", [])
    on = date_field("Không còn từ ngày", help_text=FIRST_DAY_WITHOUT)
    reason = LineInput(
        label="Lý do",
        max_length=300,
        missing="Cần ghi lý do.",
        help_text="Ví dụ: nhập vào ấp 3 theo Nghị quyết số 12/NQ-HĐND.",
    )

    def offer(self):
        self.fields["cell"].choices = [("", "Chọn chi bộ…"), *keyed(self.cells)]

    def done(self, data, by):
        chosen = next(cell for cell in self.cells if str(cell.pk) == data["cell"])
        ended = end_cell(cell=chosen, on=data["on"], reason=data["reason"], by=by)
        return f"Đã ghi {ended} không còn từ ngày {ended.ended_on:%d/%m/%Y}."


class MergeCellsForm(OfficeForm):
    """Cells that become one."""

    title, submit = "Hợp nhất chi bộ", "Ghi hợp nhất"

    chosen = forms.MultipleChoiceField(
        label="Các chi bộ được nhập",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": TOO_FEW},
    )
    into = LineInput(
        label="Thành chi bộ",
        max_length=100,
        missing=NAME_UNREAD,
        help_text="Có thể mang tên một chi bộ cũ. Ví dụ: Ấp 3.",
    )
    on = date_field("Từ ngày", help_text="Ngày đầu tiên của chi bộ mới.")
    document = LineInput(
        label="Theo văn bản",
        max_length=150,
        required=False,
        help_text="Ví dụ: Nghị quyết số 12/NQ-HĐND.",
    )

    def offer(self):
        self.fields["chosen"].choices = keyed(self.cells)

    def clean_into(self) -> CellName:
        read = read_cell(self.cleaned_data["into"])
        if read is None:
            raise ValidationError(NAME_UNREAD)
        return read

    def done(self, data, by):
        merged = [cell for cell in self.cells if str(cell.pk) in data["chosen"]]
        made = merge_cells(
            cells=merged, into=data["into"], on=data["on"], document=data["document"], by=by
        )
        return f"Đã nhập {len(merged)} chi bộ thành {made}."


class AddContactForm(OfficeForm, forms.ModelForm):
    """Somebody to call."""

    title, submit = "Thêm đầu mối liên hệ", "Thêm đầu mối"

    started_on = date_field("Từ ngày", required=False)

    class Meta:
        model = Contact
        fields = ("full_name", "office", "phone", "rank", "started_on")
        error_messages = {"full_name": {"required": "Cần ghi họ và tên."}}

    def done(self, data, by):
        self.instance.commune = self.commune
        made = add_contact(contact=self.instance, by=by)
        return f"Đã thêm đầu mối {made}."


class EndContactForm(OfficeForm):
    """Somebody who can no longer be called there."""

    title, submit = "Thôi đầu mối liên hệ", "Ghi thôi đầu mối"

    contact = choice_field("Đầu mối", [])
    on = date_field("Thôi từ ngày", help_text="Ngày đầu tiên không còn liên hệ được.")

    def offer(self):
        self.fields["contact"].choices = [("", "Chọn đầu mối…"), *keyed(self.contacts)]

    def done(self, data, by):
        chosen = next(one for one in self.contacts if str(one.pk) == data["contact"])
        ended = end_contact(contact=chosen, on=data["on"], by=by)
        return f"Đã ghi thôi đầu mối {ended}."


# By the prefix each has on the page.
CELL_FORMS: dict[str, type[OfficeForm]] = {
    "them": AddCellsForm,
    "thoi": EndCellForm,
    "nhap": MergeCellsForm,
}
CONTACT_FORMS: dict[str, type[OfficeForm]] = {
    "them-dau-moi": AddContactForm,
    "thoi-dau-moi": EndContactForm,
}
