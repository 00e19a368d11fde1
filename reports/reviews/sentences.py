"""Sentences of a draft: they name figures as fields, and say so when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.figures import FIGURES

TO = "theo dõi, phụ trách"


@dataclass(frozen=True)
class Numbers:
    """The frozen figures a draft is written for; what is not frozen is nought."""

    values: Mapping[str, int]

    def __getitem__(self, key: str) -> int:
        return self.values.get(key, 0)

    def of(self, key: str) -> str:
        """Give the field of a figure: "{{ can_bo_dang_phu_trach }}"."""
        return field(FIGURES[key].field)

    def some(self, key: str, sentence: str) -> str:
        """Give ``sentence`` with the figure's field for "#"; "" when the figure is nought."""
        return sentence.replace("#", self.of(key)) if self[key] else ""

    def listed(self, parts: Iterable[tuple[str, str]]) -> str:
        """Give "dự họp 3 lượt, đi cơ sở 2 lượt" of those figures that are not nought."""
        return ", ".join(filter(None, (self.some(key, words) for key, words in parts)))


def field(name: str) -> str:
    """Give a field as texts write it."""
    return f"{{{{ {name} }}}}"


def sentences(*parts: str) -> str:
    """Put sentences that have words after one another."""
    return " ".join(part for part in parts if part)


def lines(*parts: str) -> str:
    """Put paragraphs that have words under one another."""
    return "\n".join(part for part in parts if part)
