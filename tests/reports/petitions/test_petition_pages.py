"""The list of petitions and the page of one: as of a day, for who may see what."""

import datetime as dt
import io

import openpyxl
import pytest

from accounts.enums import Role
from reports.enums import PetitionAct, PetitionState, Urgency
from reports.figures import PETITIONS, figures_of
from reports.models import Petition
from reports.petitions.columns import MASKED
from reports.viewpoint import Viewpoint
from tests.factories import (
    DAY,
    make_assignment,
    make_body,
    make_commune,
    make_field,
    make_matter,
    make_officer,
    make_petition,
    make_report,
    make_user,
    make_visit,
)
from tests.reports.petitions.moves import DO, answer, bring, day, route

pytestmark = pytest.mark.django_db

LIST = "/kien-nghi/"


@pytest.fixture
def own(users):
    """Give the assignment of the officer who is a user; the assistant acts for them."""
    officer = make_officer("Trần Văn Bình", user=users[Role.OFFICER])
    officer.assistants.add(users[Role.ASSISTANT])
    make_field("Chiếu sáng")
    return make_assignment(officer=officer)


@pytest.fixture
def others(own):
    """Give the assignment of another officer, who is a user as well."""
    return make_assignment(officer=make_officer("Lê Thị Khác", user=make_user(Role.OFFICER)))


def listed(client, query: str = "") -> list[Petition]:
    return [row.record for row in client.get(LIST + query).context["rows"]]


def cells_of(client, query: str) -> list[list[object]]:
    content = b"".join(client.get(LIST + query).streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


# --- the list ------------------------------------------------------------------------------------


def test_a_row_tells_how_it_stands_and_who_has_it_until_when(own, client_as):
    petition = make_petition(own.commune, own.officer, urgency=Urgency.URGENT)
    route(petition, make_user(), body=make_body("Sở Công Thương"), due_on=day(10))
    page = client_as(Role.OFFICE).get(f"{LIST}?ngay={day(4)}").content.decode()
    for words in (petition.code, "Cấp bách", "Đã chuyển", "Sở Công Thương", "còn 6 ngày"):
        assert words in page
    page = client_as(Role.OFFICE).get(f"{LIST}?ngay={day(13)}").content.decode()
    assert 'state-short"><i aria-hidden="true">!</i>Quá hạn 3 ngày</span>' in page
    cells = cells_of(client_as(Role.OFFICE), f"?xuat=xlsx&ngay={day(13)}")
    assert "Quá hạn 3 ngày" in [value for row in cells for value in row]


def test_the_list_answers_for_the_day(own, client_as):
    petition = make_petition(own.commune, own.officer)
    office = make_user()
    route(petition, office, day(2))
    answer(petition, office, day(5))
    DO[PetitionAct.TELL](petition, office, day(8))
    client = client_as(Role.OFFICE)

    def stood(on: dt.date) -> tuple[str, str]:
        [row] = client.get(f"{LIST}?ngay={on}").context["rows"]
        state = next(cell for cell in row.cells if cell.column.key == "trang_thai")
        return str(state.value), state.detail

    assert listed(client, f"?ngay={day(-1)}") == []
    assert stood(day(0)) == ("Mới", "")
    assert stood(day(2)) == ("Đã chuyển", "")
    assert stood(day(5)) == ("Đã giải quyết", "Cần trả lời xã")
    assert stood(day(8)) == ("Đã giải quyết", f"Đã trả lời xã {day(8):%d/%m/%Y}")


def test_each_filter_of_a_figure_lists_its_members(own, client_as):
    for state in PetitionState:
        bring(make_petition(own.commune, own.officer), state)
    bring(make_petition(own.commune), PetitionState.RESOLVED, told=True)
    client = client_as(Role.OFFICE)
    for on in (day(0), day(20), day(60)):
        view = Viewpoint(make_user(), on)
        for figure in figures_of(PETITIONS):
            query = "&".join(f"{name}={value}" for name, value in figure.query.items())
            shown = {one.pk for one in listed(client, f"?{query}&ngay={on}")}
            assert shown == set(figure.members(view).values_list("pk", flat=True)), figure.key
    assert len(listed(client, f"?tinh_trang=ket_thuc&ngay={day(0)}")) == 1


@pytest.mark.parametrize("state", PetitionState)
def test_the_filter_of_a_state_asks_how_it_stood(own, client_as, state):
    petition = bring(make_petition(own.commune), state)
    bring(
        make_petition(own.commune),
        PetitionState.NEW if state != PetitionState.NEW else PetitionState.ROUTED,
    )
    found = listed(client_as(Role.OFFICE), f"?trang_thai={state}&ngay={DAY}")
    assert petition in found
    assert {one.state_on for one in found} == {state}


def test_other_filters(own, others, client_as):
    field, body = make_field(), make_body()
    matter = make_matter(field=field)
    petition = make_petition(
        own.commune,
        own.officer,
        field=field,
        matter=matter,
        urgency=Urgency.SOON,
        source="document",
    )
    route(petition, make_user(), body=body)
    make_petition(others.commune, others.officer, year=2022)
    client = client_as(Role.OFFICE)
    for query in (
        f"linh_vuc={field.pk}",
        f"co_quan={body.pk}",
        f"dang_bo={own.commune_id}",
        f"can_bo={own.officer_id}",
        f"nhom={matter.pk}",
        "muc_do=soon",
        "nguon=document",
        "nam=2023",
    ):
        assert listed(client, f"?{query}") == [petition], query
    assert listed(client, f"?co_quan={body.pk}&ngay={day(-1)}") == []


def test_searching_by_words_place_and_number(own, others, client_as):
    petition = make_petition(own.commune, number=7, content="Nạo vét kênh Tư Mới")
    other = make_petition(make_commune("Thạnh Quới"), number=70)
    client = client_as(Role.OFFICE)
    for query in ("nao vet", "07/2023", "7/2023", "so 7/2023"):
        assert listed(client, f"?tim={query}") == [petition], query
    assert listed(client, "?tim=thanh qui") == [other]


def test_the_file_hides_personal_data_and_the_list_too(own, client_as):
    secret = "Bà Thạch Thị S., căn cước 094…"
    make_petition(own.commune, content=secret, beneficiary="hộ bà S.", has_personal_data=True)
    make_petition(own.commune, content="Lắp đèn", beneficiary="120 hộ")
    client = client_as(Role.OFFICE)
    cells = [value for row in cells_of(client, "?xuat=xlsx") for value in row]
    assert cells.count(MASKED) == 2
    assert not [
        value for value in cells if value and ("Thạch" in str(value) or "bà S" in str(value))
    ]
    assert {"Lắp đèn", "120 hộ"} <= set(cells)
    page = client.get(LIST).content.decode()
    assert "Thạch" not in page
    assert "Có dữ liệu cá nhân" in page


def test_the_file_has_the_rows_and_what_the_page_has_no_room_for(own, client_as):
    petition = make_petition(own.commune, own.officer, source_note="Họp quý II")
    route(petition, make_user(), body=make_body("Sở Công Thương"))
    rows = cells_of(client_as(Role.OFFICE), f"?xuat=xlsx&ngay={day(3)}")
    head = next(row for row in rows if "Nội dung" in row)
    told = dict(zip(head, rows[rows.index(head) + 1], strict=True))
    assert told["Số"] == petition.code
    assert told["Cơ quan chủ trì"] == "Sở Công Thương"
    assert told["Cán bộ phản ánh"] == own.officer.full_name
    assert told["Hội nghị, văn bản"] == "Họp quý II"
    assert told["Còn lại, quá hạn"] == "còn 27 ngày"


def test_withdrawn_petitions_leave_the_list_and_keep_their_page(own, client_as):
    petition = make_petition(own.commune, own.officer)
    DO[PetitionAct.WITHDRAW](petition, make_user(), DAY)
    client = client_as(Role.OFFICER)
    assert listed(client) == []
    page = client.get(f"{LIST}{petition.pk}/").content.decode()
    assert "Đã rút lại" in page
    assert "Ghi nhầm" in page


# --- one -----------------------------------------------------------------------------------------


def stretches(client, petition: Petition, on: dt.date) -> list[tuple[str, int, str]]:
    found = client.get(f"{LIST}{petition.pk}/?ngay={on}").context["stretches"]
    return [(one.title, one.days, one.lateness) for one in reversed(found)]


def test_the_page_tells_where_it_lay_and_how_long(own, client_as):
    petition, office = make_petition(own.commune, own.officer), make_user()
    commune, sector = make_body("Đảng ủy xã", level="commune"), make_body("Sở Xây dựng")
    route(petition, office, day(2), commune, due_on=day(5))
    DO[PetitionAct.NOTE](petition, office, day(3))
    route(petition, office, day(9), sector, due_on=day(30))
    answer(petition, office, day(29))
    DO[PetitionAct.TELL](petition, office, day(31))
    client = client_as(Role.OFFICER)
    legs = [("Chờ chuyển xử lý", 2, ""), ("Đảng ủy xã", 7, "quá hạn 4 ngày")]
    assert stretches(client, petition, day(1)) == [("Chờ chuyển xử lý", 1, "")]
    assert stretches(client, petition, day(10)) == [*legs, ("Sở Xây dựng", 1, "còn 20 ngày")]
    assert stretches(client, petition, day(40)) == [
        *legs,
        ("Sở Xây dựng", 20, ""),
        ("Có kết quả, chờ thông tin lại cho địa phương", 2, ""),
    ]
    page = client.get(f"{LIST}{petition.pk}/").content.decode()
    assert "không tính vào thời gian của cơ quan tỉnh" in page


@pytest.mark.parametrize(
    ("state", "told", "words"),
    [
        (PetitionState.NEW, False, "Văn phòng xem xét, chuyển đến cơ quan có thẩm quyền"),
        (PetitionState.ROUTED, False, "trả lời chậm nhất ngày"),
        (PetitionState.RESOLVED, False, "thông tin lại cho xã"),
        (PetitionState.UNDER_RESOURCED, False, "theo dõi lộ trình"),
        (PetitionState.OUT_OF_COMPETENCE, False, "có thể chuyển đến cơ quan có thẩm quyền"),
        (PetitionState.RESOLVED, True, "Đã kết thúc"),
    ],
)
def test_the_page_says_what_comes_next(own, client_as, state, told, words):
    petition = bring(make_petition(own.commune, own.officer), state, told=told)
    assert words in client_as(Role.OFFICER).get(f"{LIST}{petition.pk}/").content.decode()


def test_the_history_has_who_when_and_what(own, client_as):
    petition = make_petition(own.commune, own.officer)
    leader = make_user(Role.LEADER, full_name="Sơn Thị Lãnh Đạo")
    DO[PetitionAct.NOTE](petition, leader, day(2))
    page = client_as(Role.OFFICER).get(f"{LIST}{petition.pk}/").content.decode()
    assert "Sơn Thị Lãnh Đạo" in page
    assert f"17:00 ngày {day(2):%d/%m/%Y}" in page
    assert "Đã gọi nhắc" in page


def test_sources_lead_back_only_to_what_one_may_open(own, client_as):
    visit = make_visit(own.commune)
    heard = make_petition(own.commune, own.officer, source="visit", visit=visit)
    report = make_report(own.officer)
    told = make_petition(own.commune, own.officer, source="report", report=report)
    client = client_as(Role.OFFICER)
    assert f"/di-co-so/{visit.pk}/" in client.get(f"{LIST}{heard.pk}/").content.decode()
    assert f"/bao-cao/{report.pk}/" in client.get(f"{LIST}{told.pk}/").content.decode()
    successor = make_assignment(
        make_officer(user=make_user(Role.OFFICER)), own.commune, role="support"
    )
    page = client_as(successor.officer.user).get(f"{LIST}{told.pk}/").content.decode()
    assert "/bao-cao/" + str(report.pk) not in page


def test_before_it_was_raised_there_is_no_page(own, client_as):
    petition = make_petition(own.commune)
    assert client_as(Role.OFFICE).get(f"{LIST}{petition.pk}/?ngay={day(-1)}").status_code == 404


# --- nothing of another officer's ----------------------------------------------------------------

MARK = "Rạch Gòi"
PAGES = ("", "sua/", "chuyen/", "gia-han/", "tien-do/", "ket-qua/", "trung/", "thong-tin/")
PAGES += ("y-kien/", "rut/")


def test_another_officers_petition_is_nowhere(own, others, client_as):
    theirs = make_petition(others.commune, others.officer, content=f"Nạo vét kênh {MARK}")
    mine = make_petition(own.commune, own.officer, content="Nạo vét kênh Tư Mới")
    matter = make_matter("Nạo vét kênh")
    Petition.objects.update(matter=matter)
    client = client_as(Role.OFFICER)
    for page in PAGES:
        assert client.get(f"{LIST}{theirs.pk}/{page}").status_code == 404, page
        sent = {"edition": "1", "note": "x", "on": "01/06/2023"}
        answered = client.post(f"{LIST}{theirs.pk}/{page}", sent).status_code
        assert answered == (405 if page == "" else 404), page
    assert listed(client) == [mine]
    for query in (
        f"?tim={MARK}",
        f"?dang_bo={others.commune_id}",
        f"?can_bo={others.officer_id}",
        f"?tim={theirs.code}",
    ):
        assert listed(client, query) == [], query
    assert MARK not in client.get(f"{LIST}{mine.pk}/").content.decode()
    cells = [str(value) for row in cells_of(client, "?xuat=xlsx") for value in row]
    assert not [value for value in cells if MARK in value or theirs.code in value]
    page = client.post(
        f"{LIST}them/?dang_bo={own.commune_id}", {"content": f"Nạo vét kênh {MARK}", "field": ""}
    )
    assert theirs.code not in page.content.decode()
    assert client.get(f"{LIST}them/?dang_bo={others.commune_id}").status_code == 404
    assert theirs.events.count() == 1


def test_years_of_others_are_not_offered(own, others, client_as):
    make_petition(others.commune, others.officer, year=1999)
    form = client_as(Role.OFFICER).get(LIST).context["filter_form"]
    assert [key for key, _ in form.fields["nam"].choices] == [""]


# --- as many queries however many rows -----------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
@pytest.mark.parametrize("query", ["", "?tinh_trang=can_tra_loi", "?tinh_trang=qua_han"])
def test_the_list_asks_as_often(own, client_as, django_assert_max_num_queries, role, query):
    for _ in range(2):
        for state in (PetitionState.NEW, PetitionState.ROUTED, PetitionState.RESOLVED):
            bring(make_petition(own.commune, own.officer, matter=make_matter()), state)
    client = client_as(role)
    with django_assert_max_num_queries(12):
        client.get(LIST + query)


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER])
def test_one_asks_as_often(own, client_as, django_assert_max_num_queries, role):
    petition = make_petition(own.commune, own.officer, matter=make_matter())
    office = make_user()
    for number in range(3):
        make_petition(own.commune, matter=petition.matter)
        route(petition, office, day(2 * number))
        DO[PetitionAct.NOTE](petition, office, day(2 * number))
        answer(petition, office, day(2 * number + 1))
        DO[PetitionAct.REOPEN](petition, office, day(2 * number + 1))
    client = client_as(role)
    with django_assert_max_num_queries(12):
        client.get(f"{LIST}{petition.pk}/")


def test_an_earlier_day_does_not_know_of_a_later_duplicate(client_as, users):
    first, second = make_petition(), make_petition()
    repeated = DO[PetitionAct.MARK_DUPLICATE](first, users[Role.OFFICE], day(2))
    main = repeated.duplicate_of
    client = client_as(Role.OFFICE)

    def beside(petition, on):
        context = client.get(f"/kien-nghi/{petition.pk}/?ngay={on}").context
        return [one.petition for one in (*context["duplicates"], *context["duplicate_of"])]

    assert (beside(first, day(1)), beside(main, day(1))) == ([], [])
    assert (beside(first, day(2)), beside(main, day(2))) == ([main], [first])
    assert beside(second, day(2)) == []
