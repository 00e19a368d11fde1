"""Authentication by user name and password; authorisation comes from the role alone."""

from django.contrib.auth.backends import BaseBackend

from accounts.models import User


class RoleBackend(BaseBackend):
    """Checks a password in the same time whether or not the account exists."""

    def authenticate(self, request, username=None, password=None, **credentials):
        if username is None or password is None:
            return None
        user = User.objects.named(username)
        if user is None:
            User().set_password(password)  # the same work, so that timing tells nothing
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id):
        return self.users().filter(pk=user_id).first()

    def users(self):
        """Give who may use the application, as each request reads them."""
        return User.objects.filter(is_active=True)
