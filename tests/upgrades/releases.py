"""The released versions: up to which migration of each app their databases are.

``released/<n>.json`` holds rows of the demonstration as that release's own code wrote it, a few of
every kind (``tests/upgrades/sample.py`` made them).
"""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "released"
RELEASES: dict[str, dict[str, str]] = {
    "1": {
        "accounts": "0002_saved_views",
        "communes": "0001_initial",
        "assignments": "0001_initial",
    },
    "2": {
        "accounts": "0003_visits",
        "communes": "0002_visits",
        "assignments": "0002_visits",
        "reports": "0001_initial",
    },
    "3": {
        "accounts": "0004_email_and_reporting",
        "communes": "0002_visits",
        "assignments": "0002_visits",
        "reports": "0002_reports_and_petitions",
    },
    "4": {
        "accounts": "0005_reviews_and_evaluations",
        "communes": "0002_visits",
        "assignments": "0002_visits",
        "reports": "0003_reviews_and_evaluations",
    },
    "5": {
        "accounts": "0006_departures_and_reorganisations",
        "communes": "0003_reorganisations",
        "assignments": "0003_departures_and_plans",
        "reports": "0004_handovers",
    },
}


def rows_of(release: str) -> dict[str, dict[str, list]]:
    """Give the kept rows of a release: table → its columns and its rows."""
    return json.loads((FOLDER / f"{release}.json").read_text(encoding="utf-8"))
