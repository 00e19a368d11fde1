"""Files inside .docx and .zip archives with the times they are told, not those of writing."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

FIRST_YEAR = 1980  # no earlier times in a zip archive


def dated_archive(content: bytes, now: dt.datetime) -> bytes:
    """Give the same archive with every entry dated ``now``: same inputs, same bytes."""
    result = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            target.writestr(dated_entry(name, now), source.read(name))
    return result.getvalue()


def dated_entry(name: str, now: dt.datetime) -> ZipInfo:
    """Give an entry called ``name``, dated ``now`` by the office's clock."""
    local = timezone.localtime(now)
    entry = ZipInfo(name, (max(local.year, FIRST_YEAR), *local.timetuple()[1:6]))
    entry.compress_type = ZIP_DEFLATED
    return entry
