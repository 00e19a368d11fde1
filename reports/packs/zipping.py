"""A pack as one zip: stored files, in their order, dated when the pack was begun."""

from __future__ import annotations

import shutil
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

from reports.documents import dated_entry
from reports.models import ReviewPack


def write_zip(target: BinaryIO, pack: ReviewPack) -> None:
    """Write the files of ``pack`` to ``target``; the same pack gives the same bytes.

    Names are in UTF-8 and say so. Raises ``FileNotFoundError`` when one is lost from disk.
    """
    with ZipFile(target, "w") as archive:
        for kept in pack.files.order_by("pk"):
            entry = dated_entry(kept.name, pack.begun_at)
            entry.compress_type, entry.file_size = ZIP_STORED, kept.size
            with kept.file.open("rb") as source, archive.open(entry, "w") as part:
                shutil.copyfileobj(source, part)


def zip_name(pack: ReviewPack) -> str:
    """Give the name of the zip: "BoTaiLieu_2023-05-09_lan-1.zip"."""
    frozen = pack.frozen
    return f"BoTaiLieu_{frozen.parameters['day']}_lan-{frozen.number}.zip"
