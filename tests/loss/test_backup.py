"""A backup brought back is the whole: every table row by row, every file byte by byte."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pyrage.x25519 import Identity

from config.backup import keeping
from tests.everything import ROOT
from tests.loss.site import Site

CHANGED_BY_RESTORING = {"accounts_session", "accounts_auditevent"}
SEALED_LATER = {"sequence", "seal"}


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> Iterator[Site]:
    """Give a site with something in every table."""
    site = Site(tmp_path_factory.mktemp("full"), os.environ.get("DATABASE_URL", ""))
    try:
        site.fill()
        yield site
    finally:
        site.remove()


@pytest.fixture
def tables(full) -> dict[str, list[tuple]]:
    return full.tables()


@pytest.fixture(scope="module")
def pair() -> Identity:
    return Identity.generate()


@pytest.fixture(params=["plain", "encrypted"])
def encryption(request, tmp_path, pair) -> tuple[dict[str, str], list[str]]:
    """Give the environment a backup is made in, and the arguments that open it."""
    if request.param == "plain":
        return {}, []
    key = tmp_path / "key"
    key.write_text(f"# bí mật\n{pair}\n", encoding="utf-8")
    # The administrator's pair and a second one, in the safe.
    public = f"{pair.to_public()},{Identity.generate().to_public()}"
    return {"BACKUP_KEY": public}, ["--key", str(key)]


def sealed_or_not(rows: list[tuple]) -> set[tuple]:
    """Give the log's rows without what is written to them after the commit."""
    return {tuple(pair for pair in row if pair[0] not in SEALED_LATER) for row in rows}


def assert_same(now: dict[str, list[tuple]], then: dict[str, list[tuple]], backup: Path) -> None:
    """Compare all tables; sessions have ended, the log has one row more."""
    assert now.keys() == then.keys()
    for table in then.keys() - CHANGED_BY_RESTORING:
        assert now[table] == then[table], table
    assert now["accounts_session"] == []
    log, former = (
        sealed_or_not(now["accounts_auditevent"]),
        sealed_or_not(then["accounts_auditevent"]),
    )
    (restored,) = log - former
    assert not former - log
    assert ("verb", "'restore'") in restored
    assert backup.name in dict(restored)["target"]


def test_every_table_and_every_file_comes_back(full, tables, encryption):
    environment, key = encryption
    files = full.files()
    assert len(files) > 15
    assert [table for table, rows in tables.items() if not rows] == []
    backup = full.back_up(**environment)
    assert backup.suffix == (".age" if environment else ".tar")
    full.wipe()
    full.manage("restore", str(backup), "--yes", *key)
    assert_same(full.tables(), tables, backup)
    assert full.files() == files
    full.execute(*put_back_sessions(tables))


def put_back_sessions(tables: dict[str, list[tuple]]) -> list[str]:
    """Give the statements that log everybody in again, for the next test."""
    rows = [dict(row) for row in tables["accounts_session"]]
    return [
        "INSERT INTO accounts_session (session_key, session_data, expire_date, address, agent) "
        f"VALUES ({row['session_key']}, 'x', '2027-01-01 00:00:00', '', '')"
        for row in rows
    ]


def test_what_was_there_is_kept_aside(full, tmp_path):
    backup = full.back_up()
    name = f"{Path(min(full.files())).parent}/la.pdf"
    stray = full.media / name
    stray.write_bytes(b"later than the backup")
    damaged = full.media / sorted(full.files())[-1]
    whole = damaged.read_bytes()
    damaged.write_bytes(b"damaged")
    full.execute("UPDATE accounts_user SET full_name = 'Later'")
    said = full.manage("restore", str(backup), "--yes")
    assert damaged.read_bytes() == whole
    assert not stray.exists()
    (aside,) = full.media.glob(".truoc-khoi-phuc-*")
    assert (aside / name).read_bytes() == b"later than the backup"
    assert "'Later'" not in str(full.tables()["accounts_user"])
    kept = re.search(r"còn giữ ở: (.*)", said)[1]
    if full.is_postgresql:
        assert kept in full.databases()
        with closing(full.open(kept)) as opened, opened.cursor() as cursor:
            cursor.execute("SELECT DISTINCT full_name FROM accounts_user")
            assert cursor.fetchall() == [("Later",)]
    else:
        assert (
            Path(kept).stat().st_mode & 0o777 == (full.folder / "db.sqlite3").stat().st_mode & 0o777
        )
    shutil.rmtree(aside)


def test_a_backup_made_while_others_write_is_of_one_moment(full, tmp_path):
    done = threading.Event()
    written = []

    def keep_writing() -> None:
        with closing(full.open()) as opened:
            cursor = opened.cursor()
            number = 0
            while not done.is_set():
                for half in ("a", "b"):  # two rows in one transaction
                    cursor.execute(
                        "INSERT INTO accounts_session (session_key, session_data, expire_date, "
                        f"address, agent) VALUES ('{half}{number}', '{half}', '2027-01-01', '', '')"
                    )
                opened.commit()
                number += 1
                written.append(number)
                time.sleep(0.002)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        before = len(written)
        backup = full.back_up()
    finally:
        done.set()
        writer.join()
    assert len(written) > before + 20
    assert "đều đúng" in full.manage("verify_backup", str(backup))
    names = [dict(row)["session_data"] for row in rows_of(backup, full, tmp_path)]
    assert names.count("'a'") == names.count("'b'") > 0
    full.execute("DELETE FROM accounts_session WHERE session_data IN ('a', 'b')")


def rows_of(backup: Path, site: Site, folder: Path) -> list[tuple]:
    """Give the sessions a backup holds, without the application."""
    shutil.unpack_archive(backup, folder, "tar", filter="data")
    if not site.is_postgresql:
        inside = Site(folder)
        (folder / "database.sqlite3").rename(folder / "db.sqlite3")
        return inside.tables()["accounts_session"]
    text = subprocess.run(
        ["pg_restore", "--data-only", "--table=accounts_session", "--file=-",
         str(folder / "database.pgdump")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    rows = [line.split("\t") for line in text.splitlines() if line.count("\t") > 4]
    return [(("session_data", repr(row[1])),) for row in rows]


def test_nothing_is_restored_while_the_application_runs(full, tables):
    backup = full.back_up()
    with closing(full.open()) as used:
        if not full.is_postgresql:
            used.execute("PRAGMA journal_mode=WAL")  # as the application opens it
        used.cursor().execute("SELECT count(*) FROM accounts_user")
        said = full.refusal("restore", str(backup), "--yes")
    assert "đang được dùng" in said
    assert full.tables() == tables


def test_a_wrong_key_no_key_a_foreign_file_are_refused(full, tables, pair, tmp_path):
    backup = full.back_up(BACKUP_KEY=str(pair.to_public()))
    assert "thêm --key" in full.refusal("restore", str(backup), "--yes")
    other = tmp_path / "other"
    other.write_text(str(Identity.generate()))
    assert "sai khóa" in full.refusal("restore", str(backup), "--yes", "--key", str(other))
    assert "không phải tệp khóa" in full.refusal(
        "restore", str(backup), "--yes", "--key", str(ROOT / "README.md")
    )
    foreign = str(ROOT / "README.md")
    assert "không phải tệp sao lưu" in full.refusal("restore", foreign, "--yes")
    assert "Không có tệp" in full.refusal("restore", str(tmp_path / "none"), "--yes")
    assert "BACKUP_KEY không phải" in full.refusal("backup", BACKUP_KEY="abc")
    assert full.tables() == tables


def test_the_age_tool_reads_what_we_write(full, pair, tmp_path):
    age = shutil.which("age")
    if not age:
        pytest.skip("no age on the PATH (apt install age)")
    backup = full.back_up(BACKUP_KEY=str(pair.to_public()))
    (tmp_path / "key").write_text(str(pair))
    clear = tmp_path / "clear.tar"
    subprocess.run(
        [age, "--decrypt", "-i", str(tmp_path / "key"), "-o", str(clear), str(backup)], check=True
    )
    shutil.unpack_archive(clear, tmp_path / "out", filter="data")
    subprocess.run(
        ["sha256sum", "--check", "--quiet", "files.sha256"], cwd=tmp_path / "out", check=True
    )


@pytest.mark.parametrize("seconds", [2.0])
def test_a_restore_killed_half_way_leaves_one_state_or_the_other(full, seconds):
    backup = full.back_up()
    full.execute("UPDATE accounts_user SET full_name = 'Later'")
    files = full.files()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "restore", str(backup), "--yes"],
        cwd=ROOT,
        env=full.environment(),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
    process.wait()
    names = {dict(row)["full_name"] for row in full.tables()["accounts_user"]}
    assert names == {"'Later'"} or "'Later'" not in names
    assert full.files() == files
    wait_until_free(full)
    full.manage("restore", str(backup), "--yes")
    assert "'Later'" not in str(full.tables()["accounts_user"])
    assert not [name for name in left_over(full) if "dang" in name]


def wait_until_free(site: Site) -> None:
    """Wait until the server has noticed that the killed process is gone."""
    deadline = time.monotonic() + 20
    while site.is_postgresql and time.monotonic() < deadline:
        rows = site.on_server(f"SELECT 1 FROM pg_stat_activity WHERE datname LIKE '{site.name}%'")
        if not rows:
            return
        time.sleep(0.1)


def left_over(site: Site) -> list[str]:
    databases = site.databases() if site.is_postgresql else []
    return [*databases, *os.listdir(site.folder)]


def test_a_file_gone_is_told_and_the_backup_is_made(full):
    lost = full.media / min(full.files())
    content = lost.read_bytes()
    lost.unlink()
    try:
        done = full.run("manage.py", "backup")
    finally:
        lost.write_bytes(content)
    assert done.returncode == 0
    assert "Thiếu 1 tệp" in done.stderr
    assert lost.name in done.stderr


def test_the_last_good_backup_is_noted(full):
    backup = full.back_up()
    said = json.loads((full.backups / "last.json").read_text())
    assert said["file"] == backup.name
    assert said["ok"] is True
    assert dt.datetime.fromisoformat(said["made_at"]).tzinfo
    assert backup.stat().st_mode & 0o777 == 0o600
    assert full.backups.stat().st_mode & 0o777 == 0o700
    assert not list(full.backups.glob(".dang-lam-*"))


def test_old_backups_go_never_the_newest_nor_anything_else(tmp_path):
    names = [f"sao-luu_2026-11-{day:02d}_020000.tar" for day in range(1, 6)]
    others = ["sao-luu.tar", "sao-luu_2026-11-01_020000.tar.bak", "notes.txt"]
    for name in [*names, *others]:
        (tmp_path / name).touch()
    now = dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC)
    assert keeping.remove_old(tmp_path, days=2, now=now) == names[:3]
    assert keeping.remove_old(tmp_path, days=1, now=now + dt.timedelta(days=90)) == [names[3]]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([names[4], *others])
