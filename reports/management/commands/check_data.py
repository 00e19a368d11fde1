"""``manage.py check_data``: what is wrong in the data that no constraint can say."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from accounts import audit, clock
from accounts.data_checks import DataCheck
from accounts.enums import Verb
from assignments.files_check import clear_orphans
from reports.data_checks import ALL

logger = logging.getLogger(__name__)
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Tìm trong dữ liệu những chỗ sai mà ràng buộc của cơ sở dữ liệu không thể hiện được. Chỉ "
        "đọc. Mã kết thúc 1 khi có chỗ sai."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="in ra dạng JSON, đủ mọi chỗ")
        parser.add_argument(
            "--only", choices=[check.code for check in ALL], action="append", help="chỉ phần này"
        )
        parser.add_argument(
            "--clear-orphans",
            action="store_true",
            help="xóa tệp quá một ngày không thuộc bản ghi nào (việc duy nhất có ghi)",
        )

    def handle(self, *, only: list[str] | None, clear_orphans: bool, **options):
        if clear_orphans:
            self.clear_orphans()
        checks = [check for check in ALL if not only or check.code in only]
        tell = self.tell_json if options["json"] else self.tell
        wrong = sum(tell(check) for check in checks)
        summary = f"check_data: {len(checks)} phần, {wrong} chỗ sai."
        logger.log(logging.WARNING if wrong else logging.INFO, summary)
        if wrong:
            raise CommandError(f"Có {wrong} chỗ sai.")
        if not options["json"]:
            self.stdout.write("Không có chỗ nào sai.")

    def clear_orphans(self) -> None:
        cleared = clear_orphans(clock.now())
        if cleared:
            audit.record(
                Verb.CANCEL, "Tệp không thuộc bản ghi nào", by=None, after={"số tệp": cleared}
            )
        self.stdout.write(f"Đã xóa {cleared} tệp không thuộc bản ghi nào.")

    def tell(self, check: DataCheck) -> int:
        """Write the first findings of a check in words; give how many there are."""
        found = check.find(clock.now())
        count = 0
        for finding in islice(found, SHOWN):
            if not count:
                self.stdout.write(f"{check.label}:")
            self.stdout.write(f"  - {finding.where}: {finding.wrong} ({finding.mend})")
            count += 1
        more = sum(1 for _ in found)
        if more:
            self.stdout.write(f"  … và {more} chỗ nữa (--json để xem đủ)")
        if not count:
            self.stdout.write(f"✓ {check.label}")
        return count + more

    def tell_json(self, check: DataCheck) -> int:
        """Write each finding as one line of JSON; give how many there are."""
        count = 0
        for finding in check.find(clock.now()):
            line = {"check": check.code, **asdict(finding)}
            self.stdout.write(json.dumps(line, ensure_ascii=False))
            count += 1
        return count
