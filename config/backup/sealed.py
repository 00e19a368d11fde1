"""A stream that ends with the SHA-256 of everything before: no byte of it changes unnoticed."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from config.backup.refusals import BackupRefused

TRAILER = 65  # a line break and 64 hexadecimal digits
DAMAGED = "Tệp sao lưu hỏng hoặc đã bị sửa: tổng kiểm tra không khớp. Chưa thay đổi gì."


class SealingWriter:
    """Passes on what is written, then, at :meth:`finish`, the seal over it."""

    def __init__(self, out: BinaryIO):
        self.out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        self.size += len(data)
        self.out.write(data)
        return len(data)

    def finish(self) -> None:
        self.out.write(b"\n" + self.digest.hexdigest().encode("ascii"))


class SealedReader:
    """Gives what was sealed without the seal; :meth:`finish` refuses what does not match it."""

    def __init__(self, source: BinaryIO):
        self.source, self.digest, self.held = source, hashlib.sha256(), b""

    def read(self, size: int) -> bytes:
        """Give up to ``size`` bytes (fewer only at the end), never the seal itself."""
        wanted = size + TRAILER - len(self.held)
        while wanted > 0 and (more := self.source.read(wanted)):
            self.held += more
            wanted -= len(more)
        given = self.held[: max(len(self.held) - TRAILER, 0)][:size]
        self.held = self.held[len(given) :]
        self.digest.update(given)
        return given

    def finish(self) -> None:
        """Read to the end and compare; raises :class:`BackupRefused`."""
        while self.read(2**20):
            pass
        if self.held != b"\n" + self.digest.hexdigest().encode("ascii"):
            raise BackupRefused(DAMAGED)
