"""Serves Bootstrap's files out of the pip-installed wheel, which is not itself a Django app."""

from pathlib import Path

from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# Only what pages load, with the map it names (the manifest storage insists on it).
FILES = (
    "css/bootstrap.min.css",
    "css/bootstrap.min.css.map",
    "LICENSE",
)


class BootstrapFinder(BaseFinder):
    """Finds ``bootstrap/<file>`` for the files in :data:`FILES` and nothing else."""

    prefix = "bootstrap"

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=Path(get_bootstrap_dir()))
        self.storage.prefix = self.prefix
        super().__init__(*args, **kwargs)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        """Give the file's path (a list of it with ``find_all``); ``[]`` when it is not ours."""
        name = path.removeprefix(f"{self.prefix}/")
        if name == path or name not in FILES:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in FILES:
            yield name, self.storage
