"""The demonstration has nothing wrong; what is damaged behind the application's back is found."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import clock
from accounts.enums import Role, Suspension
from accounts.models import AuditEvent, Session, User
from assignments.enums import EndReason
from assignments.models import Assignment, Attendance, Officer, Visit
from communes.models import Commune, Descent
from reports.data_checks import ALL
from reports.enums import HandoverState, PetitionState, ReportState
from reports.models import (
    AnswerFile,
    Handover,
    Notification,
    PeriodicReport,
    Petition,
    PetitionCounter,
)
from tests.factories import make_user

# The chain of the log is sealed after a commit and has tests of its own.
CHECKED = [check.code for check in ALL if check.code != "audit_log"]
LONG_AGO = dt.date(1999, 1, 1)
TO_COME = dt.date(2999, 1, 1)

pytestmark = pytest.mark.usefixtures("demonstration", "db")


def found(code: str, *, later: dt.timedelta = dt.timedelta(0)) -> list:
    (check,) = [check for check in ALL if check.code == code]
    return list(check.find(clock.now() + later))


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def one(rows):
    """Give a queryset of the first row alone, to damage by update."""
    return rows.model._base_manager.filter(pk=rows.order_by("pk").values_list("pk", flat=True)[0])


def log_in_switched_off() -> None:
    user = make_user(Role.OFFICER, is_active=False, suspension=Suspension.BY_ADMIN)
    now = clock.now()
    Session.objects.create(
        session_key="k" * 32,
        session_data="",
        expire_date=now + dt.timedelta(days=1),
        user=user,
        began_at=now,
        seen_at=now,
    )


def leave_without_switching_off() -> None:
    staying = Officer.objects.filter(user__is_active=True, left_on=None, joined_on=None)
    one(staying).update(left_on=LONG_AGO, leave_reason=EndReason.values[0])


def invent_descent() -> None:
    old, new = Commune.objects.order_by("pk")[:2]
    Descent.objects.create(old=old, new=new, started_on=LONG_AGO)


def tell_nobody() -> None:
    Notification.objects.create(
        user=make_user(Role.ASSISTANT),
        kind="task",
        key="x",
        title="x",
        address="/",
        noticed_on=LONG_AGO,
    )


DAMAGES = {
    "sessions": log_in_switched_off,
    "computed": lambda: one(Officer.objects).update(search_key="khac"),
    "descents": invent_descent,
    "files": lambda: one(AnswerFile.objects).update(checksum="0" * 64),
    "service": lambda: one(
        Officer.objects.filter(pk__in=Assignment.objects.values("officer"), left_on=None)
    ).update(joined_on=TO_COME),
    "units": lambda: one(
        Commune.objects.filter(pk__in=Assignment.objects.values("commune"), dissolved_on=None)
    ).update(established_on=TO_COME),
    "visits": lambda: one(
        Visit.objects.filter(pk__in=Attendance.objects.standing().values("visit"))
    ).update(visited_on=LONG_AGO),
    "departed": leave_without_switching_off,
    "numbers": lambda: one(PetitionCounter.objects.order_by()).update(last=99_999),
    "petitions": lambda: one(Petition.objects.filter(state=PetitionState.ROUTED)).update(
        state=PetitionState.CONSIDERING
    ),
    "reports": lambda: one(PeriodicReport.objects.filter(state=ReportState.ACCEPTED)).update(
        state=ReportState.SUBMITTED, accepted_at=None
    ),
    "handovers": lambda: one(Handover.objects.filter(state=HandoverState.PREPARING)).update(
        state=HandoverState.RETURNED
    ),
    "evaluations": lambda: raw(
        "UPDATE reports_evaluationevent SET state = 'open' WHERE state = 'decided'"
    ),
    "frozen": lambda: raw("UPDATE reports_frozenfigure SET value = value + 1"),
    "notifications": tell_nobody,
}


def test_the_demonstration_has_nothing_wrong():
    out = StringIO()
    only = [argument for code in CHECKED for argument in ("--only", code)]
    call_command("check_data", *only, stdout=out)
    assert "Không có chỗ nào sai" in out.getvalue()


@pytest.mark.parametrize("code", [code for code in CHECKED if code not in ("orphans",)])
def test_damage_is_found(code):
    DAMAGES[code]()
    assert found(code), code
    out = StringIO()
    with pytest.raises(CommandError, match="chỗ sai") as refused:
        call_command("check_data", "--only", code, "--json", stdout=out)
    assert refused.value.returncode == 1
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert all(line["check"] == code and line["wrong"] and line["mend"] for line in told)


def test_a_number_missing_between_is_found():
    last = Petition.objects.order_by("-year", "-number").first()
    Petition.objects.filter(pk=last.pk).update(number=last.number + 1)
    PetitionCounter.objects.filter(year=last.year).update(last=last.number + 1)
    assert "khuyết" in found("numbers")[0].wrong


def test_a_file_that_is_gone_is_found():
    answer = AnswerFile.objects.order_by("pk").first()
    AnswerFile.objects.filter(pk=answer.pk).update(file="tra-loi/none.pdf")
    assert "không có tệp" in found("files")[0].wrong


def test_files_of_nobody_are_found_and_cleared_when_old_enough(time_machine):
    name = default_storage.save("tra-loi/2020/stray.pdf", ContentFile(b"x"))
    kept = AnswerFile.objects.order_by("pk").first().file.name
    try:
        assert found("orphans") == []
        late = found("orphans", later=dt.timedelta(days=2))
        assert any(name in finding.where for finding in late)
        time_machine.move_to(clock.now() + dt.timedelta(days=2))
        call_command("check_data", "--clear-orphans", "--only", "orphans", stdout=StringIO())
        assert not default_storage.exists(name)
        assert default_storage.exists(kept)
        assert AuditEvent.objects.filter(target="Tệp không thuộc bản ghi nào").exists()
    finally:
        default_storage.delete(name)


def test_nothing_is_written():
    before = AuditEvent.objects.count(), User.objects.count()
    call_command("check_data", "--only", "petitions", stdout=StringIO())
    assert (AuditEvent.objects.count(), User.objects.count()) == before
