"""Figures of petitions."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from reports.enums import PetitionAct, PetitionState
from reports.figures.defined import Counted, Population
from reports.models import Petition, PetitionEvent, PetitionMatter
from reports.models.petitions import PetitionMatterQuerySet, PetitionQuerySet
from reports.petitions import standing
from reports.petitions.ageing import IN_TIME, LATE, answered
from reports.viewpoint import Viewpoint


def raised(view: Viewpoint) -> PetitionQuerySet:
    """Give the petitions one may see that had been raised by the day, as they stood then."""
    return Petition.objects.visible_to(view.user).standing().on(view.day)


PETITIONS = Population(raised, "petitions:list")


def raised_in(view: Viewpoint) -> Q:
    """Give the condition that a petition was raised in the quarters looked at."""
    return Q(raised_on__gte=view.first_day, raised_on__lte=view.last_day)


def settled_in(view: Viewpoint) -> Q:
    """Give the condition that what has a result got it in the quarters: the last time it did.

    What was opened again and has none on the day is not counted.
    """
    results = PetitionEvent.objects.filter(petition=OuterRef("pk"), act__in=RESULTS)
    within = results.filter(happened_on__gte=view.first_day, happened_on__lte=view.last_day)
    later = results.filter(happened_on__gt=view.last_day, happened_on__lte=view.day)
    # What stands on the day came with the result or after it: spares asking all the older ones.
    since = Q(stands_since__gte=view.first_day)
    return standing.settled_on() & since & Q(Exists(within)) & ~Q(Exists(later))


def matters(view: Viewpoint) -> PetitionMatterQuerySet:
    """Give the matters one may see."""
    return PetitionMatter.objects.visible_to(view.user)


def is_open(view: Viewpoint) -> Q:
    """Give the condition that some petition of a matter is open, of those one may see."""
    rows = raised(view).filter(standing.open_on(), matter=OuterRef("pk"))
    return Q(Exists(rows))


MATTERS = Population(matters, "petitions:matter_list")

# What gives a petition its result.
RESULTS = (PetitionAct.ANSWER, PetitionAct.MARK_DUPLICATE)

PETITION_FIGURES = (
    Counted(
        "petitions",
        "kiến nghị đã ghi nhận",
        "Kiến nghị nêu đến hết ngày xem, không tính kiến nghị đã rút lại.",
        PETITIONS,
        lambda view: Q(),
    ),
    Counted(
        "petitions_raised",
        "kiến nghị nêu trong quý",
        "Kiến nghị có ngày kiến nghị trong các quý đang xem, đến hết ngày xem.",
        PETITIONS,
        raised_in,
        {"trong_ky": "neu"},
        is_of_quarter=True,
        of="petitions",
    ),
    Counted(
        "petitions_settled_in",
        "kiến nghị có kết quả trong quý",
        "Kiến nghị đã có kết quả tại ngày xem mà kết quả (trả lời, giải quyết, xác định trùng) "
        "có trong các quý đang xem, nêu từ trước cũng tính.",
        PETITIONS,
        settled_in,
        {"trong_ky": "ket_qua"},
        is_of_quarter=True,
        of="petitions_settled",
        excludes="Không tính kiến nghị sau đó được mở lại mà chưa có kết quả mới.",
    ),
    Counted(
        "petitions_open",
        "kiến nghị đang giải quyết",
        "Kiến nghị chưa có kết quả tại ngày xem: mới, đã chuyển, đang xem xét hoặc đang "
        "giải quyết.",
        PETITIONS,
        lambda view: standing.open_on(),
        {"tinh_trang": "dang_giai_quyet"},
        of="petitions",
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
        "petitions_in_time",
        "kiến nghị đang giải quyết, chưa quá hạn",
        "Kiến nghị đang giải quyết, chưa chuyển cơ quan nào hoặc cơ quan chủ trì còn hạn trả lời "
        "tại ngày xem.",
        PETITIONS,
        lambda view: standing.in_time_on(view.day),
        {"tinh_trang": "chua_qua_han"},
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
        of="petitions_settled",
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
    Counted(
        "petitions_settled",
        "kiến nghị đã có kết quả",
        "Kiến nghị đã giải quyết, đã trả lời, chưa đủ nguồn lực, không thuộc thẩm quyền hoặc "
        "trùng tại ngày xem, dù đã hay chưa thông tin lại cho địa phương.",
        PETITIONS,
        lambda view: standing.settled_on(),
        {"tinh_trang": "co_ket_qua"},
        of="petitions",
        excluded=("petitions_open",),
    ),
    Counted(
        "petitions_closed",
        "kiến nghị đã kết thúc",
        "Kiến nghị đã có kết quả và đã thông tin lại cho địa phương tại ngày xem.",
        PETITIONS,
        lambda view: standing.closed_on(),
        {"tinh_trang": "ket_thuc"},
        of="petitions_settled",
        excluded=("petitions_untold",),
    ),
    *(
        Counted(
            f"petitions_{state.value}",
            f"kiến nghị ở tình trạng “{state.label}”",
            f"Kiến nghị ở tình trạng “{state.label}” tại ngày xem.",
            PETITIONS,
            lambda view, state=state: Q(state_on=state),
            {"trang_thai": state.value},
            of="petitions",
            short=state.label.lower(),
        )
        for state in PetitionState
    ),
    *(
        Counted(
            key,
            f"kiến nghị cơ quan chủ trì trả lời {words} trong một năm",
            "Kiến nghị mà chặng ở một cơ quan chủ trì kết thúc bằng trả lời trong 12 tháng đến hết "
            f"ngày xem, {words} của chặng đó.",
            PETITIONS,
            lambda view, kept_to=kept_to: answered(view.day, None, kept_to),
            {"tra_loi": kept_to},
            of="petitions",
        )
        for key, words, kept_to in (
            ("petitions_answered_in_time", "đúng hạn", IN_TIME),
            ("petitions_answered_late", "sau hạn", LATE),
        )
    ),
    Counted(
        "matters_open",
        "nhóm vấn đề còn kiến nghị đang giải quyết",
        "Nhóm kiến nghị giống nhau của nhiều Đảng bộ, còn ít nhất một kiến nghị đang giải quyết "
        "tại ngày xem.",
        MATTERS,
        is_open,
        {"tinh_trang": "dang_giai_quyet"},
    ),
)
