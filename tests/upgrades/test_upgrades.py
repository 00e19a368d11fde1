"""Whoever runs a released version and upgrades keeps every row and every value."""

from __future__ import annotations

import os

import pytest
from django.apps import apps

from tests.loss.site import Site
from tests.upgrades.releases import FOLDER, RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_every_value_is_kept(release, tmp_path):
    site = Site(tmp_path, os.environ.get("DATABASE_URL", ""))
    try:
        done = site.run("-m", "tests.upgrades.upgrade", release, DEBUG="true")
        assert done.returncode == 0, done.stderr[-3000:]
        assert done.stdout.startswith(f"release {release}: ")
    finally:
        site.remove()


def test_samples_stay_small():
    for release in RELEASES:
        assert (FOLDER / f"{release}.json").stat().st_size < 400_000


def test_every_released_app_is_one_of_ours():
    labels = {config.label for config in apps.get_app_configs()}
    for migrations in RELEASES.values():
        assert set(migrations) <= labels
