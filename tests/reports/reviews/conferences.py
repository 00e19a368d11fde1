"""A review with frozen figures, for the tests of its papers."""

import datetime as dt

from django.utils import timezone

from assignments.enums import DutyKind
from reports.enums import PetitionState
from reports.freezing import freeze
from reports.models import FrozenFigures, Review
from tests.factories import (
    DAY,
    make_assignment,
    make_commune,
    make_document,
    make_field,
    make_officer,
    make_period,
    make_petition,
    make_regulation,
    make_review,
    make_task,
    make_visit,
)

NOW = dt.datetime(2023, 5, 9, 17, 30, tzinfo=timezone.get_default_timezone())
# Names no sentence has for another reason.
OFFICERS = ("Ngô Quắc Bảo", "Trần Mỹ Bé <w:b/>&amp; {{ x }}")
COMMUNES = ("Trung Bưởi", "Lâm Xoài", "Vắng Chủ")


def plan_review(**fields) -> Review:
    """Plan the review of the quarter of :data:`DAY`."""
    defaults = {
        "report_day": DAY,
        "recipients": "Bộ Chính trị (để báo cáo)\nĐảng ủy xã, phường, thị trấn",
        "signer": "Trần Thị Thủy",
    }
    return make_review("Hội nghị sơ kết", **{**defaults, **fields})


def province() -> None:
    """Make two officers with a commune each, one commune without, a petition and a task."""
    make_regulation(
        DutyKind.COMMITTEE_MEETING,
        DutyKind.REPORT,
        number="10-QC/TU",
        issued_on=dt.date(2021, 10, 19),
        started_on=dt.date(2022, 1, 1),
    )
    make_period()
    communes = [make_commune(name) for name in COMMUNES]
    for name, commune in zip(OFFICERS, communes, strict=False):
        make_assignment(make_officer(name), commune, started_on=dt.date(2022, 1, 1))
    make_visit(communes[0])
    field = make_field("Giao thông nông thôn <&>")
    make_petition(communes[1], field=field, state=PetitionState.NEW)
    make_task()


def frozen_review(by, **fields) -> FrozenFigures:
    """Freeze a review of the small province."""
    province()
    review = plan_review(**fields)
    return freeze(review=review, by=by, now=NOW)


def numbered(frozen: FrozenFigures, number: int = 5) -> FrozenFigures:
    """Give the review's report its number."""
    review = frozen.review
    review.document = make_document(number=number, issued_on=DAY)
    review.save()
    return frozen
