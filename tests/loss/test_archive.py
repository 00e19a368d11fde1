"""No damaged or invented backup is taken for a whole one, and none writes outside its folder."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tracemalloc
from pathlib import Path

import pytest
from django.db import connection
from pyrage.x25519 import Identity

from config.backup.archive import Reader, Writer
from config.backup.encryption import encrypted
from config.backup.making import read_back
from config.backup.manifest import Manifest, application_version, refuse_unsuitable
from config.backup.refusals import BackupRefused

FILES = {"media/a/1.pdf": b"%PDF-1.4" * 40, "media/a/2.png": b"", "media/b/3.docx": b"x" * 700}
PAIR = Identity.generate()


def manifest(**changes) -> Manifest:
    return Manifest(
        **{
            "made_at": "2026-11-23T00:00:00+00:00",
            "application": "0.1.0",
            "vendor": "sqlite",
            "migrations": [],
            "tables": {"t": {"rows": 1, "checksum": "0"}},
            "chain": {},
        }
        | changes
    )


def nothing(files: int, size: int) -> None:
    """Stands where progress is told."""


@pytest.fixture
def whole(tmp_path) -> bytes:
    """Give a small backup, not encrypted."""
    out = io.BytesIO()
    writer = Writer(out, tmp_path, nothing)
    for name, content in {"database.sqlite3": b"SQLite" * 99, **FILES}.items():
        path = tmp_path / "source"
        path.write_bytes(content)
        writer.add(name, path)
    writer.finish(manifest())
    return out.getvalue()


@pytest.fixture
def secret(whole) -> bytes:
    out = io.BytesIO()
    with encrypted(out, [PAIR.to_public()]) as stream:
        stream.write(whole)
    return out.getvalue()


def read(content: bytes, folder: Path) -> Manifest:
    """Read a backup of these bytes into ``folder / "stage"``."""
    path = folder / "backup"
    path.write_bytes(content)
    stage = folder / "stage"
    stage.mkdir(exist_ok=True)
    return read_back(path, [PAIR], stage)


def refused(content: bytes, folder: Path) -> bool:
    path = folder / "backup"
    path.write_bytes(content)
    with pytest.raises(BackupRefused, match="Chưa thay đổi gì"):
        read_back(path, [PAIR])
    return True


def test_a_whole_one_is_read(whole, secret, tmp_path):
    for number, content in enumerate((whole, secret)):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert read(content, folder).files == 4
        for name, inside in FILES.items():
            assert (folder / "stage" / name).read_bytes() == inside


def test_any_changed_byte_is_noticed(whole, secret, tmp_path):
    step = 13
    for content in (whole, secret):
        for at in range(0, len(content), step):
            changed = bytearray(content)
            changed[at] ^= 1 << at % 8 or 1
            assert refused(bytes(changed), tmp_path), at


def test_any_cut_is_noticed(whole, secret, tmp_path):
    for content in (whole, secret):
        for length in [*range(0, len(content), 101), len(content) - 1]:
            assert refused(content[:length], tmp_path), length
        assert refused(content + b"\0", tmp_path)
        assert refused(content + content, tmp_path)


def info(
    name: str, kind: bytes = tarfile.REGTYPE, size: int = 0, link: str = ""
) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size, link
    return made


def invented(*members: tuple[tarfile.TarInfo, bytes], **changes) -> bytes:
    """Give a backup with these members, every checksum of it right."""
    out = io.BytesIO()
    sums = b""
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
            sums += f"{hashlib.sha256(content).hexdigest()}  {member.name}\n".encode()
        tar.addfile(info("files.sha256", size=len(sums)), io.BytesIO(sums))
        told = manifest(files=len(members), checksums=hashlib.sha256(sums).hexdigest(), **changes)
        content = told.as_json()
        tar.addfile(info("manifest.json", size=len(content)), io.BytesIO(content))
    return out.getvalue() + b"\n" + hashlib.sha256(out.getvalue()).hexdigest().encode()


DATABASE = (info("database.sqlite3"), b"SQLite")
EVIL = {
    "up": info("media/../../etc/passwd"),
    "up at once": info("../../etc/passwd"),
    "from the root": info("/etc/passwd"),
    "a dot": info("media/./x"),
    "backslashes": info("media\\..\\..\\x"),
    "another folder": info("etc/passwd"),
    "a second database": info("database.pgdump"),
    "the same database": info("database.sqlite3"),
    "a link": info("media/x", tarfile.SYMTYPE, link="/etc/passwd"),
    "a hard link": info("media/x", tarfile.LNKTYPE, link="database.sqlite3"),
    "a device": info("media/x", tarfile.CHRTYPE),
    "a pipe": info("media/x", tarfile.FIFOTYPE),
    "a folder": info("media/x", tarfile.DIRTYPE),
    "a sparse file": info("media/x", tarfile.GNUTYPE_SPARSE),
}


def test_an_invented_one_is_read_when_it_is_in_order(tmp_path):
    assert read(invented(DATABASE, (info("media/a"), b"1")), tmp_path).files == 2


@pytest.mark.parametrize("evil", EVIL)
def test_a_member_that_leads_elsewhere_is_refused(evil, tmp_path):
    content = b"" if EVIL[evil].type != tarfile.REGTYPE else b"root::0:0"
    with pytest.raises(BackupRefused, match="Chưa thay đổi gì"):
        read(invented(DATABASE, (EVIL[evil], content)), tmp_path)
    written = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert set(written) <= {"backup", "database.sqlite3"}


def test_a_member_twice_or_out_of_order_or_missing_is_refused(tmp_path):
    one, two = (info("media/a"), b"1"), (info("media/b"), b"2")
    assert refused(invented(DATABASE, one, one), tmp_path)
    assert refused(invented(DATABASE, two, one), tmp_path)
    assert refused(invented(one, DATABASE), tmp_path)
    assert refused(invented(one), tmp_path)
    assert refused(invented(), tmp_path)


@pytest.mark.parametrize(
    "foreign",
    [b"", b"x", b"x" * 100_000, b"age-encryption.org/v1\nnone", b"\0" * 20_000, b"PK\3\4" * 999],
)
def test_a_foreign_file_is_refused(foreign, tmp_path):
    assert refused(foreign, tmp_path)


def test_what_says_it_is_something_else_is_refused(tmp_path):
    assert refused(invented(DATABASE, kind="another"), tmp_path)
    assert refused(invented(DATABASE, format=2), tmp_path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"application": "99.0"}, "phiên bản mới hơn"),
        ({"migrations": ["reports.9999_later"]}, "phiên bản mới hơn"),
        ({"vendor": "oracle"}, "Bản sao lưu là của oracle"),
    ],
)
def test_what_does_not_suit_is_refused_with_the_reason(changes, sentence, settings):
    suiting = {"vendor": connection.vendor, "application": application_version()}
    refuse_unsuitable(manifest(**suiting))
    with pytest.raises(BackupRefused, match=sentence):
        refuse_unsuitable(manifest(**suiting | changes))


def test_memory_stays_flat(tmp_path):
    """A file much larger than a block is never held whole."""
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 * 2**20)
    tracemalloc.start()
    out = (tmp_path / "out").open("wb")
    with out:
        writer = Writer(out, tmp_path, nothing)
        writer.add("database.sqlite3", large)
        writer.finish(manifest())
    with (tmp_path / "out").open("rb") as source:
        assert Reader(source, None, nothing).read().files == 1
    assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    tracemalloc.stop()


def test_the_manifest_can_be_read_by_people(whole):
    with tarfile.open(fileobj=io.BytesIO(whole)) as tar:
        assert tar.getnames()[-2:] == ["files.sha256", "manifest.json"]
        assert json.load(tar.extractfile("manifest.json"))["kind"].endswith("/sao-luu")
