"""How a Party document is laid out, by the guidance in force on its day (DOMAIN §2.1–2.4).

Lengths are millimetres, sizes and spaces points. The numbers after fields are the rules of
DOMAIN §2.3. What sources disagree about (line spacing, "V/v", the spelling of "ủy", the end mark,
"Căn cứ" in italics, the size of the recipients) is a field here that the installation may set.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from django.conf import settings

# The word both ways: the tone on the first letter (new) or on the last (old).
NEW_TO_OLD = {"ủy": "uỷ", "Ủy": "Uỷ", "ỦY": "UỶ"}
OLD_TO_NEW = {old: new for new, old in NEW_TO_OLD.items()}
UY = re.compile(rf"\b({'|'.join([*NEW_TO_OLD, *OLD_TO_NEW])})\b")


@dataclass(frozen=True)
class Profile:
    """One layout, and the days it is for: from ``started_on`` until the next one's."""

    name: str
    guidance: str
    started_on: dt.date
    letter_prefix: str  # L15: before the subject of a công văn
    end_mark: str  # L20
    is_old_spelling: bool  # L22: "Uỷ"; else "Ủy"
    page: tuple[int, int] = (210, 297)  # L1
    font: str = "Times New Roman"  # L2
    top: int = 20  # L3
    bottom: int = 20
    left: int = 30
    right: int = 15
    is_two_sided: bool = False  # L4: the back page turns left and right round
    page_number_size: int = 14  # L5
    header_distance: int = 10  # L5
    left_cell: int = 74  # L6
    right_cell: int = 91  # L6
    party_size: int = 15  # L7
    place_size: int = 14  # L8
    body_name_size: int = 14  # L9
    number_size: int = 14  # L10
    type_size: int = 16  # L13
    subject_size: int = 14  # L14
    letter_subject_size: int = 12  # L15
    text_size: int = 14  # L16
    first_line: int = 10  # L16
    space_after: int = 6  # L16
    line_spacing: int = 18  # L17
    has_italic_citations: bool = False  # L19
    table_size: int = 12
    recipients_word_size: int = 14  # §2.4
    recipients_size: int = 12  # §2.4
    signature_size: int = 14  # §2.4

    def spelled(self, text: str) -> str:
        """Write the word "ủy" of ``text`` as this guidance does; names like "Thủy" stay."""
        spelling = NEW_TO_OLD if self.is_old_spelling else OLD_TO_NEW
        return UY.sub(lambda found: spelling.get(found[0], found[0]), text)


HD36_2018 = Profile(
    name="HD36_2018",
    guidance="Hướng dẫn 36-HD/VPTW",
    started_on=dt.date(2018, 4, 3),
    letter_prefix="V/v",
    end_mark="./.",
    is_old_spelling=True,
)
HD05_2026 = Profile(
    name="HD05_2026",
    guidance="Hướng dẫn 05-HD/VPTW",
    started_on=dt.date(2026, 5, 27),
    letter_prefix="về việc",
    end_mark=".",
    is_old_spelling=False,
)
# The oldest first; days before it are set as it says.
PROFILES = (HD36_2018, HD05_2026)


def profile_of(day: dt.date) -> Profile:
    """Give the layout of a document of ``day``, with what the installation has set itself."""
    return replace(named_profile(settings.DOCUMENT_PROFILE) or in_force(day), **own_values())


def own_values() -> dict[str, object]:
    """Give the fields the installation has set; what it left empty stays as the guidance says."""
    asked = {
        "line_spacing": settings.DOCUMENT_LINE_SPACING,
        "letter_prefix": settings.DOCUMENT_LETTER_PREFIX,
        "end_mark": settings.DOCUMENT_END_MARK,
        "recipients_size": settings.DOCUMENT_RECIPIENTS_SIZE,
        "has_italic_citations": settings.DOCUMENT_ITALIC_CITATIONS,
        "is_two_sided": settings.DOCUMENT_TWO_SIDED,
    }
    if settings.DOCUMENT_SPELLING:
        asked["is_old_spelling"] = settings.DOCUMENT_SPELLING in OLD_TO_NEW
    return {name: value for name, value in asked.items() if value or name == "is_old_spelling"}


def named_profile(name: str) -> Profile | None:
    return next((profile for profile in PROFILES if profile.name == name), None)


def in_force(day: dt.date) -> Profile:
    """Give the layout of the guidance in force on ``day``; before all of them, the oldest."""
    begun = [profile for profile in PROFILES if profile.started_on <= day]
    return begun[-1] if begun else PROFILES[0]
