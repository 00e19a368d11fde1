"""A form that comes back with what was typed: where to look again, what is sent next."""

from __future__ import annotations

from django import forms


class SentBack(forms.Form):
    """What a form knows of itself when it comes back."""

    @property
    def mistakes(self) -> list[tuple[str, forms.BoundField]]:
        """Give the fields to look at again, each with the id of its first control."""
        wrong = [field for field in self if field.errors and not field.is_hidden]
        return [(field.id_for_label or f"{field.auto_id}_0", field) for field in wrong]

    @property
    def has_lost_files(self) -> bool:
        """Say whether files were sent with what was refused: a browser does not keep them."""
        return self.is_bound and bool(self.files)

    def resend(self, **values: str) -> None:
        """Let what is sent next say ``values`` of what nobody types."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[name] = value
