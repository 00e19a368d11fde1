"""``manage.py import_roster FILE``: preview or apply an assignment list kept in a workbook."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import clock
from assignments.roster.plan import Plan, State
from assignments.roster.planner import plan_roster
from assignments.roster.services import apply_roster, read_roster, start_date
from communes.date_texts import parse_date

COUNTED = (State.NEW, State.CHANGED, State.UNCHANGED)


def day(text: str) -> dt.date:
    """Read the ``--date`` argument."""
    read = parse_date(text)
    if read is None:
        raise argparse.ArgumentTypeError(f"“{text}” không phải ngày dạng 2021-11-01.")
    return read


class Command(BaseCommand):
    help = (
        "Nạp danh sách phân công từ tệp .xlsx. Không có --apply thì chỉ xem trước, không ghi gì. "
        "Ngày bắt đầu lấy theo thứ tự: cột “Từ ngày” của dòng; --date; ngày của quyết định ghi "
        "trong phần tiêu đề danh sách; hôm nay. Dòng bị từ chối không làm lệnh báo lỗi; tệp không "
        "đọc được thì mã thoát là 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="tệp .xlsx")
        parser.add_argument(
            "--date", type=day, metavar="YYYY-MM-DD", help="ngày bắt đầu khi dòng không ghi"
        )
        parser.add_argument("--apply", action="store_true", help="ghi vào cơ sở dữ liệu")
        parser.add_argument(
            "--json", action="store_true", help="in một đối tượng JSON, không in gì khác"
        )

    def handle(self, *args, **options) -> None:
        try:
            plan = self.run_import(Path(options["file"]), options["date"], apply=options["apply"])
        except ValidationError as error:
            self.refuse(" ".join(error.messages), as_json=options["json"])
        except OSError:
            self.refuse(f"Không mở được tệp {options['file']}.", as_json=options["json"])
        else:
            if options["json"]:
                self.print_json(plan.counts, plan.refused)
            else:
                self.print_summary(plan, applied=options["apply"])

    def run_import(self, path: Path, given: dt.date | None, *, apply: bool) -> Plan:
        """Read and plan the file, and apply the plan if asked to."""
        roster = read_roster(path.read_bytes())
        default_date = start_date(roster, given, clock.today())
        if apply:
            return apply_roster(roster, name=path.name, default_date=default_date, by=None)
        return plan_roster(roster, default_date=default_date)

    def refuse(self, reason: str, as_json: bool) -> None:
        """Report that the whole file was refused: row 0 in JSON, exit status 1."""
        if not as_json:
            raise CommandError(reason)
        self.print_json({}, [{"row": 0, "reason": reason}])
        raise SystemExit(1)

    def print_json(self, counts: dict[str, int], refused: list[dict[str, object]]) -> None:
        report = {state.value: counts.get(state, 0) for state in COUNTED} | {"refused": refused}
        self.stdout.write(json.dumps(report, ensure_ascii=False))

    def print_summary(self, plan: Plan, *, applied: bool) -> None:
        counts = plan.counts
        self.stdout.write("Đã ghi vào cơ sở dữ liệu." if applied else "Xem trước, chưa ghi gì.")
        self.stdout.write(
            f"Thêm mới {counts[State.NEW]}, thay đổi {counts[State.CHANGED]}, "
            f"giữ nguyên {counts[State.UNCHANGED]}, từ chối {counts[State.REFUSED]} phân công."
        )
        for item in plan.of_state(State.CHANGED):
            changes = "; ".join(f"{c.label}: {c.old or '(trống)'} → {c.new}" for c in item.changes)
            self.stdout.write(f"  Dòng {item.row}, {item.officer_label}: {changes}")
        for warning in plan.warnings:
            self.stdout.write(f"Lưu ý: {warning}")
        for item in plan.items:
            for warning in item.warnings:
                self.stdout.write(f"Lưu ý dòng {item.row}: {warning}.")
        if counts[State.REFUSED]:
            self.stdout.write("Các dòng bị từ chối:")
        for item in plan.of_state(State.REFUSED):
            self.stdout.write(f"{item.row:>7}  {item.reason}")
