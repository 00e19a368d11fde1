"""Making a backup: the database of one moment, its files, read back before it counts."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import connection
from pyrage.x25519 import Identity, Recipient

from config.backup import keeping, media, postgresql, sqlite
from config.backup.archive import MEDIA, Reader, Told, Writer
from config.backup.encryption import decrypted, encrypted, recipients
from config.backup.manifest import Manifest, application_version
from config.backup.refusals import BackupRefused
from config.backup.tables import Reading, chain_head, fingerprints, migrations, stored_files

VENDORS = {"sqlite": sqlite, "postgresql": postgresql}
SHOWN = 20


@dataclass
class Made:
    """A backup that was written and read back."""

    path: Path
    manifest: Manifest
    size: int
    removed: list[str]


def vendor():
    """Give the module for the kind of database in use."""
    return VENDORS[connection.vendor]


def back_up(*, to: Path | None, key: str, keep_days: int, now: dt.datetime, told: Told) -> Made:
    """Write a backup, read it back, then remove those kept long enough.

    Raises :class:`BackupRefused`; nothing is left of one that failed, and no other is removed.
    """
    keys = recipients(key)
    folder = keeping.folder_for(to)
    keeping.remove_unfinished(folder, now=now)
    path = folder / keeping.file_name(now, is_encrypted=bool(keys))
    with tempfile.TemporaryDirectory(dir=folder, prefix=keeping.UNFINISHED) as scratch:
        unfinished = Path(scratch) / path.name
        # One more key, known to this process alone, by which it reads back what it wrote.
        own = Identity.generate() if keys else None
        write(unfinished, [*keys, own.to_public()] if own else [], now=now, told=told)
        manifest = read_back(unfinished, [own] if own else [])
        publish(unfinished, path)
    keeping.note_last(folder, path.name, now=now)
    removed = keeping.remove_old(folder, days=keep_days, now=now)
    return Made(path, manifest, path.stat().st_size, removed)


def publish(unfinished: Path, path: Path) -> None:
    """Give a finished backup its name; one of the same second is never written over."""
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise BackupRefused(f"Đã có tệp {path}: chờ một giây rồi sao lưu lại.") from error
    media.flush_folder(path.parent)


def write(path: Path, keys: list[Recipient], *, now: dt.datetime, told: Told) -> None:
    """Write a backup to ``path``, down to the disk."""
    with (
        vendor().copied(path.parent) as (database, reading),
        os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        refuse_too_little_space(path.parent, database)
        with encrypted(out, keys) as stream:
            writer = Writer(stream, path.parent, told)
            writer.add(database.name, database)
            manifest = described(reading, now)
            add_files(writer)
            note_missing(manifest, reading)
            writer.finish(manifest)
        out.flush()
        os.fsync(out.fileno())


def refuse_too_little_space(folder: Path, database: Path) -> None:
    """Raise when the disk cannot hold the backup."""
    root = media.root()
    needed = database.stat().st_size + sum(
        (root / name).stat().st_size for name in media.walk(root)
    )
    free = shutil.disk_usage(folder).free
    if free < needed * 1.05:
        raise BackupRefused(
            f"Ổ đĩa của {folder} còn {free // 2**20} MB, bản sao lưu cần khoảng "
            f"{needed // 2**20 + 1} MB: dọn bớt hoặc sao lưu sang ổ khác (--to)."
        )


def described(reading: Reading, now: dt.datetime) -> Manifest:
    """Give what is to be said of the copied database."""
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        application=application_version(),
        vendor=connection.vendor,
        migrations=migrations(reading),
        tables=fingerprints(reading),
        chain=chain_head(reading),
    )


def add_files(writer: Writer) -> None:
    """Add every attachment there is after the database was copied: every row has its file.

    One that goes meanwhile was never any row's: uploads refused are cleared away at once.
    """
    root = media.root()
    for name in media.walk(root):
        try:
            writer.add(f"{MEDIA}{name}", root / name)
        except FileNotFoundError:
            continue


def note_missing(manifest: Manifest, reading: Reading) -> None:
    """Say in the manifest which files rows name that are not there."""
    root = media.root()
    missing = (name for name in stored_files(reading) if not (root / name).is_file())
    manifest.missing = list(islice(missing, SHOWN))
    manifest.missing_count = len(manifest.missing) + sum(1 for _ in missing)


def read_back(path: Path, keys: list[Identity], into: Path | None = None, told: Told = None):
    """Give a backup's manifest once every checksum of it holds; raises :class:`BackupRefused`."""
    with decrypted(path, keys) as stream:
        return Reader(stream, into, told or (lambda files, size: None)).read()
