"""Who does what on a working day: the people of a site that is loaded, and their acts.

Half of all acts are officers' (a list on the phone, a visit logged, a petition, a report saved
while it is typed), a quarter the office's (lists with filters, further pages, search, petitions
routed), the rest leaders' reading, now and then the summary workbook; an administrator is rare.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from django.test import Client

from accounts import clock
from accounts.enums import Role
from accounts.models import User
from assignments.models import Assignment, Officer
from bench.load import Browser
from communes.models import Commune
from reports.models import CompetentBody, PetitionField
from reports.periodic.beginning import begin_urgent

SHARES = {Role.OFFICER: 50, Role.OFFICE: 27, Role.LEADER: 21, Role.ADMIN: 2}
MOST = 200  # officers who act
OTHERS = 64  # accounts of each other role
KINDS = ("committee_meeting", "field_visit", "local_activity", "mass_activity")
WORDS = ("kênh", "lộ", "cầu", "trường", "chợ", "điện", "nước", "đê", "nhà", "ruộng")


@dataclass(frozen=True)
class Person:
    """An account with a session; of an officer the communes they follow and a report they write."""

    session: str
    communes: tuple[int, ...] = ()
    report: int = 0


@dataclass
class Day:
    """The people, and what there is to ask for. A person is in one place at a time."""

    people: dict[Role, deque[Person]]
    communes: list[int]
    officers: list[int]
    fields: list[int]
    bodies: list[int]
    today: dt.date
    raised: deque[str] = field(default_factory=deque)  # petitions waiting to be routed
    numbers: itertools.count = field(default_factory=itertools.count)

    def act(self, browser: Browser, chance: Random) -> None:
        """Be somebody, chosen by the shares of the roles, and do one of their acts."""
        role = chance.choices([*SHARES], [*SHARES.values()])[0]
        person = self.people[role].popleft()
        browser.session = person.session
        acts = ACTS[role]
        try:
            chance.choices([*acts], [*acts.values()])[0](self, browser, person, chance)
        finally:
            self.people[role].append(person)


# --- acts --------------------------------------------------------------------------------------

DayAct = Callable[[Day, Browser, Person, Random], None]


def page(group: str, *paths: str) -> DayAct:
    """Give the act of reading one of the pages; words in braces are keys."""

    def read(day: Day, browser: Browser, person: Person, chance: Random) -> None:
        browser.get(
            group,
            chance.choice(paths).format(
                commune=chance.choice(person.communes or day.communes),
                officer=chance.choice(day.officers),
                word=quote(chance.choice(WORDS)),
                page=chance.randint(2, 5),
                report=person.report,
            ),
        )

    return read


def log_visit(day: Day, browser: Browser, person: Person, chance: Random) -> None:
    """Open the form and send it."""
    path = "/di-co-so/ghi/"
    form = browser.get("visit: form", path)
    number = next(day.numbers)
    on = day.today - dt.timedelta(days=number // len(KINDS) % 300)
    fields = {
        "entry_key": form.value("entry_key") or uuid.uuid4(),
        "day": "khac",
        "other_day": f"{on:%d/%m/%Y}",
        "commune": chance.choice(person.communes),
        "kind": KINDS[number % len(KINDS)],
        "outcome": "held",
        "findings": f"Nắm tình hình {number}",
        "joins": "",
    }
    browser.post("visit: write", path, fields)


def raise_petition(day: Day, browser: Browser, person: Person, chance: Random) -> None:
    """Open the form, send it, and send it again where similar petitions are shown first."""
    path = f"/kien-nghi/them/?dang_bo={chance.choice(person.communes)}"
    form = browser.get("petition: form", path)
    fields = {
        "entry_key": form.value("entry_key") or uuid.uuid4(),
        "previewed": "",
        "content": f"{' '.join(chance.sample(WORDS, 4))} {uuid.uuid4().hex}",
        "field": chance.choice(day.fields),
        "raised_on": f"{day.today:%d/%m/%Y}",
        "source": "meeting",
        "source_note": "",
        "urgency": "normal",
        "beneficiary": "",
    }
    answer = browser.post("petition: write", path, fields, done=(200, 302))
    if answer.status == 200:
        fields |= {"previewed": answer.value("previewed"), "answer": "moi"}
        answer = browser.post("petition: write", path, fields)
    if found := re.search(r"/kien-nghi/\d+/", answer.location):
        day.raised.append(found[0])


def save_report(day: Day, browser: Browser, person: Person, chance: Random) -> None:
    """Open the draft and let the page save it twice while it is typed."""
    path, section = f"/bao-cao/{person.report}/", "economy"
    before = browser.get("report: form", f"{path}soan/").value(f"initial-{section}")
    for _ in range(2):
        words = f"Tình hình ổn định {uuid.uuid4().hex}"
        fields = {section: words, f"initial-{section}": before}
        browser.post("report: autosave", f"{path}luu/", fields, done=[200])
        before = words


def route_petition(day: Day, browser: Browser, person: Person, chance: Random) -> None:
    """Route the petition that waits longest; look at the list where none does."""
    if not day.raised:
        browser.get("lists", "/kien-nghi/?tinh_trang=chua_chuyen")
        return
    path = f"{day.raised.popleft()}chuyen/"
    form = browser.get("petition act: form", path)
    fields = {
        "edition": form.value("edition"),
        "body": chance.choice(day.bodies),
        "on": f"{day.today:%d/%m/%Y}",
        "reference": uuid.uuid4().hex[:20],
    }
    browser.post("petition act: write", path, fields)


ACTS: dict[Role, dict[DayAct, int]] = {
    Role.OFFICER: {
        page("home", "/"): 10,
        page("dossiers", "/dang-bo/{commune}/", "/dang-bo/{commune}/chuan-bi/"): 6,
        page("lists", "/di-co-so/", "/kien-nghi/", "/bao-cao/tat-ca/", "/thong-bao/"): 8,
        log_visit: 10,
        raise_petition: 4,
        save_report: 6,
    },
    Role.OFFICE: {
        page("home", "/"): 3,
        page(
            "lists",
            *("/di-co-so/", "/dang-bo/?thuc_hien=chua_dat", "/can-bo/", "/thuc-hien/", "/mien/"),
            *("/kien-nghi/?tinh_trang=can_tra_loi", "/phan-cong/", "/bao-cao/", "/bao-cao/tat-ca/"),
        ): 10,
        page("lists, pages 2–5", "/di-co-so/?trang={page}", "/kien-nghi/?trang={page}"): 6,
        page("search", "/tim/?tim={word}"): 4,
        page("dossiers", "/dang-bo/{commune}/", "/can-bo/{officer}/"): 3,
        route_petition: 4,
    },
    Role.LEADER: {
        page("home", "/"): 8,
        page("coverage, matrix", "/dang-bo/", "/thuc-hien/", "/thuc-hien/ma-tran/"): 6,
        page("figures", "/so-lieu/", "/thuc-hien/huyen/", "/kien-nghi/linh-vuc/"): 4,
        page("dossiers", "/dang-bo/{commune}/", "/can-bo/{officer}/"): 6,
        page("summary workbook", "/tong-hop.xlsx"): 1,
    },
    Role.ADMIN: {
        page("administration", "/quan-tri/", "/quan-tri/accounts/user/", "/nhat-ky/"): 1,
    },
}


# --- people ------------------------------------------------------------------------------------


def make_day() -> Day:
    """Write the accounts, sessions and drafts of everybody into the database; give the day."""
    today = clock.today()
    held = Assignment.objects.filter(ended_on=None, officer__left_on=None)
    following: dict[int, list[int]] = {}
    for officer, commune in held.order_by("pk").values_list("officer", "commune"):
        following.setdefault(officer, []).append(commune)
    officers = Officer.objects.filter(pk__in=[*following][:MOST]).select_related("user")
    others = {
        role: deque(Person(logged_in(an_account(role, number))) for number in range(OTHERS))
        for role in SHARES
        if role != Role.OFFICER
    }
    return Day(
        people=others
        | {Role.OFFICER: deque(an_officer(one, following[one.pk]) for one in officers)},
        communes=list(Commune.objects.order_by("pk").values_list("pk", flat=True)[:1000]),
        officers=[one.pk for one in officers],
        fields=list(PetitionField.objects.filter(is_in_use=True).values_list("pk", flat=True)),
        bodies=list(CompetentBody.objects.values_list("pk", flat=True)[:10]),
        today=today,
    )


def an_account(role: Role, number: int) -> User:
    return User.objects.create_user(
        f"bench-{role}-{number}",
        full_name=f"Người dùng {number}",
        role=role,
        must_change_password=False,
    )


def logged_in(user: User) -> str:
    """Give the key of a session of ``user``."""
    client = Client()
    client.force_login(user)
    return client.session.session_key


def an_officer(officer: Officer, communes: list[int]) -> Person:
    """Give an officer an account, a session, and the draft of an urgent report."""
    if officer.user is None:
        officer.user = an_account(Role.OFFICER, officer.pk)
        officer.save(update_fields=["user"])
    report = begin_urgent(
        officer=officer,
        subject="Tình hình mới phát sinh",
        commune=None,
        by=officer.user,
        now=clock.now(),
    )
    return Person(logged_in(officer.user), tuple(communes), report.pk)
