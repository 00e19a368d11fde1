"""A real server killed a few times in the middle of writes; by hand a hundred times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.races.site import copy

ROOT = Path(__file__).resolve().parent.parent.parent


def empty_copy(target: Path) -> Path:
    """Copy the test database, which is migrated and, outside of tests, empty."""
    copy(connection.settings_dict["NAME"], str(target))
    return target


@pytest.mark.django_db
def test_what_was_acknowledged_outlives_kills(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("with PostgreSQL by hand: python -m tests.races.kills --database postgresql")
    migrated = empty_copy(tmp_path / "migrated.sqlite3")
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "tests.races.kills", "--times", "5", "--longest", "1.5"),
            *("--workers", "2", "--writers", "4", "--template", str(migrated)),
        ],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr[-2000:]
    assert "5 kills" in ended.stdout
    assert "\n0 faults" in ended.stdout
