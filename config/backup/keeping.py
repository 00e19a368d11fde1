"""Where backups lie, how they are called, which are kept, and the word on the last one."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config.backup.media import flush_folder

OWN_NAME = re.compile(r"sao-luu_(\d{4}-\d\d-\d\d_\d{6})\.tar(\.age)?\Z")
STAMP = "%Y-%m-%d_%H%M%S"
UNFINISHED = ".dang-lam-"
LAST = "last.json"


def folder_for(given: Path | None) -> Path:
    """Give the folder of backups, made for nobody else to read."""
    folder = given or settings.BACKUP_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def stamp_of(now: dt.datetime) -> str:
    """Give a moment as it stands in file names, in the office's time."""
    return timezone.localtime(now).strftime(STAMP)


def file_name(now: dt.datetime, *, is_encrypted: bool) -> str:
    return f"sao-luu_{stamp_of(now)}.tar{'.age' if is_encrypted else ''}"


def own_backups(folder: Path) -> list[tuple[dt.datetime, Path]]:
    """Give the backups in a folder with the moment in their names, the oldest first."""
    found = []
    for path in folder.iterdir():
        if (named := OWN_NAME.match(path.name)) and path.is_file() and not path.is_symlink():
            made = dt.datetime.strptime(named[1], STAMP).replace(
                tzinfo=timezone.get_current_timezone()
            )
            found.append((made, path))
    return sorted(found)


def remove_old(folder: Path, *, days: int, now: dt.datetime) -> list[str]:
    """Remove backups older than so many days, never the newest; give their names."""
    oldest = now - dt.timedelta(days=days)
    old = [path for made, path in own_backups(folder)[:-1] if made < oldest]
    for path in old:
        path.unlink()
    return [path.name for path in old]


def remove_unfinished(folder: Path, *, now: dt.datetime) -> None:
    """Remove what a backup that was ended half way left a day ago or longer."""
    for path in folder.glob(f"{UNFINISHED}*"):
        if path.stat().st_mtime < (now - dt.timedelta(days=1)).timestamp():
            remove_tree(path)


def remove_tree(path: Path) -> None:
    for inside in path.iterdir():
        inside.unlink()
    path.rmdir()


def note_last(folder: Path, name: str, *, now: dt.datetime) -> None:
    """Leave the word that a backup was made and read back, for the health page."""
    aside = folder / f"{LAST}.new"
    aside.write_text(
        json.dumps({"made_at": now.isoformat(timespec="seconds"), "file": name, "ok": True})
    )
    aside.chmod(0o600)
    os.replace(aside, folder / LAST)
    flush_folder(folder)
