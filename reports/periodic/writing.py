"""Writing a draft: saved while it is typed, never over what somebody else wrote; or let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from assignments.withdrawing import ALREADY, take_back
from communes.periods import constraint_sentences
from reports.enums import EDITABLE, ReportState
from reports.models import PeriodicReport
from reports.periodic.events import held
from reports.periodic.rights import NOT_THEIRS, may_write_for, why_locked
from reports.periodic.sections import Section, sections_of

OUTDATED = "Báo cáo vừa được người khác cập nhật nên chưa lưu phần đồng chí vừa viết."
HANDED_IN_STAYS = "Báo cáo đã nộp thì không bỏ được; cơ quan tiếp nhận trả lại để bổ sung."
NOT_WHILE = "Báo cáo đang ở tình trạng “{state}” nên không sửa được. {way_out}"
ASK_BACK = "Cần sửa thì đề nghị cơ quan tiếp nhận trả lại hoặc mở lại."


class Outdated(ValidationError):
    """Somebody else wrote meanwhile; ``stored`` is the report as it is now."""

    def __init__(self, stored: PeriodicReport):
        super().__init__(OUTDATED, code="outdated")
        self.stored = stored


def why_not_written(report: PeriodicReport, by: User, day: dt.date) -> str:
    """Say why ``by`` may not change the text of ``report`` on ``day``; "" when they may."""
    if report.is_withdrawn:
        return ALREADY
    return why_closed(report, by, day) if may_write_for(by, report.officer_id) else NOT_THEIRS


def why_closed(report: PeriodicReport, by: User, day: dt.date) -> str:
    """Say why a writer of ``report`` may not change it on ``day``: its state, or the lock."""
    if report.state not in EDITABLE:
        return NOT_WHILE.format(state=report.get_state_display(), way_out=ASK_BACK)
    return why_locked(report, by, day)


def check_edition(report: PeriodicReport, edition: int | None) -> None:
    """Refuse to write over an edition that ``by`` has not read; ``None`` does not ask."""
    if edition is not None and report.edition != edition:
        raise Outdated(report)


def save_report(
    *,
    report: PeriodicReport,
    sections: Mapping[str, str],
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> PeriodicReport:
    """Write ``sections`` (name → text) of a report that is being written; give it as it is stored.

    What is not named stays. Raises :class:`Outdated` when somebody else wrote since ``edition``,
    and a sentence when the report may not be changed. Nothing new is no new edition.
    """
    with constraint_sentences(PeriodicReport), transaction.atomic():
        [current] = held([report])
        if sentence := why_not_written(current, by, timezone.localdate(now)):
            raise ValidationError(sentence)
        if changed := differing(current, sections):
            check_edition(current, edition)
            for section, text in changed.items():
                setattr(current, section.name, text)
            current.edition += 1
            current.full_clean()
            current.save()
            note_writer(current, changed, by)
    return current


def differing(report: PeriodicReport, sections: Mapping[str, str]) -> dict[Section, str]:
    """Give the sections whose new text is not what is stored."""
    texts = {
        section: PeriodicReport._meta.get_field(section.name).to_python(sections[section.name])
        for section in sections_of(report)
        if section.name in sections
    }
    return {
        section: text for section, text in texts.items() if text != getattr(report, section.name)
    }


def note_writer(report: PeriodicReport, changed: Iterable[Section], by: User) -> None:
    """Record that ``by`` wrote: once while nobody else does anything with the report.

    A draft is saved every few seconds; what is handed in is kept whole by its event.
    """
    rows = AuditEvent.objects.filter(target_key=audit.target_key(report)).order_by("-pk")
    last = rows.first()
    goes_on = last is not None and last.verb == Verb.CHANGE and last.actor == str(by)
    if not goes_on:
        labels = ", ".join(section.label for section in changed)
        audit.record(Verb.CHANGE, report, by=by, after={"Phần đã sửa": labels})


def withdraw_draft(
    *, report: PeriodicReport, reason: str, by: User, now: dt.datetime
) -> PeriodicReport:
    """Let a draft go, for a reason; what was ever handed in stays."""
    with constraint_sentences(PeriodicReport), transaction.atomic():
        [current] = held([report])
        if current.state != ReportState.DRAFT:
            raise ValidationError(HANDED_IN_STAYS)
        if sentence := why_not_written(current, by, timezone.localdate(now)):
            raise ValidationError(sentence)
        return take_back(current, reason=reason, by=by, now=now)
