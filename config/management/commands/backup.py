"""``manage.py backup``: database and attachments in one checked file; see the README."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from config.backup.making import back_up
from config.backup.progress import Progress, size_text
from config.backup.refusals import BackupRefused


class Command(BaseCommand):
    help = (
        "Sao lưu cơ sở dữ liệu và tệp đính kèm vào một tệp, đọc lại và kiểm tra ngay; chạy được "
        "khi ứng dụng đang chạy. Mã hóa nếu đã đặt BACKUP_KEY."
    )

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, help="thư mục ghi (mặc định: BACKUP_DIR)")
        parser.add_argument(
            "--keep",
            type=int,
            default=settings.BACKUP_KEEP,
            help="xóa bản sao lưu cũ hơn số ngày này sau khi bản mới đã kiểm tra "
            "(mặc định: BACKUP_KEEP)",
        )

    def handle(self, *, to: Path | None, keep: int, **options):
        if keep < 1:
            raise CommandError("--keep phải từ 1 ngày trở lên.")
        progress = Progress(self.stdout, "Đã chép")
        try:
            made = back_up(
                to=to, key=settings.BACKUP_KEY, keep_days=keep, now=clock.now(), told=progress
            )
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Không sao lưu được: {error}.") from error
        self.tell(made)

    def tell(self, made) -> None:
        manifest = made.manifest
        self.stdout.write(
            f"Đã sao lưu và kiểm tra: {made.path} ({size_text(made.size)}; "
            f"{len(manifest.tables)} bảng, {manifest.rows} dòng, {manifest.files - 1} tệp)."
        )
        for name in made.removed:
            self.stdout.write(f"Đã xóa bản cũ {name}.")
        if manifest.missing_count:
            self.stderr.write(
                f"Thiếu {manifest.missing_count} tệp đính kèm có dòng trong cơ sở dữ liệu, "
                f"ví dụ {manifest.missing[0]}. Xem: manage.py check_data"
            )
