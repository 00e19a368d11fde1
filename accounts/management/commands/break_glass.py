"""``manage.py break_glass USERNAME``: an administrator again, from the server; see the README."""

import getpass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.rescue import restore_administrator


class Command(BaseCommand):
    help = (
        "Khẩn cấp: tạo hoặc mở lại một tài khoản quản trị khi không quản trị viên nào đăng nhập "
        "được. Hỏi mật khẩu mới, mở khóa, cho dùng lại; mọi việc được ghi vào nhật ký."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--full-name", default="", help="họ và tên, khi tạo tài khoản mới")
        parser.add_argument(
            "--password-file", type=Path, help="đọc mật khẩu từ dòng đầu của tệp, thay vì hỏi"
        )
        parser.add_argument(
            "--drop-second-factor", action="store_true", help="gỡ cả xác thực hai bước"
        )

    def handle(self, *, username: str, full_name: str, password_file: Path | None, **options):
        password = self.read(password_file) if password_file else self.ask()
        try:
            done = restore_administrator(
                username=username,
                password=password,
                full_name=full_name,
                drop_second_factor=options["drop_second_factor"],
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(f"Tài khoản {username}:")
        for sentence in done:
            self.stdout.write(f"  - {sentence}")
        self.stdout.write("Việc này đã ghi vào nhật ký.")

    @staticmethod
    def read(file: Path) -> str:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"Không đọc được tệp mật khẩu {file}.") from error
        return lines[0] if lines else ""

    @staticmethod
    def ask() -> str:
        password = getpass.getpass("Mật khẩu mới: ")
        if getpass.getpass("Nhập lại mật khẩu mới: ") != password:
            raise CommandError("Hai lần nhập mật khẩu không giống nhau.")
        return password
