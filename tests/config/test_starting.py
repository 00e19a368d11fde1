"""What a server loads before it serves: every page, and nothing that hardly anybody asks for."""

from __future__ import annotations

from tests.config.test_checks import REAL, run

# Each takes a tenth of a second or ten megabytes, and is loaded by who needs it.
RARE = ("shapely", "numpy", "highspy", "openpyxl", "PIL", "pillow_heif", "pypdf", "pyrage")
LOADED = (
    "import sys, config.wsgi; "
    "print(*(name for name in {names} if name in sys.modules)); "
    "print('reports.urls.visits' in sys.modules)"
)


def test_a_server_loads_all_pages_and_nothing_rare(tmp_path):
    done = run(["-c", LOADED.format(names=RARE)], tmp_path, **REAL)
    assert done.stdout.split() == ["True"], done.stderr
