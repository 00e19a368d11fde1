"""Every figure, defined once: its words, its sentence, and the query of its members.

Screen, workbook and the "?" beside a number all come from here, so they cannot disagree
(DESIGN §4). A figure's value is the number of its members, and its page lists exactly them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.db.models import Case, Count, Model, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.http import urlencode

from assignments.coverage import (
    communes_visible_to,
    holds_more_than,
    is_covered_on,
    will_be_uncovered,
)
from assignments.enums import DutyKind
from assignments.filters import WITHOUT_DECISION, assignment_state
from assignments.models import Assignment, AssignmentQuerySet, Officer, has_any
from assignments.tables import State
from communes.periods import covers
from reports.duties import DutyLine
from reports.duties.states import DONE, EXCUSED, NOT_DUE, OPEN, OVERDUE
from reports.viewpoint import Viewpoint

TWICE = 2  # quarters running without going to a cell


@dataclass(frozen=True)
class Population:
    """The records a figure counts among: what may be seen on a day, and the page listing them."""

    visible: Callable[[Viewpoint], QuerySet]
    page: str


def begun(view: Viewpoint) -> AssignmentQuerySet:
    """Give the assignments one may see that had begun by the day."""
    return Assignment.objects.visible_to(view.user).started_by(view.day)


def in_force(view: Viewpoint) -> AssignmentQuerySet:
    """Give the assignments one may see that are in force on the day."""
    return Assignment.objects.visible_to(view.user).active_on(view.day)


OFFICERS = Population(lambda view: Officer.objects.visible_to(view.user), "reports:officer_list")
COMMUNES = Population(lambda view: communes_visible_to(view.user, view.day), "reports:commune_list")
ASSIGNMENTS = Population(begun, "assignments:list")


def look_ahead(day: dt.date) -> dt.date:
    """Give the last day the look-ahead speaks of."""
    return day + dt.timedelta(days=settings.LOOK_AHEAD_DAYS)


# The parameters whose lists speak of a quarter.
OF_QUARTER = {"thuc_hien", "du_hop"}

Test = Callable[[DutyLine], bool]


def communes_with(view: Viewpoint, test: Test) -> Q:
    """Give the condition that some duty owed to a commune in the quarter meets ``test``."""
    return Q(pk__in={line.commune_id for line in view.lines if line.commune_id and test(line)})


def communes_standing(view: Viewpoint, state: State) -> Q:
    """Give the condition that a commune has somebody and stands so in the quarter."""
    found = {key for key, stands in view.commune_states.items() if stands is state}
    return is_covered_on(view.day) & Q(pk__in=found)


def officers_standing(view: Viewpoint, state: State) -> Q:
    """Give the condition that an officer stands so in the quarter."""
    return Q(pk__in={key for key, stands in view.officer_states.items() if stands is state})


def is_meeting(line: DutyLine) -> bool:
    return line.duty.kind == DutyKind.COMMITTEE_MEETING


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


@dataclass(frozen=True)
class Figure:
    """One number with its meaning; ``query`` are the list page's parameters for its members.

    What the condition asks of other records it asks of those the user may see: a filter must not
    tell what the list does not show.
    """

    key: str
    label: str
    sentence: str
    population: Population
    condition: Callable[[Viewpoint], Q]
    query: dict[str, str] = field(default_factory=dict)

    def members(self, view: Viewpoint) -> QuerySet:
        """Give the records the figure counts."""
        return self.population.visible(view).filter(self.condition(view))

    def value(self, view: Viewpoint) -> int:
        return self.members(view).count()

    def url(self, view: Viewpoint) -> str:
        """Give the address of its list; one of duties names the quarter where it must."""
        if self.query.keys() & OF_QUARTER:
            return view.address(self.population.page, **self.query)
        address = reverse(self.population.page)
        return f"{address}?{urlencode(self.query)}" if self.query else address


FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure(
            "officers_assigned",
            "cán bộ đã phân công",
            "Cán bộ đã có ít nhất một phân công bắt đầu đến hết ngày xem, kể cả người nay đã thôi.",
            OFFICERS,
            lambda view: has_any(begun(view)),
            {"tinh_trang": "da_phan_cong"},
        ),
        Figure(
            "officers_active",
            "cán bộ đang phụ trách",
            "Cán bộ có ít nhất một phân công đang có hiệu lực tại ngày xem, ở bất kỳ vai trò nào.",
            OFFICERS,
            lambda view: has_any(in_force(view)),
            {"tinh_trang": "dang_phu_trach"},
        ),
        Figure(
            "officers_left",
            "cán bộ đã thôi phụ trách",
            "Cán bộ đã từng được phân công nhưng không còn phân công nào có hiệu lực tại ngày xem.",
            OFFICERS,
            lambda view: has_any(begun(view)) & ~has_any(in_force(view)),
            {"tinh_trang": "da_thoi"},
        ),
        Figure(
            "communes",
            "Đảng bộ cấp xã",
            "Đảng bộ xã, phường, thị trấn tồn tại tại ngày xem.",
            COMMUNES,
            lambda view: Q(),
        ),
        Figure(
            "communes_covered",
            "Đảng bộ đã có người phụ trách",
            "Đảng bộ có cán bộ phụ trách chính hoặc phụ trách tạm thời tại ngày xem.",
            COMMUNES,
            lambda view: is_covered_on(view.day),
            {"phu_trach": "co"},
        ),
        Figure(
            "communes_uncovered",
            "Đảng bộ chưa có người phụ trách",
            "Đảng bộ không có cán bộ phụ trách chính, cũng không có người phụ trách tạm thời "
            "tại ngày xem.",
            COMMUNES,
            lambda view: ~is_covered_on(view.day),
            {"phu_trach": "chua"},
        ),
        Figure(
            "communes_ending",
            f"Đảng bộ sẽ trống trong {settings.LOOK_AHEAD_DAYS} ngày tới",
            "Đảng bộ đang có người phụ trách nhưng đã biết ngày thôi trong "
            f"{settings.LOOK_AHEAD_DAYS} ngày tới mà chưa có người thay.",
            COMMUNES,
            lambda view: will_be_uncovered(view.day, look_ahead(view.day)),
            {"phu_trach": "sap_trong"},
        ),
        Figure(
            "officers_multiple",
            "cán bộ phụ trách từ hai Đảng bộ",
            "Cán bộ là người phụ trách chính hoặc tạm thời của từ hai Đảng bộ trở lên "
            "tại ngày xem.",
            OFFICERS,
            lambda view: holds_more_than(1, in_force(view).covering()),
            {"so_dang_bo": "tu_hai"},
        ),
        Figure(
            "officers_overloaded",
            f"cán bộ phụ trách quá {settings.MAX_COMMUNES_PER_OFFICER} Đảng bộ",
            "Cán bộ là người phụ trách chính hoặc tạm thời của nhiều hơn "
            f"{settings.MAX_COMMUNES_PER_OFFICER} Đảng bộ tại ngày xem (mức nhắc do cơ quan đặt).",
            OFFICERS,
            lambda view: holds_more_than(
                settings.MAX_COMMUNES_PER_OFFICER, in_force(view).covering()
            ),
            {"so_dang_bo": "vuot_muc"},
        ),
        Figure(
            "officers_departed",
            "cán bộ đã thôi công tác, chưa kết thúc phân công",
            "Cán bộ có ngày thôi công tác đã qua nhưng vẫn còn phân công đang hiệu lực "
            "tại ngày xem.",
            OFFICERS,
            lambda view: has_any(in_force(view)) & Q(left_on__lte=view.day),
            {"tinh_trang": "can_ket_thuc"},
        ),
        Figure(
            "communes_unmet",
            "Đảng bộ chưa được dự họp trong quý",
            "Đảng bộ có cuộc họp Ban Chấp hành phải dự trong quý mà cán bộ chưa dự, không tính "
            "phần được miễn.",
            COMMUNES,
            lambda view: communes_with(
                view, lambda line: is_meeting(line) and line.explained + line.unexplained > 0
            ),
            {"du_hop": "chua"},
        ),
        Figure(
            "communes_unmet_explained",
            "có lý do",
            "Trong số Đảng bộ chưa được dự họp trong quý: mọi lần thiếu đều có lý do được "
            "cơ quan chấp nhận.",
            COMMUNES,
            lambda view: (
                communes_with(view, lambda line: is_meeting(line) and line.explained > 0)
                & ~communes_with(view, lambda line: is_meeting(line) and line.unexplained > 0)
            ),
            {"du_hop": "co_ly_do"},
        ),
        Figure(
            "communes_unmet_unclear",
            "chưa rõ lý do hoặc chưa đến hạn",
            "Trong số Đảng bộ chưa được dự họp trong quý: còn lần thiếu chưa có lý do được "
            "chấp nhận (kể cả khi chưa hết hạn).",
            COMMUNES,
            lambda view: communes_with(
                view, lambda line: is_meeting(line) and line.unexplained > 0
            ),
            {"du_hop": "chua_ro"},
        ),
        *(
            Figure(
                key,
                f"Đảng bộ: {state.word.lower()}",
                f"{sentence} Đảng bộ đang chưa có người phụ trách được tính riêng.",
                COMMUNES,
                partial(communes_standing, state=state),
                {"thuc_hien": parameter},
            )
            for key, state, parameter, sentence in (
                (
                    "communes_done",
                    DONE,
                    "du",
                    "Mọi nhiệm vụ phải làm ở Đảng bộ trong quý đã thực hiện hoặc được miễn.",
                ),
                (
                    "communes_open",
                    OPEN,
                    "con_viec",
                    "Còn nhiệm vụ chưa làm trong quý, chưa nhiệm vụ nào quá hạn.",
                ),
                (
                    "communes_excused",
                    EXCUSED,
                    "co_ly_do",
                    "Còn thiếu trong quý nhưng mọi lần thiếu đều có lý do được chấp nhận.",
                ),
                (
                    "communes_overdue",
                    OVERDUE,
                    "qua_han",
                    "Có nhiệm vụ của quý đã quá hạn mà chưa đủ, chưa có lý do được chấp nhận.",
                ),
                (
                    "communes_not_due",
                    NOT_DUE,
                    "chua_tinh",
                    "Trong quý chưa có nhiệm vụ nào phải làm ở Đảng bộ (cán bộ mới nhận).",
                ),
            )
        ),
        Figure(
            "officers_overdue",
            "cán bộ có nhiệm vụ quá hạn, chưa rõ lý do",
            "Cán bộ có nhiệm vụ của quý đã quá hạn mà chưa đủ, chưa có lý do được chấp nhận. "
            "Số phải làm tính theo số Đảng bộ và số ngày giữ địa bàn trong quý.",
            OFFICERS,
            partial(officers_standing, state=OVERDUE),
            {"thuc_hien": "qua_han"},
        ),
        Figure(
            "officers_open",
            "cán bộ còn việc trong quý",
            "Cán bộ còn nhiệm vụ chưa làm trong quý, chưa nhiệm vụ nào quá hạn.",
            OFFICERS,
            partial(officers_standing, state=OPEN),
            {"thuc_hien": "con_viec"},
        ),
        Figure(
            "officers_missed_cells",
            "cán bộ hai quý liền chưa dự sinh hoạt chi bộ",
            "Cán bộ đang phụ trách mà trong cả hai quý đã kết thúc gần nhất đều phải dự sinh hoạt "
            "chi bộ nhưng không dự lần nào, chưa nêu lý do; không tính cán bộ mới nhận địa bàn.",
            OFFICERS,
            lambda view: has_any(in_force(view)) & missed_cells_twice(view),
            {"thuc_hien": "hai_quy"},
        ),
        Figure(
            "assignments_active",
            "phân công đang hiệu lực",
            "Phân công đã bắt đầu và chưa thôi tại ngày xem, ở mọi vai trò.",
            ASSIGNMENTS,
            lambda view: covers(view.day),
            {"tinh_trang": "hieu_luc"},
        ),
        Figure(
            "assignments_undocumented",
            "phân công chưa ghi quyết định",
            "Phân công đang hiệu lực tại ngày xem nhưng chưa ghi số quyết định phân công.",
            ASSIGNMENTS,
            lambda view: assignment_state(WITHOUT_DECISION, view.day),
            {"tinh_trang": WITHOUT_DECISION},
        ),
    )
}


def with_figures(rows: QuerySet, population: Population, view: Viewpoint) -> QuerySet:
    """Annotate records of a population with which of its figures each is counted in."""
    return rows.annotate(
        **{
            f"in_{figure.key}": Case(When(condition, then=True), default=False)
            if (condition := figure.condition(view))
            else Value(True)
            for figure in FIGURES.values()
            if figure.population is population
        }
    )


def values(
    view: Viewpoint,
    figures: Iterable[Figure] | None = None,
    fetched: Mapping[Population, Sequence[Model]] | None = None,
) -> dict[str, int]:
    """Give figures' values by key, in one query for each population and one duty list.

    ``fetched`` are whole populations already fetched :func:`with_figures`: no query for those.
    """
    figures, fetched = list(figures or FIGURES.values()), fetched or {}
    by_population: dict[Population, list[Figure]] = {}
    for figure in figures:
        by_population.setdefault(figure.population, []).append(figure)
    result = {}
    for population, members in by_population.items():
        if population in fetched:
            result |= counted(fetched[population], members)
        else:
            counts = {
                figure.key: Count("pk", filter=figure.condition(view) or None) for figure in members
            }
            result |= population.visible(view).aggregate(**counts)
    return {figure.key: result[figure.key] for figure in figures}


def counted(rows: Sequence[Model], figures: Iterable[Figure]) -> dict[str, int]:
    """Count in how many of ``rows``, fetched :func:`with_figures`, each figure holds."""
    return {figure.key: sum(getattr(row, f"in_{figure.key}") for row in rows) for figure in figures}
