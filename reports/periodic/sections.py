"""What a report is made of: the sections that its kind has, and their headings."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.text import capfirst

from reports.enums import ReportKind
from reports.models import SECTIONS, PeriodicReport


class Section(NamedTuple):
    """One section: the column that holds it, its heading, what is to be written there."""

    name: str
    label: str
    hint: str = ""


HINTS = {
    "resolutions": "Văn bản đã đôn đốc, kết quả ở từng địa phương.",
    "economy": "Tình hình, ý kiến đã nêu với địa phương.",
    "defence": "Tình hình, ý kiến đã nêu với địa phương.",
    "politics": "Công tác xây dựng Đảng, chính quyền; sinh hoạt chi bộ.",
    "organisations": "Tình hình từng tổ chức.",
    "difficulties": "Không có thì ghi “Không”.",
    "proposals": "Của địa phương và của cán bộ phụ trách.",
    "area_change": "Trước và sau, so với kỳ trước.",
}
PERIODIC_SECTIONS = tuple(
    Section(
        name,
        capfirst(PeriodicReport._meta.get_field(name).verbose_name),
        HINTS[name],
    )
    for name in SECTIONS
)
# An urgent report says what happened, what is difficult about it and what is asked for.
HAPPENED = "area_change"
URGENT_SECTIONS = (
    Section(HAPPENED, "Nội dung, diễn biến", "Việc gì, ở đâu, từ lúc nào, đã xử lý ra sao."),
    Section("difficulties", "Khó khăn, vướng mắc"),
    Section("proposals", "Kiến nghị, đề xuất", "Cần cấp trên làm gì, trước lúc nào."),
)


def sections_of(report: PeriodicReport) -> tuple[Section, ...]:
    """Give the sections a report has, in order."""
    return URGENT_SECTIONS if report.kind == ReportKind.URGENT else PERIODIC_SECTIONS


class Written(NamedTuple):
    """A section's heading and what is written in it."""

    label: str
    text: str


def texts_of(report: PeriodicReport) -> list[Written]:
    """Give what is written in each section, in order."""
    return [
        Written(section.label, getattr(report, section.name)) for section in sections_of(report)
    ]
