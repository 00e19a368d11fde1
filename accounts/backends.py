"""Authentication by user name and password; authorisation comes from the role alone."""

from axes.backends import AxesStandaloneBackend
from django.contrib.auth.backends import BaseBackend

from accounts import throttle
from accounts.enums import Suspension
from accounts.models import User


class RoleBackend(AxesStandaloneBackend, BaseBackend):
    """Checks a password in the same time whether or not the account exists or is locked.

    Who knows the password of an account that rests is known, and told so by the login form; no
    request is ever theirs.
    """

    def authenticate(self, request, username=None, password=None, **credentials):
        if username is None or password is None:
            return None
        user = User.objects.named(username)
        is_right = self.has_password(user, password)
        if request is not None and throttle.is_locked(request, username):
            return None
        return user if is_right and (user.is_active or user.suspension == Suspension.IDLE) else None

    @staticmethod
    def has_password(user: User | None, password: str) -> bool:
        """Compare, with the same work for nobody, so that timing tells nothing."""
        if user is None:
            User().set_password(password)
            return False
        return user.check_password(password)

    def get_user(self, user_id):
        return self.users().filter(pk=user_id).first()

    def users(self):
        """Give who may use the application, as each request reads them."""
        return User.objects.filter(is_active=True)
