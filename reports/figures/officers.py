"""Figures of officers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db.models import Q

from assignments.coverage import holds_more_than
from assignments.enums import DutyKind
from assignments.models import Officer, has_any
from assignments.tables import State
from reports.duties import DutyLine
from reports.duties.states import OPEN, OVERDUE
from reports.figures.assignments import begun, in_force
from reports.figures.defined import Counted, Population
from reports.figures.visits import was_posted, went_nowhere
from reports.viewpoint import Viewpoint

TWICE = 2  # quarters running without going to a cell

OFFICERS = Population(lambda view: Officer.objects.visible_to(view.user), "reports:officer_list")


def officers_standing(view: Viewpoint, state: State) -> Q:
    """Give the condition that an officer stands so in the quarter."""
    return Q(pk__in={key for key, stands in view.officer_states.items() if stands is state})


def missed_cells_twice(view: Viewpoint) -> Q:
    """Give the condition that an officer went to no cell in either finished quarter, unexplained.

    Who owed nothing in one of them (newly assigned) is not counted.
    """
    missed = Counter(
        officer
        for quarter in view.finished
        for officer, lines in owed_to_cells(view.lines_of(quarter)).items()
        if not any(line.attended for line in lines) and any(line.unexplained for line in lines)
    )
    return Q(pk__in=[officer for officer, quarters in missed.items() if quarters == TWICE])


def owed_to_cells(lines: Iterable[DutyLine]) -> dict[int, list[DutyLine]]:
    """Give, by officer, the lines of cell meetings that ask for something."""
    owed: dict[int, list[DutyLine]] = defaultdict(list)
    for line in lines:
        if line.duty.kind == DutyKind.CELL_MEETING and line.due:
            owed[line.officer_id].append(line)
    return owed


OFFICER_FIGURES = (
    Counted(
        "officers_assigned",
        "cán bộ đã phân công",
        "Cán bộ đã có ít nhất một phân công bắt đầu đến hết ngày xem, kể cả người nay đã thôi.",
        OFFICERS,
        lambda view: has_any(begun(view)),
        {"tinh_trang": "da_phan_cong"},
    ),
    Counted(
        "officers_active",
        "cán bộ đang phụ trách",
        "Cán bộ có ít nhất một phân công đang có hiệu lực tại ngày xem, ở bất kỳ vai trò nào.",
        OFFICERS,
        lambda view: has_any(in_force(view)),
        {"tinh_trang": "dang_phu_trach"},
        of="officers_assigned",
    ),
    Counted(
        "officers_left",
        "cán bộ đã thôi phụ trách",
        "Cán bộ đã từng được phân công nhưng không còn phân công nào có hiệu lực tại ngày xem.",
        OFFICERS,
        lambda view: has_any(begun(view)) & ~has_any(in_force(view)),
        {"tinh_trang": "da_thoi"},
        of="officers_assigned",
    ),
    Counted(
        "officers_multiple",
        "cán bộ phụ trách từ hai Đảng bộ",
        "Cán bộ là người phụ trách chính hoặc tạm thời của từ hai Đảng bộ trở lên tại ngày xem.",
        OFFICERS,
        lambda view: holds_more_than(1, in_force(view).covering()),
        {"so_dang_bo": "tu_hai"},
        of="officers_active",
    ),
    Counted(
        "officers_overloaded",
        f"cán bộ phụ trách quá {settings.MAX_COMMUNES_PER_OFFICER} Đảng bộ",
        "Cán bộ là người phụ trách chính hoặc tạm thời của nhiều hơn "
        f"{settings.MAX_COMMUNES_PER_OFFICER} Đảng bộ tại ngày xem (mức nhắc do cơ quan đặt).",
        OFFICERS,
        lambda view: holds_more_than(settings.MAX_COMMUNES_PER_OFFICER, in_force(view).covering()),
        {"so_dang_bo": "vuot_muc"},
        of="officers_active",
        name="cán bộ phụ trách vượt mức nhắc",
    ),
    Counted(
        "officers_departed",
        "cán bộ đã thôi công tác, chưa kết thúc phân công",
        "Cán bộ có ngày thôi công tác đã qua nhưng vẫn còn phân công đang hiệu lực tại ngày xem.",
        OFFICERS,
        lambda view: has_any(in_force(view)) & Q(left_on__lte=view.day),
        {"tinh_trang": "can_ket_thuc"},
        of="officers_active",
    ),
    Counted(
        "officers_overdue",
        "cán bộ có nhiệm vụ quá hạn, chưa rõ lý do",
        "Cán bộ có nhiệm vụ của quý đã quá hạn mà chưa đủ, chưa có lý do được chấp nhận. "
        "Số phải làm tính theo số Đảng bộ và số ngày giữ địa bàn trong quý.",
        OFFICERS,
        partial(officers_standing, state=OVERDUE),
        {"thuc_hien": "qua_han"},
        is_of_quarter=True,
    ),
    Counted(
        "officers_open",
        "cán bộ còn việc trong quý",
        "Cán bộ còn nhiệm vụ chưa làm trong quý, chưa nhiệm vụ nào quá hạn.",
        OFFICERS,
        partial(officers_standing, state=OPEN),
        {"thuc_hien": "con_viec"},
        is_of_quarter=True,
    ),
    Counted(
        "officers_missed_cells",
        "cán bộ hai quý liền chưa dự sinh hoạt chi bộ",
        "Cán bộ đang phụ trách mà trong cả hai quý đã kết thúc gần nhất đều phải dự sinh hoạt "
        "chi bộ nhưng không dự lần nào, chưa nêu lý do; không tính cán bộ mới nhận địa bàn.",
        OFFICERS,
        lambda view: has_any(in_force(view)) & missed_cells_twice(view),
        {"thuc_hien": "hai_quy"},
        is_of_quarter=True,
        of="officers_active",
    ),
    Counted(
        "officers_posted",
        "cán bộ phụ trách Đảng bộ trong quý",
        "Cán bộ là người phụ trách chính hoặc tạm thời của ít nhất một Đảng bộ vào một ngày nào "
        "đó của các quý đang xem, đến hết ngày xem.",
        OFFICERS,
        was_posted,
        {"di_co_so": "phu_trach"},
        is_of_quarter=True,
        excludes="Không tính cán bộ chỉ tham gia theo dõi.",
    ),
    Counted(
        "officers_nowhere",
        "cán bộ chưa đi cơ sở trong quý",
        "Cán bộ phụ trách Đảng bộ trong quý mà không có lượt đi cơ sở nào đã thực hiện, đã xác "
        "nhận, ở bất kỳ Đảng bộ nào; lượt được miễn, có lý do xem ở danh sách nhiệm vụ.",
        OFFICERS,
        went_nowhere,
        {"di_co_so": "chua"},
        is_of_quarter=True,
        of="officers_posted",
        excludes="Lượt hoãn, lượt chờ xác nhận không tính là đã đi.",
        excluded=("visits_postponed", "visits_unconfirmed"),
    ),
)
