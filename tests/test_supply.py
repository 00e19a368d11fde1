"""What the application is made of: packages pinned with their hashes, listed, licences known."""

import json
import re
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LISTS = ["requirements", "requirements-dev", "bench/requirements", "supply/tools"]
# The machine the lists in supply/ were made on; another Python takes other packages.
MACHINE = {
    "python_full_version": "3.11.0",
    "python_version": "3.11",
    "sys_platform": "linux",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}
# Its LICENSE file is the MIT licence; only the field of its metadata is empty.
LICENCE_IN_A_FILE = {"pyrage"}


def asked_for(name: str) -> dict[str, str]:
    """Give what a hand-written list asks for: package → exact version."""
    lines = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line.split("#")[0]) for line in lines if re.match(r"\w", line)]
    return {canonicalize_name(one.name): str(one.specifier) for one in wanted}


def locked(name: str) -> list[tuple[str, str, Marker | None, list[str]]]:
    """Give the entries of a lock: package, ``==version``, where it is taken, its hashes."""
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^(\w[^\n\\]*)\\\n((?:    --hash=\S+(?: \\)?\n)+)", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^\w", text, re.MULTILINE))
    found = []
    for line, hashes in entries:
        entry = Requirement(line)
        name, version = canonicalize_name(entry.name), str(entry.specifier)
        found.append((name, version, entry.marker, re.findall(r"sha256:[0-9a-f]{64}", hashes)))
    return found


def taken() -> dict[str, str]:
    """Give what runs on :data:`MACHINE`: package → version."""
    return {
        name: version.removeprefix("==")
        for name, version, marker, _ in locked("requirements")
        if marker is None or marker.evaluate(MACHINE)
    }


@pytest.mark.parametrize("name", LISTS)
def test_every_package_asked_for_is_locked_in_that_version(name):
    wanted = asked_for(name)
    assert wanted
    assert all(re.fullmatch(r"==[^*,]+", version) for version in wanted.values())
    assert wanted.items() <= {(package, version) for package, version, *_ in locked(name)}


@pytest.mark.parametrize("name", LISTS)
def test_every_locked_package_has_its_hashes(name):
    assert [package for package, _, _, hashes in locked(name) if not hashes] == []


def test_tests_run_with_what_will_run():
    tested = {(package, version) for package, version, *_ in locked("requirements-dev")}
    assert {(package, f"=={version}") for package, version in taken().items()} <= tested


def test_the_bill_of_materials_lists_what_runs():
    bill = json.loads((ROOT / "supply/sbom.cdx.json").read_text(encoding="utf-8"))
    listed = {canonicalize_name(one["name"]): one["version"] for one in bill["components"]}
    assert listed == taken()


def test_the_licence_of_everything_that_runs_is_known():
    rows = (ROOT / "supply/licences.md").read_text(encoding="utf-8").splitlines()[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert {canonicalize_name(name): version for name, version, _ in cells} == taken()
    unknown = {canonicalize_name(name) for name, _, licence in cells if licence == "UNKNOWN"}
    assert unknown == LICENCE_IN_A_FILE
