"""Drafts of the report's parts, from frozen figures: neutral, whatever the numbers say.

Numbers stand as fields, so that they are those of the freeze also in what the office makes of a
draft. Communes and officers are named in the annexes only.
"""

from __future__ import annotations

from collections.abc import Iterator

from assignments.enums import VISIT_DUTIES, DutyKind
from reports.reviews.sentences import Numbers, field, lines, sentences

KINDS_OF_VISITS = (
    ("visits_committee_meeting", "dự họp Ban Chấp hành Đảng bộ # lượt"),
    ("visits_cell_meeting", "dự sinh hoạt chi bộ # lượt"),
    ("visits_field_visit", "đi cơ sở, làm việc # lượt"),
    ("visits_local_activity", "tham gia hoạt động cùng địa phương # lượt"),
    ("visits_mass_activity", "dự hoạt động đoàn thể # lượt"),
)
OPINIONS = (
    ("visits_on_economy", "về kinh tế - xã hội # lượt"),
    ("visits_on_defence", "về quốc phòng - an ninh # lượt"),
    ("visits_on_politics", "về xây dựng hệ thống chính trị # lượt"),
)
RATES_OF_VISITS = (
    ("dự họp Ban Chấp hành Đảng bộ", "ty_le_hop_ban_chap_hanh"),
    ("dự sinh hoạt chi bộ", "ty_le_sinh_hoat_chi_bo"),
    ("đi cơ sở, làm việc", "ty_le_di_co_so"),
)


def nothing(numbers: Numbers) -> str:
    """Leave a part for the office to write."""
    return ""


def subject(numbers: Numbers) -> str:
    return f"kết quả thực hiện {field('quy_che')} ({field('ky_so_lieu')})"


def citations(numbers: Numbers) -> str:
    return f"Căn cứ {field('quy_che')},"


def opening(numbers: Numbers) -> str:
    return (
        f"{field('ban_thuong_vu')} báo cáo kết quả theo dõi, phụ trách các Đảng bộ xã, phường, "
        f"thị trấn trong thời gian {field('ky_so_lieu')} (số liệu tính đến hết ngày "
        f"{field('ngay_so_lieu')}) như sau:"
    )


# --- I. Kết quả ----------------------------------------------------------------------------------


def assigned(numbers: Numbers) -> str:
    of = numbers.of
    if not numbers["officers_assigned"]:
        return f"Đến hết ngày {field('ngay_so_lieu')}, chưa có cán bộ nào được phân công."
    left = numbers.some("officers_left", "; # đồng chí đã thôi phụ trách")
    return lines(
        f"Đến hết ngày {field('ngay_so_lieu')}, đã phân công {of('officers_assigned')} đồng chí "
        f"theo dõi, phụ trách các Đảng bộ xã, phường, thị trấn; hiện có {of('officers_active')} "
        f"đồng chí đang phụ trách{left}.",
        sentences(
            covered(numbers),
            numbers.some("officers_multiple", "Có # đồng chí phụ trách từ hai Đảng bộ trở lên."),
        ),
    )


def covered(numbers: Numbers) -> str:
    share = f"{numbers.of('communes_covered')}/{numbers.of('communes')}"
    have = f"Có {share} Đảng bộ đã có cán bộ phụ trách"
    if not numbers["communes_uncovered"]:
        return f"{have}."
    rest = numbers.some("communes_uncovered", "còn # Đảng bộ chưa có cán bộ phụ trách")
    return f"{have}; {rest} (Phụ lục\u00a01)."


def visits(numbers: Numbers) -> str:
    if not numbers["visits_held"]:
        held = "Chưa có lượt đi cơ sở nào được ghi nhận trong kỳ."
    else:
        kinds = numbers.listed(KINDS_OF_VISITS)
        among = f", gồm: {kinds}" if kinds else ""
        held = (
            f"Trong kỳ, các đồng chí đã thực hiện {numbers.of('visits_held')} lượt đi cơ sở{among}."
        )
    return lines(held, rates(numbers), places(numbers))


def rates(numbers: Numbers) -> str:
    if not any(numbers[f"due_{kind.value}"] for kind in VISIT_DUTIES):
        return ""
    said = "; ".join(f"{words} {field(name)}" for words, name in RATES_OF_VISITS)
    return (
        f"Số lần đã thực hiện trên số lần phải thực hiện theo Quy chế: {said} (chi tiết tại "
        "Phụ lục\u00a02)."
    )


def places(numbers: Numbers) -> str:
    """Say to how many communes somebody came."""
    if not numbers["communes_visited"]:
        return ""
    came = f"{numbers.of('communes_visited')}/{numbers.of('communes')}"
    return f"Có {came} Đảng bộ có cán bộ phụ trách đến cơ sở trong kỳ."


def reporting(numbers: Numbers) -> str:
    if not numbers["due_report"] and not numbers["reports_submitted"]:
        return "Trong kỳ chưa phát sinh báo cáo định kỳ phải nộp."
    late = numbers.some("reports_late", ", nộp muộn # báo cáo (Phụ lục\u00a03)")
    if numbers["reports_submitted"]:
        handed_in = (
            f"Có {numbers.of('reports_submitted')} báo cáo định kỳ đã nộp, trong đó nộp đúng hạn "
            f"{numbers.of('reports_on_time')} báo cáo{late}."
        )
    else:
        handed_in = "Chưa có báo cáo định kỳ nào được nộp."
    return sentences(
        f"Số báo cáo đã nộp trên số báo cáo phải nộp: {field('ty_le_bao_cao')}.",
        handed_in,
        numbers.some("reports_waiting", "Có # báo cáo đang chờ tiếp nhận."),
        numbers.some("reports_returned", "Có # báo cáo đang được bổ sung."),
    )


def opinions(numbers: Numbers) -> str:
    said = numbers.listed(OPINIONS)
    if not said:
        return (
            "Chưa có lượt đi cơ sở nào ghi ý kiến góp ý về kinh tế - xã hội, quốc phòng - an ninh, "
            "xây dựng hệ thống chính trị."
        )
    return (
        "Qua theo dõi, dự họp và đi cơ sở, các đồng chí đã nắm tình hình, góp ý với địa phương: "
        f"{said}."
    )


def petitions(numbers: Numbers) -> str:
    if not numbers["petitions"]:
        return f"Đến hết ngày {field('ngay_so_lieu')}, chưa ghi nhận kiến nghị nào của địa phương."
    raised = numbers.some("petitions_raised", "; trong kỳ phát sinh # kiến nghị")
    overdue = numbers.some(
        "petitions_overdue", ", trong đó quá hạn trả lời # kiến nghị (Phụ lục\u00a05)"
    )
    return lines(
        f"Đến hết ngày {field('ngay_so_lieu')}, đã ghi nhận {numbers.of('petitions')} kiến nghị "
        f"của địa phương{raised}. Đã có kết quả {numbers.of('petitions_settled')} kiến nghị; đang "
        f"giải quyết {numbers.of('petitions_open')} kiến nghị{overdue}.",
        tasks(numbers),
    )


def tasks(numbers: Numbers) -> str:
    if not numbers["tasks"]:
        return ""
    overdue = numbers.some("tasks_overdue", ", trong đó quá hạn # nhiệm vụ")
    return (
        f"Theo các kết luận hội nghị, có {numbers.of('tasks')} nhiệm vụ; đã hoàn thành "
        f"{numbers.of('tasks_done')} nhiệm vụ, chưa hoàn thành {numbers.of('tasks_open')} nhiệm vụ"
        f"{overdue} (Phụ lục\u00a06)."
    )


# --- II. Những nội dung thực hiện chưa đủ --------------------------------------------------------


def shortfalls(numbers: Numbers) -> str:
    found = [line for line in shortfall_lines(numbers) if line]
    if not found:
        return "Theo số liệu tổng hợp, không có nội dung nào thực hiện chưa đủ."
    return "\n".join([f"- {line};" for line in found[:-1]] + [f"- {found[-1]}."])


def shortfall_lines(numbers: Numbers) -> Iterator[str]:
    """Give each thing that is not complete, with its number and its annex."""
    some = numbers.some
    yield some("communes_uncovered", "Còn # Đảng bộ chưa có cán bộ phụ trách (Phụ lục\u00a01)")
    yield some("communes_unvisited", "Còn # Đảng bộ chưa có cán bộ phụ trách đến cơ sở trong kỳ")
    yield some("communes_unmet", "Còn # Đảng bộ có cuộc họp Ban Chấp hành phải dự mà chưa dự đủ")
    for kind in VISIT_DUTIES:
        yield missing_of(kind, numbers)
    yield some("officers_nowhere", "Có # đồng chí chưa đi cơ sở trong kỳ")
    yield some("overdue_report", "Có # báo cáo định kỳ đã quá hạn, chưa nộp (Phụ lục\u00a03)")
    yield some("reports_late", "Có # báo cáo định kỳ nộp muộn (Phụ lục\u00a03)")
    yield some("petitions_overdue", "Có # kiến nghị đã quá hạn trả lời (Phụ lục\u00a05)")
    yield some("petitions_unrouted", "Còn # kiến nghị chưa chuyển cơ quan xử lý")
    yield some("petitions_untold", "Còn # kiến nghị có kết quả, chưa thông tin lại cho địa phương")
    yield some("tasks_overdue", "Có # nhiệm vụ theo kết luận đã quá hạn (Phụ lục\u00a06)")


def missing_of(kind: DutyKind, numbers: Numbers) -> str:
    """Say how many times of one kind of duty are missing, and how many of these are explained."""
    words = {
        DutyKind.COMMITTEE_MEETING: "Dự họp Ban Chấp hành Đảng bộ",
        DutyKind.CELL_MEETING: "Dự sinh hoạt chi bộ",
        DutyKind.FIELD_VISIT: "Đi cơ sở, làm việc",
    }[kind]
    said = numbers.listed(
        [
            (f"explained_{kind.value}", "# lần có lý do được chấp nhận"),
            (f"overdue_{kind.value}", "# lần đã hết hạn, chưa rõ lý do"),
        ]
    )
    return f"{words} còn thiếu {said} (Phụ lục\u00a02)" if said else ""


# --- III. Kiến nghị theo lĩnh vực, IV. Phương hướng ----------------------------------------------


def by_field(numbers: Numbers) -> str:
    if not numbers["petitions"]:
        return "Chưa ghi nhận kiến nghị nào của địa phương."
    return (
        f"Tổng hợp {numbers.of('petitions')} kiến nghị của địa phương theo lĩnh vực như bảng sau "
        "(chi tiết tại Phụ lục\u00a04):"
    )


def directions(numbers: Numbers) -> str:
    return lines(
        f"- Tiếp tục thực hiện {field('quy_che')}; tăng cường đi cơ sở, dự họp Ban Chấp hành, dự "
        "sinh hoạt chi bộ, kịp thời nắm tình hình và góp ý với địa phương.",
        numbers.some(
            "communes_uncovered",
            "- Phân công cán bộ phụ trách # Đảng bộ hiện chưa có cán bộ phụ trách.",
        ),
        "- Thực hiện chế độ báo cáo đúng thời hạn; bàn giao đầy đủ công việc khi thay đổi cán bộ "
        "phụ trách.",
        "- Theo dõi, đôn đốc việc giải quyết kiến nghị của địa phương; thông tin lại kết quả cho "
        "địa phương sau khi có trả lời.",
    )


def proposals(numbers: Numbers) -> str:
    return lines(
        numbers.some(
            "petitions_overdue",
            "- Đề nghị các cơ quan chủ trì trả lời # kiến nghị đã quá hạn (Phụ lục\u00a05).",
        ),
        numbers.some(
            "petitions_escalated",
            "- Xem xét, chỉ đạo giải quyết # kiến nghị quá hạn kéo dài.",
        ),
        numbers.some(
            "tasks_overdue",
            "- Đề nghị các cơ quan, cá nhân được giao hoàn thành # nhiệm vụ theo kết luận đã quá "
            "hạn (Phụ lục\u00a06).",
        ),
    )
