"""``manage.py restore FILE``: bring a backup back while the application is stopped."""

import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts import audit, clock
from config.backup.progress import Progress
from config.backup.refusals import BackupRefused
from config.backup.restoring import Restored, restore


class Command(BaseCommand):
    help = (
        "Khôi phục cơ sở dữ liệu và tệp đính kèm từ một tệp sao lưu. Dừng ứng dụng trước. "
        "Dữ liệu hiện có được giữ lại dưới tên khác."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp sao-luu_….tar hoặc .tar.age")
        parser.add_argument("--key", type=Path, help="tệp giữ khóa bí mật (AGE-SECRET-KEY-…)")
        parser.add_argument("--yes", action="store_true", help="không hỏi lại")

    def handle(self, *, file: Path, key: Path | None, yes: bool, **options):
        if not yes and not self.is_agreed(file):
            raise CommandError("Đã thôi, chưa thay đổi gì.")
        try:
            restored = restore(
                path=file,
                key=key,
                by=f"{audit.SYSTEM} ({getpass.getuser()})",
                now=clock.now(),
                told=Progress(self.stdout, "Đã đọc"),
            )
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Không khôi phục được: {error}.") from error
        self.tell(restored)

    def is_agreed(self, file: Path) -> bool:
        asked = f"Thay toàn bộ dữ liệu đang dùng bằng bản sao lưu {file.name}? Gõ “có”: "
        return input(asked).strip().lower() in ("có", "co")

    def tell(self, restored: Restored) -> None:
        manifest = restored.manifest
        self.stdout.write(
            f"Đã khôi phục bản sao lưu lúc {manifest.made_at}: {len(manifest.tables)} bảng, "
            f"{manifest.rows} dòng, {manifest.files - 1} tệp ({restored.brought} tệp chép lại). "
            "Mọi người phải đăng nhập lại."
        )
        if restored.database_aside:
            self.stdout.write(f"Dữ liệu trước đó còn giữ ở: {restored.database_aside}")
        if restored.files_aside.exists():
            self.stdout.write(f"Tệp không thuộc bản sao lưu để riêng ở: {restored.files_aside}")
