"""Forms of logging in and of choosing a password, with our own sentences."""

from __future__ import annotations

from django import forms
from django.contrib.auth import forms as auth_forms
from django.http import HttpRequest

from accounts import services, suspension, throttle
from accounts.passwords import rules_html

RESTING = (
    "Tài khoản đã tạm ngừng vì lâu không dùng. Đề nghị dùng lại của đồng chí đã được ghi nhận; khi "
    "người quản trị hệ thống mở lại thì đăng nhập như thường."
)
NOT_THE_ONE = "Mật khẩu hiện tại chưa đúng."
LOCKED = "Đã nhập sai quá nhiều lần. Đề nghị người quản trị hệ thống mở khóa."
MISMATCH = "Hai lần nhập mật khẩu mới không giống nhau."


def check_current_password(request: HttpRequest, typed: str) -> str:
    """Give back the current password; each failure counts towards the lock of the account.

    An unwatched screen is no place to guess it. Raises ValidationError.
    """
    user = request.user
    if throttle.is_locked(request, user.username):
        raise forms.ValidationError(LOCKED)
    if not user.check_password(typed):
        services.note_failed_login(user.username)
        throttle.note_failure(request, user)
        raise forms.ValidationError(NOT_THE_ONE)
    return typed


def say_when_empty(form: forms.Form, sentences: dict[str, str]) -> None:
    """Say for each named field what is asked for when it is left empty."""
    for name, sentence in sentences.items():
        form.fields[name].error_messages["required"] = sentence


class LoginForm(auth_forms.AuthenticationForm):
    """User name and password; one sentence whatever was wrong, so that it tells nothing."""

    error_messages = {
        "invalid_login": (
            "Không đăng nhập được: tên đăng nhập hoặc mật khẩu chưa đúng, hoặc tài khoản đã bị "
            "khóa. Quên mật khẩu thì đề nghị người quản trị hệ thống đặt lại."
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        say_when_empty(self, {"username": "Ghi tên đăng nhập.", "password": "Ghi mật khẩu."})

    def confirm_login_allowed(self, user) -> None:
        """Tell who knows the password of a resting account, and nobody else, that it rests."""
        if not user.is_active:
            suspension.ask_reactivation(user=user)
            raise forms.ValidationError(RESTING, code="resting")

    def get_invalid_login_error(self):
        error = super().get_invalid_login_error()
        services.note_failed_login(self.cleaned_data["username"])
        return error


class PasswordChangeForm(auth_forms.PasswordChangeForm):
    """The old password once, the new one twice; each error stands at the field it is about."""

    error_messages = {
        "password_mismatch": MISMATCH,
    }

    def __init__(self, *args, request: HttpRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["old_password"].label = "Mật khẩu hiện tại"
        self.fields["new_password1"].label = "Mật khẩu mới"
        self.fields["new_password2"].label = "Nhập lại mật khẩu mới"
        self.fields["new_password1"].help_text = rules_html(self.user)
        self.fields["new_password2"].help_text = ""
        say_when_empty(
            self,
            {
                "old_password": "Ghi mật khẩu hiện tại.",
                "new_password1": "Ghi mật khẩu mới.",
                "new_password2": "Nhập lại mật khẩu mới.",
            },
        )

    def clean_old_password(self) -> str:
        return check_current_password(self.request, self.cleaned_data["old_password"])

    def clean(self):
        self.validate_passwords("new_password1", "new_password2")
        self.validate_password_for_user(self.user, "new_password1")
        return self.cleaned_data

    def clean_new_password1(self) -> str:
        password = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise forms.ValidationError("Mật khẩu mới phải khác mật khẩu hiện tại.")
        return password

    def save(self, commit: bool = True):
        services.set_password(
            user=self.user, password=self.cleaned_data["new_password1"], by=self.user
        )
        return self.user
