"""What is typed about a second factor: the current password, a code."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from accounts.forms import check_current_password


class CurrentPasswordForm(forms.Form):
    """The password once more: an unwatched screen is not enough to change how one logs in."""

    password = forms.CharField(
        label="Mật khẩu hiện tại",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        error_messages={"required": "Ghi mật khẩu hiện tại."},
    )

    def __init__(self, *args, request: HttpRequest, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        return check_current_password(self.request, self.cleaned_data["password"])


class CodeForm(forms.Form):
    """A code of the phone."""

    code = forms.CharField(
        label="Mã 6 chữ số trên điện thoại",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
                "spellcheck": "false",
            }
        ),
        error_messages={"required": "Ghi mã đang hiện trên điện thoại."},
    )


class LoginCodeForm(CodeForm):
    """A code of the phone, or one of those on paper."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = "Mã xác nhận"
        field.help_text = (
            "Mã 6 chữ số đang hiện trong ứng dụng tạo mã trên điện thoại; không có điện thoại thì "
            "ghi một mã dự phòng."
        )
        # Recovery codes have letters: no keyboard of digits alone.
        del field.widget.attrs["inputmode"]
