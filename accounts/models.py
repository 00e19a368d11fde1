"""Users with one role each, and the append-only record of who did what."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from accounts import clock
from accounts.enums import Role, Verb
from accounts.passwords import composed
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
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=True)
    created_at = models.DateTimeField("tạo lúc", default=clock.now, editable=False)

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
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(composed(raw_password))

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


ONLY_ADDED = "Dữ liệu này chỉ được ghi thêm, không được sửa hay xóa."


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are added and read, nothing else."""

    def update(self, **values):
        raise ValidationError(ONLY_ADDED)

    def bulk_update(self, *args, **kwargs):
        raise ValidationError(ONLY_ADDED)

    def delete(self):
        raise ValidationError(ONLY_ADDED)


class AppendOnly(models.Model):
    """A row that is written once and then only read."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise ValidationError(ONLY_ADDED)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError(ONLY_ADDED)


class AuditEvent(AppendOnly):
    """One act of one person. Rows are only ever added; they hold text, not foreign keys,

    so that they stay readable whatever happens to the records they speak of.
    """

    at = models.DateTimeField("lúc", default=clock.now, db_index=True)
    actor = models.CharField("người thực hiện", max_length=200)
    address = models.CharField("từ địa chỉ", max_length=45, blank=True)
    verb = models.CharField("việc", max_length=20, choices=Verb)
    target_key = models.CharField("mã đối tượng", max_length=80, blank=True, db_index=True)
    target = models.CharField("đối tượng", max_length=300)
    before = models.JSONField("trước", default=dict, blank=True)
    after = models.JSONField("sau", default=dict, blank=True)
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký hệ thống"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.target}"


class SavedViewQuerySet(models.QuerySet):
    """Saved views."""

    def visible_to(self, user: User):
        """Keep the user's own: nobody else's way of looking is anybody's business."""
        return self.filter(user=user)


class SavedView(models.Model):
    """A list page as one user likes to look at it: its filters, search and sort under a name."""

    user = models.ForeignKey(
        User, verbose_name="tài khoản", on_delete=models.CASCADE, related_name="saved_views"
    )
    path = models.CharField("trang", max_length=100)
    query = models.CharField("điều kiện", max_length=1000)
    name = models.CharField("tên bộ lọc", max_length=60)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="accounts_savedview_one_name_per_page",
                fields=("user", "path", "name"),
                violation_error_message="Trang này đã có bộ lọc tên đó.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}"
