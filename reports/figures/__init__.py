"""Every figure, defined once: its words, its sentence, and the query of its members.

Screen, workbook and the "?" beside a number all come from here, so they cannot disagree
(DESIGN §4). A figure's value is the number of its members, and its page lists exactly them.
"""

from reports.figures.assignments import ASSIGNMENTS
from reports.figures.communes import COMMUNES, look_ahead
from reports.figures.counting import values, with_figures
from reports.figures.defined import Counted, Figure, Population, Summed
from reports.figures.officers import OFFICERS
from reports.figures.petitions import PETITIONS
from reports.figures.registry import FIGURES, GROUPS, figures_of

__all__ = [
    "ASSIGNMENTS",
    "COMMUNES",
    "FIGURES",
    "GROUPS",
    "OFFICERS",
    "PETITIONS",
    "Counted",
    "Figure",
    "Population",
    "Summed",
    "figures_of",
    "look_ahead",
    "values",
    "with_figures",
]
