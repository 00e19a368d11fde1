"""What is wrong with the settings, in sentences (ids ``theo_doi.E001`` …).

``manage.py`` runs these before nearly every command, ``config/wsgi.py`` before it serves.
"""

from __future__ import annotations

import sys

from django.core import checks

from config.environment import env

TAG = "theo_doi"
BOOT_FAILED = 4  # by which gunicorn knows that starting again is of no use


@checks.register(TAG)
def readable_environment(app_configs, **kwargs) -> list[checks.Error]:
    """Tell every setting that could not be read, all at once."""
    return [
        checks.Error(str(problem), obj="Cài đặt", id=f"{TAG}.{problem.code}")
        for problem in env.problems
    ]


def refuse_bad_settings() -> None:
    """End the process with the sentences of every bad setting; return when there is none."""
    problems = [found for found in checks.run_checks(tags=[TAG]) if found.is_serious()]
    if problems:
        sys.stderr.write("Máy chủ không khởi động vì cài đặt sai:\n")
        sys.stderr.writelines(f"  {found.msg} ({found.id})\n" for found in problems)
        raise SystemExit(BOOT_FAILED)
