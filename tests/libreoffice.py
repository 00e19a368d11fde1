"""This machine's own LibreOffice: opens our files as an office does."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl

LACKING = "no LibreOffice on this machine (apt install libreoffice-calc libreoffice-writer)"
SECONDS = 180
# Left to itself LibreOffice believes the results that stand in the file.
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def find_libreoffice() -> str | None:
    """Give the path of the LibreOffice on the PATH, or ``None``."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(source: Path, to: str, folder: Path) -> Path:
    """Have LibreOffice open ``source`` and save it as ``to`` ("pdf", "xlsx") in ``folder``.

    Every formula is calculated anew. It works with a profile of its own in ``folder``, so that
    several may run at once. ``source`` must not lie in ``folder``.
    """
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    profile = (folder / "profile").resolve().as_uri()
    command = [find_libreoffice(), f"-env:UserInstallation={profile}", "--headless"]
    command += ["--norestore", "--convert-to", to, "--outdir", str(folder), str(source)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    made = folder / f"{source.stem}.{to}"
    assert made.exists(), f"{result.stdout}\n{result.stderr}"
    return made


def recalculated(content: bytes, folder: Path) -> openpyxl.Workbook:
    """Give a workbook with the results LibreOffice calculates itself."""
    source = folder / "workbook.xlsx"
    source.write_bytes(content)
    return openpyxl.load_workbook(converted(source, "xlsx", folder / "saved"), data_only=True)


def wrong_results(content: bytes, folder: Path) -> list[tuple[str, str, object, object]]:
    """Give sheet, cell, stored and calculated result of every formula where they are not alike."""
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    calculated = recalculated(content, folder)
    return [
        (sheet.title, cell.coordinate, stored, found)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        and not alike(
            stored := results[sheet.title][cell.coordinate].value,
            found := calculated[sheet.title][cell.coordinate].value,
        )
    ]


def alike(stored: object, found: object) -> bool:
    """Say whether two results are the same; an empty text comes back as an empty cell."""
    if isinstance(stored, int | float) and isinstance(found, int | float):
        return abs(stored - found) < 1e-9
    return (stored or None) == (found or None) and type(stored) is type(found)
