"""The checksum of a freeze: whether what is stored is still what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from reports.models import FrozenFigure, FrozenFigures


def checksum(parameters: dict, figures: Iterable[FrozenFigure], sheets: list) -> str:
    """Give SHA-256 over everything frozen, written as JSON in one way only."""
    content = {
        "parameters": parameters,
        "figures": [
            [one.position, one.key, one.label, one.sentence, one.value, one.members]
            for one in figures
        ],
        "sheets": sheets,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(frozen: FrozenFigures, figures: Iterable[FrozenFigure] | None = None) -> bool:
    """Say whether a freeze with its ``figures``, in their order, is as it was written.

    Nothing else may be read of one that is not: what it depends on may not even be there.
    """
    if figures is None:
        figures = frozen.figures.order_by("position")
    return checksum(frozen.parameters, figures, frozen.sheets) == frozen.checksum
