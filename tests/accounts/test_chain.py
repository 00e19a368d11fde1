"""The chain of the log: what is committed is sealed; what is changed afterwards is found."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import audit, chain, clock
from accounts.chain_check import Check
from accounts.data_checks import log_as_written
from accounts.enums import Verb
from accounts.models import AuditEvent
from tests.only_added import triggers_lifted

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
MOMENT = dt.datetime(2023, 5, 9, 8, 0, 0, 123456, tzinfo=dt.UTC)


def written(count: int) -> None:
    """Write and seal ``count`` rows."""
    audit.record_all(
        audit.event(
            Verb.CHANGE,
            f"Cán bộ {number}",
            by="Nguyễn Văn An",
            before={"họ tên": "Lê Thị Bình", "tuổi": number, "ghi chú": {"b": 1.5, "a": None}},
            reason="Ghi sai\nnăm sinh",
            at=MOMENT + number * HOUR,
        )
        for number in range(1, count + 1)
    )
    chain.seal_committed()


def forged() -> models.QuerySet:
    return models.QuerySet(AuditEvent)


def found(*heads: chain.Head) -> list[str]:
    return list(Check(heads=heads).damage())


def at(sequence: int) -> models.QuerySet:
    return forged().filter(sequence=sequence)


# --- sealing -------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_sealed():
    with transaction.atomic():
        for _ in range(3):
            audit.record(Verb.EXPORT, "Danh sách", by=None)
        assert len(connection.run_on_commit) == 1
        assert not AuditEvent.objects.filter(sequence__isnull=False).exists()
    assert sorted(AuditEvent.objects.values_list("sequence", flat=True)) == [1, 2, 3]
    audit.record(Verb.EXPORT, "Danh sách", by=None)
    assert chain.head().sequence == 4
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_taken_back_takes_no_sealing_along():
    with transaction.atomic():
        with transaction.atomic():
            audit.record(Verb.EXPORT, "Bỏ", by=None)
            transaction.set_rollback(True)
        audit.record(Verb.EXPORT, "Giữ", by=None)
    assert AuditEvent.objects.get().sequence == 1


@pytest.mark.django_db(transaction=True)
def test_a_sealing_that_fails_fails_nothing_and_is_caught_up(monkeypatch, caplog):
    def broken(sealed):
        raise DatabaseError("hỏng")

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR):
        patch.setattr(chain, "store", broken)
        audit.record(Verb.EXPORT, "Trước", by=None)
    assert "seal_committed" in caplog.text
    assert AuditEvent.objects.get().sequence is None
    audit.record(Verb.EXPORT, "Sau", by=None)
    assert list(AuditEvent.objects.order_by("pk").values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_several_writers_make_one_chain():
    def write() -> None:
        try:
            for _ in range(10):
                audit.record(Verb.EXPORT, "Danh sách", by=None)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert chain.head().sequence == AuditEvent.objects.count() == 40
    assert found() == []


def test_many_rows_are_sealed_in_batches(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 7)
    written(30)
    assert chain.head().sequence == 30
    assert found() == []


def test_times_are_sealed_to_the_microsecond_and_alike_in_every_zone():
    values = ["x"] * len(chain.COLUMNS)
    place = chain.COLUMNS.index("at")
    values[place] = MOMENT
    here = chain.canonical(values)
    assert b'"at":1683619200123456' in here
    values[place] = MOMENT.astimezone(dt.timezone(7 * HOUR))
    assert chain.canonical(values) == here
    values[place] = MOMENT + dt.timedelta(microseconds=1)
    assert chain.canonical(values) != here


def test_a_column_added_later_leaves_old_seals(monkeypatch):
    values = ["x"] * len(chain.COLUMNS)
    before = chain.canonical(values)
    monkeypatch.setattr(chain, "COLUMNS", [*chain.COLUMNS, "them"])
    assert chain.canonical([*values, ""]) == before


# --- keys ----------------------------------------------------------------------------------------


def test_a_changed_key_still_proves_old_rows(settings):
    written(3)
    settings.AUDIT_KEY = "khóa riêng của nhật ký"
    written(3)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "khóa mới"
    assert found() == []
    settings.AUDIT_KEY, settings.AUDIT_KEY_FALLBACKS = "khóa khác", [settings.AUDIT_KEY]
    written(1)
    assert found() == []
    settings.AUDIT_KEY_FALLBACKS = []
    assert [sentence.split(" (")[0] for sentence in found()] == [
        f"Dòng số {number}" for number in (4, 5, 6)
    ]


def test_another_key_makes_no_seal(settings):
    settings.SECRET_KEY = "khóa của người khác"
    written(1)
    settings.SECRET_KEY = "tests-only"
    assert len(found()) == 1


# --- damage --------------------------------------------------------------------------------------

ALTERED = {
    "at": MOMENT,
    "actor": "Người khác",
    "address": "10.0.0.9",
    "verb": Verb.CREATE,
    "target_key": "assignments.officer:1",
    "target": "Cán bộ khác",
    "before": {"họ tên": "Lê Thị Bình", "tuổi": 3, "ghi chú": {"b": 1.5, "a": 0}},
    "after": {"họ tên": "Lê Thị Bích"},
    "reason": "Ghi sai năm sinh",
    "request_id": "x",
}


def test_every_column_is_altered_here():
    assert {*ALTERED, "id", "sequence", "seal"} == {
        field.name for field in AuditEvent._meta.concrete_fields
    }


@pytest.mark.parametrize("column", ALTERED)
def test_an_altered_column_is_found_in_its_row(column):
    written(5)
    with triggers_lifted():
        at(3).update(**{column: ALTERED[column]})
    [sentence] = found()
    assert sentence.startswith("Dòng số 3 (mã ")
    assert "không khớp dấu niêm" in sentence


def test_an_altered_id_is_found():
    written(5)
    with triggers_lifted():
        at(3).update(id=models.F("id") + 100)
    assert found()[0].startswith("Dòng số 3 (")


def test_an_altered_seal_is_found():
    written(5)
    with triggers_lifted():
        at(3).update(seal="0" * 64)
    assert [sentence[:9] for sentence in found()] == ["Dòng số 3", "Dòng số 4"]


@pytest.mark.parametrize(
    ("removed", "sentences"),
    [
        ([1], ["Thiếu dòng số 1: đã bị xóa."]),
        ([3], ["Thiếu dòng số 3: đã bị xóa."]),
        ([2, 3, 4], ["Thiếu các dòng từ số 2 đến số 4: đã bị xóa."]),
        ([2, 4], ["Thiếu dòng số 2: đã bị xóa.", "Thiếu dòng số 4: đã bị xóa."]),
    ],
)
def test_removed_rows_are_named(removed, sentences):
    written(6)
    with triggers_lifted():
        forged().filter(sequence__in=removed)._raw_delete("default")
    assert found() == sentences


def test_a_row_removed_and_the_gap_closed_is_found():
    written(6)
    with triggers_lifted():
        at(3)._raw_delete("default")
        for sequence in (4, 5, 6):
            at(sequence).update(sequence=sequence - 1)
    assert found()[0].startswith("Dòng số 3 (")


def test_an_inserted_row_is_found():
    written(4)
    with triggers_lifted():
        at(4).update(sequence=5)
        inserted = audit.event(Verb.EXPORT, "Chèn", by=None, sequence=4, seal="a" * 64)
        AuditEvent.objects.bulk_create([inserted])
    assert "Chèn" in found()[0]


def test_a_forged_last_row_is_found():
    written(4)
    forger = audit.event(Verb.EXPORT, "Thêm", by=None, sequence=5, seal="a" * 64)
    AuditEvent.objects.bulk_create([forger])
    [sentence] = found()
    assert sentence.startswith("Dòng số 5 (")


def test_swapped_rows_are_found():
    written(5)
    with triggers_lifted():
        at(2).update(sequence=100)
        at(4).update(sequence=2)
        at(100).update(sequence=4)
    assert {2, 4} <= {int(sentence.split()[2]) for sentence in found()}


def test_swapped_rows_with_their_seals_left_in_place_are_found():
    written(5)
    rows = {row.sequence: row for row in forged()}
    with triggers_lifted():
        for here, there in ((2, 4), (4, 2)):
            other = rows[there]
            at(here).update(actor="x", target=other.target, before=other.before)
    assert [int(sentence.split()[2]) for sentence in found()] == [2, 4]


def test_an_erased_seal_is_found_and_sealing_anew_hides_nothing():
    written(5)
    with triggers_lifted():
        at(3).update(sequence=None, seal="")
    assert found() == ["Thiếu dòng số 3: đã bị xóa."]
    chain.seal_committed()
    assert found() == ["Thiếu dòng số 3: đã bị xóa."]


def test_a_tail_cut_off_shows_against_a_head_noted_elsewhere():
    written(6)
    noted = chain.head()
    with triggers_lifted():
        forged().filter(sequence__gt=4)._raw_delete("default")
    assert found() == []
    assert found(noted) == ["Thiếu các dòng từ số 5 đến số 6: đuôi nhật ký đã bị cắt."]
    written(3)  # the log goes on
    [sentence] = found(noted)
    assert sentence.startswith("Dòng số 6: dấu niêm khác với dấu đã ghi ở nơi khác")


def test_noted_heads_that_agree_are_no_damage():
    written(2)
    early = chain.head()
    written(2)
    assert found(early, chain.head(), chain.START) == []


def test_rows_that_merely_wait_are_no_damage():
    written(2)
    audit.record_all([audit.event(Verb.EXPORT, "Đã lâu", by=None, at=clock.now() - HOUR)])
    assert chain.waiting().count() == 1
    assert found() == []
    assert list(log_as_written(clock.now())) == []


# --- random damage -------------------------------------------------------------------------------

ROWS = 12
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30
)


def alter(place: int, text: str) -> None:
    at(place).update(reason=text)


def remove(place: int, text: str) -> None:
    at(place)._raw_delete("default")


def swap(place: int, text: str) -> None:
    other = place % ROWS + 1
    at(place).update(sequence=100)
    at(other).update(sequence=place)
    at(100).update(sequence=other)


def insert(place: int, text: str) -> None:
    for sequence in range(ROWS, place - 1, -1):
        at(sequence).update(sequence=sequence + 1)
    seal = hashlib.sha256(text.encode()).hexdigest()
    row = audit.event(Verb.EXPORT, text, by=None, sequence=place, seal=seal)
    AuditEvent.objects.bulk_create([row])


def rewrite(place: int, text: str) -> None:
    """Seal everything from ``place`` on anew, as who does not know the key would."""
    previous = at(place - 1).values_list("seal", flat=True).first() or ""
    at(place).update(reason=text)
    for sequence in range(place, ROWS + 1):
        values = at(sequence).values_list(*chain.COLUMNS).get()
        previous = chain.seal_of(previous, values, b"doan")
        at(sequence).update(seal=previous)


DAMAGES = [alter, remove, swap, insert, rewrite]


@pytest.mark.parametrize("damage", DAMAGES)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(1, ROWS), text=TEXT)
def test_random_damage_is_found(damage, place, text, db):
    with transaction.atomic():
        written(ROWS)
        noted = chain.head()
        assert found(noted) == []
        with triggers_lifted():
            damage(place, text)
        assert found(noted) != []
        transaction.set_rollback(True)


# --- the command ---------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("check_audit_log", *arguments, stdout=output)
    return output.getvalue()


def test_the_command_prints_the_head():
    written(3)
    head = chain.head()
    assert f"Đã kiểm tra 3 dòng. Đầu chuỗi: {head}\nNhật ký nguyên vẹn.\n" == run()
    assert "nguyên vẹn" in run("--head", str(head))


def test_the_command_seals_what_waits_and_then_checks():
    audit.record_all(
        audit.event(Verb.EXPORT, f"Trước khi nâng cấp {number}", by=None, at=MOMENT)
        for number in range(3)
    )
    said = run()
    assert said.startswith("Đã niêm 3 dòng đang chờ.\nĐã kiểm tra 3 dòng.")
    assert said.endswith("nguyên vẹn.\n")
    assert not chain.waiting().exists()
    assert "Đã niêm" not in run()


def test_the_command_finds_a_seal_taken_off():
    written(3)
    with triggers_lifted():
        at(2).update(sequence=None, seal="")
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("check_audit_log", stdout=output)
    assert "Thiếu dòng số 2: đã bị xóa." in output.getvalue()


def test_the_command_of_an_empty_log():
    assert "Đã kiểm tra 0 dòng. Đầu chuỗi: 0:\n" in run()
    assert "nguyên vẹn" in run("--head", "0:")


def test_the_command_fails_on_damage():
    written(3)
    with triggers_lifted():
        at(2)._raw_delete("default")
    with pytest.raises(CommandError, match=r"Nhật ký có 1 chỗ không khớp\.") as refusal:
        run()
    assert refusal.value.returncode == 1


def test_the_command_tells_the_first_and_counts_the_rest(monkeypatch):
    monkeypatch.setattr("accounts.management.commands.check_audit_log.MOST_TOLD", 2)
    written(5)
    with triggers_lifted():
        forged().update(actor="x")
    output = StringIO()
    with pytest.raises(CommandError, match="5 chỗ"):
        call_command("check_audit_log", stdout=output)
    assert "… và 3 chỗ khác." in output.getvalue()


@pytest.mark.parametrize("head", ["", "3", "x:y", "3:zz", "-1:" + "a" * 64, "9" * 30 + ":"])
def test_a_head_that_is_none_is_refused(head):
    with pytest.raises(CommandError, match="dạng"):
        call_command("check_audit_log", f"--head={head}")
