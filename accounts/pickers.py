"""The admin's pickers of related records, for whatever is sent in place of a record's key."""

from __future__ import annotations

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import Field


class SoundKeys:
    """Shows again, when a form is refused, only what is a key: Django's own pickers would fail."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if self.is_key(key)], attr)

    def is_key(self, key: object) -> bool:
        try:
            return -(2**63) <= self.key_field.to_python(key) < 2**63
        except (TypeError, ValidationError):
            return False

    @property
    def key_field(self) -> Field:
        return self.field.remote_field.model._meta.pk


class Picker(SoundKeys, AutocompleteSelect):
    """Picks one record."""


class ManyPicker(SoundKeys, AutocompleteSelectMultiple):
    """Picks several records."""


class PickerAdmin:
    """Gives the fields named in ``autocomplete_fields`` these pickers."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return super().formfield_for_foreignkey(
            db_field, request, **self.picker(db_field, request, Picker), **kwargs
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        return super().formfield_for_manytomany(
            db_field, request, **self.picker(db_field, request, ManyPicker), **kwargs
        )

    def picker(self, db_field: Field, request, kind: type[SoundKeys]) -> dict[str, object]:
        """Give the widget as an option where ``db_field`` is picked."""
        if db_field.name not in self.get_autocomplete_fields(request):
            return {}
        return {"widget": kind(db_field, self.admin_site)}
