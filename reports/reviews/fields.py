"""Fields of a review's texts: ``{{ can_bo_dang_phu_trach }}`` stands for the frozen figure.

The same names serve the texts written on the page and the office's own Word templates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from django.conf import settings

from assignments.enums import DutyKind
from assignments.spreadsheets.cells import plain_text
from communes.dates import date_in_words, short_date
from reports.documents import standing_committee
from reports.duties import Totals
from reports.figures import FIGURES
from reports.freezing import frozen_line, frozen_values
from reports.models import FrozenFigures

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
# The rate of each kind of duty as "17/21 (2 miễn)", and of all.
RATES: dict[str, DutyKind | None] = {
    "ty_le_thuc_hien": None,
    "ty_le_hop_ban_chap_hanh": DutyKind.COMMITTEE_MEETING,
    "ty_le_sinh_hoat_chi_bo": DutyKind.CELL_MEETING,
    "ty_le_di_co_so": DutyKind.FIELD_VISIT,
    "ty_le_bao_cao": DutyKind.REPORT,
}
NOTHING_DUE = "không phát sinh"
WORDS = ("due", "done", "waived", "explained", "unexplained")


def whole_number(number: int) -> str:
    """Give a number as people read it, with "." between thousands."""
    return f"{number:,}".replace(",", ".")


def totals_of(numbers: Mapping[str, int], kind: DutyKind | None) -> Totals:
    """Give the five frozen numbers of one kind of duty, or of all."""
    keys = {word: f"{word}_{kind.value}" if kind else f"duties_{word}" for word in WORDS}
    return Totals(**{word: numbers.get(key, 0) for word, key in keys.items()})


def rate(totals: Totals) -> str:
    """Give "17/21 (2 miễn)"; in words when nothing was due."""
    return totals.fraction if totals.due else NOTHING_DUE


def field_values(frozen: FrozenFigures) -> dict[str, str]:
    """Give the text of every field, by its name: figures, rates, days, names, the printed line.

    Everything comes from the freeze and its review; a text without words stays empty, and counts
    as missing where it is asked for.
    """
    numbers = frozen_values(frozen)
    figures = {
        FIGURES[key].field: whole_number(value) for key, value in numbers.items() if key in FIGURES
    }
    rates = {name: rate(totals_of(numbers, kind)) for name, kind in RATES.items()}
    return {**figures, **rates, **days_of(frozen), **names_of(frozen)}


def days_of(frozen: FrozenFigures) -> dict[str, str]:
    """Give the fields that are dates, as sentences and headers write them."""
    review = frozen.review
    day = dt.date.fromisoformat(frozen.parameters["day"])
    return {
        "ngay_so_lieu": short_date(day),
        "ngay_so_lieu_bang_chu": date_in_words(day),
        "ngay_hop": short_date(review.held_on) if review.held_on else "",
        "ngay_bao_cao": short_date(review.report_day) if review.report_day else "",
    }


def names_of(frozen: FrozenFigures) -> dict[str, str]:
    """Give the fields that are names and words."""
    review, told = frozen.review, dict(frozen.parameters.get("shown", []))
    return {
        "ten_ky_so_ket": review.name,
        "ky_so_lieu": told.get("Các quý", ""),
        "co_quan": settings.COMMITTEE_NAME,
        "dia_danh": settings.PLACE_NAME,
        "ban_thuong_vu": standing_committee(),
        "ten_quy_che": settings.REGULATION_NAME,
        "quy_che": regulation_of(frozen),
        "so_van_ban": review.document.code if review.document else "",
        "noi_nhan": review.recipients,
        "nguoi_ky": review.signer or settings.COMMITTEE_SIGNER,
        "lan_chot": str(frozen.number),
        "dong_so_lieu_chot": frozen_line(frozen),
    }


def regulation_of(frozen: FrozenFigures) -> str:
    """Give the regulation the frozen duties follow, the newest version, as it is cited (L21)."""
    duties = frozen.parameters.get("duties", [])
    if not duties:
        return settings.REGULATION_NAME
    last = max(duties, key=lambda duty: duty["started_on"])
    issued_on = short_date(dt.date.fromisoformat(last["issued_on"]))
    return f"Quy chế số {last['regulation']}, ngày {issued_on} của {standing_committee()}"


def missing_mark(name: str) -> str:
    """Give what is printed where a value is missing: nobody overlooks it."""
    return f"[THIẾU: {plain_text(name)}]"


def fill(text: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """Put values in the place of fields; give the text and the names of those missing.

    What a value holds is text: braces in it are not looked at again.
    """
    missing: dict[str, None] = {}

    def value_of(found: re.Match[str]) -> str:
        name = found[1]
        if not values.get(name):
            missing[name] = None
            return missing_mark(name)
        return values[name]

    return FIELD.sub(value_of, text), list(missing)
