"""``manage.py unlock USERNAME --reason …``: end a lock after failed logins; see the README."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.throttle import known_address, unlock, unlock_address


class Command(BaseCommand):
    help = "Mở khóa đăng nhập của một tài khoản (ở mọi địa chỉ), hoặc của một địa chỉ."

    def add_arguments(self, parser):
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("username", nargs="?", help="tên đăng nhập")
        target.add_argument("--address", help="địa chỉ bị khóa với mọi tài khoản")
        parser.add_argument("--reason", required=True, help="lý do, ghi vào nhật ký")

    def handle(self, *, username: str | None, address: str | None, reason: str, **options):
        if not reason.strip():
            raise CommandError("Ghi lý do mở khóa.")
        if username is not None:
            failures = self.unlock_account(username, reason)
        else:
            failures = self.unlock_address(address, reason)
        self.stdout.write(f"Đã mở khóa {username or address}: xóa {failures} lần sai.")

    @staticmethod
    def unlock_account(username: str, reason: str) -> int:
        user = User.objects.named(username)
        if user is None:
            raise CommandError(f"Không có tài khoản {username}.")
        return unlock(user=user, by=None, reason=reason)

    @staticmethod
    def unlock_address(address: str, reason: str) -> int:
        known = known_address(address)
        if known is None:
            raise CommandError(f"{address} không phải là địa chỉ mạng.")
        return unlock_address(address=known, by=None, reason=reason)
