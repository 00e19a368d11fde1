"""Every figure by its key, grouped by what it counts."""

from __future__ import annotations

from reports.figures.assignments import ASSIGNMENT_FIGURES
from reports.figures.communes import COMMUNE_FIGURES
from reports.figures.conclusions import TASK_FIGURES
from reports.figures.defined import Counted, Figure, Population
from reports.figures.duties import DUTY_FIGURES
from reports.figures.entries import ENTRY_FIGURES
from reports.figures.officers import OFFICER_FIGURES
from reports.figures.petitions import PETITION_FIGURES
from reports.figures.visits import VISIT_FIGURES

# By what they count, in the order people read them.
GROUPS: dict[str, tuple[Figure, ...]] = {
    "Cán bộ": OFFICER_FIGURES,
    "Đảng bộ cấp xã": COMMUNE_FIGURES,
    "Phân công": ASSIGNMENT_FIGURES,
    "Đi cơ sở": VISIT_FIGURES,
    "Kiến nghị": PETITION_FIGURES,
    "Kết luận, nhiệm vụ": TASK_FIGURES,
    "Báo cáo, đề nghị miễn": ENTRY_FIGURES,
    "Nhiệm vụ theo quy chế": DUTY_FIGURES,
}
FIGURES: dict[str, Figure] = {
    figure.key: figure for members in GROUPS.values() for figure in members
}


def figures_of(population: Population) -> list[Counted]:
    """Give the figures that count among the records of ``population``."""
    counted = (figure for figure in FIGURES.values() if isinstance(figure, Counted))
    return [figure for figure in counted if figure.population is population]
