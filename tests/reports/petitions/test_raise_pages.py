"""Raising a petition on the page: what resembles it comes first, a double send is one."""

import datetime as dt
import re
from uuid import uuid4

import pytest

from accounts.enums import Role
from reports.enums import PetitionAct, PetitionSource, Urgency
from reports.models import Petition
from tests.factories import (
    DAY,
    make_assignment,
    make_commune,
    make_field,
    make_matter,
    make_officer,
    make_petition,
    make_report,
    make_user,
    make_visit,
)

pytestmark = pytest.mark.django_db

ADD = "/kien-nghi/them/"


@pytest.fixture
def own(users):
    """Give the assignment of the officer who is a user; the assistant acts for them."""
    officer = make_officer("Trần Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    make_field("Chiếu sáng", words="đèn đường, bóng đèn")
    make_field("Giao thông", words="cầu, lộ, mặt đường")
    return make_assignment(officer=officer)


def sent(**changed) -> dict[str, object]:
    """Give a lawful form that names no field."""
    return {
        "entry_key": str(uuid4()),
        "previewed": "",
        "content": "Đề nghị lắp đèn đường ấp 3",
        "field": "",
        "raised_on": f"{DAY:%d/%m/%Y}",
        "source": "meeting",
        "source_note": "Họp Ban Chấp hành",
        "urgency": "soon",
        "beneficiary": "120 hộ",
    } | changed


def as_shown(page) -> dict[str, object]:
    """Give the form of a page as a browser would send it again."""
    form = page.context["form"]
    values = {field.name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def address(own) -> str:
    return f"{ADD}?dang_bo={own.commune_id}"


# --- which commune -------------------------------------------------------------------------------


def test_who_has_one_commune_is_not_asked_and_who_has_several_is(own, client_as):
    client = client_as(Role.ASSISTANT)
    assert client.get(ADD).url == address(own)
    second = make_assignment(own.officer)
    page = client.get(ADD)
    assert {one.pk for one in page.context["communes"]} == {own.commune_id, second.commune_id}


def test_the_office_names_the_commune(own, client_as):
    thanh_quoi = make_commune("Thạnh Quới")
    client = client_as(Role.OFFICE)
    assert client.get(ADD).status_code == 200
    assert client.get(f"{ADD}?tim=thanh qui").url == f"{ADD}?tim=thanh+qui&dang_bo={thanh_quoi.pk}"


def test_a_commune_that_is_not_theirs_is_not_found(own, client_as):
    other = make_assignment()
    client = client_as(Role.OFFICER)
    assert client.get(f"{ADD}?dang_bo={other.commune_id}").status_code == 404
    assert client.post(f"{ADD}?dang_bo={other.commune_id}", sent()).status_code == 404


# --- the two steps -------------------------------------------------------------------------------


def test_the_field_is_found_from_the_words_and_shown_before_it_is_written(own, client_as):
    client = client_as(Role.OFFICER)
    page = client.post(address(own), sent())
    assert Petition.objects.count() == 0
    assert "lĩnh vực là <b>Chiếu sáng</b>" in page.content.decode()
    response = client.post(address(own), as_shown(page))
    petition = Petition.objects.get()
    assert response.url == f"/kien-nghi/{petition.pk}/"
    assert petition.field.name == "Chiếu sáng"
    assert (petition.officer, petition.commune) == (own.officer, own.commune)
    assert (petition.urgency, petition.beneficiary) == (Urgency.SOON, "120 hộ")
    assert petition.source_note == "Họp Ban Chấp hành"


def test_nothing_to_show_is_written_at_once(own, client_as):
    field = make_field()
    client_as(Role.OFFICER).post(address(own), sent(field=field.pk))
    assert Petition.objects.get().field == field


def test_words_of_no_field_ask_for_one(own, client_as):
    page = client_as(Role.OFFICER).post(address(own), sent(content="Đề nghị hỗ trợ"))
    assert "Chọn lĩnh vực" in page.content.decode()
    assert "Đề nghị hỗ trợ" in page.content.decode()
    assert Petition.objects.count() == 0


def test_what_resembles_it_is_shown_and_it_may_be_added_there(own, client_as):
    there = make_petition(own.commune, own.officer, content="Lắp đèn đường ấp 3 và ấp 4")
    client = client_as(Role.OFFICER)
    page = client.post(address(own), sent(field=there.field_id))
    assert "Có kiến nghị tương tự" in page.content.decode()
    assert there.code in page.content.decode()
    answer = {"answer": f"bo-sung-{there.pk}"}
    response = client.post(address(own), as_shown(page) | answer)
    assert response.url == f"/kien-nghi/{there.pk}/"
    assert Petition.objects.count() == 1
    note = there.events.get(act=PetitionAct.NOTE)
    assert "Địa phương kiến nghị lại ngày 09/05/2023: Đề nghị lắp đèn đường ấp 3" in note.note


def test_it_may_be_new_all_the_same(own, client_as):
    there = make_petition(own.commune, own.officer)
    client = client_as(Role.OFFICER)
    page = client.post(address(own), sent(field=there.field_id))
    client.post(address(own), as_shown(page) | {"answer": "moi"})
    assert Petition.objects.count() == 2


def test_other_words_are_looked_at_again(own, client_as):
    there = make_petition(own.commune, own.officer, content="Sửa cầu Kênh Giữa xuống cấp")
    client = client_as(Role.OFFICER)
    page = client.post(address(own), sent())
    changed = {"content": "Cầu Kênh Giữa xuống cấp", "field": there.field_id}
    again = client.post(address(own), as_shown(page) | changed)
    assert there.code in again.content.decode()
    assert Petition.objects.count() == 1


def test_the_office_puts_it_into_a_matter_at_once(own, client_as):
    matter = make_matter("Lắp đèn đường chiếu sáng")
    make_petition(make_commune(), matter=matter)
    client = client_as(Role.OFFICE)
    page = client.post(address(own), sent(field=matter.field_id))
    client.post(address(own), as_shown(page) | {"answer": f"nhom-{matter.pk}"})
    petition = Petition.objects.get(commune=own.commune)
    assert petition.matter == matter
    assert petition.events.filter(act=PetitionAct.GROUP).exists()


@pytest.mark.parametrize("answer", ["nhom-{matter}", "bo-sung-{other}", "bo-sung-0", "nhom-x"])
def test_an_officer_is_offered_neither_matters_nor_other_communes(own, client_as, answer):
    matter = make_matter("Lắp đèn đường chiếu sáng")
    other = make_petition(make_commune(), matter=matter)
    client = client_as(Role.OFFICER)
    page = client.post(address(own), sent())
    assert matter.title not in page.content.decode()
    forged = {"answer": answer.format(matter=matter.pk, other=other.pk)}
    assert client.post(address(own), as_shown(page) | forged).status_code == 200
    assert Petition.objects.count() == 1
    assert other.events.count() == 1


# --- where it was heard --------------------------------------------------------------------------


def test_from_a_visit_it_keeps_the_visit(own, client_as):
    visit = make_visit(own.commune)
    field = make_field()
    client = client_as(Role.OFFICER)
    page = client.get(f"{ADD}?chuyen={visit.pk}")
    assert page.context["form"]["raised_on"].value() == DAY
    assert "source" not in page.context["form"].fields
    client.post(f"{ADD}?chuyen={visit.pk}", sent(field=field.pk, source="document"))
    petition = Petition.objects.get()
    assert (petition.visit, petition.source) == (visit, PetitionSource.VISIT)


def test_from_a_report_it_keeps_the_report_and_its_officer(own, client_as):
    report = make_report(own.officer, commune=own.commune)
    field = make_field()
    client_as(Role.OFFICE).post(f"{ADD}?bao_cao={report.pk}", sent(field=field.pk))
    petition = Petition.objects.get()
    assert (petition.report, petition.source) == (report, PetitionSource.REPORT)
    assert petition.officer == own.officer


def test_sources_of_others_are_not_found(own, client_as):
    visit = make_visit(make_assignment().commune)
    report = make_report(make_officer("Lê Thị Khác"))
    client = client_as(Role.OFFICER)
    assert client.get(f"{ADD}?chuyen={visit.pk}").status_code == 404
    assert client.get(f"{ADD}?bao_cao={report.pk}&dang_bo={own.commune_id}").status_code == 404


def test_a_day_the_commune_was_not_theirs_is_refused_and_the_words_stay(own, client_as):
    field = make_field()
    early = sent(field=field.pk, raised_on="01/10/2021")
    page = client_as(Role.OFFICER).post(address(own), early)
    assert "không thuộc địa bàn của đồng chí ngày 01/10/2021" in page.content.decode()
    assert "Đề nghị lắp đèn đường ấp 3" in page.content.decode()
    assert Petition.objects.count() == 0


# --- sent twice ----------------------------------------------------------------------------------


def test_sent_twice_is_one(own, client_as):
    field = make_field()
    client, data = client_as(Role.OFFICER), sent(field=field.pk)
    first = client.post(address(own), data)
    page = client.post(address(own), data)
    second = client.post(address(own), as_shown(page) | {"answer": "moi"})
    assert first.url == second.url
    assert Petition.objects.count() == 1


def test_the_page_says_which_key_was_written_so_that_the_draft_is_forgotten(own, client_as):
    field = make_field()
    client, data = client_as(Role.OFFICER), sent(field=field.pk)
    page = client.post(address(own), data, follow=True)
    assert f'data-entered="{data["entry_key"]}"' in page.content.decode()


def test_another_text_under_the_same_key_is_told_and_can_be_sent_on(own, client_as):
    field = make_field()
    client, data = client_as(Role.OFFICER), sent(field=field.pk)
    client.post(address(own), data)
    changed = data | {"content": "Nạo vét kênh nội đồng Tư Mới"}
    page = client.post(address(own), changed)
    assert "đã được ghi từ trang này" in page.content.decode()
    assert "Nạo vét kênh" in page.content.decode()
    client.post(address(own), as_shown(page))
    assert Petition.objects.count() == 2


def test_the_form_works_without_script_and_keeps_a_draft_with_it(own, client_as, users):
    page = client_as(Role.OFFICER).get(address(own)).content.decode()
    assert f'data-draft="{users[Role.OFFICER].pk}"' in page
    assert "draft.js" in page
    assert re.search(r'<form[^>]+method="post"', page)


def test_queries_do_not_grow_with_what_resembles_it(own, client_as, django_assert_max_num_queries):
    for _ in range(12):
        make_petition(own.commune, own.officer, matter=make_matter())
    client = client_as(make_user())
    with django_assert_max_num_queries(14):
        client.post(address(own), sent(raised_on=f"{DAY + dt.timedelta(days=1):%d/%m/%Y}"))
