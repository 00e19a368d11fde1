"""``manage.py verify_backup FILE``: restore a backup beside, compare it, throw that away."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.backup.progress import Progress
from config.backup.refusals import BackupRefused
from config.backup.restoring import prove


class Command(BaseCommand):
    help = (
        "Thử khôi phục một tệp sao lưu vào cơ sở dữ liệu tạm, so từng bảng, từng tệp, rồi bỏ đi. "
        "Dữ liệu đang dùng không bị đụng tới; chạy được khi ứng dụng đang chạy."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp sao-luu_….tar hoặc .tar.age")
        parser.add_argument("--key", type=Path, help="tệp giữ khóa bí mật (AGE-SECRET-KEY-…)")

    def handle(self, *, file: Path, key: Path | None, **options):
        try:
            manifest = prove(path=file, key=key, told=Progress(self.stdout, "Đã đọc"))
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Không kiểm tra được: {error}.") from error
        self.stdout.write(
            f"Khôi phục được bản sao lưu lúc {manifest.made_at}: {len(manifest.tables)} bảng, "
            f"{manifest.rows} dòng, {manifest.files - 1} tệp, đều đúng."
        )
