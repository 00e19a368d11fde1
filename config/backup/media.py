"""The folder of attachments: walked, brought back, what is too much put aside.

Files have names nobody gives twice and never change, so the files of two states of the database
lie beside each other without harm: a restore adds what is missing before the database is changed,
and moves away what the restored database does not know only afterwards.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models

from config.backup.refusals import BackupRefused

BLOCK = 2**20
# Folders of our own beside those of attachments; never part of a backup.
OURS = "."


def root() -> Path:
    """Give the folder of attachments; refuses a storage that is no folder."""
    if not isinstance(default_storage, FileSystemStorage):
        raise BackupRefused("Tệp đính kèm không nằm trong thư mục MEDIA_ROOT: không sao lưu được.")
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def walk(folder: Path, inside: str = "") -> Iterator[str]:
    """Give the names of all files in ``folder``, in the order of their parts; links are refused."""
    with os.scandir(folder / inside) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{inside}{entry.name}"
        if entry.is_symlink():
            raise BackupRefused(f"Thư mục tệp đính kèm có liên kết {name}: hãy thay bằng tệp thật.")
        if entry.is_file():
            yield name
        elif inside or not entry.name.startswith(OURS):
            yield from walk(folder, f"{name}/")


def file_columns() -> Iterator[tuple[str, str]]:
    """Give table and column of every stored file there may be."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model._meta.db_table, field.column


def checksum(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(name: str, source: Path, target: Path) -> None:
    """Move one file between two folders of one disk."""
    (target / name).parent.mkdir(parents=True, exist_ok=True)
    os.replace(source / name, target / name)
    flush_folder((target / name).parent)


def bring_back(stage: Path, folder: Path, aside: Path) -> int:
    """Add the files of ``stage`` that ``folder`` lacks; give how many.

    One that is there with other bytes is damaged: it goes aside and the backup's takes its place.
    """
    brought = 0
    for name in walk(stage):
        if (folder / name).is_file():
            if checksum(folder / name) == checksum(stage / name):
                continue
            move(name, folder, aside)
        move(name, stage, folder)
        brought += 1
    return brought


def put_aside(folder: Path, known: set[str], aside: Path) -> int:
    """Move away the files that are not ``known``; give how many."""
    surplus = [name for name in walk(folder) if name not in known]
    for name in surplus:
        move(name, folder, aside)
    return len(surplus)
