"""Documents being followed, and how far each commune is with each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assignments.demo.days import DAY, moment, working_days
from assignments.demo.log import entries, write_log
from assignments.demo.phrases import Number
from assignments.demo.stage import Stage
from assignments.enums import FollowUpState
from assignments.models import Directive, FollowUp
from communes.models import Commune


@dataclass(frozen=True)
class Followed:
    """A document: its words, how long ago it was issued, how far communes are with it."""

    number: str
    subject: str
    days_ago: int
    due_in: int
    # How many in a hundred communes are done, under way, in difficulty, reminded; the rest nothing.
    states: tuple[int, int, int, int]
    matter: str
    results: tuple[str, ...]


STATES = (
    FollowUpState.DONE,
    FollowUpState.IN_PROGRESS,
    FollowUpState.DIFFICULT,
    FollowUpState.REMINDED,
    None,
)
DOCUMENTS = (
    Followed(
        "27-NQ/TU",
        "Về xây dựng nông thôn mới nâng cao, đô thị văn minh",
        430,
        38,
        (74, 13, 8, 3),
        "rà soát các tiêu chí còn đạt thấp",
        (
            "Giữ vững các tiêu chí đã đạt, nâng chất thêm {so:2-5} tiêu chí.",
            "Hoàn thành {so:3-7} công trình đăng ký, dân góp {so:120-640} triệu đồng.",
        ),
    ),
    Followed(
        "15-CT/TU",
        "Về tăng cường lãnh đạo thực hiện bảo hiểm y tế toàn dân",
        300,
        70,
        (62, 18, 10, 6),
        "phân công đoàn thể vận động từng hộ tham gia bảo hiểm y tế",
        (
            "Tỷ lệ tham gia bảo hiểm y tế đạt {tl:94-98}%, vượt chỉ tiêu giao.",
            "Vận động được {so:80-410} người tham gia mới, hộ khó khăn có nguồn hỗ trợ.",
        ),
    ),
    Followed(
        "31-CT/TU",
        "Về nâng cao chất lượng sinh hoạt chi bộ ấp, khóm",
        185,
        100,
        (58, 24, 6, 6),
        "xây dựng lịch sinh hoạt và gửi trước cho cán bộ phụ trách",
        (
            "Các chi bộ sinh hoạt đúng lịch, có sổ phân công cấp ủy viên theo dõi.",
            "Đã sinh hoạt chuyên đề ở {so:4-8} chi bộ, nội dung sát việc của địa phương.",
        ),
    ),
    Followed(
        "88-KH/TU",
        "Về phòng, chống sạt lở, bảo vệ bờ bao và đê điều",
        80,
        45,
        (51, 27, 9, 5),
        "kiểm tra các đoạn bờ bao, bờ kênh xung yếu",
        (
            "Đã gia cố {so:2-6} đoạn xung yếu, tổng dài {so:180-900} m.",
            "Di dời xong {so:2-9} hộ ở nơi nguy hiểm, bố trí chỗ ở tạm.",
        ),
    ),
)
ISSUER = "Ban Thường vụ Tỉnh ủy"
REMINDED = (
    "Nhắc Đảng ủy {loai} {matter}.",
    "Đôn đốc qua điện thoại, đề nghị {matter}, báo cáo trong tháng.",
    "Trao đổi tại hội nghị Đảng ủy: cần {matter}.",
)
IN_PROGRESS = (
    "Đảng ủy {loai} đã ban hành kế hoạch, đang triển khai ở {so:2-6} chi bộ.",
    "Đã phân công cấp ủy viên phụ trách, làm được khoảng {so:35-75}% phần việc.",
    "Đang thực hiện; còn chờ thống nhất với các đoàn thể về cách làm.",
)
DIFFICULT = (
    "Còn khó về kinh phí, xin hỗ trợ khoảng {so:150-850} triệu đồng.",
    "Thiếu cán bộ chuyên trách, một người kiêm nhiều việc.",
    "Dân đi làm ăn xa nhiều, khó họp để bàn và thống nhất.",
)
UNCOVERED = 0.8  # of the communes without anybody are not urged


class Urger:
    """Invents what was urged, commune by commune."""

    def __init__(self, stage: Stage):
        self.stage, self.rng = stage, stage.random("directives")

    def directive(self, document: Followed) -> Directive:
        issued_on = self.stage.day - document.days_ago * DAY
        started_on = issued_on + 10 * DAY
        return Directive(
            number=document.number,
            issued_on=issued_on,
            issuer=ISSUER,
            subject=document.subject,
            due_on=self.stage.day + document.due_in * DAY,
            started_on=started_on,
            entered_by=self.stage.office,
            entered_at=moment(started_on, dt.time(9, 15)),
        )

    def follow_ups(self, document: Followed, directive: Directive) -> Iterator[FollowUp]:
        """Give the steps of every commune that was urged, the latest being how it stands."""
        weights = (*document.states, 100 - sum(document.states))
        for commune in self.stage.communes:
            [state] = self.rng.choices(STATES, weights)
            is_covered = self.stage.answering(commune, self.stage.day)
            if state and (is_covered or self.rng.random() > UNCOVERED):
                yield from self.steps(document, directive, commune, state)

    def steps(
        self, document: Followed, directive: Directive, commune: Commune, state: FollowUpState
    ) -> Iterator[FollowUp]:
        way = [FollowUpState.REMINDED]
        if state != FollowUpState.REMINDED and self.rng.random() < 0.5:
            way.append(FollowUpState.IN_PROGRESS)
        if state not in way:
            way.append(state)
        days = working_days(directive.started_on + DAY, self.stage.day)
        for step, day in zip(way, sorted(self.rng.sample(days, len(way))), strict=True):
            yield self.follow_up(document, directive, commune, step, day)

    def follow_up(
        self,
        document: Followed,
        directive: Directive,
        commune: Commune,
        state: FollowUpState,
        day: dt.date,
    ) -> FollowUp:
        row = self.stage.answering(commune, day)
        officer = row.officer if row else None
        return FollowUp(
            directive=directive,
            commune=commune,
            officer=officer,
            noted_on=day,
            state=state,
            note=self.note(document, commune, state),
            entered_by=self.stage.author(officer) if officer else self.stage.office,
            entered_at=moment(day, dt.time(self.rng.randint(14, 20), self.rng.randint(0, 59))),
        )

    def note(self, document: Followed, commune: Commune, state: FollowUpState) -> str:
        words: dict[str, Sequence[str]] = {
            FollowUpState.REMINDED: REMINDED,
            FollowUpState.IN_PROGRESS: IN_PROGRESS,
            FollowUpState.DIFFICULT: DIFFICULT,
            FollowUpState.DONE: document.results,
        }
        return self.rng.choice(words[state]).format(
            loai=commune.get_kind_display().lower(),
            matter=document.matter,
            so=Number(self.rng),
            tl=Number(self.rng, decimals=True),
        )


def write_directives(stage: Stage) -> None:
    """Write the documents and what was urged, with the log."""
    urger = Urger(stage)
    made = [(document, urger.directive(document)) for document in DOCUMENTS]
    directives = [directive for _, directive in made]
    follow_ups = [row for pair in made for row in urger.follow_ups(*pair)]
    follow_ups.sort(key=lambda row: row.entered_at)
    Directive.objects.bulk_create(directives)
    FollowUp.objects.bulk_create(follow_ups)
    write_log([*entries(directives), *entries(follow_ups)])
