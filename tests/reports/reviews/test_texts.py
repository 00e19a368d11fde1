"""Writing the report's texts: kept instead of the draft, never over what somebody else wrote."""

import pytest

from accounts.enums import Role
from accounts.models import AuditEvent
from reports.freezing import frozen_values
from reports.models import Review
from reports.reviews.parts import PARTS, draft_of
from tests.factories import make_review
from tests.reports.reviews.conferences import frozen_review

PART = "nguyen_nhan"


@pytest.fixture
def frozen(users):
    return frozen_review(users[Role.OFFICE])


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def address(frozen) -> str:
    return f"/so-ket/{frozen.review_id}/noi-dung/"


def sent(frozen, **changed) -> dict[str, str]:
    """Give what the page sends: every part with the text it was begun from, and ``changed``."""
    review = Review.objects.get()
    numbers = frozen_values(frozen)
    shown = {part.key: review.texts.get(part.key) or draft_of(part, numbers) for part in PARTS}
    return {**shown, **{f"initial-{key}": text for key, text in shown.items()}, **changed}


def test_only_what_was_changed_is_kept(frozen, office):
    office.post(address(frozen), sent(frozen, **{PART: "Địa bàn rộng.\r\n\r\nĐi lại khó."}))
    review = Review.objects.get()
    assert review.texts == {PART: "Địa bàn rộng.\nĐi lại khó."}
    assert review.edition == 2
    told = AuditEvent.objects.order_by("pk").last()
    assert told.after == {"Nguyên nhân": "Địa bàn rộng.\nĐi lại khó."}


def test_saving_without_a_change_writes_nothing(frozen, office):
    before = AuditEvent.objects.count()
    assert office.post(address(frozen), sent(frozen)).status_code == 302
    assert Review.objects.get().edition == 1
    assert AuditEvent.objects.count() == before


def test_the_draft_is_used_again(frozen, office):
    office.post(address(frozen), sent(frozen, mo_dau="Viết khác."))
    assert "mo_dau" in Review.objects.get().texts
    office.post(address(frozen), sent(frozen, lai_mo_dau="on"))
    assert Review.objects.get().texts == {}
    office.post(address(frozen), sent(frozen, mo_dau="Viết khác."))
    office.post(address(frozen), sent(frozen, mo_dau=""))
    assert Review.objects.get().texts == {}


def test_two_texts_of_one_part_are_both_shown(frozen, office):
    mine = sent(frozen, **{PART: "Của tôi"})
    office.post(address(frozen), sent(frozen, **{PART: "Của đồng chí khác"}))
    page = office.post(address(frozen), mine).text
    assert "Của tôi" in page
    assert "Của đồng chí khác" in page
    assert "vừa được người khác cập nhật" in page
    assert Review.objects.get().texts == {PART: "Của đồng chí khác"}


def test_two_who_write_different_parts_do_not_disturb_each_other(frozen, office):
    mine = sent(frozen, **{PART: "Của tôi"})
    office.post(address(frozen), sent(frozen, gop_y="Góp ý khác"))
    office.post(address(frozen), mine)
    assert Review.objects.get().texts == {PART: "Của tôi", "gop_y": "Góp ý khác"}


def test_the_page_shows_what_the_report_will_say_and_what_is_missing(frozen, office):
    office.post(address(frozen), sent(frozen, gop_y="Có {{ can_bo_dang_phu_trach }}, {{ la }}"))
    page = office.get(address(frozen)).text
    assert "Có 2, [THIẾU: la]" in page
    assert "{{ can_bo_dang_phu_trach }}" in page
    assert "[THIẾU: nguyen_nhan]" in page


def test_before_the_figures_are_frozen_there_is_nothing_to_write(db, office):
    review = make_review()
    answer = office.get(f"/so-ket/{review.pk}/noi-dung/", follow=True)
    assert "Chốt số liệu trước" in answer.text
