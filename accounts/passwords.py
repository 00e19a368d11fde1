"""What a password must be (DOMAIN §5.3), asked by every form in which one is chosen."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_otp import user_has_device

if TYPE_CHECKING:
    from accounts.models import User

KINDS = {
    "chữ thường": str.islower,
    "chữ hoa": str.isupper,
    "chữ số": str.isdigit,
    "ký tự đặc biệt": lambda character: not character.isalnum(),
}
# A shorter part of a name is refused only where it stands as a word: "an" is in too many others.
SHORTEST_PART = 4
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def composed(password: str | None) -> str | None:
    """Give the one form (NFC) in which a password is hashed, compared and judged.

    Vietnamese keyboards differ: one sends "ế" as one character, another as three.
    """
    return None if password is None else unicodedata.normalize("NFC", password)


def without_marks(text: str) -> str:
    """Give ``text`` without the marks of Vietnamese letters, its capitals kept."""
    apart = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def has_second_factor(user: User | None) -> bool:
    """Say whether logging in asks ``user`` for more than the password."""
    return user is not None and user.pk is not None and user_has_device(user)


def missing(password: str, user: User | None = None) -> list[str]:
    """Name what ``password`` lacks; less is asked of who has a confirmed second factor."""
    password = composed(password)
    if has_second_factor(user):
        length, lacking = settings.PASSWORD_MIN_LENGTH_SECOND_FACTOR, []
    else:
        length = settings.PASSWORD_MIN_LENGTH
        lacking = [name for name, is_kind in KINDS.items() if not any(map(is_kind, password))]
    return lacking if len(password) >= length else [f"độ dài từ {length} ký tự", *lacking]


def stands_alone(password: str | None) -> bool:
    """Say whether a password is good enough to be the only factor; none opens nothing."""
    return password is None or not missing(password)


class LengthAndKindsValidator:
    """Asks for length and kinds of characters; for less length alone with a second factor."""

    def validate(self, password: str, user: User | None = None) -> None:
        if lacking := missing(password, user):
            raise ValidationError(f"Mật khẩu còn thiếu: {', '.join(lacking)}.")

    def get_help_text(self, user: User | None = None) -> str:
        if has_second_factor(user):
            return (
                f"Ít nhất {settings.PASSWORD_MIN_LENGTH_SECOND_FACTOR} ký tự, "
                "vì tài khoản có xác thực hai bước."
            )
        return f"Ít nhất {settings.PASSWORD_MIN_LENGTH} ký tự, có {', '.join(KINDS)}."


class NotTheNameValidator:
    """Refuses a password with the user name in it, or a word of the full name."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = without_marks(password)
        username = getattr(user, "username", "").lower()
        if username and (username in plain.lower() if len(username) > 2 else username == plain):
            raise ValidationError("Mật khẩu không được chứa tên đăng nhập.")
        words = {word.lower() for word in WORDS.findall(plain)}
        for part in getattr(user, "full_name", "").split():
            bare = without_marks(part).lower()
            if bare in words or (len(bare) >= SHORTEST_PART and bare in plain.lower()):
                raise ValidationError(f"Mật khẩu không được chứa “{part}” trong họ và tên.")

    def get_help_text(self, user: User | None = None) -> str:
        return "Không chứa tên đăng nhập, không chứa họ hoặc tên, dù viết không dấu."


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Refuses what everybody takes, by the list that comes with Django; signs hide nothing."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = without_marks(password).lower()
        for tried in (plain, "".join(filter(str.isalnum, plain))):
            super().validate(tried, user)

    def get_error_message(self) -> str:
        return "Mật khẩu này nhiều người dùng, dễ đoán."

    def get_help_text(self, user: User | None = None) -> str:
        return "Không phải mật khẩu nhiều người dùng."


class NotAFormerOneValidator:
    """Refuses the present password and the last ``PASSWORD_HISTORY`` before it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        former = user.former_passwords.values_list("password", flat=True)
        password = composed(password)
        if any(
            check_password(password, hashed)
            for hashed in [user.password, *former[: settings.PASSWORD_HISTORY]]
        ):
            raise ValidationError("Mật khẩu này đã dùng trước đây. Hãy chọn mật khẩu khác.")

    def get_help_text(self, user: User | None = None) -> str:
        return f"Không phải một trong {settings.PASSWORD_HISTORY} mật khẩu gần nhất."


def rules_html(user: User | None = None) -> SafeString:
    """Give the rules as they hold for ``user``, for the help text of a form's field."""
    validators = password_validation.get_default_password_validators()
    lines = ((validator.get_help_text(user),) for validator in validators)
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))
