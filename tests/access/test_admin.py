"""Django's admin: one rule for all its routes, of every asker and verb.

A new model needs no row: its pages follow :data:`OF_A_MODEL`. A new button or page of the admin
does, in :data:`EXTRA`.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from accounts.audited_admin import ReadOnlyAdmin
from accounts.enums import Role
from tests.access.people import ANONYMOUS, ASKERS, People
from tests.access.sending import LOGIN, REFUSED_VERBS, VERBS
from tests.access.trying import EVERY_CELL, Cells, differing, some_cells, tried, turning
from tests.browser.pages import routes
from tests.test_admin import MAKERS

ROUTES = sorted(
    name.removeprefix("admin:")
    for name in set(routes(admin.site.get_urls(), "admin:")) - {"admin:None"}
)
MODELS = {model._meta.label_lower.replace(".", "_"): model for model in admin.site._registry}
Pair = tuple[object, object]
# The site's own routes, and what an administrator gets on (GET, POST).
SITE: dict[str, Pair] = {
    "index": (200, 200),
    "app_list": (200, 200),
    "login": (LOGIN, LOGIN),
    "logout": (405, LOGIN),
    "password_change": (302, 302),
    "password_change_done": (302, 302),
    "jsi18n": (200, 405),
    "autocomplete": (403, 405),  # without naming a field
    "view_on_site": (404, 404),
}
# A model's routes likewise; the second pair is for models nobody edits.
OF_A_MODEL: dict[str, tuple[Pair, Pair]] = {
    "changelist": ((200, 200), (200, 200)),
    "add": ((200, 200), (403, 403)),
    "change": ((200, 200), (200, 403)),
    "history": ((302, 302), (302, 302)),  # to the log
    "delete": ((403, 403), (403, 403)),
}
# What is corrected here and begins on its own pages only.
NEVER_ADDED = {
    "reports_criterion",
    "reports_evaluationcycle",
    "reports_evaluationrules",
    "reports_periodicreport",
    "reports_petition",
    "reports_petitionanswer",
    "reports_petitionleg",
}
# Routes that are not as their model's: of a leg only its reference may be corrected, a form
# without it is whole. Pages we add to a model are written here, {route: (GET, POST)}.
EXTRA: dict[str, Pair] = {
    "reports_petitionleg_change": (200, 302),
    "accounts_user_unlock": (200, 200),  # without a reason nothing is done
    "accounts_user_reactivate": (200, 200),
    "accounts_user_second_factor": (200, 200),
    "accounts_user_end_sessions": (200, 200),
}
# One rule refuses them all, at the door of the site.
REFUSED = [asker for asker in ASKERS if asker not in (Role.ADMIN, ANONYMOUS)]
ARGUMENTS = {"app_list": ["accounts"], "view_on_site": ["1", "1"]}


def administrator_gets(route: str) -> Pair:
    """Give what an administrator gets on (GET, POST)."""
    if route in SITE or route in EXTRA:
        return {**SITE, **EXTRA}[route]
    model, _, page = route.rpartition("_")
    is_read_only = isinstance(admin.site._registry[MODELS[model]], ReadOnlyAdmin)
    return OF_A_MODEL[page][is_read_only or (page == "add" and model in NEVER_ADDED)]


def expected(route: str) -> Cells:
    """Give what each asker gets: the administrator what is said, others 403, nobody the login."""
    on_get, on_post = administrator_gets(route)
    cells = {}
    for asker, verb in ((asker, verb) for asker in ASKERS for verb in VERBS):
        granted = on_post if verb == "post" else on_get
        is_granted = asker == Role.ADMIN or route == "login"
        refusal = LOGIN if asker == ANONYMOUS else 403
        cells[asker, verb] = granted if is_granted else refusal
        if verb in REFUSED_VERBS:
            cells[asker, verb] = 405
    return cells


def a_record(model: type[models.Model]) -> models.Model:
    return model._default_manager.first() or MAKERS[model]()


def admin_address(route: str) -> str:
    """Give a route's address, of a record of its model where it names one."""
    model = next((name for name in MODELS if route.startswith(f"{name}_")), "")
    is_list = route.endswith(("_changelist", "_add")) or not model
    arguments = ARGUMENTS.get(route, []) if is_list else [a_record(MODELS[model]).pk]
    return reverse(f"admin:{route}", args=arguments)


@pytest.mark.parametrize("route", ROUTES)
def test_admin_is_for_the_administrator(people: People, route):
    """The administrator, nobody, and two others in turn; ``python -m tests.access``: everybody."""
    cells = some_cells(route, [Role.ADMIN, ANONYMOUS, *turning(route, REFUSED, 2)])
    assert differing(tried(people, admin_address(route), cells), expected(route)) == {}


def test_an_unknown_admin_address_tells_a_stranger_nothing(people):
    unknown = dict.fromkeys(ASKERS, 403) | {ANONYMOUS: LOGIN, Role.ADMIN: 404}
    wanted = {
        (asker, verb): 405 if verb in REFUSED_VERBS else unknown[asker]
        for asker in ASKERS
        for verb in VERBS
    }
    assert differing(tried(people, "/quan-tri/khong-co/", EVERY_CELL), wanted) == {}
