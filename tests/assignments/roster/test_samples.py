"""The two lists that come with the product, by the command line as an office would run it."""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.models import Assignment, Decision, Officer
from tests.assignments.roster.workbooks import make_workbook, one_row

DATA = Path(__file__).resolve().parents[3] / "assignments" / "data"
LIST, TEMPLATE = DATA / "phan-cong-2021.xlsx", DATA / "phan-cong-mau.xlsx"
START = "2021-11-01"
ALL_NEW = {"new": 109, "changed": 0, "unchanged": 0, "refused": []}
ALL_UNCHANGED = {"new": 0, "changed": 0, "unchanged": 109, "refused": []}


def run(*arguments):
    out = io.StringIO()
    call_command("import_roster", *map(str, arguments), stdout=out)
    return out.getvalue()


def run_json(*arguments):
    return json.loads(run(*arguments, "--json"))


@pytest.mark.parametrize("path", [LIST, TEMPLATE])
@pytest.mark.parametrize("date", [(), ("--date", START)])
def test_a_list_comes_in_whole_and_only_once(gazetteer, path, date):
    assert run_json(path, *date) == ALL_NEW
    assert not Assignment.objects.exists()
    assert run_json(path, *date, "--apply") == ALL_NEW
    assert (Officer.objects.count(), Assignment.objects.count()) == (95, 109)
    assert Decision.objects.get().number == "512-QĐ/TU"
    assert run_json(path, *date, "--apply") == ALL_UNCHANGED
    assert run_json(path) == ALL_UNCHANGED


@pytest.mark.parametrize("paths", [(LIST, TEMPLATE), (TEMPLATE, LIST)])
def test_one_list_after_the_other_makes_no_duplicates(gazetteer, paths):
    first, second = paths
    run(first, "--apply")
    report = run_json(second, "--apply")
    assert (report["new"], report["refused"]) == (0, [])
    assert report["changed"] + report["unchanged"] == 109
    assert (Officer.objects.count(), Assignment.objects.count()) == (95, 109)
    assert run_json(first) == run_json(second) == ALL_UNCHANGED


def test_the_two_lists_agree_from_the_same_day(gazetteer):
    run(LIST, "--apply", "--date", START)
    assert run_json(TEMPLATE) == ALL_UNCHANGED


def test_the_day_of_the_decision_is_the_start_where_none_is_given(gazetteer):
    run(LIST, "--apply")
    assert set(Assignment.objects.values_list("started_on", flat=True)) == {dt.date(2021, 10, 25)}


def test_groups_follow_the_headings(gazetteer):
    run(LIST, "--apply")
    groups = Officer.objects.values_list("group", flat=True)
    assert {group: list(groups).count(group) for group in set(groups)} == {
        "standing_committee": 13,
        "committee": 35,
        "sector": 47,
    }


def test_every_write_is_in_the_log(gazetteer):
    run(LIST, "--apply")
    verbs = AuditEvent.objects.values_list("verb", flat=True)
    assert list(verbs).count(Verb.ASSIGN) == 109
    assert list(verbs).count(Verb.CREATE) == 95 + 1
    summary = AuditEvent.objects.get(verb=Verb.IMPORT)
    assert "phan-cong-2021.xlsx" in summary.target
    assert summary.after["thêm mới"] == 109


# --- the command itself --------------------------------------------------------------------------


def write(tmp_path, content):
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(content)
    return path


def test_the_summary_names_what_is_refused(gazetteer, tmp_path):
    path = write(tmp_path, make_workbook([one_row(), one_row("Trần Bé", commune="Xã Không Có")]))
    text = run(path)
    assert "Xem trước, chưa ghi gì." in text
    assert "Thêm mới 1, thay đổi 0, giữ nguyên 0, từ chối 1 phân công." in text
    assert "      3  Không có Xã Không Có trong Huyện Châu Thành." in text
    assert "Đã ghi vào cơ sở dữ liệu." in run(path, "--apply")


def test_the_summary_shows_old_and_new_values(gazetteer, tmp_path):
    run(write(tmp_path, make_workbook([one_row()])), "--apply")
    text = run(write(tmp_path, make_workbook([one_row(office="Giám đốc Sở Tài chính")])))
    assert "Giám đốc Sở Nội vụ → Giám đốc Sở Tài chính" in text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Ho ten,Xa", None])
def test_a_file_refused_whole_is_row_0_and_exit_status_1(gazetteer, tmp_path, content, capsys):
    path = tmp_path / "khong-co.xlsx" if content is None else write(tmp_path, content)
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import_roster", str(path), "--json", "--apply", stdout=out)
    assert stopped.value.code == 1
    report = json.loads(out.getvalue())
    assert [entry["row"] for entry in report["refused"]] == [0]
    assert report["refused"][0]["reason"]
    with pytest.raises(CommandError):
        run(path)


def test_a_wrong_date_is_refused():
    with pytest.raises(CommandError, match="không phải ngày"):
        run(LIST, "--date", "2021-13-01")


@pytest.mark.parametrize("date", ["2021-11-01", "1/11/2021"])
def test_the_date_given_is_the_start(gazetteer, tmp_path, date):
    run(write(tmp_path, make_workbook([one_row()])), "--apply", "--date", date)
    assert Assignment.objects.get().started_on == dt.date(2021, 11, 1)


def test_without_any_date_it_starts_today(gazetteer, tmp_path, monkeypatch):
    monkeypatch.setattr("accounts.clock.today", lambda: dt.date(2022, 2, 2))
    run(write(tmp_path, make_workbook([one_row()])), "--apply")
    assert Assignment.objects.get().started_on == dt.date(2022, 2, 2)
