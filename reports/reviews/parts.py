"""The parts of a review's report: their order, headings and drafts.

``Review.texts`` holds what the office wrote itself, by the part's key; a part that is not there
is its draft, written anew from the frozen figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reports.models import Review
from reports.reviews import drafts
from reports.reviews.sentences import Numbers


@dataclass(frozen=True)
class Part:
    """One piece of text; ``heading`` is its clause's, "" where it has none of its own."""

    key: str
    label: str
    draft: Callable[[Numbers], str]
    heading: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Chapter:
    """A chapter: "I- …" with its parts, each a numbered clause where it has a heading."""

    heading: str
    parts: tuple[Part, ...]


def clause(key: str, heading: str, draft: Callable[[Numbers], str], hint: str = "") -> Part:
    return Part(key, heading, draft, heading, hint)


SUBJECT = Part(
    "trich_yeu", "Trích yếu", drafts.subject, hint="Một dòng, dưới tên loại văn bản BÁO CÁO."
)
CITATIONS = Part(
    "can_cu", "Căn cứ", drafts.citations, hint="Mỗi dòng một căn cứ; không ghi dấu gạch đầu dòng."
)
OPENING = Part("mo_dau", "Mở đầu", drafts.opening)
BY_FIELD = Part(
    "kien_nghi_theo_linh_vuc",
    "Kiến nghị theo lĩnh vực",
    drafts.by_field,
    hint="Bảng số liệu đã chốt được đặt ngay dưới phần này.",
)
CHAPTERS = (
    Chapter(
        "Kết quả thực hiện",
        (
            clause("phan_cong", "Việc phân công cán bộ theo dõi, phụ trách", drafts.assigned),
            clause("di_co_so", "Việc đi cơ sở, dự họp, dự sinh hoạt chi bộ", drafts.visits),
            clause("che_do_bao_cao", "Việc thực hiện chế độ báo cáo", drafts.reporting),
            clause(
                "gop_y",
                "Việc nắm tình hình, góp ý về kinh tế - xã hội, quốc phòng - an ninh, xây dựng "
                "hệ thống chính trị",
                drafts.opinions,
            ),
            clause(
                "phan_anh_kien_nghi",
                "Việc phản ánh, theo dõi giải quyết kiến nghị của địa phương",
                drafts.petitions,
            ),
        ),
    ),
    Chapter(
        "Những nội dung thực hiện chưa đủ và nguyên nhân",
        (
            clause("chua_du", "Những nội dung thực hiện chưa đủ", drafts.shortfalls),
            clause(
                "nguyen_nhan",
                "Nguyên nhân",
                drafts.nothing,
                hint="Cơ quan tự viết; số liệu không nói lên nguyên nhân.",
            ),
        ),
    ),
    Chapter("Kiến nghị của địa phương theo lĩnh vực", (BY_FIELD,)),
    Chapter(
        "Phương hướng, nhiệm vụ và đề xuất, kiến nghị",
        (
            clause("phuong_huong", "Phương hướng, nhiệm vụ trong thời gian tới", drafts.directions),
            clause("de_xuat", "Đề xuất, kiến nghị", drafts.proposals),
        ),
    ),
)
PARTS: tuple[Part, ...] = (
    SUBJECT,
    CITATIONS,
    OPENING,
    *(part for chapter in CHAPTERS for part in chapter.parts),
)


def draft_of(part: Part, numbers: Mapping[str, int]) -> str:
    """Give the draft of a part for the frozen figures."""
    return part.draft(Numbers(numbers))


def text_of(part: Part, review: Review, numbers: Mapping[str, int]) -> str:
    """Give what the report says in a part: the office's own text, else the draft."""
    return review.texts.get(part.key) or draft_of(part, numbers)
