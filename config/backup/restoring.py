"""Bringing a backup back, or only proving that it could be.

Everything is read, checked and made ready beside what is in use. What is in use changes in one
step at the end, by taking another name; whatever fails before leaves it as it was.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import Session
from config.backup import keeping, media, tables
from config.backup.archive import DATABASES, MEDIA, Told
from config.backup.encryption import identities
from config.backup.making import read_back, vendor
from config.backup.manifest import Manifest, refuse_unsuitable
from config.backup.refusals import BackupRefused
from config.backup.sealed import DAMAGED

STAGE = ".dang-khoi-phuc-"
ASIDE = ".truoc-khoi-phuc-"


@dataclass
class Restored:
    """What became of a restore: where the former state lies, how many files moved."""

    manifest: Manifest
    database_aside: str
    files_aside: Path
    brought: int
    put_aside: int


@contextmanager
def unpacked(path: Path, key: Path | None, root: Path, told: Told) -> Iterator[tuple]:
    """Unpack a backup into a folder of its own, checked; give its manifest and the folder."""
    if not path.is_file():
        raise BackupRefused(f"Không có tệp {path}.")
    with tempfile.TemporaryDirectory(dir=root, prefix=STAGE) as folder:
        stage = Path(folder)
        (stage / MEDIA).mkdir()
        manifest = read_back(path, identities(key), stage, told)
        refuse_unsuitable(manifest)
        yield manifest, stage


@contextmanager
def database_made(manifest: Manifest, stage: Path) -> Iterator[str]:
    """Make the backup's database beside the one in use, and compare it with what was backed up."""
    (copy,) = [stage / name for name in DATABASES if (stage / name).is_file()]
    with vendor().made_from(copy) as made:
        with tables.pointed_at(made), vendor().reading(made) as found:
            if tables.fingerprints(found) != manifest.tables:
                raise BackupRefused(DAMAGED)
            if tables.migrations(found) != manifest.migrations:
                raise BackupRefused(DAMAGED)
        yield made


def restore(*, path: Path, key: Path | None, by: str, now: dt.datetime, told: Told) -> Restored:
    """Bring a backup back in the place of what is in use, which is kept aside.

    A backup of an older version is brought to the present one; everybody logs in anew; the log
    says that data were restored. Raises :class:`BackupRefused` with nothing changed.
    """
    root, stamp = media.root(), keeping.stamp_of(now)
    vendor().refuse_in_use()
    with (
        unpacked(path, key, root, told) as (manifest, stage),
        database_made(manifest, stage) as new,
    ):
        with tables.pointed_at(new):
            bring_up_to_date(manifest, path.name, by=by)
            known = known_files(new)
        vendor().refuse_in_use()
        aside = root / f"{ASIDE}{stamp}"
        brought = media.bring_back(stage / MEDIA, root, aside)
        database_aside = vendor().change_over(new, stamp)
        surplus = media.put_aside(root, known, aside)
    return Restored(manifest, database_aside, aside, brought, surplus)


def known_files(name: str) -> set[str]:
    """Give the names of the files the rows of a database have."""
    with vendor().reading(name) as found:
        return set(tables.stored_files(found))


def bring_up_to_date(manifest: Manifest, name: str, *, by: str) -> None:
    """Migrate, end all sessions, write the log: in the database the application is pointed at."""
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        Session.objects.all().delete()
        audit.record(
            Verb.RESTORE,
            f"Bản sao lưu {name}",
            by=by,
            after={"sao lưu lúc": manifest.made_at, "số dòng": manifest.rows},
        )


def prove(*, path: Path, key: Path | None, told: Told) -> Manifest:
    """Restore a backup beside what is in use, compare it whole, and throw that away."""
    with (
        unpacked(path, key, keeping.folder_for(None), told) as (manifest, stage),
        database_made(manifest, stage) as new,
        tables.pointed_at(new),
    ):
        refuse_missing(manifest, new, stage / MEDIA)
        call_command("migrate", verbosity=0, interactive=False)
        connection.check_constraints()
    return manifest


def refuse_missing(manifest: Manifest, new: str, stage: Path) -> None:
    """Raise when a row's file is not in the backup, though it was there when it was made."""
    with vendor().reading(new) as found:
        missing = sum(1 for name in tables.stored_files(found) if not (stage / name).is_file())
    if missing != manifest.missing_count:
        raise BackupRefused(DAMAGED)
