"""Password rules (DOMAIN §5.3: at least 14 characters of four kinds without a second factor)."""

import unicodedata

from django.core.exceptions import ValidationError

MIN_LENGTH = 14
KINDS = {
    "chữ thường": str.islower,
    "chữ hoa": str.isupper,
    "chữ số": str.isdigit,
    "ký tự đặc biệt": lambda character: not character.isalnum(),
}


def composed(password: str | None) -> str | None:
    """Give the one form (NFC) in which a password is hashed, compared and judged.

    Vietnamese keyboards differ: one sends "ế" as one character, another as three.
    """
    return None if password is None else unicodedata.normalize("NFC", password)


class LengthAndKindsValidator:
    """Asks for :data:`MIN_LENGTH` characters with one of each kind in :data:`KINDS`."""

    def validate(self, password: str, user=None) -> None:
        password = composed(password)
        missing = [name for name, is_kind in KINDS.items() if not any(map(is_kind, password))]
        if len(password) < MIN_LENGTH:
            missing.insert(0, f"độ dài từ {MIN_LENGTH} ký tự")
        if missing:
            raise ValidationError(f"Mật khẩu còn thiếu: {', '.join(missing)}.")

    def get_help_text(self) -> str:
        return f"Ít nhất {MIN_LENGTH} ký tự, có {', '.join(KINDS)}."


class NotTheUserNameValidator:
    """Refuses a password that contains the user name."""

    def validate(self, password: str, user=None) -> None:
        if user and user.username and user.username.lower() in password.lower():
            raise ValidationError("Mật khẩu không được chứa tên đăng nhập.")

    def get_help_text(self) -> str:
        return "Không chứa tên đăng nhập."
