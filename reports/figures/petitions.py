"""Figures of petitions."""

from __future__ import annotations

from django.conf import settings

from reports.figures.defined import Counted, Population
from reports.models import Petition
from reports.models.petitions import PetitionQuerySet
from reports.petitions import standing
from reports.viewpoint import Viewpoint


def raised(view: Viewpoint) -> PetitionQuerySet:
    """Give the petitions one may see that had been raised by the day, as they stood then."""
    return Petition.objects.visible_to(view.user).standing().on(view.day)


PETITIONS = Population(raised, "petitions:list")

PETITION_FIGURES = (
    Counted(
        "petitions_open",
        "kiến nghị đang giải quyết",
        "Kiến nghị chưa có kết quả tại ngày xem: mới, đã chuyển, đang xem xét hoặc đang "
        "giải quyết.",
        PETITIONS,
        lambda view: standing.open_on(),
        {"tinh_trang": "dang_giai_quyet"},
    ),
    Counted(
        "petitions_overdue",
        "kiến nghị quá hạn trả lời",
        "Kiến nghị đang giải quyết mà cơ quan chủ trì đã quá hạn trả lời tại ngày xem.",
        PETITIONS,
        lambda view: standing.overdue_on(view.day),
        {"tinh_trang": "qua_han"},
        of="petitions_open",
    ),
    Counted(
        "petitions_unrouted",
        "kiến nghị chưa chuyển xử lý",
        f"Kiến nghị mới quá {settings.PETITION_ROUTE_DAYS} ngày, tính từ ngày kiến nghị hoặc ngày "
        "mở lại, mà chưa chuyển cơ quan nào.",
        PETITIONS,
        lambda view: standing.unrouted_on(view.day),
        {"tinh_trang": "chua_chuyen"},
        of="petitions_open",
    ),
    Counted(
        "petitions_untold",
        "kiến nghị cần trả lời xã",
        "Kiến nghị đã có kết quả nhưng chưa thông tin lại cho địa phương; kiến nghị trùng được "
        "tính khi kiến nghị chính có kết quả.",
        PETITIONS,
        lambda view: standing.untold_on(view.day),
        {"tinh_trang": "can_tra_loi"},
    ),
    Counted(
        "petitions_escalated",
        "kiến nghị cần trình Ban Thường vụ",
        "Kiến nghị quá hạn trả lời và đã ở một cơ quan quá "
        f"{settings.PETITION_ESCALATION_DAYS} ngày, không tính thời gian ở cấp xã; hoặc quá "
        f"{settings.PETITION_ESCALATION_DAYS} ngày chưa chuyển xử lý.",
        PETITIONS,
        lambda view: standing.escalated_on(view.day),
        {"tinh_trang": "trinh"},
        of="petitions_open",
    ),
)
