"""Columns computed from other columns of the same row whenever it is saved."""

from __future__ import annotations

from collections.abc import Callable

from django.db import models

from communes import names


class NameField(models.CharField):
    """Text that people type or paste: stored composed, trimmed, with single blanks."""

    def to_python(self, value):
        value = super().to_python(value)
        return names.normalise(value) if value else value

    def pre_save(self, model_instance, add):
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class LinesField(models.TextField):
    """Text of several lines that people type or paste: stored composed, without empty lines."""

    def to_python(self, value):
        value = super().to_python(value)
        return names.normalise_lines(value) if value else value

    def pre_save(self, model_instance, add):
        value = self.to_python(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class SortKeyField(models.BinaryField):
    """Bytes to ``ORDER BY``: the same order in both databases, whatever their collation."""

    def __init__(self, *, source: str, key: Callable[[str], bytes], **kwargs):
        self.source, self.key = source, key
        kwargs.update(editable=False, default=b"")
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs | {"source": self.source, "key": self.key}

    def pre_save(self, model_instance, add):
        value = self.key(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value

    def from_db_value(self, value, expression, connection):
        """Give bytes on every database, so that keys can be compared in Python too."""
        return None if value is None else bytes(value)


class SearchKeyField(models.TextField):
    """The words of other columns without accents, for :func:`communes.names.search_words`."""

    def __init__(self, *, sources: tuple[str, ...], **kwargs):
        self.sources = tuple(sources)
        kwargs.update(editable=False, default="")
        super().__init__(**kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance, add):
        value = names.search_key(*(self.text(model_instance, name) for name in self.sources))
        setattr(model_instance, self.attname, value)
        return value

    @staticmethod
    def text(instance: models.Model, name: str) -> str:
        """Give a column as people read it (the label of a choice, not its code)."""
        display = getattr(instance, f"get_{name}_display", None)
        return str(display() if display else getattr(instance, name) or "")
