"""What a backup says of itself, and whether it suits this application."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backup.refusals import BackupRefused

KIND = "theo-doi-dang-bo-cap-xa/sao-luu"
FORMAT = 1
FOREIGN = "Đây không phải tệp sao lưu của ứng dụng này. Chưa thay đổi gì."


def application_version() -> str:
    """Give the version of the application that runs."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


@dataclass
class Manifest:
    """The last word of a backup: what it was made of, and what it must add up to."""

    made_at: str
    application: str
    vendor: str
    migrations: list[str]
    tables: dict[str, dict[str, object]]
    chain: dict[str, object]
    files: int = 0
    bytes: int = 0
    # SHA-256 of the list of checksums, "files.sha256".
    checksums: str = ""
    # Files some row names that were not there: a few of them, and how many.
    missing: list[str] = field(default_factory=list)
    missing_count: int = 0
    kind: str = KIND
    format: int = FORMAT

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> Manifest:
        """Read a manifest; refuses what is none of ours."""
        try:
            told = json.loads(content)
            if told["kind"] != KIND:
                raise BackupRefused(FOREIGN)
            if told["format"] > FORMAT:
                raise BackupRefused(newer(told["application"]))
            return cls(**told)
        except (ValueError, TypeError, KeyError) as error:
            raise BackupRefused(FOREIGN) from error

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())


def newer(version: str) -> str:
    return (
        f"Bản sao lưu do ứng dụng phiên bản mới hơn ({version}) tạo ra; hãy nâng cấp ứng dụng rồi "
        "khôi phục. Chưa thay đổi gì."
    )


def refuse_unsuitable(manifest: Manifest) -> None:
    """Raise unless the backup can be brought back here."""
    if manifest.vendor != connection.vendor:
        raise BackupRefused(
            f"Bản sao lưu là của {named(manifest.vendor)}, ứng dụng đang đặt "
            f"{named(connection.vendor)}: hãy đặt DATABASE_URL cùng loại. Chưa thay đổi gì."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    is_newer = numbers(manifest.application) > numbers(application_version())
    if is_newer or set(manifest.migrations) - known:
        raise BackupRefused(newer(manifest.application))


def named(vendor: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(vendor, vendor)


def numbers(version: str) -> list[int]:
    """Give a version as numbers, to compare."""
    return [int(part) for part in version.split(".") if part.isdecimal()]
