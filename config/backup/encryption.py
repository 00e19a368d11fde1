"""Backups in the age format: the server knows whom to encrypt for, not how to read them.

``age --decrypt --identity KEYFILE`` of any Debian reads them too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

from config.backup.refusals import BackupRefused

MAGIC = b"age-encryption.org/v1"
WRONG_KEY = "Không giải mã được tệp sao lưu: sai khóa, hoặc tệp đã hỏng, bị sửa. Chưa thay đổi gì."
NEEDS_KEY = "Tệp sao lưu được mã hóa: thêm --key TỆP_KHÓA (tệp giữ phần bí mật AGE-SECRET-KEY-…)."


def recipients(setting: str) -> list[Recipient]:
    """Read ``BACKUP_KEY``: public keys ``age1…`` separated by commas; none: no encryption."""
    try:
        return [Recipient.from_str(key.strip()) for key in setting.split(",") if key.strip()]
    except pyrage.RecipientError as error:
        raise BackupRefused(
            "BACKUP_KEY không phải khóa công khai age (age1…). Tạo khóa: manage.py backup_key"
        ) from error


def identities(path: Path | None) -> list[Identity]:
    """Read a file of secret keys, one a line; lines that begin with # are remarks."""
    if path is None:
        return []
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        return [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise BackupRefused(f"Không đọc được tệp khóa {path}: {error.strerror}.") from error
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise BackupRefused(
            f"{path} không phải tệp khóa: cần dòng AGE-SECRET-KEY-… do manage.py backup_key in ra."
        ) from error


def is_encrypted(path: Path) -> bool:
    """Say whether a file is in the age format, by its first bytes."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class Passing(Thread):
    """Runs one end of a pipe, and keeps the error that ended it."""

    def __init__(self, work: Callable[[], None], *ends: BinaryIO):
        super().__init__(daemon=True)
        self.work, self.ends, self.error = work, ends, None
        self.start()

    def run(self) -> None:
        try:
            self.work()
        except (pyrage.DecryptError, pyrage.EncryptError, OSError) as error:
            self.error = error
        finally:
            for end in self.ends:
                close(end)


def close(end: BinaryIO) -> None:
    """Close an end of a pipe whose other end may be closed already."""
    with suppress(BrokenPipeError):
        end.close()


def pipe() -> tuple[BinaryIO, BinaryIO]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


@contextmanager
def encrypted(out: BinaryIO, keys: list[Recipient]) -> Iterator[BinaryIO]:
    """Give a stream; what is written to it goes to ``out`` encrypted for each of ``keys``."""
    if not keys:
        yield out
        return
    reading, writing = pipe()
    passing = Passing(lambda: pyrage.encrypt_io(reading, out, keys), reading)
    try:
        yield writing
    finally:
        close(writing)
        passing.join()
    if passing.error:
        raise passing.error


@contextmanager
def decrypted(path: Path, keys: list[Identity]) -> Iterator[BinaryIO]:
    """Give what a backup file says, encrypted or not; raises :class:`BackupRefused`."""
    if not is_encrypted(path):
        with path.open("rb") as file:
            yield file
        return
    if not keys:
        raise BackupRefused(NEEDS_KEY)
    reading, writing = pipe()
    with path.open("rb") as file:
        passing = Passing(lambda: pyrage.decrypt_io(file, writing, keys), writing)
        try:
            yield reading
        except BackupRefused:
            close(reading)
            passing.join()
            if isinstance(passing.error, pyrage.DecryptError):
                raise BackupRefused(WRONG_KEY) from passing.error
            raise
        finally:
            close(reading)
            passing.join()
