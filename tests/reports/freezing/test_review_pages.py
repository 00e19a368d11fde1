"""The pages of a review: planned, frozen, compared, taken back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import DutyKind
from reports.figures import FIGURES
from reports.freezing import freeze
from reports.models import FrozenFigures, Review
from reports.views.reviews import changes
from tests.factories import (
    make_assignment,
    make_pack,
    make_period,
    make_petition,
    make_regulation,
    make_review,
)


@pytest.fixture
def quarter(db):
    make_regulation(DutyKind.COMMITTEE_MEETING, started_on=dt.date(2022, 1, 1))
    make_assignment(started_on=dt.date(2022, 1, 1))
    return make_period()


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def form_of(client, address: str, **changes) -> dict[str, object]:
    """Give what a browser would send of a form left as it is, with ``changes``."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {
        name: value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value
        for name, value in values.items()
        if value is not None
    }
    return sent | changes


def test_a_review_is_planned_of_the_finished_quarters(office, quarter):
    address = reverse("reviews:add")
    response = office.post(address, form_of(office, address, name="Sơ kết năm 2023"))
    review = Review.objects.get()
    assert response.url == reverse("reviews:detail", args=[review.pk])
    assert (review.first_quarter, review.last_quarter) == (quarter, quarter)
    assert review.day == clock.today()
    assert "Ban Thường vụ" in review.recipients
    assert AuditEvent.objects.filter(verb=Verb.CREATE, target__startswith="kỳ sơ kết").exists()


def test_quarters_that_run_backwards_are_refused(office, quarter):
    later = make_period(dt.date(2023, 7, 1), dt.date(2023, 10, 1), number=3)
    address = reverse("reviews:add")
    sent = form_of(office, address, first_quarter=later.pk, last_quarter=quarter.pk)
    assert "Quý cuối phải từ quý đầu trở đi." in office.post(address, sent).text
    assert not Review.objects.exists()


def test_a_day_before_the_last_quarter_is_refused(office, quarter):
    address = reverse("reviews:add")
    response = office.post(address, form_of(office, address, day="31/03/2023"))
    assert "Ngày tính số liệu phải từ ngày đầu của quý cuối trở đi." in response.text


def test_who_was_slower_does_not_write_over_it(office, quarter):
    review = make_review(signer="Trần Văn A")
    address = reverse("reviews:edit", args=[review.pk])
    first = form_of(office, address, signer="Lê Văn B")
    second = form_of(office, address, signer="Võ Văn C")
    assert office.post(address, first).status_code == 302
    assert "vừa được người khác sửa" in office.post(address, second).text
    assert Review.objects.get().signer == "Lê Văn B"
    row = AuditEvent.objects.get(verb=Verb.CHANGE)
    assert (row.before, row.after) == (
        {"người ký": "Trần Văn A"},
        {"người ký": "Lê Văn B"},
    )


def test_the_office_sees_what_it_freezes_and_freezes_it(office, quarter):
    make_petition()
    review = make_review()
    address = reverse("reviews:freeze", args=[review.pk])
    page = office.get(address)
    assert page.text.count("<tr>") == len(FIGURES) + 1
    assert "Quý II/2023: còn 52 ngày" in page.text
    assert not FrozenFigures.objects.exists()
    response = office.post(address, follow=True)
    assert "Số liệu chốt lúc" in response.text
    assert FrozenFigures.objects.get().review == review


def test_what_cannot_be_frozen_is_said(office, quarter):
    review = make_review(day=clock.today() + dt.timedelta(days=1))
    address = reverse("reviews:freeze", args=[review.pk])
    assert "chưa tới nên chưa chốt được" in office.get(address).text
    assert "chưa tới nên chưa chốt được" in office.post(address).text
    assert not FrozenFigures.objects.exists()


def test_a_freeze_is_shown_with_its_parameters_and_checked(client_as, users, quarter):
    frozen = freeze(review=make_review(), by=users[Role.OFFICE], now=clock.now())
    page = client_as(Role.LEADER).get(reverse("reviews:frozen", args=[frozen.pk])).text
    assert "Số liệu còn nguyên như lúc chốt." in page
    assert frozen.checksum in page
    assert "không tính nếu giữ dưới 15 ngày" in page
    assert "ngay=2023-05-09" in page


def test_the_review_says_how_many_figures_changed_and_which(client_as, users, quarter):
    review = make_review()
    frozen = freeze(review=review, by=users[Role.OFFICE], now=clock.now())
    leader = client_as(Role.LEADER)
    hub = reverse("reviews:detail", args=[review.pk])
    assert "mọi chỉ tiêu có giá trị như lần chốt" in leader.get(hub).text
    petition = make_petition()
    page = leader.get(hub).text
    assert "chỉ tiêu có giá trị khác lần chốt" in page
    told = leader.get(reverse("reviews:changes", args=[frozen.pk])).text
    assert f"Kiến nghị số {petition.code}" in told
    assert "Không thấy trong nhật ký." in told  # the factory writes past the services


def test_a_plan_changed_since_the_freeze_is_pointed_out(office, users, quarter):
    review = make_review()
    freeze(review=review, by=users[Role.OFFICE], now=clock.now())
    Review.objects.filter(pk=review.pk).update(day=dt.date(2023, 5, 10))
    page = office.get(reverse("reviews:detail", args=[review.pk])).text
    assert "cần chốt lại trước khi lập tài liệu" in page


def test_a_review_with_papers_stays(office, users, quarter):
    review = make_review()
    make_pack(freeze(review=review, by=users[Role.OFFICE], now=clock.now()))
    address = reverse("reviews:withdraw", args=[review.pk])
    assert "đã lập bộ tài liệu" in office.post(address, {"reason": "Nhầm"}).text
    assert not Review.objects.get().is_withdrawn


def test_a_review_planned_by_mistake_is_taken_back(office, quarter):
    review = make_review()
    address = reverse("reviews:withdraw", args=[review.pk])
    assert office.post(address, {"reason": "Nhầm kỳ"}).status_code == 302
    page = office.get(reverse("reviews:detail", args=[review.pk])).text
    assert "Nhầm kỳ" in page
    assert "Chốt số liệu…" not in page
    assert review.name not in office.get(reverse("reviews:list")).text
    assert review.name in office.get(f"{reverse('reviews:list')}?tinh_trang=da_rut").text


def test_pages_ask_no_more_queries_with_more_rows(client_as, users, quarter):
    review = make_review()
    frozen = freeze(review=review, by=users[Role.OFFICE], now=clock.now())
    leader = client_as(Role.LEADER)
    addresses = [
        reverse("reviews:list"),
        reverse("reviews:detail", args=[review.pk]),
        reverse("reviews:frozen", args=[frozen.pk]),
        reverse("reviews:changes", args=[frozen.pk]),
    ]

    def counted() -> list[int]:
        found = []
        for address in addresses:
            leader.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert leader.get(address).status_code == 200
            found.append(len(captured))
        return found

    make_petition()
    make_assignment(started_on=dt.date(2022, 1, 1))
    few = counted()
    for _ in range(4):
        make_petition()
        make_assignment(started_on=dt.date(2022, 1, 1))
        make_review()
    assert counted() == few
    assert max(few[:3]) <= 12


def test_of_many_changes_the_page_shows_some_and_leads_to_all(
    client_as, users, quarter, monkeypatch
):
    frozen = freeze(review=make_review(), by=users[Role.OFFICE], now=clock.now())
    made = [make_petition() for _ in range(changes.MOST_ITEMS + 2)]
    leader, address = client_as(Role.LEADER), reverse("reviews:changes", args=[frozen.pk])

    def told(page: str) -> list[str]:
        return [one.code for one in made if f"Kiến nghị số {one.code}, " in page]

    overview = leader.get(address).text
    assert told(overview) == [one.code for one in made[: changes.MOST_ITEMS]]
    assert f"Xem đủ {len(made)} mục" in overview
    assert told(leader.get(address, {"chi_tieu": "petitions"}).text) == [one.code for one in made]
    monkeypatch.setattr(changes, "MOST_OF_ONE", len(made) - 1)
    second = leader.get(address, {"chi_tieu": "petitions", "trang": 2}).text
    assert told(second) == [made[-1].code]
    monkeypatch.setattr(changes, "MOST_FIGURES", 1)
    assert leader.get(address).text.count('id="ct-') == 1
