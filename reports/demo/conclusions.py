"""Conclusions of three conferences, their tasks done, running and overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.demo.days import DAY, is_working, moment
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from reports.demo.petitions.answering import TRANSPORT
from reports.models import CompetentBody, Conclusion, ConclusionTask

SHOWN = ""  # the officer one can log in as, instead of a body


@dataclass(frozen=True)
class Given:
    """A task: what, whose, due so many days after the notice, done so many days after it."""

    content: str
    doer: str
    due_in: int
    result: str = ""
    done_in: int = 0


@dataclass(frozen=True)
class Notice:
    """A notice of conclusions, issued so many days ago."""

    number: str
    subject: str
    days_ago: int
    tasks: tuple[Given, ...]


NOTICES = (
    Notice(
        "118-TB/TU",
        "Kết luận hội nghị sơ kết việc theo dõi, phụ trách Đảng bộ xã, phường, thị trấn sáu tháng",
        290,
        (
            Given(
                "Rà soát danh mục đường, cầu nông thôn xuống cấp do các xã kiến nghị; đề xuất "
                "thứ tự ưu tiên đầu tư.",
                TRANSPORT,
                90,
                "Đã trình danh mục 46 tuyến đường, 31 cầu; đưa vào kế hoạch đầu tư trung hạn.",
                84,
            ),
            Given(
                "Tham mưu cơ chế hỗ trợ sửa chữa nhà văn hóa ấp, khóm.",
                "Sở Tài chính",
                120,
                "Hội đồng nhân dân tỉnh đã thông qua mức hỗ trợ mới.",
                141,
            ),
            Given(
                "Hướng dẫn mẫu báo cáo quý của cán bộ phụ trách địa bàn, thống nhất số liệu.",
                "Văn phòng Tỉnh ủy",
                45,
                "Đã ban hành mẫu, tập huấn cho cán bộ phụ trách.",
                38,
            ),
        ),
    ),
    Notice(
        "164-TB/TU",
        "Kết luận của Thường trực Tỉnh ủy về giải quyết kiến nghị của cơ sở",
        96,
        (
            Given(
                "Trả lời dứt điểm các kiến nghị quá hạn thuộc ngành, báo cáo Thường trực Tỉnh ủy.",
                TRANSPORT,
                60,
            ),
            Given(
                "Lập kế hoạch nạo vét kênh nội đồng phục vụ vụ Đông Xuân, ưu tiên nơi thiếu nước.",
                "Sở Nông nghiệp và Phát triển nông thôn",
                75,
            ),
            Given(
                "Tổng hợp nhu cầu phòng học mầm non của các xã, đề xuất phân kỳ đầu tư.",
                "Sở Giáo dục và Đào tạo",
                80,
                "Đã báo cáo nhu cầu 127 phòng, đề xuất đầu tư 58 phòng trong năm tới.",
                72,
            ),
            Given(
                "Làm việc với Đảng ủy các xã được phân công về thông tin lại kết quả cho nhân dân.",
                SHOWN,
                110,
            ),
        ),
    ),
    Notice(
        "187-TB/TU",
        "Kết luận hội nghị giao ban với các huyện ủy, thị ủy, thành ủy quý {quy}",
        24,
        (
            Given(
                "Khảo sát lắp đèn chiếu sáng các tuyến đường nông thôn do 14 xã kiến nghị, đề xuất "
                "nguồn vốn.",
                "Sở Công Thương",
                45,
            ),
            Given(
                "Kiểm tra việc duy trì sinh hoạt chi bộ ấp, khóm tại các Đảng bộ chưa có cán bộ "
                "phụ trách.",
                "Ban Tổ chức Tỉnh ủy",
                60,
            ),
            Given(
                "Báo cáo chuyên đề kết quả thực hiện nghị quyết về nông thôn mới ở địa bàn phụ "
                "trách.",
                SHOWN,
                30,
            ),
            Given(
                "Tuyên truyền kết quả giải quyết kiến nghị trên cổng thông tin, trạm truyền thanh.",
                "Ban Tuyên giáo Tỉnh ủy",
                20,
            ),
        ),
    ),
)


def conclusion_of(stage: Stage, notice: Notice) -> Conclusion:
    issued_on = stage.day - notice.days_ago * DAY
    while not is_working(issued_on):
        issued_on -= DAY
    quarter = ("I", "II", "III", "IV")[(issued_on.month - 1) // 3]
    return Conclusion(
        number=notice.number,
        issued_on=issued_on,
        subject=notice.subject.format(quy=f"{quarter}/{issued_on.year}"),
        entered_by=stage.office,
        entered_at=moment(issued_on, dt.time(15, 20)),
    )


def task_of(
    stage: Stage, conclusion: Conclusion, given: Given, bodies: Mapping[str, CompetentBody]
) -> ConclusionTask:
    """Give a task as it stands on the world's day."""
    return ConclusionTask(
        conclusion=conclusion,
        content=given.content,
        body=bodies[given.doer] if given.doer else None,
        officer=None if given.doer else stage.shown,
        due_on=conclusion.issued_on + given.due_in * DAY,
        done_on=conclusion.issued_on + given.done_in * DAY if given.result else None,
        result=given.result,
        entered_by=stage.office,
        entered_at=conclusion.entered_at,
    )


def results(stage: Stage, tasks: list[ConclusionTask]) -> Iterator[AuditEvent]:
    """Give the log rows of tasks recorded as done."""
    for task in tasks:
        if task.done_on:
            after = {"hoàn thành ngày": f"{task.done_on:%d/%m/%Y}", "kết quả": task.result}
            at = moment(task.done_on, dt.time(16, 10))
            yield audit.event(Verb.CHANGE, task, by=stage.office, at=at, after=after)


def write_conclusions(stage: Stage) -> None:
    """Write the notices and their tasks, with the log."""
    bodies = {body.name: body for body in CompetentBody.objects.all()}
    made = [(notice, conclusion_of(stage, notice)) for notice in NOTICES]
    conclusions = [conclusion for _, conclusion in made]
    tasks = [
        task_of(stage, conclusion, given, bodies)
        for notice, conclusion in made
        for given in notice.tasks
    ]
    Conclusion.objects.bulk_create(conclusions)
    ConclusionTask.objects.bulk_create(tasks)
    write_log([*entries(conclusions), *opened(tasks), *results(stage, tasks)])


def opened(tasks: list[ConclusionTask]) -> Iterator[AuditEvent]:
    """Give the log rows of giving tasks, as they were given."""
    for row in entries(tasks):
        row.after = {
            label: value
            for label, value in row.after.items()
            if label not in ("hoàn thành ngày", "kết quả")
        }
        yield row
