"""``manage.py check_audit_log``: is the log as it was written?

What committed and waits for its seal (after an upgrade, after a crash) is sealed first.
"""

from __future__ import annotations

import argparse
import re

from django.core.management.base import BaseCommand, CommandError

from accounts.chain import Head, seal_committed
from accounts.chain_check import Check

MOST_TOLD = 200
HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64}|)")


def noted_head(text: str) -> Head:
    """Read ``N:SEAL`` as this command and the backup's manifest print it."""
    found = HEAD.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError("cần số thứ tự và dấu niêm, dạng 1234:ab12…")
    return Head(int(found[1]), found[2])


class Command(BaseCommand):
    help = (
        "Kiểm tra nhật ký: dòng bị xóa, sửa, chèn, đổi thứ tự, đuôi bị cắt. Dòng đang "
        "chờ được niêm trước khi kiểm tra. Kết thúc với mã 1 nếu có chỗ không khớp."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            type=noted_head,
            metavar="SỐ:DẤU",
            help="Đầu chuỗi đã ghi ở nơi khác (lần kiểm tra trước, bản sao lưu); ghi được nhiều.",
        )

    def handle(self, *, head, **options) -> None:
        sealed = seal_committed()
        if sealed:
            self.stdout.write(f"Đã niêm {sealed} dòng đang chờ.")
        check = Check(heads=head)
        count = 0
        for count, sentence in enumerate(check.damage(), 1):
            if count <= MOST_TOLD:
                self.stdout.write(sentence)
        if count > MOST_TOLD:
            self.stdout.write(f"… và {count - MOST_TOLD} chỗ khác.")
        self.stdout.write(f"Đã kiểm tra {check.rows} dòng. Đầu chuỗi: {check.end}")
        if count:
            raise CommandError(f"Nhật ký có {count} chỗ không khớp.")
        self.stdout.write("Nhật ký nguyên vẹn.")
