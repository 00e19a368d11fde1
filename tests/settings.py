"""Settings of the test run: plain static files, a quick hasher, a database that can be shared."""

import tempfile

from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES, TEMPLATES

SECRET_KEY = "tests-only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# whitenoise would look for collected files; tests read them through the finders.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True


class UndefinedVariable(str):
    """Rendered where a template names a variable that does not exist: the test fails."""

    __slots__ = ()

    def __mod__(self, name):
        raise AssertionError(f"Undefined template variable: {name}")

    def __contains__(self, item):
        return item == "%s"


if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: tests with several writers need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.mkdtemp()}/test.sqlite3"}
