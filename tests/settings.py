"""Settings of the test run: plain static files, a quick hasher, a database that can be shared."""

import atexit
import copy
import shutil
import tempfile

from config.settings import *  # noqa: F403
from config.settings import (
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    SESSION_HOURS,
    SESSION_IDLE_MINUTES,
    STORAGES,
    TEMPLATES,
)

SECRET_KEY = "tests-only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests move the clock by days; those of sessions bring the real lengths back (real_sessions).
REAL_SESSIONS = {"SESSION_HOURS": SESSION_HOURS, "SESSION_IDLE_MINUTES": SESSION_IDLE_MINUTES}
SESSION_HOURS = 24 * 365 * 20
SESSION_IDLE_MINUTES = dict.fromkeys(SESSION_IDLE_MINUTES, 60 * SESSION_HOURS)
# whitenoise would look for collected files; tests read them through the finders.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
# A session that has ended is read, then read once more to be deleted; an admin form looks up
# each of an assignment's two decisions; the petitions of one form each take a number of their own;
# a list may be narrowed by who has a petition and by who answered it; what two make at once is
# looked for again by the slower.
ZEAL_ALLOWLIST = [
    {"model": "accounts.Session", "field": "get()"},
    {"model": "assignments.Decision", "field": "get()"},
    {"model": "reports.PetitionCounter", "field": "get()"},
    {"model": "reports.CompetentBody", "field": "get()"},
    {"model": "accounts.SavedView", "field": "get()"},
    {"model": "axes.AccessAttempt", "field": "get()"},
]

# Stands where a template names what is not there; the test client fails on it (tests/client.py).
TEMPLATES = copy.deepcopy(TEMPLATES)
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED(%s)"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: tests with several writers need connections of their own.
    folder = tempfile.mkdtemp(prefix="test-database-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    DATABASES["default"]["TEST"] = {"NAME": f"{folder}/test.sqlite3"}
    # Nothing in it has to outlive a power cut.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("=FULL", "=OFF")
