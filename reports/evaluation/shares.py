"""The shares measured of officers: what each says, and one of one officer with its members."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.conf import settings

from reports.enums import Measure

TAKEN_OUT = "Số lần được miễn hoặc có lý do được chấp nhận không tính vào số phải làm."
SENTENCES = {
    Measure.COMMITTEE_MEETINGS: "Số lần dự họp Ban Chấp hành Đảng bộ đã xác nhận trên số lần phải "
    f"dự của các kỳ kết thúc trong kỳ đánh giá, không tính quá số phải dự. {TAKEN_OUT}",
    Measure.CELL_MEETINGS: "Số lần dự sinh hoạt chi bộ đã xác nhận trên số lần phải dự của các kỳ "
    f"kết thúc trong kỳ đánh giá, không tính quá số phải dự. {TAKEN_OUT}",
    Measure.FIELD_VISITS: "Số lần đi cơ sở, làm việc đã xác nhận trên số lần phải đi của các kỳ "
    f"kết thúc trong kỳ đánh giá, không tính quá số phải đi. {TAKEN_OUT}",
    Measure.REPORTS: "Số báo cáo định kỳ đã nộp trên số phải nộp của các kỳ kết thúc trong kỳ "
    f"đánh giá; báo cáo bị trả lại chưa nộp lại thì chưa tính. {TAKEN_OUT}",
    Measure.REPORTS_ON_TIME: "Số báo cáo định kỳ nộp lần đầu trong hạn trên số phải nộp của các kỳ "
    f"kết thúc trong kỳ đánh giá; nộp sau hạn thì không tính. {TAKEN_OUT}",
    Measure.PETITIONS_TOLD: "Số kết quả kiến nghị đã thông tin lại cho địa phương trên số kết quả "
    "có trong kỳ mà cán bộ phải thông tin lại; kết quả còn trong thời hạn {days} ngày thì chưa "
    "tính. Không tính theo số kiến nghị đã nêu hay đã giải quyết.",
    Measure.PETITIONS_TOLD_ON_TIME: "Số kết quả kiến nghị đã thông tin lại cho địa phương trong "
    "{days} ngày trên số kết quả có trong kỳ mà cán bộ phải thông tin lại; kết quả còn trong thời "
    "hạn thì chưa tính. Không tính theo số kiến nghị đã nêu hay đã giải quyết.",
}


def sentence_of(measure: Measure) -> str:
    """Say what a measure counts over what."""
    return SENTENCES[measure].format(days=settings.PETITION_TELL_DAYS)


@dataclass(frozen=True)
class Member:
    """One thing that was to be done: a line of the duty list, or a result to tell of."""

    key: str
    label: str
    due: int
    done: int
    waived: int = 0
    excused: int = 0
    address: str = ""


@dataclass(frozen=True)
class Measured:
    """One measure of one officer, with what it adds up; ``address`` opens the list of it."""

    measure: str
    sentence: str
    members: tuple[Member, ...]
    address: str

    @property
    def label(self) -> str:
        return Measure(self.measure).label

    @cached_property
    def due(self) -> int:
        return sum(member.due for member in self.members)

    @cached_property
    def done(self) -> int:
        return sum(member.done for member in self.members)

    @cached_property
    def waived(self) -> int:
        return sum(member.waived for member in self.members)

    @cached_property
    def excused(self) -> int:
        return sum(member.excused for member in self.members)

    @property
    def counted(self) -> int:
        """Give what was to be done and neither waived nor explained: the denominator."""
        return self.due - self.waived - self.excused

    @property
    def applies(self) -> bool:
        """Say whether anything was owed at all: of nothing there is no share."""
        return self.counted > 0

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.done, self.counted) if self.applies else None

    @property
    def words(self) -> str:
        """Give the share as it is written: "5/6 (2 miễn, 1 có lý do)"."""
        parts = [
            f"{count} {word}"
            for count, word in ((self.waived, "miễn"), (self.excused, "có lý do"))
            if count
        ]
        beside = f" ({', '.join(parts)})" if parts else ""
        return f"{self.done}/{self.counted}{beside}" if self.applies else f"Không phải làm{beside}"
