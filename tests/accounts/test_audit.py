"""The log: added to, never changed; readable without the records it speaks of."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import EndReason
from tests.factories import make_assignment, make_officer, make_user

FORBIDDEN = {
    "save": lambda event: event.save(),
    "delete": lambda event: event.delete(),
    "update": lambda event: AuditEvent.objects.update(reason="khác"),
    "bulk_update": lambda event: AuditEvent.objects.bulk_update([event], ["reason"]),
    "delete all": lambda event: AuditEvent.objects.filter(pk=event.pk).delete(),
}


@pytest.mark.parametrize("way", FORBIDDEN)
def test_rows_are_not_changed_or_deleted(db, way):
    event = audit.record(Verb.EXPORT, "Danh sách", by=None)
    event.reason = "khác"
    with pytest.raises(ValidationError, match="chỉ được ghi thêm, không được sửa hay xóa"):
        FORBIDDEN[way](event)
    assert AuditEvent.objects.get().reason == ""


def test_rows_point_at_no_record():
    assert [field for field in AuditEvent._meta.fields if field.is_relation] == []


def test_a_row_says_who_did_what_to_whom(db):
    user, officer = make_user(Role.OFFICE), make_officer("Lê Thị Bình")
    event = audit.record(Verb.CHANGE, officer, by=user, reason="Ghi sai năm sinh")
    assert event.actor == str(user)
    assert event.target == f"cán bộ: {officer}"
    assert event.target_key == f"assignments.officer:{officer.pk}"
    assert event.reason == "Ghi sai năm sinh"


def test_what_a_command_does_is_the_systems(db):
    assert audit.record(Verb.IMPORT, "Danh sách", by=None).actor == audit.SYSTEM


def test_a_long_target_is_cut_not_refused(db):
    assert len(audit.record(Verb.EXPORT, "x" * 1000, by=None).target) == 300


# --- snapshots -----------------------------------------------------------------------------------


def test_a_snapshot_is_read_as_people_write(db):
    day = dt.date(2023, 5, 9)
    assignment = make_assignment(ended_on=day, end_reason=EndReason.RETIRED)
    values = audit.snapshot(assignment)
    assert values["cán bộ"] == str(assignment.officer)
    assert values["vai trò"] == "Phụ trách chính"
    assert values["thôi từ ngày"] == "09/05/2023"
    assert values["lý do thôi"] == "Nghỉ hưu"
    assert "quyết định thôi" not in values


def test_a_snapshot_holds_no_secret_and_nothing_computed(db):
    user, officer = make_user(), make_officer()
    assert user.password not in str(audit.snapshot(user))
    assert "mật khẩu" not in audit.snapshot(user)
    assert officer.search_key not in audit.snapshot(officer).values()


def test_a_difference_keeps_what_changed():
    before = {"tên": "An", "mã": "1", "ghi chú": "cũ"}
    after = {"tên": "An", "mã": "2", "thư": "mới"}
    assert audit.difference(before, after) == (
        {"mã": "1", "ghi chú": "cũ"},
        {"mã": "2", "thư": "mới"},
    )
    assert audit.difference(before, before) == ({}, {})
