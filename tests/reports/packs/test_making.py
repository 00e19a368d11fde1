"""A pack: one part at a time, each once, from one freeze; the same inputs, the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import zipfile

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.models import PackFile, Review
from reports.packs import making
from reports.packs.making import begin_pack, make_next, parts_of
from reports.packs.parts import PARTS
from reports.packs.zipping import write_zip
from tests.factories import make_template
from tests.reports.packs.conftest import NOW, made_pack
from tests.reports.word_templates.words import word_file

LATER = NOW + dt.timedelta(days=3, hours=2)
# Moments in properties, the day of making on every sheet, its hour and day on the cover.
TIMES = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|\d\d tháng \d+ năm \d{4}"
    r"|\d\d:\d\d ngày \d\d/\d+/\d{4}".encode()
)


def contents(pack) -> dict[str, bytes]:
    return {kept.name: kept.file.read() for kept in pack.files.all()}


def zipped(pack) -> bytes:
    file = io.BytesIO()
    write_zip(file, pack)
    return file.getvalue()


def without_times(content: bytes) -> dict[str, bytes]:
    """Give the parts of an Office file, the moments written in them left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: TIMES.sub(b"", archive.read(name)) for name in archive.namelist()}


def test_each_call_makes_one_part_until_all_are_made(frozen, users):
    office = users[Role.OFFICE]
    pack = begin_pack(frozen=frozen, by=office, now=NOW)
    for number, part in enumerate(PARTS, start=1):
        kept = make_next(pack=pack, by=office, now=NOW)
        assert (kept.part, kept.name) == (part.key, part.file_name(number))
        content = kept.file.read()
        assert kept.checksum == hashlib.sha256(content).hexdigest()
        assert kept.size == len(content)
        pack.refresh_from_db()
        assert (pack.finished_at is not None) == (number == len(PARTS))
    assert make_next(pack=pack, by=office, now=NOW) is None
    assert pack.files.count() == len(PARTS)


def test_the_report_bears_the_line_of_the_freeze(pack):
    file = pack.files.get(part="bao-cao").file
    words = "\n".join(one.text for one in docx.Document(file).paragraphs)
    assert "Số liệu chốt lúc 17 giờ 30 ngày 09/5/2023" in words


def test_the_list_names_every_file_with_its_checksum_and_gaps(pack):
    document = docx.Document(pack.files.get(part="danh-muc").file)
    [table] = document.tables
    listed = {row.cells[1].text: row.cells[3].text.replace("\n", "") for row in table.rows[1:]}
    others = pack.files.exclude(part="danh-muc")
    assert listed == {kept.name: kept.checksum for kept in others}
    words = "\n".join(one.text for one in document.paragraphs)
    assert pack.frozen.checksum in words
    for kept in others:
        assert all(name in words for name in kept.missing)


def test_the_same_inputs_give_the_same_bytes(frozen, users):
    first, second = (made_pack(frozen, users[Role.OFFICE]) for _ in range(2))
    assert contents(first) == contents(second)
    assert zipped(first) == zipped(second)


def test_at_another_moment_only_times_differ(frozen, users):
    frozen.review.report_day = NOW.date()
    frozen.review.save()
    first, second = (made_pack(frozen, users[Role.OFFICE], now) for now in (NOW, LATER))
    for one, other in zip(first.files.all(), second.files.all(), strict=True):
        assert one.name == other.name
        if one.part != "danh-muc":  # it tells the checksums of the others
            assert without_times(one.file.read()) == without_times(other.file.read())


def test_what_is_written_on_the_review_meanwhile_changes_nothing(frozen, users):
    office = users[Role.OFFICE]
    untouched = made_pack(frozen, office)
    begun = begin_pack(frozen=frozen, by=office, now=NOW)
    Review.objects.update(name="Tên khác", recipients="Nơi khác", signer="Người khác")
    begun = type(begun).objects.get(pk=begun.pk)
    while make_next(pack=begun, by=office, now=LATER):
        pass
    assert contents(begun) == contents(untouched)


def test_two_at_once_keep_a_part_once(frozen, users, monkeypatch):
    office = users[Role.OFFICE]
    pack = begin_pack(frozen=frozen, by=office, now=NOW)
    others: list[PackFile] = []
    made_of = making.made_of

    def meanwhile(*args):
        monkeypatch.setattr(making, "made_of", made_of)
        others.append(make_next(pack=pack, by=office, now=NOW))
        return made_of(*args)

    monkeypatch.setattr(making, "made_of", meanwhile)
    assert make_next(pack=pack, by=office, now=NOW) is None
    [kept] = pack.files.all()
    assert ([kept], kept.part) == (others, PARTS[0].key)
    assert default_storage.exists(kept.file.name)


def test_a_part_that_fails_says_why_and_is_tried_again(frozen, users):
    office = users[Role.OFFICE]
    template = make_template(content=word_file("{{ ten_ky_so_ket }}"))
    frozen.review.template = template
    frozen.review.save()
    pack = begin_pack(frozen=frozen, by=office, now=NOW)
    with template.file.open("rb") as file:
        content = file.read()
    name = template.file.name
    default_storage.delete(name)
    with pytest.raises(ValidationError, match="Không còn thấy tệp mẫu"):
        make_next(pack=pack, by=office, now=NOW)
    assert not PackFile.objects.exists()
    default_storage.save(name, io.BytesIO(content))
    assert make_next(pack=pack, by=office, now=NOW).part == "bao-cao"


def test_the_report_is_made_from_the_chosen_template(frozen, users):
    frozen.review.template = make_template(
        content=word_file("{{ ten_ky_so_ket }}: {{ can_bo_dang_phu_trach }}, {{ la }}")
    )
    frozen.review.save()
    pack = made_pack(frozen, users[Role.OFFICE])
    kept = pack.files.get(part="bao-cao")
    [paragraph] = docx.Document(kept.file).paragraphs
    assert paragraph.text == f"{frozen.review.name}: 2, [THIẾU: la]"
    assert kept.missing == ["la"]


def test_nothing_is_left_on_disk_when_a_part_is_not_kept(frozen, users, monkeypatch):
    office = users[Role.OFFICE]
    pack = begin_pack(frozen=frozen, by=office, now=NOW)
    stored = []

    def refuse(kept, *args, **kwargs):
        stored.append(kept.file.name)
        raise ValidationError("Không ghi được.")

    monkeypatch.setattr(PackFile, "save", refuse)
    with pytest.raises(ValidationError):
        make_next(pack=pack, by=office, now=NOW)
    assert not default_storage.exists(stored[0])


def test_a_review_taken_back_or_a_freeze_changed_by_hand_has_no_pack(frozen, users):
    office = users[Role.OFFICE]
    Review.objects.update(withdrawn_at=NOW, withdrawal_reason="Nhầm")
    frozen.review.refresh_from_db()
    with pytest.raises(ValidationError, match="đã rút lại"):
        begin_pack(frozen=frozen, by=office, now=NOW)
    frozen.review.withdrawn_at = None
    frozen.checksum = "0" * 64
    with pytest.raises(ValidationError, match="mã kiểm tra"):
        begin_pack(frozen=frozen, by=office, now=NOW)


def test_beginning_and_finishing_are_audited(pack, users):
    rows = AuditEvent.objects.filter(target__startswith="bộ tài liệu: ")
    assert {row.verb for row in rows} == {Verb.CREATE, Verb.CHANGE}


def test_the_zip_holds_every_file_stored_in_order_and_dated(pack):
    with zipfile.ZipFile(io.BytesIO(zipped(pack))) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
        assert [one.filename for one in entries] == [kept.name for kept in pack.files.all()]
        assert {one.compress_type for one in entries} == {zipfile.ZIP_STORED}
        assert {one.date_time for one in entries} == {(2023, 5, 9, 17, 30, 0)}
        assert all(one.flag_bits & 0x800 for one in entries)  # names in UTF-8
        assert [archive.read(one) for one in entries] == list(contents(pack).values())


def test_a_part_there_is_no_more_is_passed_over(pack):
    pack.parameters["parts"].append("phu-luc-99")
    assert [part.key for part in parts_of(pack)] == [part.key for part in PARTS]
