"""The README tells what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_of_the_environment_is_described():
    files = [ROOT / "config" / name for name in ("settings.py", "gunicorn.py")]
    settings = "".join(path.read_text(encoding="utf-8") for path in files)
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings))
    described = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert described == read


def test_every_file_it_names_exists():
    named = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    assert [name for name in named if not (ROOT / name).exists()] == []
