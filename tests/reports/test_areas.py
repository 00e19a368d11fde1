"""Areas: kept by the office, filled by ticks, begun from the old districts."""

import datetime as dt

import pytest

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from communes.gazetteer import load_communes
from communes.models import Area, Commune, District
from tests.communes.reorganisation.real import FIRST, SECOND, apply_real
from tests.factories import make_area, make_commune, make_district, make_merger

pytestmark = pytest.mark.django_db
PAGE = "/khu-vuc/"
TODAY = "/khu-vuc/?ngay=2025-07-01"


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def posted(client, address, **data):
    return client.post(address, data, follow=True).text


def test_communes_without_an_area_are_named(office):
    area = make_area("Ven biển")
    make_commune(name="Vĩnh Hải", area=area)
    make_commune(name="An Ninh")
    page = office.get(PAGE).text
    assert page.index("Chưa xếp khu vực") < page.index("Xã An Ninh") < page.index("Ven biển</h2>")
    assert page.index("Ven biển</h2>") < page.index("Xã Vĩnh Hải")


def test_an_area_is_added_renamed_and_retired(office):
    assert "Đã ghi: Ven biển." in posted(office, f"{PAGE}them/", name="Ven biển", rank="1")
    area = Area.objects.get()
    posted(office, f"{PAGE}{area.pk}/", name="Ven sông Hậu", rank="2")
    posted(office, f"{PAGE}{area.pk}/", name="Ven sông Hậu", rank="2", is_retired="on")
    area.refresh_from_db()
    assert (area.name, area.is_retired) == ("Ven sông Hậu", True)
    events = AuditEvent.objects.filter(target_key=f"communes.area:{area.pk}").order_by("pk")
    assert [event.verb for event in events] == [Verb.CREATE, Verb.CHANGE, Verb.CHANGE]
    assert "Không dùng nữa" in office.get(PAGE).text


def test_an_area_in_use_is_not_retired(office):
    area = make_area("Ven biển")
    make_commune(area=area)
    page = posted(office, f"{PAGE}{area.pk}/", name="Ven biển", rank="1", is_retired="on")
    assert "Khu vực còn 1 đơn vị đang hoạt động" in page
    Commune.objects.update(dissolved_on=dt.date(2020, 1, 1))
    posted(office, f"{PAGE}{area.pk}/", name="Ven biển", rank="1", is_retired="on")
    area.refresh_from_db()
    assert area.is_retired


def test_two_areas_of_one_name(office):
    make_area("Ven biển")
    page = posted(office, f"{PAGE}them/", name="Ven  biển", rank="1")
    assert "Đã có khu vực cùng tên." in page
    assert Area.objects.count() == 1


def test_many_communes_are_put_at_once(office):
    area, communes = make_area("Ven biển"), [make_commune(name=name) for name in "ABC"]
    keys = [commune.pk for commune in communes[:2]]
    assert "Đã xếp 2 đơn vị vào Ven biển." in posted(office, PAGE, dang_bo=keys, khu_vuc=area.pk)
    assert {commune.name for commune in area.communes.all()} == {"A", "B"}
    events = AuditEvent.objects.filter(target_key__startswith="communes.commune:")
    assert [event.after for event in events] == [{"khu vực": "Ven biển"}] * 2
    assert "Đã đưa 1 đơn vị ra khỏi khu vực." in posted(
        office, PAGE, dang_bo=keys[:1], khu_vuc="khong"
    )
    assert {commune.name for commune in area.communes.all()} == {"B"}
    posted(office, PAGE, dang_bo=keys, khu_vuc=area.pk)
    assert AuditEvent.objects.filter(target_key__startswith="communes.commune:").count() == 4


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"khu_vuc": "khong"}, "Chưa chọn đơn vị nào."),
        ({"dang_bo": ["999999"], "khu_vuc": "khong"}, "Chưa chọn đơn vị nào."),
        ({"dang_bo": ["x"], "khu_vuc": "khong"}, "Chưa chọn đơn vị nào."),
        ({}, "Chọn khu vực để xếp các đơn vị vào."),
    ],
)
def test_what_cannot_be_put(office, data, sentence):
    make_commune()
    page = office.post(PAGE, data)
    assert page.status_code == 200
    assert sentence in page.text


def test_a_refusal_keeps_the_ticks(office):
    commune = make_commune(name="An Ninh")
    page = office.post(PAGE, {"dang_bo": [commune.pk]}).text
    assert f'value="{commune.pk}" checked' in page


def test_a_retired_area_takes_nobody(office):
    area, commune = make_area("Ven biển", is_retired=True), make_commune()
    page = office.post(PAGE, {"dang_bo": [commune.pk], "khu_vuc": area.pk}).text
    assert "Chọn khu vực để xếp các đơn vị vào." in page
    commune.refresh_from_db()
    assert commune.area is None


def test_only_the_communes_of_the_day_are_offered(office):
    old = make_commune(name="Kế An")
    new = make_merger(old, name="Kế Sách", on=SECOND)
    assert "Thêm khu vực trước" in office.get(TODAY).text  # nothing to put them into yet
    make_area()
    assert f'form="xep" value="{new.pk}"' in office.get(TODAY).text
    assert f'form="xep" value="{old.pk}"' not in office.get(TODAY).text
    assert f'form="xep" value="{old.pk}"' in office.get(f"{PAGE}?ngay=2025-06-30").text


# --- the old districts ----------------------------------------------------------------------------


def test_areas_are_made_of_the_old_districts(office):
    load_communes()
    apply_real(FIRST)
    apply_real(SECOND)
    page = office.get(TODAY).text
    assert "43 đơn vị chưa xếp khu vực" in page
    done = posted(office, "/khu-vuc/theo-huyen-cu/?ngay=2025-07-01")
    assert "Đã lập 11 khu vực, xếp 43 đơn vị theo huyện cũ." in done
    assert not Commune.objects.existing_on(SECOND).filter(area__isnull=True).exists()
    names = [str(area) for area in Area.objects.all()]
    assert names == [f"{district} (cũ)" for district in District.objects.all()]
    # Phường 10 of the city, thị trấn Mỹ Xuyên and Đại Tâm of the district: two to one.
    assert str(Commune.objects.get(name="Mỹ Xuyên", kind="ward").area) == "Huyện Mỹ Xuyên (cũ)"
    assert str(Commune.objects.get(name="Sóc Trăng").area) == "Thành phố Sóc Trăng (cũ)"
    assert str(Commune.objects.get(name="Nhơn Mỹ", district=None).area) == "Huyện Kế Sách (cũ)"
    assert "Lập khu vực theo huyện cũ" not in office.get(TODAY).text


def test_what_the_office_grouped_itself_stays(office):
    district, area = make_district(name="Kế Sách"), make_area("Ven sông")
    kept = make_merger(make_commune(name="A", district=district), name="B", on=SECOND, area=area)
    made = make_merger(make_commune(name="C", district=district), name="D", on=SECOND)
    posted(office, "/khu-vuc/theo-huyen-cu/?ngay=2025-07-01")
    kept.refresh_from_db()
    made.refresh_from_db()
    assert (str(kept.area), str(made.area)) == ("Ven sông", "Huyện Kế Sách (cũ)")


def test_done_again_it_uses_what_is_there(office):
    district = make_district(name="Kế Sách")
    made = make_merger(make_commune(name="C", district=district), name="D", on=SECOND)
    for _ in range(2):
        Commune.objects.update(area=None)
        Area.objects.update(is_retired=True)
        posted(office, "/khu-vuc/theo-huyen-cu/?ngay=2025-07-01")
    made.refresh_from_db()
    assert (Area.objects.count(), made.area.is_retired) == (1, False)


def test_nothing_to_group_is_said(office):
    make_commune()
    assert "Không có đơn vị nào cần xếp theo huyện cũ." in posted(office, "/khu-vuc/theo-huyen-cu/")


def test_as_many_queries_for_many(office, django_assert_max_num_queries):
    def ask(count, most):
        for number in range(count):
            old = make_commune(name=f"Cũ {count} {number}", district=make_district())
            area = make_area(f"Khu {count} {number}")
            make_merger(old, name=f"Mới {count} {number}", on=SECOND, area=area)
        with django_assert_max_num_queries(most) as asked:
            office.get(TODAY)
        return len(asked)

    assert ask(8, ask(1, 12)) <= 12
