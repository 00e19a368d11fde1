"""Figures of communes: covered or not, and how they stand in the quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db.models import Q

from assignments.coverage import communes_visible_to, is_covered_on, will_be_uncovered
from assignments.enums import DutyKind
from assignments.tables import State
from reports.duties import DutyLine
from reports.duties.states import DONE, EXCUSED, NOT_DUE, OPEN, OVERDUE
from reports.figures.defined import Counted, Population
from reports.figures.petitions import raised
from reports.figures.visits import somebody_went
from reports.viewpoint import Viewpoint

COMMUNES = Population(
    lambda view: communes_visible_to(view.user, view.day, view.since),
    "reports:commune_list",
    is_of_quarter_when_old=True,
)

Test = Callable[[DutyLine], bool]


def communes_with(view: Viewpoint, test: Test) -> Q:
    """Give the condition that some duty owed to a commune in the quarter meets ``test``.

    To the commune itself or to one read under it.
    """
    return Q(pk__in={view.unit_of(line) for line in view.lines if line.commune_id and test(line)})


def communes_standing(view: Viewpoint, state: State) -> Q:
    """Give the condition that a commune has somebody and stands so in the quarter."""
    found = {key for key, stands in view.commune_states.items() if stands is state}
    return is_covered_on(view.day) & Q(pk__in=found)


def is_meeting(line: DutyLine) -> bool:
    return line.duty.kind == DutyKind.COMMITTEE_MEETING


def look_ahead(day: dt.date) -> dt.date:
    """Give the last day the look-ahead speaks of."""
    return day + dt.timedelta(days=settings.LOOK_AHEAD_DAYS)


COMMUNE_FIGURES = (
    Counted(
        "communes",
        "Đảng bộ cấp xã",
        "Đảng bộ xã, phường, thị trấn tồn tại tại ngày xem.",
        COMMUNES,
        lambda view: Q(),
    ),
    Counted(
        "communes_covered",
        "Đảng bộ đã có người phụ trách",
        "Đảng bộ có cán bộ phụ trách chính hoặc phụ trách tạm thời tại ngày xem.",
        COMMUNES,
        lambda view: is_covered_on(view.day),
        {"phu_trach": "co"},
        of="communes",
    ),
    Counted(
        "communes_uncovered",
        "Đảng bộ chưa có người phụ trách",
        "Đảng bộ không có cán bộ phụ trách chính, cũng không có người phụ trách tạm thời "
        "tại ngày xem.",
        COMMUNES,
        lambda view: ~is_covered_on(view.day),
        {"phu_trach": "chua"},
        of="communes",
    ),
    Counted(
        "communes_ending",
        f"Đảng bộ sẽ trống trong {settings.LOOK_AHEAD_DAYS} ngày tới",
        "Đảng bộ đang có người phụ trách nhưng đã biết ngày thôi trong "
        f"{settings.LOOK_AHEAD_DAYS} ngày tới mà chưa có người thay.",
        COMMUNES,
        lambda view: will_be_uncovered(view.day, look_ahead(view.day)),
        {"phu_trach": "sap_trong"},
        of="communes_covered",
        name="Đảng bộ sắp trống",
    ),
    Counted(
        "communes_unmet",
        "Đảng bộ chưa được dự họp trong quý",
        "Đảng bộ có cuộc họp Ban Chấp hành phải dự trong quý mà cán bộ chưa dự, không tính "
        "phần được miễn.",
        COMMUNES,
        lambda view: communes_with(
            view, lambda line: is_meeting(line) and line.explained + line.unexplained > 0
        ),
        {"du_hop": "chua"},
        is_of_quarter=True,
        of="communes",
    ),
    Counted(
        "communes_unmet_explained",
        "Đảng bộ chưa được dự họp trong quý, có lý do",
        "Trong số Đảng bộ chưa được dự họp trong quý: mọi lần thiếu đều có lý do được "
        "cơ quan chấp nhận.",
        COMMUNES,
        lambda view: (
            communes_with(view, lambda line: is_meeting(line) and line.explained > 0)
            & ~communes_with(view, lambda line: is_meeting(line) and line.unexplained > 0)
        ),
        {"du_hop": "co_ly_do"},
        is_of_quarter=True,
        of="communes_unmet",
        short="có lý do",
    ),
    Counted(
        "communes_unmet_unclear",
        "Đảng bộ chưa được dự họp trong quý, chưa rõ lý do hoặc chưa đến hạn",
        "Trong số Đảng bộ chưa được dự họp trong quý: còn lần thiếu chưa có lý do được "
        "chấp nhận (kể cả khi chưa hết hạn).",
        COMMUNES,
        lambda view: communes_with(view, lambda line: is_meeting(line) and line.unexplained > 0),
        {"du_hop": "chua_ro"},
        is_of_quarter=True,
        of="communes_unmet",
        short="chưa rõ lý do hoặc chưa đến hạn",
    ),
    Counted(
        "communes_visited",
        "Đảng bộ có cán bộ đến trong quý",
        "Đảng bộ có ít nhất một lượt đi cơ sở đã thực hiện, đã xác nhận trong các quý đang xem, "
        "của bất kỳ cán bộ nào, vì bất kỳ việc gì.",
        COMMUNES,
        somebody_went,
        {"den_xa": "co"},
        is_of_quarter=True,
        of="communes",
    ),
    Counted(
        "communes_unvisited",
        "Đảng bộ chưa có cán bộ đến trong quý",
        "Đảng bộ không có lượt đi cơ sở nào đã thực hiện, đã xác nhận trong các quý đang xem, kể "
        "cả Đảng bộ chưa có người phụ trách và Đảng bộ chưa từng có ai đến.",
        COMMUNES,
        lambda view: ~somebody_went(view) if view.quarter else Q(pk__in=()),
        {"den_xa": "chua"},
        is_of_quarter=True,
        of="communes",
        excludes="Lượt hoãn, lượt chờ xác nhận không tính là đã đến.",
        excluded=("visits_postponed", "visits_unconfirmed"),
    ),
    Counted(
        "communes_petitioning",
        "Đảng bộ có kiến nghị",
        "Đảng bộ nêu ít nhất một kiến nghị đến hết ngày xem; nêu nhiều kiến nghị vẫn tính một.",
        COMMUNES,
        lambda view: view.reading.happened_in(raised(view)),
        {"kien_nghi": "co"},
        of="communes",
    ),
    *(
        Counted(
            key,
            f"Đảng bộ: {state.word.lower()}",
            f"{sentence} Đảng bộ đang chưa có người phụ trách được tính riêng.",
            COMMUNES,
            partial(communes_standing, state=state),
            {"thuc_hien": parameter},
            is_of_quarter=True,
            of="communes",
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
)
