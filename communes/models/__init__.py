"""Places, their Party cells and contacts, and what became of communes that were rearranged."""

from communes.models.cells import Contact, Lasting, PartyCell
from communes.models.places import (
    Area,
    Commune,
    District,
    Place,
    PlaceQuerySet,
    SearchableQuerySet,
    having_all_words,
)
from communes.models.reorganisations import Descent, Reorganisation, Succession

__all__ = [
    "Area",
    "Commune",
    "Contact",
    "Descent",
    "District",
    "Lasting",
    "PartyCell",
    "Place",
    "PlaceQuerySet",
    "Reorganisation",
    "SearchableQuerySet",
    "Succession",
    "having_all_words",
]
