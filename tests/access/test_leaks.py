"""What is not on a page may not be learnt beside it: filters, popups, hosts, caches, redirects."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Session, User
from accounts.session_store import SessionStore
from tests.access.people import ANONYMOUS, ELSEWHERE_OFFICER, EVALUATED_LEADER, People
from tests.access.records import IN_SCOPE
from tests.access.trying import address
from tests.client import ReadingClient
from tests.factories import make_petition, make_visit
from tests.test_access import TABLE

USERS = "/quan-tri/accounts/user/"


@pytest.mark.parametrize(
    "where",
    [
        f"{USERS}?password__startswith=argon2",
        f"{USERS}?password=x",
        f"{USERS}?password__regex=^a",
        f"{USERS}?former_passwords__password__startswith=a",
        f"{USERS}?_popup=1&_to_field=password",
        "/quan-tri/accounts/savedview/?user__password__startswith=a",
        "/quan-tri/assignments/officer/?user__password__startswith=a",
        "/quan-tri/assignments/officer/?evaluations__decided_level=good",
        "/quan-tri/communes/commune/?area__communes__assignments__officer__user__password=a",
    ],
)
def test_the_admin_does_not_filter_by_what_it_does_not_show(people: People, where):
    assert people.clients[Role.ADMIN].get(where).status_code in (400, 404)


def test_the_admin_still_filters_by_what_it_shows(people):
    shown = people.clients[Role.ADMIN].get(f"{USERS}?must_change_password__exact=0")
    assert shown.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "app_label=accounts&model_name=savedview&field_name=user",
        "app_label=assignments&model_name=officer&field_name=user",
        "app_label=reports&model_name=evaluation&field_name=officer",
    ],
)
def test_autocomplete_is_the_administrators(people, query):
    for asker, client in people.clients.items():
        answer = client.get(f"{reverse('admin:autocomplete')}?{query}&term=a")
        assert answer.status_code in ((200, 403) if asker == Role.ADMIN else (302, 403)), asker


@pytest.mark.parametrize(
    "target",
    [
        "https://ke-xau.example/",
        "//ke-xau.example/",
        "///ke-xau.example/",
        "/\\ke-xau.example/",
        "\\\\ke-xau.example",
        "http:ke-xau.example",
        "javascript:alert(1)",
        " https://ke-xau.example/",
        "\thttps://ke-xau.example/",
        "https://testserver@ke-xau.example/",
        "https://testserver.ke-xau.example/",
        "/%09/ke-xau.example",
    ],
)
def test_nobody_is_sent_to_another_site(people, target):
    client = people.clients[Role.OFFICE]
    for answer in (
        client.get(reverse("accounts:login"), {"next": target}),
        client.get(reverse("admin:login"), {"next": target}),
        client.post(reverse("accounts:save_view"), {"path": target, "query": "a=1", "name": "x"}),
        client.post(reverse("notifications:read_all"), {"next": target}),
    ):
        gone = answer.get("Location", "/")
        # One slash, then neither another nor a backslash: a browser stays here.
        assert gone[0] == "/"
        assert gone[1:2] not in ("/", "\\", "\t")


def test_a_strange_host_is_refused_and_reaches_no_link(people):
    client = people.clients[Role.OFFICE]
    assert client.get("/", headers={"host": "ke-xau.example"}).status_code == 400
    answer = client.get("/", headers={"x-forwarded-host": "ke-xau.example"})
    assert answer.status_code == 200
    assert b"ke-xau" not in answer.content


@pytest.mark.parametrize(
    "headers",
    [
        {"x-http-method-override": "DELETE"},
        {"x-method-override": "POST"},
        {"x-http-method": "POST"},
        {"x-original-url": "/quan-tri/"},
        {"x-rewrite-url": "/quan-tri/"},
        {"x-forwarded-user": "quantri"},
        {"remote-user": "quantri"},
    ],
)
def test_no_header_changes_what_is_asked(people, headers):
    plain = people.clients[Role.OFFICER].get("/can-bo/")
    told = people.clients[Role.OFFICER].get("/can-bo/?_method=DELETE", headers=headers)
    assert told.status_code == plain.status_code == 200
    assert told.wsgi_request.user == plain.wsgi_request.user
    refused = people.clients[Role.OFFICER].get("/quan-tri/", headers=headers)
    assert refused.status_code == 403
    assert people.clients[ANONYMOUS].get("/can-bo/", headers=headers).status_code == 302


def test_what_somebody_saw_is_in_no_cache(people):
    for name, row in TABLE.items():
        if row.sample or row.get[Role.OFFICER] != 200:
            continue
        answer = people.clients[Role.OFFICER].get(reverse(name) + row.query)
        assert "no-store" in answer.get("Cache-Control", "") or name == "health", name


@pytest.mark.parametrize("sample", IN_SCOPE)
def test_what_is_not_theirs_is_as_what_is_not_there(people, sample):
    """The page of a record of others differs in nothing from that of no record."""
    name = next(name for name, row in TABLE.items() if row.sample == sample)
    row, client = TABLE[name], people.clients[ELSEWHERE_OFFICER]
    verb = "get" if row.get[Role.OFFICE] != 405 else "post"
    theirs = address(name, row, people, people.own)
    nothing = reverse(name, args=["khong-co.pdf" if sample == "scan" else 10**9])
    pages = [getattr(client, verb)(url) for url in (theirs, nothing)]
    assert [page.status_code for page in pages] == [404, 404]
    first, second = (
        page.content.decode().replace(url, "")
        for page, url in zip(pages, (theirs, nothing), strict=True)
    )
    assert len(first) == len(second)


def test_filters_naming_others_find_nothing(people):
    """Keys of others in a list's address, alone, twice, and on days before one's own time."""
    theirs, client = people.own, people.clients[ELSEWHERE_OFFICER]
    make_petition(theirs.commune, theirs.officer, content="BIMAT")
    make_visit(theirs.commune)
    keys = (
        f"dang_bo={theirs.commune_id}&dang_bo={people.other.commune_id}",
        f"can_bo={theirs.officer_id}&can_bo={people.other.officer_id}",
        f"can_bo={theirs.officer_id}&dang_bo={theirs.commune_id}",
        "don_vi=cu",
        "ngay=2020-01-01",
        "ngay=2099-01-01",
        "ky=2020-01-01&den=2099-01-01",
        f"tim={theirs.officer.full_name}",
        "tim=BIMAT",
    )
    secret = (theirs.officer.full_name, theirs.commune.name, "BIMAT")
    for name, row in TABLE.items():
        if row.sample or row.get[Role.OFFICER] != 200:
            continue
        for query in (*keys, *(f"{key}&xuat=xlsx" for key in keys)):
            answer = client.get(f"{reverse(name)}?{query}")
            # Read to its end, a file is closed.
            page = answer.getvalue().decode(errors="ignore")
            if answer.status_code != 200:
                continue
            told = [word for word in secret if word in page and word not in query]
            assert told == [], (name, query)


def test_a_session_is_new_after_logging_in(people, client):
    """Whoever planted a session before the login does not share it."""
    user: User = people.users[EVALUATED_LEADER]
    user.set_password("Mat-khau-that-dai-1")
    user.save()
    planted = SessionStore()
    planted.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    sent = {"username": user.username, "password": "Mat-khau-that-dai-1"}
    answer = client.post(reverse("accounts:login"), sent)
    assert answer.status_code == 302
    assert client.get("/").status_code == 200
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    assert not Session.objects.filter(session_key=planted.session_key).exists()
    stranger = ReadingClient()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert stranger.get("/")["Location"].startswith(reverse("accounts:login"))
