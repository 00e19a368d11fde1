"""The pages of a pack: begun by a button, made part by part, handed out and audited."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from reports.models import ReviewPack
from reports.packs.parts import PARTS
from tests.factories import make_pack, make_pack_file, make_template
from tests.reports.word_templates.words import word_file

JSON = {"HTTP_ACCEPT": "application/json"}


def begun(client, frozen) -> ReviewPack:
    answer = client.post(reverse("reviews:pack_begin", args=[frozen.pk]))
    pack = ReviewPack.objects.get()
    assert answer.url == reverse("reviews:pack", args=[pack.pk])
    return pack


def test_the_button_makes_one_part_each_time(client_as, frozen):
    office = client_as(Role.OFFICE)
    pack = begun(office, frozen)
    page, more = (reverse(f"reviews:{name}", args=[pack.pk]) for name in ("pack", "pack_next"))
    for number in range(1, len(PARTS) + 1):
        assert f"Lập tiếp ({number}/{len(PARTS)})" in office.get(page).text
        assert office.post(more).url == page
        assert pack.files.count() == number
    shown = office.get(page).text
    assert "Lập tiếp" not in shown
    assert reverse("reviews:pack_zip", args=[pack.pk]) in shown
    assert all(kept.name in shown for kept in pack.files.all())


def test_the_script_is_told_how_far_it_is(client_as, frozen):
    office = client_as(Role.OFFICE)
    pack = begun(office, frozen)
    more = reverse("reviews:pack_next", args=[pack.pk])
    answers = [office.post(more, **JSON).json() for _ in PARTS]
    assert [one["made"] for one in answers] == [*range(1, len(PARTS) + 1)]
    assert {one["all"] for one in answers} == {len(PARTS)}
    assert answers[0]["next"] == PARTS[1].label
    assert answers[-1] == {
        "made": len(PARTS),
        "all": len(PARTS),
        "next": "",
        "sentence": "",
    }


def test_a_part_that_fails_tells_why(client_as, frozen):
    office = client_as(Role.OFFICE)
    template = make_template(content=word_file("{{ co_quan }}"))
    frozen.review.template = template
    frozen.review.save()
    pack = begun(office, frozen)
    default_storage.delete(template.file.name)
    more = reverse("reviews:pack_next", args=[pack.pk])
    answer = office.post(more, **JSON)
    assert answer.status_code == 409
    assert "Không còn thấy tệp mẫu" in answer.json()["sentence"]
    assert "Không còn thấy tệp mẫu" in office.post(more, follow=True).text


def test_a_leader_downloads_the_finished_pack_from_the_review(client_as, pack):
    leader = client_as(Role.LEADER)
    shown = leader.get(reverse("reviews:detail", args=[pack.frozen.review_id])).text
    address = reverse("reviews:pack_zip", args=[pack.pk])
    assert address in shown
    answer = leader.get(address)
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == len(PARTS)
    assert "BoTaiLieu_" in answer["Content-Disposition"]
    [row] = AuditEvent.objects.filter(verb=Verb.EXPORT)
    assert "BoTaiLieu_" in row.after["Tệp"]


def test_a_single_file_is_a_download_and_audited(client_as, pack):
    kept = pack.files.get(part="bao-cao")
    answer = client_as(Role.ADMIN).get(reverse("reviews:pack_file", args=[kept.pk]))
    assert b"".join(answer.streaming_content) == kept.file.read()
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEvent.objects.get(verb=Verb.EXPORT).after["Tệp"] == kept.name


def test_an_unfinished_pack_is_no_zip(client_as, db):
    pack = make_pack()
    make_pack_file(pack)
    assert (
        client_as(Role.LEADER).get(reverse("reviews:pack_zip", args=[pack.pk])).status_code == 404
    )


@pytest.mark.parametrize("name", ["pack_zip", "pack_file"])
def test_files_lost_from_disk_are_404(client_as, pack, name):
    for kept in pack.files.all():
        default_storage.delete(kept.file.name)
    key = pack.pk if name == "pack_zip" else pack.files.first().pk
    answer = client_as(Role.LEADER).get(reverse(f"reviews:{name}", args=[key]))
    assert answer.status_code == 404
    assert not AuditEvent.objects.filter(verb=Verb.EXPORT).exists()


def test_the_newest_finished_pack_is_offered(client_as, pack):
    make_pack(pack.frozen)
    shown = client_as(Role.LEADER).get(reverse("reviews:detail", args=[pack.frozen.review_id]))
    assert reverse("reviews:pack_zip", args=[pack.pk]) in shown.text


def test_the_page_runs_as_many_queries_whatever_the_files(client_as, frozen):
    office = client_as(Role.OFFICE)
    pack = begun(office, frozen)
    address = reverse("reviews:pack", args=[pack.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            office.get(address)
        return len(captured)

    before = queries()
    office.post(reverse("reviews:pack_next", args=[pack.pk]))
    office.post(reverse("reviews:pack_next", args=[pack.pk]))
    assert queries() <= before <= 12
