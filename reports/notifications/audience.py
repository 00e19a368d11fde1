"""Who is told: read once for a whole run, whatever the number of officers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounts.enums import Permission, Role
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Officer

Users = tuple[User, ...]


@dataclass(frozen=True)
class Audience:
    """Active users: everybody, and by the officer they act for."""

    users: Users
    acting: Mapping[int, Users]  # by officer

    @classmethod
    def read(cls) -> Audience:
        """Give everybody who may be told something, in three queries."""
        users = {user.pk: user for user in User.objects.filter(is_active=True).order_by("pk")}
        acting: dict[int, list[User]] = defaultdict(list)
        for officer, key, is_assistant in acting_pairs():
            user = users.get(key)
            if user and (user.role == Role.ASSISTANT) == is_assistant:
                acting[officer].append(user)
        return cls(tuple(users.values()), {key: tuple(found) for key, found in acting.items()})

    def allowed(self, permission: Permission) -> Users:
        return tuple(user for user in self.users if allowed(user, permission))

    @property
    def office(self) -> Users:
        """Give who handles petitions and receives reports."""
        return self.allowed(Permission.HANDLE_PETITIONS)

    @property
    def leaders(self) -> Users:
        """Give who comments and does not handle: the Standing Committee."""
        office = self.office
        return tuple(user for user in self.allowed(Permission.COMMENT) if user not in office)

    def acting_for(self, officer: int | None) -> Users:
        """Give who acts for an officer: themselves, and who assists them."""
        return self.acting.get(officer, ())

    def confirming_for(self, officer: int) -> Users:
        """Give who confirms what was entered for an officer."""
        acting = self.acting_for(officer)
        return tuple(user for user in acting if allowed(user, Permission.CONFIRM_VISITS))


def acting_pairs() -> Iterator[tuple[int, int, bool]]:
    """Give (officer, user, whether one must be an assistant), as ``Officer.of_user`` reads it."""
    own = Officer.objects.filter(user__isnull=False).order_by("pk").values_list("pk", "user")
    for officer, user in own:
        yield officer, user, False
    helped = Officer.assistants.through.objects.order_by("pk").values_list("officer", "user")
    for officer, user in helped:
        yield officer, user, True
