"""Finds what can be asked of the site: routes from the resolver, the rest from the pages."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib import admin as django_admin
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)

from accounts.enums import Role
from accounts.models import User
from communes.as_of import PARAMETER as DAY
from tests.browser.pages import routes
from tests.client import ReadingClient
from tests.fuzz import markup
from tests.test_hostile_input import LISTS, PARAMETERS

# Of one route so many addresses are walked to: more records of one kind show nothing new.
MOST_OF_A_ROUTE = 1
# Who walks, and who is then asked to open the same addresses, theirs or not.
WALKING = {Role.OFFICE: (Role.LEADER,), Role.OFFICER: (Role.ASSISTANT,), Role.ADMIN: ()}


@dataclass
class Site:
    """Addresses and query parameters by route, for each role; the forms of each address."""

    addresses: dict[Role, dict[str, list[str]]] = field(default_factory=dict)
    parameters: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)

    def routes(self) -> set[str]:
        return {route for found in self.addresses.values() for route in found}

    def fields(self) -> set[tuple[str, str]]:
        return {(route, name) for route, names in self.forms for name in names}


def route_of(address: str) -> str:
    """Give the name of the route of an address; "" when there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def admin_routes() -> Iterator[str]:
    """Give the names of Django admin's pages of our models."""
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "admin":
            yield from names_below(pattern.url_patterns)


def names_below(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_below(pattern.url_patterns)
        elif pattern.name:
            yield f"admin:{pattern.name}"


def known(users: dict[Role, User], address: Callable[[str], str]) -> Site:
    """Give one address of every route, and the parameters named by hand, without a walk."""
    site = Site()
    for route, names in PARAMETERS.items():
        site.parameters[route] |= set(names)
    for route, listed in LISTS.items():
        site.parameters[route] |= set(listed.base_filters)
    ours = {route: [made] for route in routes() if (made := reachable(address, route))}
    for role in users:
        of_admin = {route: list(found) for route, found in administered()}
        site.addresses[role] = ours | of_admin if role is Role.ADMIN else ours
    return site


def administered() -> Iterator[tuple[str, list[str]]]:
    """Give every page of Django admin, of one record of each model."""
    for model in django_admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield f"{name}_changelist", [reverse(f"{name}_changelist")]
        yield f"{name}_add", [reverse(f"{name}_add")]
        key = model._base_manager.values_list("pk", flat=True).last()
        for page in ("change", "delete", "history"):
            yield f"{name}_{page}", [reverse(f"{name}_{page}", args=[key])] if key else []


def explored(users: dict[Role, User], address: Callable[[str], str]) -> Site:
    """Walk the site from the home page as each of those whose pages differ."""
    site = known(users, address)
    for role, alike in WALKING.items():
        client = ReadingClient(raise_request_exception=False)
        client.force_login(users[role])
        begin = [made for found in site.addresses[role].values() for made in found]
        found = walk(site, client, ["/", *begin])
        site.addresses |= dict.fromkeys((role, *alike), found)
    return site


def reachable(address: Callable[[str], str], route: str) -> str:
    """Give an address of the route; "" where it names a record no maker knows."""
    try:
        return address(route)
    except (LookupError, NoReverseMatch):
        return ""


def walk(site: Site, client: ReadingClient, begin: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    waiting = deque(begin)
    while waiting:
        address = waiting.popleft()
        route = route_of(address)
        if not route or route == "accounts:logout":
            continue
        site.parameters[route] |= markup.parameters(address) | {DAY}
        if len(found[route]) >= MOST_OF_A_ROUTE or is_known(address, found[route]):
            continue
        found[route].append(address)
        waiting.extend(read(site, client, route, address))
    return dict(found)


def is_known(address: str, known: list[str]) -> bool:
    """Say whether an address of the same record and the same parameters is there."""
    path, names = urlsplit(address).path, markup.parameters(address)
    return any(urlsplit(one).path == path and names <= markup.parameters(one) for one in known)


def read(site: Site, client: ReadingClient, route: str, address: str) -> list[str]:
    """Open an address; note its forms and give where it leads."""
    response = client.get(address)
    if response.status_code == 302:
        return [response.url]
    tree = page_of(response)
    if tree is None:
        return []
    for form in markup.forms(tree, address):
        site.forms.add((route_of(form.action), tuple(sorted(form.fields))))
        if form.method == "get":
            site.parameters[route_of(form.action)] |= set(form.fields)
    return [*markup.links(tree, address), *(form.action for form in markup.forms(tree, address))]


def page_of(response):
    """Give the tree of a response that is a page, else ``None``."""
    if response.streaming:
        response.getvalue()  # read to its end, a file is closed
        return None
    return markup.parsed(response.content) if "html" in response.get("Content-Type", "") else None
