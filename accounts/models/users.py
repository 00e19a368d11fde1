"""Accounts: one person, one account, one role; the passwords and sessions of each."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from accounts import clock
from accounts.enums import Role, Suspension
from accounts.passwords import composed, stands_alone
from accounts.permissions import Permission, allowed


class UserManager(BaseUserManager):
    """Makes users; the password is always hashed."""

    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        """Make and save a user; without a password nobody can log in as them."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def named(self, typed: str) -> User | None:
        """Give the user whose name somebody typed, whatever the case and the blanks around it."""
        return self.filter(username=typed.strip().lower()).first()

    def create_superuser(self, username: str, password: str | None = None, **fields) -> User:
        """Make an administrator (``manage.py createsuperuser`` calls this)."""
        return self.create_user(username, password, **{"role": Role.ADMIN, **fields})


class User(AbstractBaseUser):
    """One person, one account, one role (DOMAIN §5.3: shared accounts are not allowed)."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", "Chỉ dùng chữ thường không dấu, số, . _ -")
        ],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField(
        "thư điện tử", blank=True, help_text="Nhận thông báo khi máy chủ thư đã được đặt."
    )
    role = models.CharField("vai trò", max_length=12, choices=Role)
    is_active = models.BooleanField(
        "đang hoạt động", default=True, help_text="Bỏ chọn để khóa, không xóa tài khoản."
    )
    suspension = models.CharField(
        "lý do ngừng", max_length=10, choices=Suspension, blank=True, editable=False
    )
    # When the owner of a suspended account, knowing its password, asked to use it again.
    reactivation_asked_at = models.DateTimeField("đề nghị dùng lại lúc", null=True, editable=False)
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=True)
    password_changed_at = models.DateTimeField(
        "đổi mật khẩu lúc", default=clock.now, editable=False
    )
    # Whether the password is long enough to be the only factor; known only while it is set.
    password_stands_alone = models.BooleanField(
        "mật khẩu đủ mạnh khi đăng nhập một bước", default=True, editable=False
    )
    created_at = models.DateTimeField("tạo lúc", default=clock.now, editable=False)
    # Written at most once a minute: when they last asked for a page.
    seen_at = models.DateTimeField("dùng lần cuối", null=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                name="accounts_user_role_known",
                condition=models.Q(role__in=Role.values),
                violation_error_message="Vai trò không hợp lệ.",
            ),
            models.CheckConstraint(
                name="accounts_user_suspension_known",
                condition=models.Q(suspension__in=["", *Suspension.values]),
                violation_error_message="Lý do ngừng tài khoản không hợp lệ.",
            ),
            models.CheckConstraint(
                name="accounts_user_active_or_suspended",
                condition=models.Q(is_active=True, suspension="", reactivation_asked_at=None)
                | (models.Q(is_active=False) & ~models.Q(suspension="")),
                violation_error_message=(
                    "Tài khoản đang dùng không có lý do ngừng; tài khoản đã ngừng phải có lý do."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    def set_password(self, raw_password: str | None) -> None:
        self.password_stands_alone = stands_alone(raw_password)
        super().set_password(composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(composed(raw_password))

    def get_session_auth_hash(self) -> str:
        """Give what a session is good for: another password or role, and it is over."""
        return f"{super().get_session_auth_hash()}.{self.role}"

    def get_session_auth_fallback_hash(self):
        for known in super().get_session_auth_fallback_hash():
            yield f"{known}.{self.role}"

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name.split() else self.username

    @property
    def initials(self) -> str:
        """Give the first letters of the first and last word of the name, for the avatar."""
        words = self.full_name.split() or [self.username]
        return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()

    # Django admin asks these three; the answers follow from the role alone.
    @property
    def is_staff(self) -> bool:
        return allowed(self, Permission.ADMINISTER)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class FormerPassword(models.Model):
    """A password somebody had, hashed, so that it is not taken again."""

    user = models.ForeignKey(
        User, verbose_name="tài khoản", on_delete=models.CASCADE, related_name="former_passwords"
    )
    password = models.CharField("mật khẩu đã băm", max_length=128)
    replaced_at = models.DateTimeField("thay lúc", default=clock.now)

    class Meta:
        verbose_name = "mật khẩu cũ"
        verbose_name_plural = "mật khẩu cũ"
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user}, thay lúc {self.replaced_at:%d/%m/%Y}"
