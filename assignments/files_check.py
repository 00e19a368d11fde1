"""Stored files and the rows that name them: each has the other; the bytes are those received."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

from accounts.data_checks import DataCheck, Finding, in_chunks

BLOCK = 2**20
NAMES_AT_ONCE = 500
# Younger files may be of an upload that is not finished.
OLD_ENOUGH = dt.timedelta(days=1)
FROM_BACKUP = "Lấy tệp từ bản sao lưu gần nhất (manage.py verify_backup, restore)"


def file_columns() -> Iterator[tuple[type[models.Model], str]]:
    """Give the model and name of every column that names a stored file."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field.name


def rows_have_their_files(now: dt.datetime) -> Iterator[Finding]:
    """Every file a row names is there, of the size and the bytes that were received."""
    for model, column in file_columns():
        rows = model._base_manager.exclude(**{column: ""}).order_by("pk")
        for row in in_chunks(rows):
            if wrong := what_is_wrong(row, getattr(row, column).name):
                yield Finding(f"{model._meta.verbose_name} mã {row.pk}: {row}", wrong, FROM_BACKUP)


def what_is_wrong(row: models.Model, name: str) -> str:
    """Say what is wrong with a row's file; "" when nothing is."""
    if not default_storage.exists(name):
        return f"không có tệp {name}."
    if hasattr(row, "checksum") and checksum(name) != row.checksum:
        return f"tệp {name} khác với lúc nhận (mã kiểm tra không khớp)."
    return ""


def checksum(name: str) -> str:
    """Give the SHA-256 of a stored file."""
    digest = hashlib.sha256()
    with default_storage.open(name) as file:
        for block in file.chunks(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def stored_names(folder: str = "") -> Iterator[str]:
    """Give the name of every stored file; folders whose name begins with a dot are a restore's."""
    folders, files = default_storage.listdir(folder)
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        if folder or not name.startswith("."):
            yield from stored_names(f"{folder}{name}/")


def in_batches(names: Iterable[str]) -> Iterator[list[str]]:
    """Give names so many at once."""
    some: list[str] = []
    for name in names:
        some.append(name)
        if len(some) == NAMES_AT_ONCE:
            yield some
            some = []
    yield some


def orphans(now: dt.datetime) -> Iterator[str]:
    """Give the stored files no row names, but for those just received."""
    for some in in_batches(stored_names()):
        known: set[str] = set()
        for model, column in file_columns():
            rows = model._base_manager.filter(**{f"{column}__in": some})
            known.update(rows.values_list(column, flat=True))
        for name in some:
            if name not in known and now - default_storage.get_modified_time(name) > OLD_ENOUGH:
                yield name


def files_have_their_rows(now: dt.datetime) -> Iterator[Finding]:
    """Every stored file older than a day is some row's."""
    for name in orphans(now):
        yield Finding(
            f"Tệp {name}", "không thuộc bản ghi nào.", "manage.py check_data --clear-orphans"
        )


def clear_orphans(now: dt.datetime) -> int:
    """Delete what :func:`orphans` gives; give how many."""
    cleared = 0
    for name in list(orphans(now)):
        default_storage.delete(name)
        cleared += 1
    return cleared


CHECKS = (
    DataCheck("files", "Tệp đính kèm còn đủ, đúng như khi nhận", rows_have_their_files),
    DataCheck("orphans", "Tệp không thuộc bản ghi nào", files_have_their_rows),
)
