"""``manage.py tend_accounts``: what becomes of accounts by time alone; run once a night."""

from django.core.management.base import BaseCommand

from accounts import clock, services, sessions, throttle
from accounts.models import User
from accounts.suspension import suspend_idle, suspend_left
from assignments.models import Officer


class Command(BaseCommand):
    help = (
        "Ngừng tài khoản của cán bộ đã thôi công tác và tài khoản lâu không dùng; xóa phiên đã "
        "kết thúc, lần đăng nhập sai đã hết hạn, mật khẩu cũ quá số phải nhớ. Chạy mỗi đêm."
    )

    def handle(self, **options):
        now, day = clock.now(), clock.today()
        gone = Officer.objects.filter(left_on__lte=day, user__is_active=True).values("user")
        left = suspend_left(User.objects.filter(pk__in=gone).order_by("pk"))
        self.tell("Ngừng vì đã thôi công tác", left)
        self.tell("Ngừng vì lâu không dùng", suspend_idle(now))
        self.stdout.write(
            f"Đã xóa {sessions.clear_ended(now)} phiên đã kết thúc, "
            f"{throttle.clear_expired(now)} dòng đăng nhập sai hết hạn, "
            f"{services.clear_old_passwords()} mật khẩu cũ."
        )

    def tell(self, what: str, users: list[User]) -> None:
        names = ", ".join(user.username for user in users) or "không có"
        self.stdout.write(f"{what}: {names}.")
