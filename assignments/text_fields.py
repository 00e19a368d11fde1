"""Form fields of text, composed as it is stored; and a service's refusal shown on a form."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from communes import names


class LineInput(forms.CharField):
    """One line; invisible characters alone are none, which ``missing`` says."""

    def __init__(self, *, missing: str = "", **options):
        super().__init__(error_messages={"required": missing}, **options)

    def to_python(self, value: object) -> str:
        return names.normalise(super().to_python(value))


class LinesInput(forms.CharField):
    """Several lines likewise."""

    def __init__(self, *, missing: str = "", rows: int = 3, **options):
        area = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=area, error_messages={"required": missing}, **options)

    def to_python(self, value: object) -> str:
        return names.normalise_lines(super().to_python(value))


def show_refusal(form: forms.Form, error: ValidationError) -> None:
    """Show why a service refused: at the field it names, else above the form."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in by_field.items():
        form.add_error(name if name in form.fields else None, sentences)
