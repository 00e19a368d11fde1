"""The fields of petitions and the bodies that can resolve them."""

import datetime as dt

import pytest
from django.core.management import call_command

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.models import CompetentBody, PetitionField
from reports.petitions.catalogue import load_catalogue
from tests.factories import make_body, make_field

pytestmark = pytest.mark.django_db

PAGE = "/kien-nghi/danh-muc/"
# The topics of the article (DOMAIN R29) and a word of the field each belongs to.
TOPICS = (
    "giao thông nông thôn",
    "đèn đường",
    "việc làm",
    "doanh nghiệp",
    "thủy lợi nội đồng",
    "OCOP",
    "di tích",
    "du lịch cộng đồng",
    "nhà văn hóa",
    "trường lớp",
    "cơ cấu nông nghiệp",
    "công nghệ cao",
    "khác",
)


def counts():
    return [(count.added, count.unchanged) for count in load_catalogue()]


@pytest.fixture
def loaded():
    load_catalogue()


# --- what comes along ----------------------------------------------------------------------------


def test_every_topic_belongs_to_one_field(loaded):
    names = list(PetitionField.objects.values_list("name", flat=True))
    assert len(names) == len(TOPICS)
    for topic in TOPICS:
        assert len([name for name in names if topic.lower() in name.lower()]) == 1, topic


def test_every_field_but_the_last_has_a_body_and_words(loaded):
    *fields, other = PetitionField.objects.all()
    assert all(field.body and field.words and field.limit_days >= 30 for field in fields)
    assert (other.body, other.words) == (None, "")


def test_loading_again_changes_nothing():
    (bodies, _), (fields, _) = counts()
    rows = AuditEvent.objects.count()
    assert rows == bodies + fields
    assert counts() == [(0, bodies), (0, fields)]
    assert AuditEvent.objects.count() == rows


def test_what_the_office_changed_is_not_changed_back(loaded, client_as):
    field = PetitionField.objects.get(name="Sản phẩm OCOP")
    body = CompetentBody.objects.get(name="Sở Giao thông vận tải")
    client = client_as(Role.OFFICE)
    client.post(f"{PAGE}linh-vuc/{field.pk}/", field_data(name="OCOP", limit_days="20"))
    client.post(f"{PAGE}co-quan/{body.pk}/", body_data(name="Sở Xây dựng mới"))
    there = CompetentBody.objects.count(), PetitionField.objects.count()
    load_catalogue()
    assert (CompetentBody.objects.count(), PetitionField.objects.count()) == there
    field.refresh_from_db()
    body.refresh_from_db()
    assert (field.name, field.limit_days, body.name) == ("OCOP", 20, "Sở Xây dựng mới")


def test_what_an_office_had_already_stays_and_serves():
    own = make_body("SỞ XÂY DỰNG".title(), level="province")
    load_catalogue()
    own.refresh_from_db()
    assert own.level == "province"
    assert PetitionField.objects.get(name="Trụ sở, nhà văn hóa").body == own


def test_the_command_says_what_it_did(capsys):
    call_command("load_petition_catalogue")
    call_command("load_petition_catalogue")
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Lĩnh vực kiến nghị: thêm 13, giữ nguyên 0."
    assert lines[3] == "Lĩnh vực kiến nghị: thêm 0, giữ nguyên 13."


# --- the office's --------------------------------------------------------------------------------


def field_data(**changed) -> dict[str, str]:
    return {"name": "Nước sạch", "limit_days": "30", "order": "50", "is_in_use": "on"} | changed


def body_data(**changed) -> dict[str, str]:
    return {"name": "Sở Mới", "level": "sector", "started_on": "", "ended_on": ""} | changed


def test_the_office_adds_and_changes_a_field(client_as):
    client = client_as(Role.OFFICE)
    assert client.post(f"{PAGE}linh-vuc/them/", field_data()).url == PAGE
    field = PetitionField.objects.get()
    client.post(f"{PAGE}linh-vuc/{field.pk}/", field_data(is_in_use=""))
    field.refresh_from_db()
    assert not field.is_in_use
    added, changed = AuditEvent.objects.filter(verb__in=(Verb.CREATE, Verb.CHANGE)).order_by("pk")
    assert added.actor == changed.actor == str(client_user(client))
    assert (changed.before, changed.after) == ({"đang dùng": True}, {"đang dùng": False})


def client_user(client):
    return client.get(PAGE).context["user"]


def test_writing_what_is_there_writes_nothing(client_as):
    field = make_field("Nước sạch", order=50)
    client_as(Role.OFFICE).post(f"{PAGE}linh-vuc/{field.pk}/", field_data())
    assert not AuditEvent.objects.filter(verb=Verb.CHANGE).exists()


def test_a_body_ends_and_stays(client_as):
    body = make_body("Sở Cũ")
    client = client_as(Role.OFFICE)
    client.post(f"{PAGE}co-quan/{body.pk}/", body_data(name="Sở Cũ", ended_on="01/03/2025"))
    body.refresh_from_db()
    assert body.ended_on == dt.date(2025, 3, 1)
    page = client.get(PAGE).content.decode()
    assert "Sở Cũ" in page
    assert "thôi hoạt động từ 01/03/2025" in page
    assert "Đã thôi" not in client.get(PAGE, {"ngay": "2025-02-28"}).content.decode()


def test_an_ended_body_is_no_default_but_remains_one(client_as):
    body = make_body("Sở Cũ", ended_on=dt.date(2025, 3, 1))
    kept, other = make_field("Nước sạch", body=body), make_field()
    client = client_as(Role.OFFICE)
    assert client.post(f"{PAGE}linh-vuc/{other.pk}/", field_data(body=body.pk)).status_code == 200
    other.refresh_from_db()
    assert other.body is None
    client.post(f"{PAGE}linh-vuc/{kept.pk}/", field_data(body=body.pk, limit_days="10"))
    kept.refresh_from_db()
    assert (kept.body, kept.limit_days) == (body, 10)


@pytest.mark.parametrize(
    ("address", "data", "sentence"),
    [
        ("linh-vuc/them/", field_data(name=" "), "Cần ghi tên lĩnh vực."),
        ("linh-vuc/them/", field_data(name="Đã có"), "Đã có lĩnh vực này trong danh mục."),
        ("linh-vuc/them/", field_data(limit_days="0"), "Thời hạn phải từ 1 đến 366 ngày."),
        ("co-quan/them/", body_data(name=""), "Cần ghi tên cơ quan."),
        ("co-quan/them/", body_data(name="Sở Có"), "Đã có cơ quan này trong danh mục."),
        (
            "co-quan/them/",
            body_data(started_on="02/03/2025", ended_on="01/03/2025"),
            "Ngày thôi hoạt động phải sau ngày bắt đầu.",
        ),
    ],
)
def test_what_cannot_be_is_said(client_as, address, data, sentence):
    make_field("Đã có")
    make_body("Sở Có")
    page = client_as(Role.OFFICE).post(PAGE + address, data)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert (PetitionField.objects.count(), CompetentBody.objects.count()) == (1, 1)


def test_who_does_not_handle_petitions_reads_without_links(client_as):
    make_field("Nước sạch", body=make_body("Sở Cấp nước"))
    for role in set(Role) - {Role.OFFICE}:
        page = client_as(role).get(PAGE).content.decode()
        assert "Nước sạch" in page
        assert "Sở Cấp nước" in page
        assert "danh-muc/linh-vuc" not in page
        assert "danh-muc/co-quan" not in page


def test_the_page_asks_as_often_however_much_there_is(client_as, django_assert_max_num_queries):
    client = client_as(Role.OFFICE)
    for _ in range(3):
        make_field(body=make_body())
    with django_assert_max_num_queries(8):
        client.get(PAGE)
