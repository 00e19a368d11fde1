"""The review under way with its figures frozen, and the numbers documents were given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from accounts import audit
from accounts.enums import Verb
from assignments.demo.days import DAY, is_working, moment
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from reports.duties.rules import duties_of
from reports.enums import DocumentKind
from reports.freezing.services import take, told
from reports.models import CommitteeTerm, Conclusion, IssuedDocument, Period, Review

YEARS_OF_A_TERM, A_FIRST_YEAR = 5, 2020
DAY_AFTER_A_CONGRESS = (10, 17)  # month, day
BEGUN_BEFORE, COUNTED_BEFORE, HELD_AFTER = 12 * DAY, 4 * DAY, 9 * DAY
FROZEN_AT, ENTERED_AT = dt.time(17, 30), dt.time(9, 10)
OLDER_REPORT = 61  # its number; issued some days before the oldest notice

CAUSES = (
    "- Một số đồng chí kiêm nhiệm nhiều việc, lịch họp của cơ sở trùng lịch công tác ở tỉnh.\n"
    "- Việc thông báo lịch họp, sinh hoạt của một số Đảng ủy, chi bộ chưa kịp thời.\n"
    "- Khi thay đổi cán bộ phụ trách, việc bàn giao có lúc còn chậm."
)


def write_conferences(stage: Stage, quarters: Sequence[Period]) -> None:
    """Write terms, numbers, the review and what was frozen for it, with the log."""
    terms = list(terms_of(stage))
    CommitteeTerm.objects.bulk_create(terms)
    documents = list(numbered(stage, terms))
    IssuedDocument.objects.bulk_create(documents)
    write_log(entries(documents))
    if reviewed := [*finished(stage, quarters)]:
        review = review_of(stage, reviewed)
        review.save()
        write_log(entries([review]))
        freeze_figures(stage, review)


def finished(stage: Stage, quarters: Sequence[Period]) -> Iterator[Period]:
    """Give the whole quarters that are over and judged by a version of the regulation."""
    judged = {period for period, _ in duties_of(quarters)}
    since, until = stage.world.start, stage.day - COUNTED_BEFORE
    whole = (one for one in quarters if since <= one.started_on and one.ended_on <= until)
    return (one for one in whole if one in judged)


def terms_of(stage: Stage) -> Iterator[CommitteeTerm]:
    """Give the committee's terms that reach into the world's days."""
    first = A_FIRST_YEAR - YEARS_OF_A_TERM * YEARS_OF_A_TERM
    years = range(first, stage.day.year + 1, YEARS_OF_A_TERM)
    for year in years:
        since = dt.date(year, *DAY_AFTER_A_CONGRESS)
        until = dt.date(year + YEARS_OF_A_TERM, *DAY_AFTER_A_CONGRESS)
        if since <= stage.day and until > stage.world.start:
            name = f"{year}–{year + YEARS_OF_A_TERM}"
            yield CommitteeTerm(name=name, started_on=since, ended_on=until)


def numbered(stage: Stage, terms: Sequence[CommitteeTerm]) -> Iterator[IssuedDocument]:
    """Give the register's rows: the notices of conclusions, and the report before the oldest."""
    notices = list(Conclusion.objects.order_by("issued_on", "pk"))
    before = working_day(notices[0].issued_on - 3 * DAY)
    subject = "Sơ kết việc theo dõi, phụ trách Đảng bộ xã, phường, thị trấn sáu tháng"
    yield document(stage, terms, DocumentKind.REPORT, OLDER_REPORT, before, subject)
    for notice in notices:
        number = int(notice.number.partition("-")[0])
        kind = DocumentKind.NOTICE
        yield document(stage, terms, kind, number, notice.issued_on, notice.subject)


def document(
    stage: Stage,
    terms: Sequence[CommitteeTerm],
    kind: DocumentKind,
    number: int,
    day: dt.date,
    subject: str,
) -> IssuedDocument:
    return IssuedDocument(
        kind=kind,
        symbol="TU",
        term=next(term for term in terms if term.started_on <= day < term.ended_on),
        number=number,
        issued_on=day,
        subject=subject,
        entered_by=stage.office,
        entered_at=moment(day, dt.time(15, 40)),
    )


def review_of(stage: Stage, quarters: Sequence[Period]) -> Review:
    """Give the review of ``quarters``, its conference some days ahead."""
    begun_on = working_day(stage.day - BEGUN_BEFORE)
    return Review(
        name="Sơ kết thực hiện Quy chế 10-QC/TU",
        first_quarter=quarters[0],
        last_quarter=quarters[-1],
        day=stage.day - COUNTED_BEFORE,
        held_on=working_day(stage.day + HELD_AFTER),
        signer=stage.leader.full_name,
        texts={"nguyen_nhan": CAUSES},
        recipients="Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy\n"
        "Các cơ quan tham mưu, giúp việc Tỉnh ủy\nCác huyện ủy, thị ủy, thành ủy",
        entered_by=stage.office,
        entered_at=moment(begun_on, ENTERED_AT),
    )


def working_day(day: dt.date) -> dt.date:
    """Give the last working day up to ``day``."""
    while not is_working(day):
        day -= DAY
    return day


def freeze_figures(stage: Stage, review: Review) -> None:
    """Freeze the review's figures in the evening of the day they speak of."""
    at = moment(review.day, FROZEN_AT)
    frozen = take(review=review, by=stage.office, now=at)
    write_log([audit.event(Verb.FREEZE, frozen, by=stage.office, at=at, after=told(frozen))])
