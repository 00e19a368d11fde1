"""Giving, ending and handing over several assignments under one decision, through the pages."""

import datetime as dt

import pytest

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Decision, Officer
from assignments.officer_field import Candidates
from tests.factories import make_assignment, make_commune, make_officer

DECISION = {"decision_number": "77-QĐ/TU", "decision_date": "05/11/2026", "signer": "Trần Văn Ký"}


@pytest.fixture
def office(client_as):
    return client_as(Role.OFFICE)


def posted(rows: dict, **fields) -> dict:
    return {"on": "20/11/2026", "role": "main", **DECISION, **rows, **fields}


def typed(officer: Officer) -> str:
    """Give what choosing an officer from the suggestions writes into the field."""
    labels = Candidates(dt.date(2026, 11, 20)).by_label
    return next(label for label, candidate in labels.items() if candidate == officer)


def to_assign(communes: list, officers: list) -> dict:
    """Give the fields of the rows: an officer (or nobody) for each commune."""
    fields = (f"officer_{commune.pk}" for commune in communes)
    picks = (typed(officer) if officer else "" for officer in officers)
    return {"dang_bo": [c.pk for c in communes], **dict(zip(fields, picks, strict=True))}


def to_hand_over(rows: list, officers: list) -> dict:
    """Give the fields of the rows: who takes each assignment."""
    pairs = zip(rows, officers, strict=True)
    picks = {f"officer_{row.pk}": typed(officer) for row, officer in pairs}
    return {"pc": [row.pk for row in rows], **picks}


def text(response) -> str:
    return response.content.decode()


def test_form_offers_the_uncovered_and_not_who_has_left(office):
    make_assignment(commune=make_commune("Đã Có"))
    make_commune("Còn Trống")
    make_officer("Phạm Đã Nghỉ", left_on=dt.date(2026, 1, 1))
    make_officer("Phạm Còn Làm")
    page = office.get("/phan-cong/giao/")
    assert [row["record"].name for row in page.context["rows"]] == ["Còn Trống"]
    assert "Phạm Còn Làm" in text(page)
    assert "Phạm Đã Nghỉ" not in text(page)


def test_two_communes_under_one_decision(office):
    communes, officer = [make_commune(), make_commune()], make_officer()
    rows = to_assign(communes, [officer, officer])
    assert office.post("/phan-cong/giao/", posted(rows)).status_code == 302
    made = Assignment.objects.all()
    assert {row.commune for row in made} == set(communes)
    assert {row.opening_decision.number for row in made} == {"77-QĐ/TU"}
    assert Decision.objects.count() == 1
    assert AuditEvent.objects.filter(verb=Verb.ASSIGN).count() == 2
    assert "Trần Thị Thử" in AuditEvent.objects.filter(verb=Verb.ASSIGN).first().actor


def test_one_bad_row_writes_nothing_and_keeps_what_was_typed(office):
    taken = make_assignment().commune
    free, officer = make_commune(), make_officer("Lê Văn Mới")
    rows = to_assign([taken, free], [officer, officer])
    page = office.post("/phan-cong/giao/", posted(rows))
    assert page.status_code == 200
    assert "Đảng bộ này đã có cán bộ phụ trách chính trong thời gian đó." in text(page)
    assert 'value="77-QĐ/TU"' in text(page)
    assert f'value="{typed(officer)}"' in text(page)
    assert Assignment.objects.count() == 1
    assert not Decision.objects.filter(number="77-QĐ/TU").exists()


def test_the_reason_stands_at_the_row_it_is_about(office):
    taken = make_assignment(commune=make_commune("Đã Có Người")).commune
    free, officer = make_commune("An Trống"), make_officer()
    rows = to_assign([free, taken], [officer, officer])
    page = office.post("/phan-cong/giao/", posted(rows))
    errors = {row["record"].name: row["errors"] for row in page.context["rows"]}
    assert errors["An Trống"] == []
    assert len(errors["Đã Có Người"]) == 1


def test_empty_rows_are_skipped_but_not_all_of_them(office):
    communes = [make_commune(), make_commune()]
    rows = to_assign(communes, [None, None])
    page = office.post("/phan-cong/giao/", posted(rows))
    assert "Ghi cán bộ cho ít nhất một dòng." in text(page)
    rows = to_assign(communes, [None, make_officer()])
    office.post("/phan-cong/giao/", posted(rows))
    assert Assignment.objects.get().commune == communes[1]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("on", "31/02/2026", "Ngày không hợp lệ"),
        ("on", "", "Cần ghi ngày."),
        ("decision_number", "\u202e\ufeff", "Cần ghi số quyết định."),
        ("decision_date", "hôm qua", "Ngày không hợp lệ"),
        ("role", "chu-tich", "không nằm trong các lựa chọn"),
        ("on", "20/11/0206", "Ngày phải từ năm 1945 đến năm 2100."),
        ("decision_date", "01/01/9999", "Ngày phải từ năm 1945 đến năm 2100."),
        ("officer_{}", "Không Có Ai", "Không có cán bộ đang công tác nào khớp"),
        ("until", "01/01/2020", "Ngày thôi phải sau ngày bắt đầu."),
        ("until", "01/12/2026", "Chỉ ghi ngày thôi khi vai trò là phụ trách tạm thời."),
    ],
)
def test_bad_fields_get_a_sentence(office, field, value, sentence):
    commune = make_commune()
    rows = to_assign([commune], [make_officer()])
    page = office.post("/phan-cong/giao/", posted(rows) | {field.format(commune.pk): value})
    assert page.status_code == 200
    assert sentence in text(page)
    assert not Assignment.objects.exists()


def test_temporary_cover_ends_by_itself(office):
    main = make_assignment()
    rows = to_assign([main.commune], [make_officer()])
    office.post("/phan-cong/giao/", posted(rows, role="cover", until="01/12/2026"))
    cover = Assignment.objects.get(role=AssignmentRole.COVER)
    assert (cover.ended_on, cover.end_reason) == (dt.date(2026, 12, 1), EndReason.COVER_ENDED)


def test_end_shows_the_gap_and_keeps_the_history(office):
    rows = [make_assignment(), make_assignment()]
    data = posted({"pc": [row.pk for row in rows]}, end_reason="retired", on="01/11/2026")
    assert office.post("/phan-cong/thoi/", data).status_code == 302
    for row in rows:
        row.refresh_from_db()
        assert (row.ended_on, row.end_reason) == (dt.date(2026, 11, 1), EndReason.RETIRED)
    listed = office.get("/phan-cong/?tinh_trang=da_thoi&ngay=2026-11-01")
    assert listed.context["page"].paginator.count == 2


def test_whoever_has_left_can_still_be_ended(office):
    """DESIGN §10, mistake 7: eligibility is not asked again when closing."""
    officer = make_officer(left_on=dt.date(2026, 6, 1))
    row = make_assignment(officer=officer)
    office.post("/phan-cong/thoi/", posted({"pc": [row.pk]}, end_reason="retired"))
    row.refresh_from_db()
    assert row.ended_on == dt.date(2026, 11, 20)


def test_all_of_an_officer_at_once(office):
    officer = make_officer()
    for _ in range(3):
        make_assignment(officer=officer)
    page = office.get(f"/phan-cong/ban-giao/?can_bo={officer.pk}")
    assert len(page.context["rows"]) == 3


def test_hand_over_is_both_or_neither(office):
    row, successor = make_assignment(), make_officer("Võ Thị Nhận")
    data = posted(to_hand_over([row], [successor]), end_reason="replaced")
    office.post("/phan-cong/ban-giao/", data)
    row.refresh_from_db()
    new = Assignment.objects.get(officer=successor)
    assert row.ended_on == new.started_on == dt.date(2026, 11, 20)
    assert row.closing_decision == new.opening_decision


def test_hand_over_to_oneself_is_refused(office):
    row = make_assignment()
    data = posted(to_hand_over([row], [row.officer]), end_reason="replaced")
    page = office.post("/phan-cong/ban-giao/", data)
    assert "Người nhận bàn giao phải là đồng chí khác." in text(page)


def test_a_row_that_went_away_moves_no_officer_to_another_row(office):
    """While the page was open somebody else ended its first row."""
    rows = [make_assignment(officer=make_officer(name)) for name in ("An", "Bình", "Châu")]
    successors = [make_officer(f"Người Nhận {number}") for number in range(3)]
    data = posted(to_hand_over(rows, successors), end_reason="replaced")
    rows[0].ended_on, rows[0].end_reason = dt.date(2026, 1, 1), EndReason.RETIRED
    rows[0].save()
    page = office.post("/phan-cong/ban-giao/", data)
    assert "có dòng vừa được người khác thay đổi" in text(page)
    assert [row["record"] for row in page.context["rows"]] == rows[1:]
    assert not Assignment.objects.filter(officer__in=successors).exists()
    office.post("/phan-cong/ban-giao/", data | to_hand_over(rows[1:], successors[1:]))
    taken = Assignment.objects.filter(officer__in=successors).order_by("officer_id")
    assert [row.commune for row in taken] == [row.commune for row in rows[1:]]


@pytest.mark.parametrize("address", ["giao", "thoi", "ban-giao"])
@pytest.mark.parametrize(
    "value", ["abc", "-1", "99999999999999999999", "9" * 5_000, "1;drop", "²", ""]
)
def test_hostile_row_numbers_find_nothing(office, address, value):
    page = office.get(f"/phan-cong/{address}/", {"pc": value, "dang_bo": value, "can_bo": value})
    assert page.status_code == 200


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICER, Role.ASSISTANT, Role.ADMIN])
@pytest.mark.parametrize("address", ["giao", "thoi", "ban-giao"])
def test_forged_posts_are_refused(users, client_as, role, address):
    row = make_assignment()
    data = posted({"pc": [row.pk], "dang_bo": [row.commune.pk]}, end_reason="retired")
    assert client_as(role).post(f"/phan-cong/{address}/", data).status_code == 403
    row.refresh_from_db()
    assert row.ended_on is None
