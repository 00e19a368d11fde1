"""What constraints cannot say: computed columns agree with what they are computed from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from accounts.data_checks import DataCheck, Finding, in_chunks
from communes.fields import LinesField, NameField, SearchKeyField, SortKeyField
from communes.models import Commune, Descent
from communes.reorganisation.descents import descents, steps

TEXTS = (NameField, LinesField)
KEYS = (SortKeyField, SearchKeyField)


def computed_columns(now: dt.datetime) -> Iterator[Finding]:
    """Texts are composed, keys to sort and search by are those of the texts."""
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, TEXTS + KEYS)]
        if fields:
            yield from computed_columns_of(model, fields)


def computed_columns_of(model: type[models.Model], fields: list[models.Field]) -> Iterator[Finding]:
    """Compute the columns of every row anew."""
    rows = model._base_manager.order_by("pk")
    if model is Commune:
        rows = rows.defer("boundary")
    for row in in_chunks(rows):
        stored = {field: getattr(row, field.attname) for field in fields}
        wrong = [
            str(field.verbose_name)
            for field in fields
            if not same(field.pre_save(row, add=False), stored[field])
        ]
        if wrong:
            yield Finding(
                f"{model._meta.verbose_name} mã {row.pk}",
                f"cột tính sẵn không khớp nội dung: {', '.join(wrong)}.",
                "Mở bản ghi trong trang quản trị và bấm Lưu",
            )


def same(computed: object, stored: object) -> bool:
    """Compare as the database keeps it: PostgreSQL gives bytes as a view of memory."""
    return computed == (bytes(stored) if isinstance(stored, memoryview) else stored)


def descents_as_rebuilt(now: dt.datetime) -> Iterator[Finding]:
    """Who stands for whom is what the reorganisations say."""
    columns = ("old_id", "new_id", "started_on", "ended_on", "is_main")
    stored = Counter(Descent.objects.values_list(*columns))
    due = Counter(tuple(getattr(row, name) for name in columns) for row in descents(steps()))
    for row in (stored - due) + (due - stored):
        what = "thừa" if row in stored - due else "thiếu"
        yield Finding(
            f"Quan hệ kế thừa đơn vị mã {row[0]} → {row[1]} từ {row[2]:%d/%m/%Y}",
            f"{what} so với các lần sắp xếp đã áp dụng.",
            "Báo người bảo trì: dựng lại quan hệ kế thừa (communes.reorganisation.descents)",
        )


CHECKS = (
    DataCheck("computed", "Cột sắp xếp, tìm kiếm khớp nội dung", computed_columns),
    DataCheck("descents", "Kế thừa đơn vị khớp các lần sắp xếp", descents_as_rebuilt),
)
