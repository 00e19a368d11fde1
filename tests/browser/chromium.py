"""Finding this machine's own Chromium."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Give the path of the first Chromium on the PATH, or ``None``."""
    return next(filter(None, map(shutil.which, NAMES)), None)
