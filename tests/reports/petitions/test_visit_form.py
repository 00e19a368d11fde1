"""Petitions in the form that logs a visit: in the same step, each once, all or none."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts import clock
from accounts.enums import Role
from assignments.enums import VisitKind
from assignments.models import Attendance, Visit
from reports.enums import PetitionSource, PetitionState, Urgency
from reports.models import Petition
from reports.petitions import withdraw_petition
from tests.factories import (
    DAY,
    make_assignment,
    make_attendance,
    make_commune,
    make_field,
    make_officer,
    make_visit,
)

pytestmark = pytest.mark.django_db

LOG = "/di-co-so/ghi/"
LIGHTS = "Đề nghị lắp đèn đường ấp 3"
NOW = timezone.make_aware(dt.datetime.combine(DAY, dt.time(17)))


@pytest.fixture(autouse=True)
def on_day(monkeypatch):
    """Let it be DAY, five in the afternoon."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def catalogue(db):
    """Make two fields, one of them for what fits no other."""
    return make_field("Đèn đường", words="đèn đường, chiếu sáng"), make_field("Lĩnh vực khác")


@pytest.fixture
def assignment(users, catalogue):
    """Give the officer who is a user a commune."""
    officer = make_officer("Nguyễn Văn An", user=users[Role.OFFICER])
    return make_assignment(officer, make_commune("Đại Hải"))


@pytest.fixture
def officer(assignment, client_as):
    return client_as(Role.OFFICER)


@pytest.fixture
def fields(assignment):
    """Give ``fields(*petitions, **changes)``: what is sent for a meeting of today.

    Each of ``petitions`` is a content, or the fields of one; its number is its place.
    """

    def filled(*petitions: str | dict, **changes) -> dict:
        sent = {
            "entry_key": str(uuid.uuid4()),
            "commune": assignment.commune_id,
            "day": DAY.isoformat(),
            "kind": "committee_meeting",
            "outcome": "held",
            "findings": "Nắm tình hình",
        }
        for number, one in enumerate(petitions, 1):
            said = {"content": one} if isinstance(one, str) else one
            said = {"key": str(uuid.uuid4())} | said
            sent |= {f"petition_{number}_{name}": value for name, value in said.items()}
        return sent | changes

    return filled


def text(response) -> str:
    return " ".join(response.content.decode().split())


def a_picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "JPEG")
    return SimpleUploadedFile("anh.jpg", content.getvalue(), "image/jpeg")


def written() -> tuple[int, int, int]:
    return Visit.objects.count(), Attendance.objects.count(), Petition.objects.count()


# --- in the same step ----------------------------------------------------------------------------


def test_a_petition_is_raised_with_the_visit(officer, fields, assignment, users, catalogue):
    page = officer.post(LOG, fields(LIGHTS), follow=True)
    petition = Petition.objects.get()
    assert (petition.commune, petition.officer) == (assignment.commune, assignment.officer)
    assert (petition.raised_on, petition.source) == (DAY, PetitionSource.VISIT)
    assert (petition.content, petition.field) == (LIGHTS, catalogue[0])
    assert (petition.visit, petition.entered_by) == (Visit.objects.get(), users[Role.OFFICER])
    assert petition.state == PetitionState.NEW
    assert f"Đã chuyển lên 1 kiến nghị, số {petition.code}." in text(page)


def test_all_that_can_be_said_of_one(officer, fields, catalogue):
    said = {
        "content": "Hỗ trợ hộ ông Sơn",
        "field": catalogue[0].pk,
        "beneficiary": "Hộ nghèo",
        "urgency": "urgent",
        "has_personal_data": "on",
    }
    officer.post(LOG, fields(said))
    petition = Petition.objects.get()
    assert petition.field == catalogue[0]
    assert (petition.beneficiary, petition.urgency) == ("Hộ nghèo", Urgency.URGENT)
    assert petition.has_personal_data


def test_what_fits_no_field_is_of_the_other_one(officer, fields, catalogue):
    officer.post(LOG, fields("Xem xét chế độ"))
    assert Petition.objects.get().field == catalogue[1]


def test_without_such_a_field_it_is_asked_for(officer, fields, catalogue):
    catalogue[1].is_in_use = False
    catalogue[1].save()
    page = officer.post(LOG, fields("Xem xét chế độ"))
    assert page.context["form"].errors == {"petition_1_field": ["Chọn lĩnh vực."]}
    assert '<a href="#id_petition_1_field">Lĩnh vực</a>' in text(page)
    assert written() == (0, 0, 0)


def test_a_visit_without_petitions_raises_none(officer, fields):
    officer.post(LOG, fields({"content": " \u200b ", "urgency": "normal", "field": ""}))
    assert written() == (1, 1, 0)


def test_five_at_most(officer, fields):
    page = text(officer.get(LOG))
    assert len(re.findall(r'<details class="heard card fold">', page)) == 5
    many = [f"Kiến nghị {number}" for number in range(1, 7)]
    officer.post(LOG, fields(*many))
    assert [one.content for one in Petition.objects.order_by("number")] == many[:5]
    assert [one.number for one in Petition.objects.order_by("number")] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("number", [1, 3])
def test_a_mistake_is_shown_at_its_field_and_nothing_is_written(officer, fields, number):
    empty = [{"content": ""}] * (number - 1)
    page = officer.post(LOG, fields(*empty, {"content": "", "beneficiary": "Hộ nghèo"}))
    name = f"petition_{number}_content"
    assert page.context["form"].errors == {name: ["Ghi nội dung kiến nghị."]}
    assert page.context["form"].petitions[number - 1].is_open
    assert f'href="#id_{name}"' in text(page)
    assert written() == (0, 0, 0)


def test_what_is_too_long_or_not_offered(officer, fields):
    page = officer.post(LOG, fields("a" * 4001, {"content": LIGHTS, "field": "10000"}))
    assert set(page.context["form"].errors) == {"petition_1_content", "petition_2_field"}
    assert written() == (0, 0, 0)


def test_a_mistake_of_the_visit_keeps_the_petition_typed(officer, fields):
    page = officer.post(LOG, fields(LIGHTS, kind=""))
    assert set(page.context["form"].errors) == {"kind"}
    assert LIGHTS in text(page)
    assert page.context["form"].petitions[0].is_open
    assert not page.context["form"].petitions[1].is_open
    assert written() == (0, 0, 0)


def test_what_is_refused_late_takes_the_visit_and_its_files_back(officer, fields, monkeypatch):
    monkeypatch.setattr("reports.petitions.raising.NOT_FOR_YOU", "Không ghi được.")
    monkeypatch.setattr("reports.petitions.raising.allowed", lambda user, permission: False)
    before = files_kept()
    page = officer.post(LOG, fields("", LIGHTS, files=[a_picture()]))
    assert page.context["form"].errors == {"petition_2_content": ["Không ghi được."]}
    assert written() == (0, 0, 0)
    assert files_kept() == before


def files_kept() -> int:
    """Count the files of visits on disk."""
    folders, count = [""], 0
    while folders:
        folder = folders.pop()
        if folder and not default_storage.exists(folder):
            continue
        inner, files = default_storage.listdir(folder)
        count += len(files)
        folders += [f"{folder}/{name}".lstrip("/") for name in inner]
    return count


def test_an_assistants_visit_waits_and_the_petition_does_not(client_as, users, fields, assignment):
    assignment.officer.assistants.add(users[Role.ASSISTANT])
    client_as(Role.ASSISTANT).post(LOG, fields(LIGHTS))
    petition = Petition.objects.get()
    assert not Attendance.objects.get().is_confirmed
    assert (petition.officer, petition.entered_by) == (assignment.officer, users[Role.ASSISTANT])


def test_the_office_raises_it_for_the_officer_of_the_visit(client_as, fields, assignment):
    colleague = make_assignment(make_officer("Lý Đa"), assignment.commune, role="support").officer
    client_as(Role.OFFICE).post(f"{LOG}?can_bo={colleague.pk}", fields(LIGHTS))
    assert Petition.objects.get().officer == colleague


def test_joining_a_visit_raises_it_there(officer, fields, assignment):
    colleague = make_assignment(make_officer("Lý Đa"), assignment.commune, role="support").officer
    there = make_attendance(colleague, make_visit(assignment.commune)).visit
    officer.post(LOG, fields(LIGHTS, joins=there.pk))
    assert Petition.objects.get().visit == there


# --- sent twice ----------------------------------------------------------------------------------


def test_a_form_sent_twice_raises_each_once(officer, fields):
    sent = fields(LIGHTS, "Nạo vét kênh")
    first, again = officer.post(LOG, sent), officer.post(LOG, sent)
    assert first.url == again.url
    assert written() == (1, 1, 2)


def test_a_petition_added_to_what_is_sent_again_is_not_lost(officer, fields):
    sent = fields(LIGHTS)
    officer.post(LOG, sent)
    officer.post(LOG, sent | {"petition_2_content": "Nạo vét kênh"})
    assert written() == (1, 1, 2)
    assert {one.visit for one in Petition.objects.all()} == {Visit.objects.get()}


def test_other_words_sent_again_are_told_and_can_be_sent_as_another_petition(officer, fields):
    sent = fields(LIGHTS)
    officer.post(LOG, sent)
    page = officer.post(LOG, sent | {"petition_1_content": "Nạo vét kênh"})
    [said] = page.context["form"].errors["petition_1_content"]
    assert said.startswith(f"{Petition.objects.get()} đã được ghi từ trang này lúc 17:00")
    assert f'href="/di-co-so/{Visit.objects.get().pk}/"' in text(page)
    key = page.context["form"]["petition_1_key"].value()
    assert key != sent["petition_1_key"]
    again = sent | {"petition_1_content": "Nạo vét kênh", "petition_1_key": key}
    assert officer.post(LOG, again).status_code == 302
    assert written() == (1, 1, 2)


def test_another_visit_does_not_raise_it_again_unasked(officer, fields):
    sent = fields(LIGHTS)
    officer.post(LOG, sent)
    page = officer.post(LOG, sent | {"kind": "field_visit"})
    key = str(page.context["form"]["entry_key"].value())
    page = officer.post(LOG, sent | {"kind": "field_visit", "entry_key": key, "joins": "khac"})
    assert set(page.context["form"].errors) == {"petition_1_content"}
    assert written() == (1, 1, 1)


def test_what_was_taken_back_is_raised_anew_when_sent_again(officer, fields, users):
    sent = fields(LIGHTS)
    officer.post(LOG, sent)
    petition = Petition.objects.get()
    withdraw_petition(
        petition=petition, reason="Ghi nhầm", edition=None, by=users[Role.OFFICER], now=NOW
    )
    officer.post(LOG, sent)
    assert Petition.objects.standing().count() == 1
    assert written() == (1, 1, 2)


def test_a_key_of_somebody_else_gives_nothing_away(officer, client_as, fields, assignment, users):
    sent = fields(LIGHTS)
    officer.post(LOG, sent)
    other = make_assignment(make_officer("Lý Đa"), make_commune("Ba Trinh"))
    other.officer.assistants.add(users[Role.ASSISTANT])
    theirs = fields({"content": "Khác", "key": sent["petition_1_key"]}, commune=other.commune_id)
    page = client_as(Role.ASSISTANT).post(LOG, theirs)
    assert LIGHTS not in page.content.decode()
    assert Petition.objects.filter(commune=assignment.commune).count() == 1


# --- whose -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_who_records_nothing_raises_nothing(client_as, fields, role):
    assert client_as(role).post(LOG, fields(LIGHTS)).status_code == 403
    assert written() == (0, 0, 0)


def test_a_commune_that_is_not_theirs(officer, fields):
    page = officer.post(LOG, fields(LIGHTS, commune=make_commune("Ba Trinh").pk))
    assert page.status_code == 200
    assert written() == (0, 0, 0)


def test_the_kind_of_visit_does_not_matter(officer, fields):
    officer.post(LOG, fields(LIGHTS, kind=VisitKind.FIELD_VISIT, outcome="postponed"))
    assert written() == (1, 1, 1)


def test_the_number_of_queries_does_not_grow(officer, django_assert_num_queries):
    with django_assert_num_queries(12, exact=False):
        officer.get(LOG)
    for number in range(3):
        make_field(f"Lĩnh vực {number}")
    with django_assert_num_queries(12, exact=False):
        officer.get(LOG)
