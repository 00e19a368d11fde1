"""Static files as a server gives them: named by their content, compressed, kept for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings as real
from django.core.management import call_command
from django.http import Http404
from django.test import RequestFactory, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from config import settings as installed

# Closing an answer ends a request: connections to the database are looked at.
pytestmark = pytest.mark.django_db

FOR_EVER = 365 * 24 * 3600


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Iterator[Path]:
    """Collect the files as an installation does; give where they are."""
    root = tmp_path_factory.mktemp("static")
    storages = {**real.STORAGES, "staticfiles": installed.STORAGES["staticfiles"]}
    with override_settings(STATIC_ROOT=root, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
        yield root


@pytest.fixture(scope="module")
def names(collected) -> dict[str, str]:
    """Give the name of each file by which pages name it."""
    return json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))["paths"]


def given(name: str, **headers: str):
    """Ask whitenoise for a file, with nothing behind it."""

    def nothing(request):
        raise Http404

    return WhiteNoiseMiddleware(nothing)(RequestFactory(headers=headers).get(f"/static/{name}"))


@pytest.mark.parametrize("name", ["css/app.css", "bootstrap/css/bootstrap.min.css", "js/app.js"])
def test_a_file_is_kept_for_ever_and_compressed(names, name):
    with closing(given(names[name], **{"accept-encoding": "gzip, br"})) as answer:
        assert "immutable" in answer["Cache-Control"]
        age = next(part for part in answer["Cache-Control"].split(", ") if "max-age" in part)
        assert int(age.partition("=")[2]) >= FOR_EVER
        assert answer["Content-Encoding"] == "br"
        assert answer["Vary"] == "Accept-Encoding"


def test_who_has_a_file_is_told_so(names):
    with closing(given(names["css/app.css"])) as first:
        seen = first["Last-Modified"]
    with closing(given(names["css/app.css"], **{"if-modified-since": seen})) as again:
        assert (again.status_code, again.getvalue()) == (304, b"")


def test_all_pages_load_few_bytes(collected, names):
    """What every page names, as it goes over the line."""
    loaded = ("css/app.css", "bootstrap/css/bootstrap.min.css", "js/app.js", "js/idle.js")
    assert sum((collected / f"{names[name]}.br").stat().st_size for name in loaded) < 60_000
