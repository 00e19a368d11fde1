"""The administrator's forms of accounts: one person, one account (DOMAIN §5.3)."""

from __future__ import annotations

import re

from django import forms
from django.contrib.auth import password_validation

from accounts.audited_admin import AuditedForm
from accounts.forms import MISMATCH
from accounts.models import User
from accounts.passwords import composed, rules_html

# Names of bodies, offices and nobody, without signs and digits: an account is a person's.
words = str.split
NAMES_OF_NOBODY = set(
    words("""
    admin administrator root superuser sysadmin system hethong quantri quantrivien quantrihethong
    user users nguoidung taikhoan account test tester testing thunghiem demo guest khach temp
    public dungchung support hotro webmaster
    vanphong vanphongtinhuy vanphongdanguy vptu tochuc bantochuc btc bantuyengiao tuyengiao
    bandanvan danvan bannoichinh noichinh ubkt uybankiemtra banthuongvu thuongvu btv banchaphanh
    chaphanh bch tinhuy danguy huyenuy thanhuy thiuy chibo chuyenvien canbo lanhdao thuky vanthu
    bithu phobithu chutich phochutich chanhvanphong giamdoc phogiamdoc truongban photruongban
    truongphong phophong congan quansu
    """)
)
SIGNS_AND_DIGITS = re.compile(r"[^a-z]")


def password_field(label: str, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=help_text,
    )


def same_name(one: str, other: str) -> bool:
    """Say whether two full names are one, whatever the case, the blanks and the keyboard."""
    return composed(one).casefold().split() == composed(other).casefold().split()


class UserForm(AuditedForm):
    """A user and, when filled in, a new password that they must change at the next login."""

    is_somebody_else = forms.BooleanField(
        label="Là người khác, chỉ trùng họ tên",
        required=False,
        help_text="Chỉ đánh dấu khi được hỏi: mỗi người chỉ có một tài khoản.",
    )
    password1 = password_field("Mật khẩu mới")
    password2 = password_field(
        "Nhập lại mật khẩu mới", "Người dùng phải đổi mật khẩu này khi đăng nhập lần đầu."
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "role", "is_active", "must_change_password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password1" not in self.fields:
            return
        self.fields["password1"].help_text = rules_html(self.instance)
        if self.instance._state.adding:
            self.fields["password1"].required = self.fields["password2"].required = True

    def clean_username(self) -> str:
        """Refuse the name of a body or an office; one given before the rule stays."""
        username = self.cleaned_data["username"]
        is_new = "username" in self.changed_data
        if is_new and SIGNS_AND_DIGITS.sub("", username.lower()) in NAMES_OF_NOBODY:
            raise forms.ValidationError(
                f"“{username}” là tên chung, không phải tên một người. Mỗi người một tài khoản "
                "riêng để nhật ký biết ai đã làm; hãy đặt theo tên người dùng, ví dụ: le.an."
            )
        return username

    def clean_password2(self) -> str:
        password = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", password) != password:
            raise forms.ValidationError(MISMATCH)
        return password

    def clean(self) -> dict:
        """Ask once whether a person of the same name is the same person."""
        cleaned = super().clean()
        full_name = cleaned.get("full_name", "")
        if "full_name" in self.changed_data and not cleaned.get("is_somebody_else"):
            for user in self.namesakes(full_name):
                self.add_error(
                    "full_name",
                    f"{user.full_name} đã có tài khoản đang dùng ({user.username}). Nếu là người "
                    f"khác, đánh dấu ô “{self.fields['is_somebody_else'].label}” rồi ghi lại.",
                )
        return cleaned

    def namesakes(self, full_name: str) -> list[User]:
        """Give the active accounts of other people of that name."""
        others = User.objects.filter(is_active=True).exclude(pk=self.instance.pk)
        return [user for user in others if same_name(user.full_name, full_name)]

    def _post_clean(self) -> None:
        """Judge the password once the user's other columns are known."""
        super()._post_clean()
        password = self.cleaned_data.get("password1")
        if password:
            try:
                password_validation.validate_password(password, self.instance)
            except forms.ValidationError as error:
                self.add_error("password1", error)


class ReasonForm(forms.Form):
    """Why an administrator unlocks an account or switches it on again."""

    reason = forms.CharField(
        label="Lý do (ghi vào nhật ký)",
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": "Ghi lý do."},
    )
