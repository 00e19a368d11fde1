"""``manage.py trim_audit_log``: old rows of the log go, as the retention rule says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import chain, clock
from accounts.trimming import (
    SHORTEST,
    delete_noted,
    end_of_old,
    months_before,
    note_trim,
    until,
    write_rows,
)

HISTORY_GOES = (
    "Lịch sử thay đổi trên trang của các hồ sơ cũng lấy từ nhật ký: phần trước ngày đó sẽ không "
    "còn xem được."
)


class Command(BaseCommand):
    help = (
        "Cắt các dòng nhật ký cũ hơn AUDIT_RETENTION_MONTHS tháng. Không có --apply thì chỉ cho "
        "biết sẽ cắt bao nhiêu dòng."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--apply", action="store_true", help="Cắt thật.")
        parser.add_argument("--months", type=int, help="Số tháng giữ lại, thay cho cài đặt.")
        parser.add_argument(
            "--to", type=Path, help="Tệp mới, ghi các dòng bị cắt vào đó trước (JSON từng dòng)."
        )

    def handle(self, *, apply, months, to, **options) -> None:
        kept = settings.AUDIT_RETENTION_MONTHS if months is None else months
        if kept == 0 and months is None:
            self.stdout.write("AUDIT_RETENTION_MONTHS = 0: nhật ký được giữ mãi, không cắt gì.")
            return
        if kept < SHORTEST:
            raise CommandError(f"Nhật ký phải giữ ít nhất {SHORTEST} tháng.")
        first = months_before(clock.today(), kept)
        self.trim(first, kept, apply=apply, to=to)

    def trim(self, first: dt.date, kept: int, *, apply: bool, to: Path | None) -> None:
        """Tell what would go, or let it go; an earlier trim not ended is ended first."""
        before = timezone.make_aware(dt.datetime.combine(first, dt.time.min))
        if apply:
            self.finish_earlier()
            chain.seal_committed()
        end = end_of_old(before)
        if end is None:
            self.stdout.write(f"Không có dòng nhật ký nào trước ngày {first:%d/%m/%Y} để cắt.")
            return
        count = until(end).count()
        if not apply:
            self.stdout.write(
                f"Sẽ cắt {count} dòng nhật ký trước ngày {first:%d/%m/%Y}. {HISTORY_GOES} "
                "Thêm --apply để cắt."
            )
            return
        if to:
            self.export(end, to)
        note_trim(before=before, end=end, reason=f"Chỉ giữ nhật ký {kept} tháng")
        self.stdout.write(
            f"Đã cắt {delete_noted()} dòng nhật ký trước ngày {first:%d/%m/%Y}. {HISTORY_GOES}"
        )

    def finish_earlier(self) -> None:
        """Delete what an interrupted trim has left behind."""
        left = delete_noted()
        if left:
            self.stdout.write(f"Đã cắt nốt {left} dòng của lần cắt trước chưa xong.")

    def export(self, end: chain.Head, to: Path) -> None:
        """Write the rows to a new file only its owner reads; nothing is cut when that fails."""
        try:
            to.touch(mode=0o600, exist_ok=False)
            with to.open("w", encoding="utf-8") as file:
                count = write_rows(end, file)
        except OSError as error:
            raise CommandError(f"Không ghi được tệp {to}: {error.strerror}.") from error
        self.stdout.write(f"Đã ghi {count} dòng vào {to}.")
