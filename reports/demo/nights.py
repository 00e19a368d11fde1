"""What was told in the world's last days: at once, and by the nightly command; what was read."""

from __future__ import annotations

import datetime as dt

from assignments.demo.days import DAY, moment
from assignments.demo.stage import Stage
from reports.enums import NotificationKind, ReportMove
from reports.models import Notification, PetitionEvent, ReportEvent
from reports.notifications.nightly import finish, tell
from reports.periodic.moves import told
from reports.petitions.telling import tell_of

NIGHTS = 4
LATELY = 6 * DAY  # what was done longer ago has been read and is not kept here
RETURNED = "{title} được trả lại để bổ sung"
TOLD_AT, DONE_AT, READ_AT = dt.time(5, 30), dt.time(5, 31), dt.time(8, 5)
READ = 0.7  # of what was told before the last night


def write_notifications(stage: Stage) -> None:
    """Tell of what was done lately; run the last nights, the world's own morning among them."""
    tell_of_deeds(stage.day - LATELY)
    for ago in reversed(range(NIGHTS)):
        day = stage.day - ago * DAY
        run = tell(day=day, now=moment(day, TOLD_AT))
        finish(run=run, now=moment(day, DONE_AT))
    read_some(stage)


def tell_of_deeds(since: dt.date) -> None:
    """Tell of what was done with petitions and reports, as the services would have."""
    lately = PetitionEvent.objects.filter(happened_on__gte=since).order_by("happened_at", "pk")
    for event in lately.select_related("by", "answer", "petition__commune", "petition__field"):
        tell_of(event)
    returned = ReportEvent.objects.filter(move=ReportMove.RETURN, happened_on__gte=since)
    for event in returned.select_related("by", "report__officer", "report__period"):
        title = RETURNED.format(title=event.report.title)
        told(event, NotificationKind.REPORT_RETURNED, title, event.happened_at)


def read_some(stage: Stage) -> None:
    """Let most of what was told before the last night have been read."""
    rng = stage.random("what was read")
    rows = list(Notification.objects.filter(noticed_on__lt=stage.day).order_by("pk"))
    read = [row for row in rows if rng.random() < READ]
    for row in read:
        row.read_at = moment(row.noticed_on, READ_AT)
    Notification.objects.bulk_update(read, ["read_at"])
