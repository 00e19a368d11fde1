"""What the figures depend on beside the records: kept with them, and compared later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict

from assignments.models import Duty
from communes.dates import short_date
from communes.lineage import NEW, OLD
from reports.duties.rules import duties_of
from reports.models import Period
from reports.viewpoint import Viewpoint

# Settings that a figure's condition or the papers' words use.
SETTINGS = {
    "COMMITTEE_NAME": "Cơ quan",
    "PLACE_NAME": "Địa phương",
    "REGULATION_NAME": "Tên quy chế trên tài liệu",
    "MAX_COMMUNES_PER_OFFICER": "Mức nhắc số Đảng bộ của một cán bộ",
    "LOOK_AHEAD_DAYS": "Số ngày nhìn trước người phụ trách sắp thôi",
    "PETITION_ROUTE_DAYS": "Số ngày kiến nghị chưa chuyển thì nhắc",
    "PETITION_TELL_DAYS": "Số ngày chưa thông tin lại cho địa phương thì nhắc",
    "PETITION_ESCALATION_DAYS": "Số ngày thì kiến nghị cần trình Ban Thường vụ",
}


def parameters_of(view: Viewpoint) -> dict:
    """Give what the figures of ``view`` depend on: values for the machine, ``shown`` for readers.

    Raises ``ValidationError`` where no version of the regulation judges any of the quarters.
    """
    quarters = [view.quarter, *view.finished] if view.quarter else []
    periods = sorted(view.within(quarters), key=lambda one: (one.started_on, one.kind, one.pk))
    asked = list(duties_of(periods))
    if not any(period.ends_within(view.quarter) for period, _ in asked):
        raise ValidationError("Không có phiên bản quy chế nào có hiệu lực trong các quý này.")
    duties = unique(duty for _, duty in asked)
    return {
        "day": view.day.isoformat(),
        "span": view.quarter.code,
        "units": OLD if view.is_old else NEW,
        "periods": [period_values(one) for one in periods],
        "duties": [duty_values(one) for one in duties],
        "settings": {name: getattr(settings, name) for name in SETTINGS},
        "shown": in_words(view, periods, duties),
    }


def unique(duties) -> list[Duty]:
    return list({duty.pk: duty for duty in duties}.values())


def period_values(period: Period) -> dict:
    return {
        "id": period.pk,
        "kind": period.kind,
        "started_on": period.started_on.isoformat(),
        "ended_on": period.ended_on.isoformat(),
        "due_on": period.due_on.isoformat() if period.due_on else None,
    }


def duty_values(duty: Duty) -> dict:
    version = duty.regulation
    return model_to_dict(duty) | {
        "id": duty.pk,
        "regulation": version.number,
        "issued_on": version.issued_on.isoformat(),
        "started_on": version.started_on.isoformat(),
        "ended_on": version.ended_on.isoformat() if version.ended_on else None,
    }


def in_words(view: Viewpoint, periods: Sequence[Period], duties: Sequence[Duty]) -> list[list[str]]:
    """Give the same as pairs (label, text)."""
    return [
        ["Số liệu tính đến hết ngày", short_date(view.day)],
        ["Các quý", str(view.quarter)],
        *([label, words] for label, words in view.reading.conditions),
        *([f"Kỳ: {one}", days_of(one)] for one in periods),
        *([f"Nhiệm vụ: {one}, {one.regulation.number}", rule_of(one)] for one in duties),
        *([label, str(getattr(settings, name))] for name, label in SETTINGS.items()),
    ]


def days_of(period: Period) -> str:
    due = f", hạn nộp báo cáo {short_date(period.due_on)}" if period.due_on else ""
    return f"{short_date(period.started_on)} – {short_date(period.last_day)}{due}"


def rule_of(duty: Duty) -> str:
    """Give a duty's rule with everything that decides what is owed, and since when."""
    parts = [
        duty.rule,
        duty.get_pro_rata_display().lower(),
        f"không tính nếu giữ dưới {duty.exempt_days} ngày",
        f"hạn ngày {duty.due_day}" if duty.due_day else "hạn ngày cuối kỳ",
        f"gia hạn {duty.grace_days} ngày",
        duty.get_weekend_rule_display().lower(),
        in_force(duty.regulation.started_on, duty.regulation.last_day),
    ]
    return "; ".join(parts)


def in_force(since: dt.date, until: dt.date | None) -> str:
    end = f" đến hết ngày {short_date(until)}" if until else ""
    return f"quy chế có hiệu lực từ ngày {short_date(since)}{end}"


def differing(before: dict, after: dict) -> list[tuple[str, str, str]]:
    """Give (label, before, after) of what readers see differently in two sets of parameters."""
    old, new = dict(before.get("shown", [])), dict(after["shown"])
    return [
        (label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label) != new.get(label)
    ]
