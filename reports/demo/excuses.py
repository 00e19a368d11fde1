"""Waivers and explanations: what the office accepted, refused, has not decided, saw taken back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.demo.days import DAY, days_between, moment, working_days
from assignments.demo.going import Going
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from assignments.enums import DutyKind
from reports.demo.fates import Fate, Manner
from reports.enums import WaiverEffect
from reports.models import Period, Waiver

# (reason, document that came with it, most days it takes)
ABSENCES = (
    (
        "Học lớp cao cấp lý luận chính trị tập trung từ ngày {tu} đến ngày {den}.",
        "Giấy triệu tập số {so}",
        60,
    ),
    (
        "Điều trị bệnh tại Bệnh viện Đa khoa tỉnh từ ngày {tu} đến ngày {den}.",
        "Giấy xác nhận của Bệnh viện Đa khoa tỉnh",
        24,
    ),
    (
        "Tham gia đoàn công tác ngoài tỉnh của Ban Thường vụ Tỉnh ủy từ ngày {tu} đến ngày {den}.",
        "Quyết định số {so}-QĐ/TU",
        11,
    ),
    (
        "Bồi dưỡng kiến thức quốc phòng và an ninh từ ngày {tu} đến ngày {den}.",
        "Giấy triệu tập số {so}",
        18,
    ),
)
EXPLAINED = {
    DutyKind.COMMITTEE_MEETING: (
        "Trùng ngày họp giao ban của Thường trực Tỉnh ủy, đã cử cán bộ phòng dự và ghi lại ý kiến.",
        "Đảng ủy dời ngày họp hai lần, đến cuối quý không sắp xếp được.",
        "Không nhận được giấy mời; đã trao đổi với đồng chí Bí thư Đảng ủy để báo lịch sớm.",
        "Tham gia đoàn kiểm tra theo kế hoạch cả tháng cuối quý.",
        "Trùng lịch tiếp xúc cử tri, đã làm việc bù với Thường trực Đảng ủy qua điện thoại.",
    ),
    DutyKind.CELL_MEETING: (
        "Chi bộ đổi ngày sinh hoạt, báo gấp trong ngày nên không về kịp.",
        "Trùng ngày tiếp công dân định kỳ; đã hẹn dự kỳ sinh hoạt tháng sau.",
        "Chi bộ hoãn sinh hoạt do mưa lớn, đường ngập.",
        "Các chi bộ cùng sinh hoạt một ngày, chỉ dự được một nơi.",
        "Đi công tác theo triệu tập trong tuần chi bộ sinh hoạt.",
    ),
    DutyKind.FIELD_VISIT: (
        "Đã lên lịch nhưng phải dự họp đột xuất của Ủy ban nhân dân tỉnh.",
        "Phụ trách tổ công tác giải phóng mặt bằng, chưa bố trí được ngày đi.",
        "Địa phương đề nghị dời sang quý sau do đang chuẩn bị đón đoàn kiểm tra.",
    ),
}
REFUSED = (
    "Lịch họp đã gửi trước hai tuần; đề nghị sắp xếp dự bù.",
    "Chưa có giấy tờ kèm theo; đề nghị bổ sung rồi gửi lại.",
    "Trong quý còn nhiều kỳ sinh hoạt khác có thể dự.",
)
ACCEPTED = ("", "", "Đồng ý.", "Đồng ý; đề nghị sắp xếp dự bù trong quý sau.")
TAKEN_BACK = "Đề nghị ghi nhầm Đảng bộ; cán bộ đã xác nhận lại với Văn phòng."
WAITING_OF_LAST, WAITING_OF_PRESENT, REFUSED_ONES = 3, 1, 3
EARLIEST = 12  # days into a quarter before anybody asks about it


class Excuses:
    """Invents the waivers of fates."""

    def __init__(self, stage: Stage, goings: Iterable[Going]):
        self.stage, self.rng = stage, stage.random("excuses")
        self.went: dict[int, list[dt.date]] = defaultdict(list)
        for going in goings:
            for officer in going.officers:
                self.went[officer.pk].append(going.day)
        self.officers = {officer.pk: officer for officer in stage.world.officers}
        self.communes = {commune.pk: commune for commune in stage.communes}
        self.reasons: dict[tuple[int, int], tuple[str, str]] = {}

    def all(self, fates: Sequence[Fate], quarters: Sequence[Period]) -> Iterator[Waiver]:
        """Give every waiver, unsaved."""
        for fate in fates:
            yield from self.accepted(fate)
        yield from self.others(fates, quarters)

    def accepted(self, fate: Fate) -> Iterator[Waiver]:
        for effect, times in (
            (WaiverEffect.WAIVED, fate.waived),
            (WaiverEffect.EXPLAINED, fate.explained),
        ):
            asked_on = self.asked_on(fate.line.period)
            if times and asked_on:
                waiver = self.waiver(fate, effect, times, asked_on)
                yield self.decide(waiver, True, self.rng.choice(ACCEPTED))

    def others(self, fates: Sequence[Fate], quarters: Sequence[Period]) -> Iterator[Waiver]:
        """Give what was not accepted, not decided, or taken back: of what is still missing."""
        finished, present = quarters[:-1], quarters[-1]
        open_ones = self.unexplained(fates)
        for fate in self.pick(open_ones, finished[-3:], REFUSED_ONES):
            if asked_on := self.asked_on(fate.line.period):
                waiver = self.waiver(fate, WaiverEffect.EXPLAINED, 1, asked_on)
                yield self.decide(waiver, False, self.rng.choice(REFUSED))
        for fate in self.pick(open_ones, finished[-2:-1], 1):
            if asked_on := self.asked_on(fate.line.period):
                waiver = self.waiver(fate, WaiverEffect.EXPLAINED, 1, asked_on)
                yield self.take_back(self.decide(waiver, True, ""))
        for fate in self.pick(open_ones, finished[-1:], WAITING_OF_LAST):
            yield self.waiver(fate, WaiverEffect.EXPLAINED, 1, self.lately(finished[-1]))
        begun = [present] if present.started_on < self.stage.day else []
        for fate in self.pick(open_ones, begun, WAITING_OF_PRESENT):
            yield self.waiver(
                fate, WaiverEffect.WAIVED, fate.missing, self.lately(fate.line.period)
            )

    def unexplained(self, fates: Iterable[Fate]) -> list[Fate]:
        """Give in random order what is missing and might be asked about."""
        found = [
            fate
            for fate in fates
            if fate.missing
            and not fate.excused
            and fate.manner is not Manner.NEVER
            and fate.line.officer_id != self.stage.shown.pk
        ]
        return self.rng.sample(found, len(found))

    def pick(self, fates: list[Fate], periods: Sequence[Period], number: int) -> list[Fate]:
        """Take the first ``number`` of some periods out of ``fates``."""
        chosen = [fate for fate in fates if fate.line.period in periods][:number]
        for fate in chosen:
            fates.remove(fate)
        return chosen

    def asked_on(self, period: Period) -> dt.date | None:
        """Give the day somebody asked about a period; ``None`` when it was too early for that."""
        until = min(period.ended_on + 12 * DAY, self.stage.day - DAY)
        since = max(period.started_on + EARLIEST * DAY, until - 25 * DAY)
        days = working_days(since, until)
        return self.rng.choice(days) if days else None

    def lately(self, period: Period) -> dt.date:
        """Give a day of the last week, since ``period`` began."""
        days = days_between(max(period.started_on, self.stage.day - 7 * DAY), self.stage.day)
        return self.rng.choice(days)

    def waiver(self, fate: Fate, effect: WaiverEffect, times: int, asked_on: dt.date) -> Waiver:
        line = fate.line
        officer = self.officers[line.officer_id]
        reason, document = self.words(fate, effect)
        return Waiver(
            officer=officer,
            commune=self.communes[line.commune_id],
            period=line.period,
            duty_kind=line.duty.kind,
            effect=effect,
            times=times,
            reason=reason,
            document=document,
            entered_by=self.stage.author(officer),
            entered_at=self.at(asked_on, 9),
        )

    def words(self, fate: Fate, effect: WaiverEffect) -> tuple[str, str]:
        """Give (reason, document): one absence of an officer excuses all its duties alike."""
        line = fate.line
        if effect == WaiverEffect.EXPLAINED:
            return self.rng.choice(EXPLAINED[line.duty.kind]), ""
        key = line.officer_id, line.period.pk
        if key not in self.reasons:
            self.reasons[key] = self.absence(
                *longest_pause(self.went[line.officer_id], line.period)
            )
        return self.reasons[key]

    def absence(self, since: dt.date, until: dt.date) -> tuple[str, str]:
        """Give why somebody was away within a pause, with the document that says so."""
        reason, document, most = self.rng.choice(ABSENCES)
        slots = {
            "tu": f"{since:%d/%m/%Y}",
            "den": f"{min(until, since + most * DAY):%d/%m/%Y}",
            "so": self.rng.randint(40, 690),
        }
        return reason.format(**slots), document.format(**slots)

    def decide(self, waiver: Waiver, is_accepted: bool, note: str) -> Waiver:
        """Let the office decide some days after it was asked."""
        asked_on = waiver.entered_at.date()
        days = working_days(asked_on + DAY, min(asked_on + 10 * DAY, self.stage.day))
        decided_on = self.rng.choice(days or [self.stage.day - DAY])
        waiver.is_accepted, waiver.decision_note = is_accepted, note
        waiver.decided_on, waiver.decided_by = decided_on, self.stage.office
        return waiver

    def take_back(self, waiver: Waiver) -> Waiver:
        waiver.withdrawn_on = min(waiver.decided_on + 6 * DAY, self.stage.day - DAY)
        waiver.withdrawn_by, waiver.withdrawal_reason = self.stage.office, TAKEN_BACK
        return waiver

    def at(self, day: dt.date, hour: int) -> dt.datetime:
        return moment(day, dt.time(hour, self.rng.randint(0, 59)))

    def decisions(self, waivers: Iterable[Waiver]) -> Iterator[AuditEvent]:
        """Give the log rows of deciding and taking back."""
        for waiver in waivers:
            if waiver.decided_on:
                verb = Verb.ACCEPT if waiver.is_accepted else Verb.REFUSE
                at = self.at(waiver.decided_on, 15)
                note = waiver.decision_note
                yield audit.event(verb, waiver, by=self.stage.office, at=at, reason=note)
            if waiver.withdrawn_on:
                at = self.at(waiver.withdrawn_on, 16)
                reason = waiver.withdrawal_reason
                yield audit.event(Verb.WITHDRAW, waiver, by=self.stage.office, at=at, reason=reason)


def longest_pause(went: Iterable[dt.date], period: Period) -> tuple[dt.date, dt.date]:
    """Give the first and last day of the longest time in a period without going anywhere."""
    within = sorted(day for day in went if period.started_on <= day < period.ended_on)
    edges = [period.started_on, *within, period.ended_on]
    since, until = max(pairwise(edges), key=lambda pair: pair[1] - pair[0])
    return since + DAY, until - DAY


def write_excuses(
    stage: Stage, fates: Sequence[Fate], quarters: Sequence[Period], goings: Iterable[Going]
) -> None:
    """Write the waivers of ``fates`` with their log; ``quarters`` are oldest first."""
    excuses = Excuses(stage, goings)
    waivers = sorted(excuses.all(fates, quarters), key=lambda waiver: waiver.entered_at)
    Waiver.objects.bulk_create(waivers)
    write_log([*entries(waivers), *excuses.decisions(waivers)])
