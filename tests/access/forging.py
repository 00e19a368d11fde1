"""Every form of a page, sent by who was not shown it, without the right token, and with GET.

``python -m tests.access`` does it and prints how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from accounts.enums import Role
from tests.access.people import ANONYMOUS
from tests.access.sending import ask, watched
from tests.access.trying import expected, turning, undone
from tests.client import ReadingClient
from tests.fuzz import markup
from tests.fuzz.site import page_of, route_of
from tests.test_access import TABLE

REFUSALS = (403, 404, 405)
# Open to everybody: a session that has ended is let go, and a password may be tried.
OPEN = ("accounts:logout", "accounts:login")
WRONG = "x" * 64


@dataclass(frozen=True)
class Sent:
    """A form as a browser would send it, untouched."""

    action: str
    values: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def body(self) -> dict[str, list[str]]:
        return {name: list(values) for name, values in self.values}


@dataclass
class Tally:
    """What was tried, and what should not have been."""

    pages: set[str] = field(default_factory=set)
    forms: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    tried: Counter = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        tried = ", ".join(f"{number} {how}" for how, number in sorted(self.tried.items()))
        return (
            f"{len(self.pages)} routes with forms, {len(self.forms)} forms, "
            f"{self.tried.total()} forged requests ({tried}), {len(self.faults)} faults"
        )


def forms_of(client: ReadingClient, address: str) -> list[Sent]:
    """Give the forms of a page that post, one for each button of its own address."""
    tree = page_of(client.get(address))
    if tree is None:
        return []
    posting = [form for form in markup.forms(tree, address) if form.method == "post"]
    actions = {markup.local(button) for button in tree.xpath("//button/@formaction")}
    return [
        *(as_sent(form, form.action) for form in posting),
        *(as_sent(form, action) for form in posting for action in actions),
    ]


def as_sent(form: markup.Form, action: str) -> Sent:
    """Give what is sent when nothing is changed; of boxes and buttons nobody chose, the first."""
    values = (
        (name, tuple(found.values or found.choices[:1]))
        for name, found in sorted(form.fields.items())
        if name != "csrfmiddlewaretoken" and found.kind != "file"
    )
    return Sent(action, tuple(values))


def forge(
    tally: Tally, addresses: Iterable[str], clients: Mapping[str, ReadingClient], most: int = 99
) -> None:
    """Open pages as who may, and forge whatever forms they hold.

    Of those who were not shown a form ``most`` send it: others for another form.
    """
    for address in addresses:
        openers = [who for who in clients if may(who, "get", route_of(address))]
        shown = {who: forms_of(clients[who], address) for who in openers}
        for form in {sent.action: sent for found in shown.values() for sent in found}.values():
            tally.pages.add(route_of(address))
            tally.forms.add((route_of(form.action), tuple(name for name, _ in form.values)))
            if route_of(form.action) in OPEN:
                continue
            seers = [who for who in openers if form.action in actions(shown[who])]
            others = [who for who in clients if who not in seers]
            barred = [who for who in others if not may(who, "post", route_of(form.action))]
            for who in turning(form.action, barred, most):
                send_unshown(tally, who, clients[who], form)
            forge_tokens(tally, seers[0], clients[seers[0]], form)
            follow(tally, seers[0], clients[seers[0]], form)


def may(who: str, verb: str, route: str) -> bool:
    """Say whether the table lets somebody ask there; the admin's pages are its own."""
    row = TABLE.get(route)
    if row is None:
        return who == Role.ADMIN and route.startswith("admin:")
    return expected(row, who, verb) in (200, 302)


def actions(found: list[Sent]) -> set[str]:
    return {sent.action for sent in found}


def send_unshown(tally: Tally, who: str, client: ReadingClient, form: Sent) -> None:
    """Send a form as somebody who was not shown it: refused, and nothing written."""
    with undone(client), watched() as written:
        answer = ask(client, "post", form.action, form.body)
    tally.tried["by who was not shown them"] += 1
    is_refused = answer in REFUSALS if who != ANONYMOUS else not isinstance(answer, int)
    if written or not is_refused:
        tally.faults.append(f"{who} posts to {form.action}: {answer} {written}")


def forge_tokens(tally: Tally, who: str, client: ReadingClient, form: Sent) -> None:
    """Send a form as who was shown it, without a token and with a wrong one."""
    for token in ("", WRONG):
        strict = ReadingClient(enforce_csrf_checks=True)
        strict.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
        strict.cookies[settings.CSRF_COOKIE_NAME] = "y" * 32
        sent = form.body | ({"csrfmiddlewaretoken": [token]} if token else {})
        with undone(strict), watched() as written:
            answer = ask(strict, "post", form.action, sent)
        tally.tried["without the right token"] += 1
        if written or answer != 403:
            tally.faults.append(f"{who} forges {form.action}: {answer} {written}")


def follow(tally: Tally, who: str, client: ReadingClient, form: Sent) -> None:
    """Ask for what a form posts to with its values as a query: nothing is written."""
    with undone(client), watched() as written:
        response = client.get(form.action, form.body)
        if response.streaming:
            list(response.streaming_content)
    tally.tried["with GET"] += 1
    if written or response.status_code >= 500:
        tally.faults.append(f"{who} gets {form.action}: {response.status_code} {written}")
