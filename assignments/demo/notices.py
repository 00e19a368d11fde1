"""Meetings officers are invited to, and what they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from assignments.demo.days import DAY, moment, working_days
from assignments.demo.log import entries, write_log
from assignments.demo.plans import place_of
from assignments.demo.stage import Stage
from assignments.enums import NoticeReply, VisitKind
from assignments.models import Assignment, Attendance, MeetingNotice, NoticeAnswer
from communes.models import Commune, PartyCell

# The meetings to come: what is answered (None: nothing yet) and how many days ago it was sent.
COMING: tuple[tuple[NoticeReply | None, int], ...] = (
    (None, 5),  # to the officer one can log in as
    (None, 4),
    (NoticeReply.ATTENDS, 6),
    (NoticeReply.ATTENDS, 3),
    (NoticeReply.CANNOT, 5),
    (NoticeReply.DELEGATES, 7),
)
PAST = 14  # meetings of the last weeks that were attended after an invitation
PAST_DAYS = dt.timedelta(days=45)
REASON = "Đã có lịch tham gia đoàn kiểm tra của Tỉnh ủy trong ngày."
DELEGATE = "Đồng chí Trưởng phòng Tổng hợp của cơ quan"
HOURS = (dt.time(7, 30), dt.time(8), dt.time(13, 30), dt.time(14))
CONTENTS = {
    VisitKind.COMMITTEE_MEETING: (
        "Hội nghị Ban Chấp hành: đánh giá nghị quyết tháng, bàn nhiệm vụ tháng sau.",
        "Hội nghị Ban Chấp hành mở rộng: tiến độ các tiêu chí nông thôn mới, thu ngân sách.",
        "Họp Ban Chấp hành: thông qua nghị quyết chuyên đề và chương trình kiểm tra, giám sát.",
        "Hội nghị Ban Chấp hành: kết nạp đảng viên, công tác chăm lo gia đình chính sách.",
        "Họp Ban Chấp hành: giải phóng mặt bằng và đầu tư công những tháng còn lại.",
    ),
    VisitKind.CELL_MEETING: (
        "Sinh hoạt chi bộ thường kỳ; bàn vận động hiến đất làm đường.",
        "Sinh hoạt chuyên đề: học tập Bác về gần dân, sát dân.",
        "Sinh hoạt chi bộ: phân công đảng viên phụ trách hộ, vận động bảo hiểm y tế.",
    ),
}


class Inviter:
    """Invents notices and answers."""

    def __init__(self, stage: Stage):
        self.stage, self.rng = stage, stage.random("notices")
        self.days = working_days(stage.day + 2 * DAY, stage.day + 17 * DAY)

    def coming(self) -> Iterator[tuple[MeetingNotice, NoticeReply | None, Assignment]]:
        """Give the meetings to come, each in a commune that one officer alone follows."""
        alone = [row for commune in self.stage.communes if (row := self.alone(commune))]
        shown = [row for row in alone if row.officer is self.stage.shown]
        others = [row for row in alone if row.officer is not self.stage.shown]
        invited = [*shown[-1:], *self.rng.sample(others, len(COMING))][: len(COMING)]
        for row, (reply, days_ago) in zip(invited, COMING, strict=True):
            kind = self.rng.choices(list(CONTENTS), (2, 1))[0]
            held_on = self.rng.choice(self.days)
            cell = None
            if kind == VisitKind.CELL_MEETING:
                cell = self.rng.choice(self.stage.cells.hamlets(row.commune, held_on))
            sent_on = self.stage.day - days_ago * DAY
            yield self.notice(row.commune, kind, cell, held_on, sent_on), reply, row

    def alone(self, commune: Commune) -> Assignment | None:
        """Give who alone follows a commune from now until the last of the meetings."""
        rows = self.stage.following(commune, self.stage.day)
        last = self.days[-1]
        return rows[0] if len(rows) == 1 and rows == self.stage.following(commune, last) else None

    def past(self, attendances: Sequence[Attendance]) -> Iterator[tuple[MeetingNotice, Attendance]]:
        """Give invitations to meetings of the last weeks, with who came."""
        came = [
            row
            for row in attendances
            if self.stage.day - row.visit.visited_on < PAST_DAYS
            and row.visit.kind in CONTENTS
            and row.visit.is_held
            and row.is_confirmed
            and not row.is_withdrawn
            and not row.visit.cell_name
        ]
        for row in self.rng.sample(came, min(PAST, len(came))):
            visit = row.visit
            sent_on = visit.visited_on - self.rng.randint(5, 10) * DAY
            yield (
                self.notice(visit.commune, visit.kind, visit.cell, visit.visited_on, sent_on),
                row,
            )

    def notice(
        self,
        commune: Commune,
        kind: VisitKind,
        cell: PartyCell | None,
        held_on: dt.date,
        sent_on: dt.date,
    ) -> MeetingNotice:
        return MeetingNotice(
            commune=commune,
            kind=kind,
            cell=cell,
            held_on=held_on,
            held_at=self.rng.choice(HOURS),
            place=place_of(self.rng, commune, kind, cell),
            content=self.rng.choice(CONTENTS[kind]),
            entered_by=self.stage.office,
            entered_at=moment(sent_on, dt.time(10, self.rng.randint(0, 59))),
        )

    def answer(
        self, notice: MeetingNotice, reply: NoticeReply, row: Assignment | Attendance
    ) -> NoticeAnswer:
        """Give what the officer of ``row`` answered a day or two after the notice was sent."""
        answered_on = notice.entered_at.date() + self.rng.randint(1, 2) * DAY
        answered_at = moment(answered_on, dt.time(self.rng.randint(7, 20), 30))
        return NoticeAnswer(
            notice=notice,
            officer=row.officer,
            reply=reply,
            reason=REASON if reply == NoticeReply.CANNOT else "",
            delegate=DELEGATE if reply == NoticeReply.DELEGATES else "",
            entered_by=self.stage.author(row.officer),
            entered_at=self.stage.before(answered_at),
        )


def write_notices(stage: Stage, attendances: Sequence[Attendance]) -> None:
    """Write the meetings to come and of late, with the answers and the log."""
    inviter = Inviter(stage)
    past = [(notice, NoticeReply.ATTENDS, row) for notice, row in inviter.past(attendances)]
    invited = [*past, *inviter.coming()]
    answers = [inviter.answer(notice, reply, row) for notice, reply, row in invited if reply]
    notices = [notice for notice, _, _ in invited]
    MeetingNotice.objects.bulk_create(notices)
    NoticeAnswer.objects.bulk_create(answers)
    write_log([*entries(notices), *entries(answers)])
