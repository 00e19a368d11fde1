"""``manage.py backup_key``: a pair of keys for encrypted backups."""

from django.core.management.base import BaseCommand
from pyrage.x25519 import Identity


class Command(BaseCommand):
    help = "Tạo một cặp khóa để mã hóa bản sao lưu; không ghi gì lên máy này."

    def handle(self, **options):
        pair = Identity.generate()
        self.stdout.write(
            "Phần công khai, đặt trên máy chủ (tệp .env):\n"
            f"BACKUP_KEY={pair.to_public()}\n\n"
            "Phần bí mật, để mở bản sao lưu. KHÔNG lưu trên máy chủ: chép vào hai nơi cất giữ "
            "riêng (USB trong két, bản in niêm phong). Mất phần này thì không ai mở được "
            "bản sao lưu:\n"
            f"{pair}\n\n"
            "Khi khôi phục: chép phần bí mật vào một tệp, chạy "
            "make restore FILE=… KEY=tệp-khóa, rồi xóa tệp đó."
        )
