"""The file itself: a tar, its checksums, its manifest, a seal over all of it; perhaps encrypted.

In this order: the database; ``media/…`` by name; ``files.sha256`` (``sha256sum --check`` reads
it); ``manifest.json``. Nothing is held in memory but one block.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from config.backup import postgresql, sqlite
from config.backup.manifest import FOREIGN, Manifest
from config.backup.refusals import BackupRefused
from config.backup.sealed import DAMAGED, SealedReader, SealingWriter

BLOCK = 2**18
MEDIA = "media/"
CHECKSUMS, MANIFEST = "files.sha256", "manifest.json"
DATABASES = {sqlite.MEMBER, postgresql.MEMBER}
MOST_BYTES_OF_MANIFEST = 16 * 2**20

Told = Callable[[int, int], None]  # files and bytes so far


class Hashed:
    """Passes on what is read from, or written to, a stream, and sums it up."""

    def __init__(self, stream: BinaryIO):
        self.stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        return self.counted(self.stream.read(size))

    def write(self, data: bytes) -> int:
        self.counted(data)
        return self.stream.write(data)

    def counted(self, data: bytes) -> bytes:
        self.digest.update(data)
        self.size += len(data)
        return data


class Writer:
    """Writes one archive."""

    def __init__(self, out: BinaryIO, scratch: Path, told: Told):
        self.sealing = SealingWriter(out)
        self.tar = tarfile.open(  # noqa: SIM115 - closed by finish
            fileobj=self.sealing, mode="w|", bufsize=BLOCK, format=tarfile.GNU_FORMAT
        )
        self.sums = Hashed(tempfile.TemporaryFile(dir=scratch))  # noqa: SIM115 - ends with us
        self.files, self.told = 0, told

    def add(self, name: str, path: Path) -> None:
        """Add a file; raises ``FileNotFoundError`` before anything is written."""
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            hashed = Hashed(file)
            self.tar.addfile(described(name, told.st_size, told.st_mtime), hashed)
        self.sums.write(sum_line(hashed, name))
        self.files += 1
        self.told(self.files, self.sealing.size)

    def finish(self, manifest: Manifest) -> None:
        """Close the archive with its checksums, its manifest and the seal."""
        manifest.files, manifest.bytes = self.files, self.sealing.size
        manifest.checksums = self.sums.digest.hexdigest()
        self.sums.stream.seek(0)
        self.tar.addfile(described(CHECKSUMS, self.sums.size), self.sums.stream)
        content = manifest.as_json()
        with tempfile.TemporaryFile() as file:
            file.write(content)
            file.seek(0)
            self.tar.addfile(described(MANIFEST, len(content)), file)
        self.tar.close()
        self.sums.stream.close()
        self.sealing.finish()


def described(name: str, size: int, changed: float = 0) -> tarfile.TarInfo:
    """Give the head of one member: nothing of this machine's users in it."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(changed), 0o600
    return info


def sum_line(hashed: Hashed, name: str) -> bytes:
    return f"{hashed.digest.hexdigest()}  {name}\n".encode()


class Reader:
    """Reads one archive from its beginning to its seal, into a folder or nowhere."""

    def __init__(self, source: BinaryIO, into: Path | None, told: Told):
        self.sealed, self.into, self.told = SealedReader(source), into, told
        self.sums, self.files, self.size = hashlib.sha256(), 0, 0
        self.last: tuple[str, ...] = ()
        self.said_sums = ""
        self.manifest: Manifest | None = None

    def read(self) -> Manifest:
        """Give the manifest once everything adds up; raises :class:`BackupRefused`."""
        try:
            with tarfile.open(fileobj=self.sealed, mode="r|", bufsize=BLOCK) as tar:
                for info in tar:
                    self.take(info, tar.extractfile(info) if info.isreg() else None)
                    tar.members.clear()  # tarfile remembers every head it has read
            self.sealed.finish()
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise BackupRefused(self.why()) from error
        if not self.manifest or not self.files or not self.agrees(self.manifest):
            raise BackupRefused(DAMAGED)
        return self.manifest

    def agrees(self, manifest: Manifest) -> bool:
        """Say whether the manifest speaks of the very files read."""
        return (manifest.files, manifest.checksums) == (self.files, self.said_sums)

    def why(self) -> str:
        """Say what it is that cannot be read as an archive."""
        return DAMAGED if self.files else FOREIGN

    def take(self, info: tarfile.TarInfo, content: BinaryIO | None) -> None:
        """Take one member: each kind in its place, plain files with plain names only."""
        if content is None or self.manifest or not is_plain(info):
            raise BackupRefused(DAMAGED)
        if info.name == MANIFEST:
            self.manifest = Manifest.read(content.read(min(info.size, MOST_BYTES_OF_MANIFEST)))
        elif info.name == CHECKSUMS:
            self.take_sums(content)
        else:
            self.take_file(info, content)

    def take_sums(self, content: BinaryIO) -> None:
        """Compare the list of checksums with those of the files read."""
        hashed = Hashed(content)
        while hashed.read(BLOCK):
            pass
        self.said_sums = hashed.digest.hexdigest()
        if self.said_sums != self.sums.hexdigest():
            raise BackupRefused(DAMAGED)

    def take_file(self, info: tarfile.TarInfo, content: BinaryIO) -> None:
        """Write the database or an attachment to its place."""
        self.refuse_out_of_order(info.name)
        hashed = Hashed(content)
        with self.place(info.name) as target:
            shutil.copyfileobj(hashed, target, BLOCK)
        if hashed.size != info.size:
            raise BackupRefused(DAMAGED)
        self.sums.update(sum_line(hashed, info.name))
        self.files += 1
        self.size += hashed.size
        self.told(self.files, self.size)

    def refuse_out_of_order(self, name: str) -> None:
        """Raise unless the database comes first and no name comes twice."""
        parts = PurePosixPath(name).parts
        belongs = name in DATABASES if not self.files else name.startswith(MEDIA)
        if self.said_sums or not belongs or (self.files > 1 and parts <= self.last):
            raise BackupRefused(DAMAGED if self.files else FOREIGN)
        self.last = parts

    def place(self, name: str) -> BinaryIO:
        """Open a new file for a member, nobody else's to read."""
        if self.into is None:
            return open(os.devnull, "wb")
        path = self.into / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def is_plain(info: tarfile.TarInfo) -> bool:
    """Say whether a member is a file whose name leads nowhere but down."""
    parts = info.name.split("/")
    is_bad = any(part in ("", ".", "..") for part in parts) or set(info.name) & set("\\\0")
    return info.type == tarfile.REGTYPE and not is_bad
