"""Beginning a pack and making it part by part, each in one short request."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.keeping import kept_if_written
from reports.freezing import is_intact
from reports.models import FrozenFigures, PackFile, ReviewPack
from reports.packs.inputs import kept_inputs
from reports.packs.parts import PARTS, Made, Part

WITHDRAWN = "Kỳ sơ kết đã rút lại, không lập bộ tài liệu."
NOT_INTACT = (
    "Số liệu chốt không còn khớp mã kiểm tra, không lập bộ tài liệu. Báo người quản trị hệ thống."
)


@transaction.atomic
def begin_pack(*, frozen: FrozenFigures, by: User, now: dt.datetime) -> ReviewPack:
    """Begin a pack: keep every input, so that its parts agree whatever is written meanwhile.

    Raises ``ValidationError`` for a review taken back, or a freeze that is not as it was written.
    """
    if frozen.review.is_withdrawn:
        raise ValidationError(WITHDRAWN)
    refuse_damaged(frozen)
    parameters = {"parts": [part.key for part in PARTS], "inputs": kept_inputs(frozen, now)}
    pack = ReviewPack.objects.create(
        frozen=frozen, parameters=parameters, begun_at=now, begun_by=by
    )
    audit.record(Verb.CREATE, pack, by=by)
    return pack


def refuse_damaged(frozen: FrozenFigures) -> None:
    """Refuse papers of a freeze that is not as it was written."""
    if not is_intact(frozen):
        raise ValidationError(NOT_INTACT)


def parts_of(pack: ReviewPack) -> list[Part]:
    """Give the parts a pack was begun with, in their order."""
    known = {part.key: part for part in PARTS}
    return [known[key] for key in pack.parameters.get("parts", ()) if key in known]


def next_part(pack: ReviewPack) -> tuple[int, Part] | None:
    """Give the first part not made yet with its number from 1; ``None`` when all are."""
    made = set(pack.files.values_list("part", flat=True))
    return next(
        (found for found in enumerate(parts_of(pack), start=1) if found[1].key not in made), None
    )


def make_next(*, pack: ReviewPack, by: User, now: dt.datetime) -> PackFile | None:
    """Make the next part and keep it; ``None`` when there is none left, or another just made it.

    The file is made before the transaction that keeps it: others go on writing meanwhile. Raises
    ``ValidationError`` with the reason when the part cannot be made; it may be tried again.
    """
    found = next_part(pack)
    if found is None:
        return None
    number, part = found
    refuse_damaged(pack.frozen)
    made = made_of(part, pack)
    with kept_if_written() as undo, transaction.atomic():
        current = ReviewPack.objects.select_for_update(of=("self",), no_key=True).get(pk=pack.pk)
        if current.files.filter(part=part.key).exists():
            return None
        kept = pack_file(current, part, number, made, now)
        undo.callback(kept.file.storage.delete, kept.file.name)
        kept.save()
        if next_part(current) is None:
            finish(current, by, now)
    return kept


def made_of(part: Part, pack: ReviewPack) -> Made:
    """Make one part's file."""
    return part.make(pack)


def pack_file(pack: ReviewPack, part: Part, number: int, made: Made, now: dt.datetime) -> PackFile:
    """Give the row of a part, its content stored, not saved yet."""
    kept = PackFile(
        pack=pack,
        part=part.key,
        name=part.file_name(number),
        size=len(made.content),
        checksum=hashlib.sha256(made.content).hexdigest(),
        missing=made.missing,
        made_at=now,
    )
    kept.file.save(kept.name, ContentFile(made.content), save=False)
    return kept


def finish(pack: ReviewPack, by: User, now: dt.datetime) -> None:
    """Say that a pack is complete."""
    pack.finished_at = now
    pack.save(update_fields=["finished_at"])
    names = list(pack.files.values_list("name", flat=True))
    audit.record(Verb.CHANGE, pack, by=by, after={"Các tệp": ", ".join(names)})
