"""Old rows of the log go only when asked, as the rule says, and the rest stays provable."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import audit, chain, clock, trimming
from accounts.chain_check import Check
from accounts.enums import Verb
from accounts.models import AuditEvent, AuditTrim
from accounts.trimming import months_before
from tests.only_added import triggers_lifted

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=366)


def written(count: int, *, ago: dt.timedelta) -> None:
    audit.record_all(
        audit.event(Verb.EXPORT, f"Danh sách {number}", by=None, at=clock.now() - ago)
        for number in range(count)
    )
    chain.seal_committed()


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("trim_audit_log", *arguments, stdout=output)
    return output.getvalue()


def damage() -> list[str]:
    return list(Check().damage())


def test_nothing_goes_unless_the_rule_says_so():
    written(3, ago=5 * YEAR)
    assert "giữ mãi" in run("--apply")
    assert AuditEvent.objects.count() == 3


def test_without_apply_it_only_counts(settings):
    settings.AUDIT_RETENTION_MONTHS = 24
    written(3, ago=5 * YEAR)
    written(2, ago=YEAR)
    told = run()
    assert "Sẽ cắt 3 dòng" in told
    assert "Lịch sử thay đổi" in told
    assert AuditEvent.objects.count() == 5
    assert not AuditTrim.objects.exists()


def test_old_rows_go_and_the_rest_is_proven_from_there(settings, monkeypatch):
    monkeypatch.setattr(trimming, "BATCH", 2)
    settings.AUDIT_RETENTION_MONTHS = 24
    written(5, ago=5 * YEAR)
    written(2, ago=YEAR)
    noted = chain.head()
    assert "Đã cắt 5 dòng" in run("--apply")
    assert list(AuditEvent.objects.order_by("pk").values_list("sequence", flat=True)) == [6, 7, 8]
    told = AuditEvent.objects.get(verb=Verb.TRIM)
    assert told.reason == "Chỉ giữ nhật ký 24 tháng"
    assert told.after["số dòng"] == 5
    assert damage() == []
    assert list(Check(heads=[noted]).damage()) == []
    assert "Không có dòng nhật ký nào" in run("--apply")


def test_twice_trimmed_is_proven_from_the_later_end():
    written(3, ago=5 * YEAR)
    written(3, ago=3 * YEAR)
    run("--apply", "--months", "48")
    run("--apply", "--months", "24")
    assert AuditEvent.objects.filter(verb=Verb.EXPORT).count() == 0
    assert damage() == []
    assert chain.head().sequence == 8


def test_an_old_row_behind_a_young_one_stays():
    written(1, ago=5 * YEAR)
    written(1, ago=YEAR)
    written(1, ago=5 * YEAR)
    run("--apply", "--months", "24")
    assert AuditEvent.objects.filter(verb=Verb.EXPORT).count() == 2
    assert damage() == []


@pytest.mark.parametrize("months", ["11", "1", "0", "-5"])
def test_less_than_a_year_is_never_kept(months):
    with pytest.raises(CommandError, match="ít nhất 12 tháng"):
        run("--apply", "--months", months)


def test_the_rows_are_written_to_a_file_first(tmp_path):
    written(3, ago=5 * YEAR)
    seals = list(AuditEvent.objects.order_by("pk").values_list("seal", flat=True))
    file = tmp_path / "nhat-ky.jsonl"
    assert "Đã ghi 3 dòng" in run("--apply", "--months", "12", "--to", str(file))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["seal"] for row in rows] == seals
    assert rows[0]["target"] == "Danh sách 0"
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_goes_when_the_file_cannot_be_written(tmp_path):
    written(3, ago=5 * YEAR)
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        run("--apply", "--months", "12", "--to", str(tmp_path))
    assert AuditEvent.objects.count() == 3


def test_an_interrupted_trim_is_told_and_ended(monkeypatch):
    written(3, ago=5 * YEAR)
    with monkeypatch.context() as patch:
        patch.setattr("accounts.management.commands.trim_audit_log.delete_noted", lambda: 0)
        run("--apply", "--months", "12")
    chain.seal_committed()
    [sentence] = damage()
    assert sentence.startswith("Còn 3 dòng đến số 3 đã ghi là cắt")
    assert "Đã cắt nốt 3 dòng" in run("--apply", "--months", "12")
    assert damage() == []


def test_a_trim_the_log_does_not_tell_of_is_found():
    written(3, ago=5 * YEAR)
    written(1, ago=YEAR)
    end = AuditEvent.objects.get(sequence=3)
    AuditTrim.objects.create(before=clock.now() - YEAR, last_sequence=3, last_seal=end.seal, rows=3)
    trimming.delete_noted()
    [sentence] = damage()
    assert "nhật ký không có dòng nào nói như vậy" in sentence


def test_an_altered_trim_is_found():
    written(3, ago=5 * YEAR)
    run("--apply", "--months", "12")
    assert damage() == []
    with triggers_lifted():
        trimming.models.QuerySet(AuditTrim).update(rows=1)
    assert len(damage()) == 1


@pytest.mark.parametrize(
    ("months", "first"),
    [(12, dt.date(2025, 11, 1)), (24, dt.date(2024, 11, 1)), (11, dt.date(2025, 12, 1))],
)
def test_months_are_counted_back_to_the_first_of_one(months, first):
    assert months_before(dt.date(2026, 11, 23), months) == first
