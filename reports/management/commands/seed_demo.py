"""``manage.py seed_demo``: an invented province in an empty database, and a login for each role."""

import argparse
import datetime as dt

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from assignments.demo.logins import working_logins
from communes.as_of import parse_day
from reports.demo.writing import find_demonstration, what_is_here, write_demonstration

DEFAULT_SEED = 10


def day_argument(text: str) -> dt.date:
    """Read a date given on the command line."""
    day = parse_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"không đọc được ngày “{text}” (ví dụ: 2026-11-22)")
    return day


class Command(BaseCommand):
    help = (
        "Nạp dữ liệu minh họa (cán bộ không có thật) vào cơ sở dữ liệu trống, kèm mỗi vai trò "
        "một tài khoản. Không dùng cho hệ thống thật."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--seed", type=int, default=DEFAULT_SEED, help="hạt giống: cùng số thì cùng dữ liệu"
        )
        parser.add_argument(
            "--day", type=day_argument, help="ngày được coi là hôm nay (mặc định: hôm nay)"
        )
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="không báo lỗi khi cơ sở dữ liệu đã có dữ liệu; dùng cho make run",
        )

    def handle(self, *, seed: int, day: dt.date | None, if_empty: bool, **options):
        if not (if_empty and what_is_here()):
            self.seed(seed, day or clock.today())
        self.show_logins()

    def seed(self, seed: int, day: dt.date) -> None:
        try:
            written = write_demonstration(seed, day)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        done = "Đã nạp" if written else "Đã có sẵn"
        self.stdout.write(f"{done} dữ liệu minh họa: hạt giống {seed}, ngày {day:%d/%m/%Y}.")

    def show_logins(self) -> None:
        """Write one line for each role, if the demonstration is what this database holds."""
        made = find_demonstration()
        if made is None:
            return
        self.stdout.write("Tài khoản minh họa:")
        for login, password in working_logins(made.seed):
            shown = password or "(đã đổi mật khẩu hoặc đã khóa)"
            self.stdout.write(f"  {login.role.label:<24}{login.username:<12}{shown}")
