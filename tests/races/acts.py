"""What writers do, each an act of one form, and how it is found again in the database.

An act that carries a form key may be sent again when no answer came; the others may not.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from accounts import clock
from tests.assignments.attachments.files import pdf
from tests.races.client import Answer, Client
from tests.races.world import World

KINDS = ("committee_meeting", "field_visit", "local_activity", "mass_activity")
WORDS = ("kênh", "lộ", "cầu", "trường", "chợ", "điện", "nước", "đê", "nhà", "ruộng")


@dataclass(frozen=True)
class Sent:
    """One form, ready to be sent, and again if need be.

    ``name`` says which act; ``mark`` is how its row is found. ``contest`` is shared by the writers
    of whom one may succeed.
    """

    name: str
    mark: str
    send: Callable[[], Answer]
    is_repeatable: bool = False
    contest: str = ""


def short(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def visit(world: World, port: int) -> Sent:
    """An officer logs a visit with a file."""
    number, own, key = next(world.numbers), random.choice(world.own), str(uuid.uuid4())
    client = Client(port, own.session)
    day = clock.today() - dt.timedelta(days=number // len(KINDS) % 1500)
    fields = {
        "entry_key": key,
        "day": "khac",
        "other_day": short(day),
        "commune": own.commune.pk,
        "kind": KINDS[number % len(KINDS)],
        "outcome": "held",
        "findings": f"Nắm tình hình {number}",
        "joins": "",
    }
    files = {"files": ("bien-ban.pdf", pdf(f"Biên bản số {number} {key}"))}
    return Sent("visit", key, lambda: client.post("/di-co-so/ghi/", fields, files), True)


def petition(world: World, port: int) -> Sent:
    """An officer writes a petition down, looking at what resembles it where the page asks."""
    own, key = random.choice(world.own), str(uuid.uuid4())
    client, path = Client(port, own.session), f"/kien-nghi/them/?dang_bo={own.commune.pk}"
    fields = {
        "entry_key": key,
        "previewed": "",
        "content": f"{' '.join(random.sample(WORDS, 4))} {key}",
        "field": random.choice(world.fields).pk,
        "raised_on": short(clock.today()),
        "source": "meeting",
        "source_note": "",
        "urgency": "normal",
        "beneficiary": "",
    }

    def send() -> Answer:
        answer = client.post(path, fields)
        if answer.status == 200 and (seen := answer.value("previewed")):
            answer = client.post(path, fields | {"previewed": seen, "answer": "moi"})
        return answer

    return Sent("petition", key, send, True)


def under_decision(number: str) -> dict[str, object]:
    today = short(clock.today())
    return {"on": today, "decision_number": number, "decision_date": today, "signer": ""}


def contested(rows: list, world: World, each: int = 4) -> object:
    """Give one of ``rows`` that about ``each`` writers take at the same time; wrap around."""
    return rows[next(world.numbers) // each % len(rows)]


def assign(world: World, port: int) -> Sent:
    """The office assigns a main officer to a commune that others assign too."""
    commune, number = contested(world.vacant, world), f"{uuid.uuid4().hex[:12]}-QĐ/TU"
    client = Client(port, random.choice(world.office)[1])
    path = f"/phan-cong/giao/?dang_bo={commune.pk}"
    officer = str(random.choice(world.free_officers[1:]).full_name)
    fields = under_decision(number) | {
        "role": "main",
        "dang_bo": commune.pk,
        f"officer_{commune.pk}": officer,
    }
    return Sent("assign", number, lambda: client.post(path, fields), contest=str(commune.pk))


def hand_over(world: World, port: int) -> Sent:
    """The office hands an assignment over that others hand over too."""
    row, number = contested(world.held, world), f"{uuid.uuid4().hex[:12]}-QĐ/TU"
    client = Client(port, random.choice(world.office)[1])
    path = f"/phan-cong/ban-giao/?pc={row.pk}"
    officer = str(random.choice(world.free_officers[1:]).full_name)
    fields = under_decision(number) | {
        "end_reason": "replaced",
        "pc": row.pk,
        f"officer_{row.pk}": officer,
    }
    return Sent("hand_over", number, lambda: client.post(path, fields), contest=str(row.pk))


def support(world: World, port: int) -> Sent:
    """The office gives a commune one officer more, under a decision of its own."""
    own, number = random.choice(world.own), f"{uuid.uuid4().hex[:12]}-QĐ/TU"
    client = Client(port, random.choice(world.office)[1])
    path = f"/phan-cong/giao/?dang_bo={own.commune.pk}"
    officer = str(random.choice(world.free_officers).full_name)
    on = dt.date(2022, 1, 1) + dt.timedelta(days=2 * (next(world.numbers) % 900))
    fields = under_decision(number) | {
        "on": short(on),
        "until": short(on + dt.timedelta(days=1)),
        "role": "cover",
        "dang_bo": own.commune.pk,
        f"officer_{own.commune.pk}": officer,
    }
    return Sent("support", number, lambda: client.post(path, fields))


def route(world: World, port: int) -> Sent:
    """The office routes a petition that others route too."""
    row, mark = contested(world.petitions, world), uuid.uuid4().hex
    client = Client(port, random.choice(world.office)[1])
    fields = {
        "edition": row.edition,
        "body": random.choice(world.bodies).pk,
        "on": short(clock.today()),
        "reference": mark[:30],
    }
    path = f"/kien-nghi/{row.pk}/chuyen/"
    return Sent("route", mark[:30], lambda: client.post(path, fields), contest=str(row.pk))


def note(world: World, port: int) -> Sent:
    """Somebody adds words to a petition; everybody's are kept."""
    row, mark = random.choice(world.petitions[:5]), uuid.uuid4().hex
    client = Client(port, random.choice(world.office)[1])
    fields = {"edition": row.edition, "note": f"Ý kiến {mark}"}
    return Sent("note", mark, lambda: client.post(f"/kien-nghi/{row.pk}/y-kien/", fields))


def write_report(world: World, port: int) -> Sent:
    """An officer's draft is saved while it is typed."""
    own, mark = random.choice(world.own), uuid.uuid4().hex
    client = Client(port, own.session)
    section = random.choice(("economy", "defence", "politics", "difficulties"))
    path = f"/bao-cao/{own.report.pk}/"

    def send() -> Answer:
        page = client.get(f"{path}soan/")
        base = page.value(f"initial-{section}")
        fields = {section: f"{mark}", f"initial-{section}": base}
        return client.post(f"{path}luu/", fields)

    return Sent("write_report", f"{own.report.pk} {section} {mark}", send)


def change_body(world: World, port: int) -> Sent:
    """An administrator gives a competent body another name."""
    row, mark = random.choice(world.bodies), uuid.uuid4().hex[:12]
    client = Client(port, random.choice(world.admins)[1])
    path = f"/quan-tri/reports/competentbody/{row.pk}/change/"
    fields = {"name": f"Sở {mark}", "level": row.level, "audit_reason": mark}
    return Sent("change_body", mark, lambda: client.post(path, fields))


def fail_login(world: World, port: int) -> Sent:
    """Somebody mistypes a password."""
    user = random.choice(world.office)[0]
    client = Client(port)
    fields = {"username": user.username, "password": "Sai-mat-khau-1"}
    return Sent("fail_login", "", lambda: client.post("/tai-khoan/dang-nhap/", fields))


EVERYTHING = (
    *(visit, visit, petition, petition, write_report, write_report, note, note),
    *(assign, hand_over, support, route, change_body, fail_login),
)
KILLED = (visit, visit, petition, write_report, note, support, route)
