"""The regulation's page: what is asked, in force when, counted by which periods; and its forms."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEvent
from assignments.enums import DutyKind
from assignments.models import Regulation
from reports.models import Period
from reports.periods import make_periods
from tests.factories import STARTED_ON, make_duty, make_regulation

DAY = dt.date(2024, 5, 9)
RULES, ADD = reverse("reports:rules"), reverse("reports:regulation_add")
MAKE = reverse("reports:periods_add")


@pytest.fixture(autouse=True)
def the_day_is_fixed(monkeypatch):
    monkeypatch.setattr("accounts.clock.today", lambda: DAY)


@pytest.fixture
def version(db) -> Regulation:
    """Give a version in force since 2021 that asks two things; the periods of 2024 are made."""
    version = make_regulation(DutyKind.COMMITTEE_MEETING, subject="Về phân công theo dõi")
    make_duty(version, kind=DutyKind.CELL_MEETING, required=2, due_day=25, grace_days=5)
    make_periods(year=2024, first_day=1, by=None)
    return version


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def text(response) -> str:
    """Give a page's text without markup, single blanks."""
    return " ".join(response.text.split())


def fields_of(formset, *, since: int = 0) -> dict[str, object]:
    """Give what a browser posts back of a formset left as it is."""
    rows = {
        form[name].html_name: form[name].value()
        for form in formset.forms[since:]
        for name in form.fields
        if form[name].value() is not None
    }
    management = formset.management_form
    return rows | {
        management[name].html_name: management[name].value() for name in management.fields
    }


def typed(client, address: str = ADD, **changes) -> dict[str, object]:
    """Give the whole form of ``address`` filled in rightly but for ``changes``."""
    facts = {
        "number": "12-QC/TU",
        "issued_on": "20/06/2024",
        "started_on": "01/07/2024",
        "subject": "",
        "note": "",
    }
    return facts | fields_of(client.get(address).context["formset"]) | changes


def confirmed(client, address: str = ADD, **changes):
    """Post the form, then post it again as the page that told the periods would."""
    values = typed(client, address, **changes)
    told = client.post(address, values)
    assert told.status_code == 200
    assert "Chưa ghi." in told.text
    return client.post(address, values | {"previewed": values["started_on"]})


# --- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_everybody_reads_what_is_asked(version, client_as, role):
    page = text(client_as(role).get(RULES))
    assert "Quy chế số 10-QC/TU, ngày 19/10/2021" in page
    assert "Đang có hiệu lực" in page
    assert "ngày 25 của tháng cuối kỳ" in page
    assert "Quý II/2024" in page
    assert ("Lập phiên bản mới" in page) == (role == Role.OFFICE)


def test_versions_stand_newest_first_with_their_state(version, office):
    make_regulation(
        DutyKind.FIELD_VISIT, number="9-QC/TU", started_on=dt.date(2020, 1, 1), ended_on=STARTED_ON
    )
    version.ended_on = dt.date(2024, 7, 1)
    version.save()
    make_regulation(DutyKind.FIELD_VISIT, number="12-QC/TU", started_on=dt.date(2024, 7, 1))
    shown = office.get(RULES).context["versions"]
    assert [(one.number, state.word) for one, state in shown] == [
        ("12-QC/TU", "Chưa có hiệu lực"),
        ("10-QC/TU", "Đang có hiệu lực"),
        ("9-QC/TU", "Hết hiệu lực"),
    ]


def test_each_period_says_by_which_version_it_is_counted(version, office):
    version.ended_on = dt.date(2024, 7, 1)
    version.save()
    later = make_regulation(number="12-QC/TU", started_on=dt.date(2024, 8, 1))
    judged = {str(period): one for period, one, _ in office.get(RULES).context["periods"]}
    assert judged["Năm 2024"] == judged["Quý II/2024"] == version
    assert judged["Quý III/2024"] is None
    assert judged["Quý IV/2024"] == later
    assert "không có quy chế" in office.get(RULES).text


def test_the_periods_of_the_day_are_marked(version, office):
    periods = office.get(RULES).context["periods"]
    marked = [str(period) for period, _, is_current in periods if is_current]
    assert marked == ["Năm 2024", "6 tháng đầu năm 2024", "Quý II/2024", "Tháng 5/2024"]
    assert text(office.get(RULES)).count("gồm ngày đang xem") == 4


def test_a_year_can_be_chosen(version, office):
    make_periods(year=2023, first_day=1, by=None)
    assert office.get(RULES).context["year"] == 2024
    assert office.get(RULES, {"nam": "2023"}).context["year"] == 2023
    assert office.get(RULES, {"nam": "x"}).context["year"] == 2024
    assert office.get(RULES, {"ngay": "2023-05-09"}).context["year"] == 2023


def test_the_page_says_what_is_missing(office):
    page = text(office.get(RULES))
    assert "không có phiên bản quy chế nào có hiệu lực" in page
    assert "Chưa lập kỳ cho ngày này" in page
    assert "Chưa ghi quy chế nào." in page
    make_regulation()
    make_periods(year=2024, first_day=1, by=None)
    assert office.get(RULES).context["missing"] == []
    assert len(office.get(RULES, {"ngay": "2025-01-01"}).context["missing"]) == 1


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_more_versions_and_years_take_no_more_queries(version, office):
    few = queries(office, RULES)
    for year in (2010, 2011, 2012):
        make_regulation(
            *DutyKind,
            number=f"{year}-QC/TU",
            started_on=dt.date(year, 1, 1),
            ended_on=dt.date(year, 12, 1),
        )
        make_periods(year=year, first_day=1, by=None, gaps_accepted=True)
    assert queries(office, RULES) == few <= 12


# --- a new version -------------------------------------------------------------------------------


def test_the_form_starts_from_the_latest_version(version, office):
    rows = office.get(ADD).context["formset"].initial_forms
    assert [(row["kind"].value(), row["required"].value()) for row in rows] == [
        ("committee_meeting", 1),
        ("cell_meeting", 2),
    ]


def test_without_a_version_it_starts_from_the_proposals(office):
    page = office.get(ADD)
    assert len(page.context["formset"].initial_forms) == 6
    assert "chỉ là gợi ý" in page.text


def test_it_first_tells_which_periods_it_concerns_and_writes_nothing(version, office):
    response = office.post(ADD, typed(office, started_on="01/04/2024"))
    preview = response.context["preview"]
    assert [str(one) for one in preview.begun] == ["Tháng 4/2024", "Quý II/2024", "Tháng 5/2024"]
    assert str(preview.ahead[0]) == "Tháng 6/2024"
    assert "Đã bắt đầu, sẽ tính lại:" in response.text
    assert Regulation.objects.get() == version
    assert not AuditEvent.objects.filter(target_key__contains="regulation").exists()


def test_told_of_one_day_it_does_not_write_another(version, office):
    values = typed(office) | {"previewed": "01/06/2024"}
    assert office.post(ADD, values).context["preview"].since == dt.date(2024, 7, 1)
    assert Regulation.objects.get() == version


def test_told_and_confirmed_it_is_written(version, office):
    response = confirmed(office, **{"nv-1-required": "3"})
    assert response.url == RULES
    made = Regulation.objects.get(number="12-QC/TU")
    version.refresh_from_db()
    assert version.ended_on == made.started_on == dt.date(2024, 7, 1)
    assert [duty.required for duty in made.duties.all()] == [1, 3]
    assert [duty.required for duty in version.duties.all()] == [1, 2]
    assert "Đã ghi Quy chế số 12-QC/TU" in office.get(RULES).text


def test_a_duty_is_added_and_one_dropped(version, office):
    extra = {"nv-2-kind": "field_visit", "nv-2-period_kind": "month", "nv-2-required": "2"}
    confirmed(office, **extra, **{"nv-0-DELETE": "on"})
    made = Regulation.objects.get(number="12-QC/TU")
    asked = [(duty.kind, duty.period_kind, duty.required) for duty in made.duties.all()]
    assert asked == [("cell_meeting", "quarter", 2), ("field_visit", "month", 2)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "Cần ghi số, ký hiệu."),
        ({"started_on": "31/02/2024"}, "Ngày không hợp lệ"),
        ({"nv-0-kind": "cell_meeting"}, "Nhiệm vụ này đã có trong cùng loại kỳ."),
        ({"nv-0-kind": "report", "nv-0-required": "2"}, "Mỗi kỳ chỉ có một báo cáo định kỳ."),
        ({"nv-0-required": "0"}, "Giá trị không được nhỏ hơn 1."),
        ({"nv-0-required": ""}, "Chưa ghi ô này."),
        ({"nv-0-DELETE": "on", "nv-1-DELETE": "on"}, "Ghi ít nhất một nhiệm vụ."),
        ({"nv-2-required": "2"}, "Cần chọn nhiệm vụ."),
        ({"nv-TOTAL_FORMS": "x"}, "Trang gửi về thiếu dữ liệu."),
        ({"nv-TOTAL_FORMS": "999"}, "Không ghi quá 16 nhiệm vụ."),
    ],
)
def test_what_is_wrong_is_said_at_its_place(version, office, changes, sentence):
    response = office.post(ADD, typed(office, **changes) | {"previewed": "01/07/2024"})
    assert response.status_code == 200
    assert sentence in text(response)
    assert Regulation.objects.get() == version


def test_a_version_before_the_latest_is_refused_at_the_day(version, office):
    response = confirmed(office, started_on="01/11/2021")
    assert response.context["form"].errors["started_on"] == [
        "Phải sau ngày 01/11/2021, ngày có hiệu lực của phiên bản trước."
    ]
    assert response.context["formset"].initial_forms[1]["required"].value() == "2"


# --- correcting and ending -----------------------------------------------------------------------


@pytest.fixture
def coming(version) -> Regulation:
    """Give a version that comes into force in July: no period has begun under it."""
    version.ended_on = dt.date(2024, 7, 1)
    version.save()
    return make_regulation(DutyKind.FIELD_VISIT, number="12-QC/TU", started_on=dt.date(2024, 7, 1))


def test_a_version_nothing_was_counted_by_is_corrected(version, coming, office):
    address = reverse("reports:regulation_edit", args=[coming.pk])
    assert f'href="{address}"' in office.get(RULES).text
    response = confirmed(office, address, started_on="01/08/2024", **{"nv-0-required": "4"})
    assert response.url == RULES
    coming.refresh_from_db()
    version.refresh_from_db()
    assert coming.started_on == version.ended_on == dt.date(2024, 8, 1)
    assert coming.duties.get().required == 4


def test_a_version_by_which_a_period_is_counted_is_not_corrected(version, office):
    address = reverse("reports:regulation_edit", args=[version.pk])
    assert f'href="{address}"' not in office.get(RULES).text
    values = {"number": "99-QC/TU", "previewed": "01/07/2024"}
    for response in (office.get(address, follow=True), office.post(address, values, follow=True)):
        assert "hãy lập phiên bản mới" in text(response)
    version.refresh_from_db()
    assert version.number == "10-QC/TU"


def test_a_version_ends_once_the_page_has_told_what_is_left_without(version, office):
    address = reverse("reports:regulation_end", args=[version.pk])
    values = {"on": "01/07/2024", "reason": "Bãi bỏ theo 45-QĐ/TU"}
    told = office.post(address, values)
    assert "không còn quy chế để tính" in text(told)
    assert "Quý III/2024" in text(told)
    version.refresh_from_db()
    assert version.ended_on is None
    assert office.post(address, values | {"previewed": "01/07/2024"}).url == RULES
    version.refresh_from_db()
    assert version.ended_on == dt.date(2024, 7, 1)
    assert AuditEvent.objects.latest("pk").reason == "Bãi bỏ theo 45-QĐ/TU"


def test_an_end_that_cannot_be_is_a_sentence(version, office):
    address = reverse("reports:regulation_end", args=[version.pk])
    day = f"{STARTED_ON:%d/%m/%Y}"
    response = office.post(address, {"on": day, "previewed": day, "reason": "Nhầm"})
    assert "Ngày hết hiệu lực phải sau ngày có hiệu lực." in text(response)


# --- periods -------------------------------------------------------------------------------------


def test_a_year_of_periods_is_made_from_the_form(db, office):
    assert office.get(MAKE).context["form"]["year"].value() == 2024
    response = office.post(MAKE, {"year": "2024", "first_day": "15"})
    assert response.url == f"{RULES}?nam=2024"
    assert Period.objects.get(kind="month", number=5).started_on == dt.date(2024, 4, 15)
    assert "Đã lập 19 kỳ của năm 2024." in office.get(response.url).text
    assert office.get(MAKE).context["form"]["year"].value() == 2025


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"year": "2024", "first_day": "1"}, "Năm 2024 đã lập kỳ."),
        ({"year": "2025", "first_day": "15"}, "Bị tính hai lần: từ ngày 15/12/2024"),
        ({"year": "2025", "first_day": "29"}, "Ghi một số từ 1 đến 28."),
        ({"year": "1900", "first_day": "1"}, "Ghi một số từ 1945 đến 2100."),
        ({"year": "hai", "first_day": "1"}, "Ghi một số từ 1945 đến 2100."),
    ],
)
def test_a_year_that_cannot_be_made_is_a_sentence(version, office, values, sentence):
    response = office.post(MAKE, values)
    assert sentence in text(response)
    assert "gaps_accepted" not in response.text
    assert Period.objects.count() == 19


def test_days_left_out_may_be_accepted_once_named(version, office):
    values = {"year": "2026", "first_day": "1"}
    response = office.post(MAKE, values)
    assert "Không thuộc kỳ nào: từ ngày 01/01/2025 đến hết ngày 31/12/2025." in text(response)
    assert "gaps_accepted" in response.text
    office.post(MAKE, values | {"gaps_accepted": "on"})
    assert Period.objects.count() == 38
