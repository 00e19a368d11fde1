"""A small part of ``python -m tests.fuzz.uploads``: nothing takes long, or much, or falls over."""

import subprocess
import sys


def test_no_spoilt_file_is_an_error_takes_long_or_fills_the_memory():
    command = [sys.executable, "-m", "tests.fuzz.uploads", "--mutants", "12"]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 0, found.stdout + found.stderr[-2_000:]
    assert "files read" in found.stdout
