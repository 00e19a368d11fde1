"""The pages of evaluations: a cycle opened, each step sent by its form, lists and comparison."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from accounts.enums import Role
from reports.enums import EvaluationState, EvaluationStep, RatingLevel
from reports.models import EvaluationCycle, EvaluationRules
from tests.factories import (
    make_assignment,
    make_attendance,
    make_commune,
    make_evaluation,
    make_officer,
    make_remark,
    make_user,
    make_visit,
)
from tests.reports.evaluation.world import DOCUMENT, STARTED, TODAY, put

MOST_QUERIES = 22
PRESELECTED = re.compile(r'<input[^>]*type="radio"[^>]*name="level"[^>]*checked')
CRITERION = {"guidance": "", "DELETE": ""}


def url(page: str, pk: int | None = None) -> str:
    return reverse(f"evaluations:{page}", args=[pk] if pk else [])


def judged(evaluation):
    """Give the one judged criterion."""
    return evaluation.cycle.rules.criteria.get(measure="")


def rated(evaluation, **fields) -> dict[str, object]:
    """Give what a rating form sends."""
    evaluation.refresh_from_db()
    pk = judged(evaluation).pk
    return {
        "edition": evaluation.edition,
        "text": "Bám sát địa bàn",
        "level": RatingLevel.GOOD,
        f"points_{pk}": 35,
        f"note_{pk}": "Sát cơ sở",
        f"documents_{pk}": DOCUMENT,
        **fields,
    }


# --- criteria and cycles -------------------------------------------------------------------------


def rows_of_criteria(*rows: tuple[str, str, int]) -> dict[str, object]:
    """Give what the table of criteria sends: (name, way, weight) each."""
    sent = {"tc-TOTAL_FORMS": len(rows), "tc-INITIAL_FORMS": 0}
    for place, (name, way, weight) in enumerate(rows):
        row = {"name": name, "way": way, "weight": weight, "guidance": ""}
        sent |= {f"tc-{place}-{field}": value for field, value in row.items()}
    return sent


FACTS = {
    "name": "Bộ tiêu chí năm",
    "basis": "Quy định 366-QĐ/TW",
    "excellent_from": 90,
    "good_from": 70,
    "completed_from": 50,
    "excellent_cap": 20,
    "least_days": 30,
}


def test_a_set_of_criteria_is_adopted_in_its_order(client_as):
    rows = rows_of_criteria(("Gương mẫu", "judged", 30), ("Họp", "committee_meetings", 70))
    answer = client_as(Role.OFFICE).post(url("rules_add"), FACTS | rows)
    assert answer.status_code == 302
    adopted = EvaluationRules.objects.get(name="Bộ tiêu chí năm")
    assert [(one.name, one.weight, one.measure) for one in adopted.criteria.all()] == [
        ("Gương mẫu", 30, ""),
        ("Họp", 70, "committee_meetings"),
    ]


def test_weights_that_are_no_hundred_come_back_with_the_sum(client_as):
    rows = rows_of_criteria(("Gương mẫu", "judged", 30), ("Họp", "committee_meetings", 60))
    page = client_as(Role.OFFICE).post(url("rules_add"), FACTS | rows).content.decode()
    assert "phải bằng 100; hiện là 90" in page
    assert "<b>90</b>/100" in page
    assert not EvaluationRules.objects.exists()


def test_the_suggested_criteria_are_a_hundred_and_a_copy_is_one_too(client_as, world):
    office = client_as(Role.OFFICE)
    assert "<b>100</b>/100" in office.get(url("rules_add")).content.decode()
    rules = world.evaluation.cycle.rules
    page = office.get(url("rules_add"), {"tu": rules.pk}).content.decode()
    assert f"{rules.name} (sửa đổi)" in page
    assert "Gương mẫu, sát cơ sở" in page


def test_a_set_no_longer_used_says_so(client_as, world):
    rules = world.evaluation.cycle.rules
    client_as(Role.OFFICE).post(url("rules_retire", rules.pk), {"on": "01/01/2024"})
    assert "Thôi dùng từ 01/01/2024" in client_as(Role.OFFICER).get(url("rules")).content.decode()


def cycle_fields(rules) -> dict[str, object]:
    return {
        "kind": "half_year",
        "name": "6 tháng đầu năm 2023",
        "started_on": "01/01/2023",
        "last_day": "30/06/2023",
        "self_rating_due_on": "10/07/2023",
        "rules": rules.pk,
    }


def test_a_cycle_is_opened_after_telling_who_is_in_it_and_who_not(client_as, world):
    late = make_officer("Lý Văn Muộn")
    make_assignment(late, make_commune(), started_on=STARTED.replace(month=6, day=20))
    office, fields = client_as(Role.OFFICE), cycle_fields(world.evaluation.cycle.rules)
    told = office.post(url("cycle_add"), fields)
    page = told.content.decode()
    assert "Thạch Văn Bình" in page
    assert "Giữ địa bàn 11 ngày trong kỳ, ít hơn 30 ngày." in page
    assert not EvaluationCycle.objects.filter(kind="half_year").exists()
    previewed = told.context["form"].told_of
    assert office.post(url("cycle_add"), fields | {"previewed": previewed}).status_code == 302
    opened = EvaluationCycle.objects.get(kind="half_year")
    assert [one.officer for one in opened.evaluations.all()] == [world.officer]


def test_what_was_told_of_other_days_is_told_again(client_as, world):
    office, fields = client_as(Role.OFFICE), cycle_fields(world.evaluation.cycle.rules)
    previewed = office.post(url("cycle_add"), fields).context["form"].told_of
    changed = fields | {"last_day": "31/05/2023", "previewed": previewed}
    assert office.post(url("cycle_add"), changed).status_code == 200
    assert not EvaluationCycle.objects.filter(kind="half_year").exists()


def test_days_in_the_wrong_order_are_told_at_the_last_day(client_as, world):
    fields = cycle_fields(world.evaluation.cycle.rules) | {"last_day": "30/06/2022"}
    form = client_as(Role.OFFICE).post(url("cycle_add"), fields).context["form"]
    assert "last_day" in form.errors


# --- steps by their forms ------------------------------------------------------------------------


def test_every_step_through_its_page(client_as, world):
    evaluation = world.evaluation
    officer, office, leader = map(client_as, (Role.OFFICER, Role.OFFICE, Role.LEADER))

    def send(client, page: str, state: EvaluationState, **fields) -> None:
        evaluation.refresh_from_db()
        sent = {"edition": evaluation.edition, **fields}
        answer = client.post(url(page, evaluation.pk), sent)
        assert answer.status_code == 302, answer.context["form"].errors
        evaluation.refresh_from_db()
        assert evaluation.state == state

    send(officer, "rate", EvaluationState.SELF_RATED, **rated(evaluation))
    send(office, "return_rating", EvaluationState.OPEN, reason="Ghi rõ hơn")
    assert "Ghi rõ hơn" in officer.get(url("rate", evaluation.pk)).content.decode()
    send(officer, "rate", EvaluationState.SELF_RATED, **rated(evaluation))
    remark = {"commune": world.commune.pk, "document": "15-CV/ĐU", "given_on": "05/07/2023"}
    answer = office.post(url("remark_add", evaluation.pk), remark | {"content": "Sát cơ sở"})
    assert answer.status_code == 302
    send(office, "propose", EvaluationState.PROPOSED, **rated(evaluation))
    send(leader, "return_proposal", EvaluationState.SELF_RATED, reason="Xem lại điểm")
    send(office, "propose", EvaluationState.PROPOSED, **rated(evaluation))
    decided = {"level": "good", "reason": "Đồng ý", "number": "9-TB/TU", "day": "20/07/2023"}
    send(leader, "decide", EvaluationState.DECIDED, **decided)
    send(office, "release", EvaluationState.RELEASED)
    assert "Đồng ý" in officer.get(url("detail", evaluation.pk)).content.decode()
    send(officer, "object", EvaluationState.RELEASED, text="Đề nghị xem lại")
    send(leader, "reconsider", EvaluationState.PROPOSED, reason="Có ý kiến khác")
    page = office.get(url("detail", evaluation.pk)).content.decode()
    for words in ("Ghi rõ hơn", "Xem lại điểm", "Có ý kiến khác", "15-CV/ĐU"):
        assert words in page


def test_records_of_the_cycle_are_offered_and_cited(client_as, world):
    evaluation = world.evaluation
    own = make_attendance(world.officer, make_visit(world.commune, visited_on=STARTED))
    other = make_attendance(visit=make_visit(visited_on=STARTED))
    office, pk = client_as(Role.OFFICE), judged(evaluation).pk
    page = office.get(url("propose", evaluation.pk)).content.decode()
    assert f'value="attendance-{own.pk}"' in page
    assert f'value="attendance-{other.pk}"' not in page
    late = {"unrated_reason": "Đi học", f"documents_{pk}": ""}
    sent = rated(evaluation, **late, **{f"cited_{pk}": f"attendance-{own.pk}"})
    assert office.post(url("propose", evaluation.pk), sent).status_code == 302
    citation = evaluation.scores.get().citations.get()
    assert citation.attendance == own
    shown = office.get(url("detail", evaluation.pk)).content.decode()
    assert f'href="/di-co-so/{own.visit_id}/"' in shown


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"documents": ""}, "Chọn ít nhất một bản ghi hoặc ghi một văn bản làm minh chứng."),
        ({"points": 41}, "Ghi một số từ 0 đến 40."),
        ({"cited": "attendance-999"}, "Bản ghi đã chọn không còn dẫn được."),
        ({"documents": "x" * 201}, "Mỗi dòng ghi không quá 200 ký tự."),
    ],
)
def test_a_rating_that_is_not_whole_comes_back_at_its_field(client_as, world, fields, sentence):
    pk = judged(world.evaluation).pk
    sent = rated(world.evaluation, **{f"{name}_{pk}": value for name, value in fields.items()})
    page = client_as(Role.OFFICER).post(url("rate", world.evaluation.pk), sent).content.decode()
    assert sentence in page
    assert "Bám sát địa bàn" in page  # what was typed is still there
    assert world.fresh().state == EvaluationState.OPEN


def test_a_level_must_be_chosen_by_the_one_who_decides(client_as, world):
    evaluation = put(world.evaluation, EvaluationState.PROPOSED)
    sent = {"edition": evaluation.edition, "reason": "Đồng ý", "day": "20/07/2023"}
    page = client_as(Role.LEADER).post(url("decide", evaluation.pk), sent).content.decode()
    assert "Chọn một mức xếp loại." in page
    assert world.fresh().state == EvaluationState.PROPOSED


def test_what_somebody_else_did_meanwhile_is_told_and_sent_again(client_as, world):
    evaluation, leader = put(world.evaluation, EvaluationState.PROPOSED), client_as(Role.LEADER)
    sent = {"edition": evaluation.edition + 7, "level": "good", "reason": "Đồng ý"}
    sent |= {"day": "20/07/2023"}
    answer = leader.post(url("decide", evaluation.pk), sent)
    assert "vừa được cập nhật" in answer.content.decode()
    sent["edition"] = answer.context["form"]["edition"].value()
    assert leader.post(url("decide", evaluation.pk), sent).status_code == 302


RATING_PAGES = (
    (Role.OFFICER, "rate", EvaluationState.OPEN),
    (Role.OFFICE, "propose", EvaluationState.SELF_RATED),
    (Role.LEADER, "decide", EvaluationState.PROPOSED),
)


@pytest.mark.parametrize(("role", "page", "state"), RATING_PAGES)
def test_no_level_is_chosen_beforehand(client_as, world, role, page, state):
    """Not after a return either: what was proposed or said before is not chosen again."""
    evaluation = put(world.evaluation, state)
    evaluation.self_level = evaluation.proposed_level = RatingLevel.GOOD
    evaluation.self_text = evaluation.proposal_text = "Đã làm"
    evaluation.save()
    shown = client_as(role).get(url(page, evaluation.pk)).content.decode()
    assert shown.count('name="level"') == len(RatingLevel)
    assert not PRESELECTED.search(shown)


def test_what_cannot_be_done_now_is_told_instead_of_the_form(client_as, world):
    page = client_as(Role.LEADER).get(url("decide", world.evaluation.pk)).content.decode()
    assert "không thực hiện được việc “Quyết định”" in page
    assert 'name="level"' not in page


def test_a_remark_is_taken_back(client_as, world):
    remark = make_remark(world.evaluation, commune=world.commune, content="Ghi nhầm chỗ này")
    office = client_as(Role.OFFICE)
    assert "Ghi nhầm chỗ này" in office.get(url("detail", world.evaluation.pk)).content.decode()
    office.post(url("remark_withdraw", remark.pk), {"reason": "Nhầm Đảng bộ"})
    assert "Ghi nhầm chỗ này" not in office.get(url("detail", world.evaluation.pk)).content.decode()


# --- lists ---------------------------------------------------------------------------------------


def more_of(world, count: int, state: EvaluationState = EvaluationState.OPEN) -> list:
    made = []
    for place in range(count):
        officer = make_officer(f"Trần Văn Thêm {place}")
        make_assignment(officer, make_commune())
        made.append(put(make_evaluation(officer, cycle=world.evaluation.cycle), state))
    return made


def test_the_list_is_filtered_and_written_to_excel_as_shown(client_as, world):
    more_of(world, 2, EvaluationState.DECIDED)
    leader, address = client_as(Role.LEADER), url("cycle", world.evaluation.cycle_id)
    asked = {"tinh_trang": "decided"}
    assert len(leader.get(address, asked).context["rows"]) == 2
    assert len(leader.get(address, {"muc": "chua"}).context["rows"]) == 1
    assert len(leader.get(address, {"tim": "thach binh"}).context["rows"]) == 1
    file = b"".join(leader.get(address, asked | {"xuat": "xlsx"}).streaming_content)
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(file)).active for cell in row]
    assert cells.count("Hoàn thành tốt nhiệm vụ") >= 4  # proposed and decided of both
    assert "Thạch Văn Bình" not in cells


def test_several_are_released_together_or_none(client_as, world):
    office, cycle = client_as(Role.OFFICE), world.evaluation.cycle_id
    decided = more_of(world, 2, EvaluationState.DECIDED)
    keys = [one.pk for one in decided]
    asked = office.get(url("cycle_release", cycle), {"dg": keys}).content.decode()
    assert all(one.officer.full_name in asked for one in decided)
    office.post(url("cycle_release", cycle), {"dg": [*keys, world.evaluation.pk]})
    for one in decided:
        one.refresh_from_db()
        assert one.state == EvaluationState.RELEASED
    assert world.fresh().state == EvaluationState.OPEN  # it was not decided


def test_the_share_of_the_best_level_is_pointed_out(client_as, world):
    evaluation = put(world.evaluation, EvaluationState.PROPOSED)
    evaluation.proposed_level = RatingLevel.EXCELLENT
    evaluation.save()
    page = client_as(Role.LEADER).get(url("cycle", evaluation.cycle_id)).content.decode()
    assert "cao hơn tỷ lệ cần lưu ý 20%" in page


def test_ones_own_is_not_in_the_list_of_who_sees_all(client_as, world):
    leader = make_user(Role.LEADER)
    own = more_of(world, 1, EvaluationState.DECIDED)[0]
    own.officer.user = leader
    own.officer.save()
    rows = client_as(leader).get(url("cycle", own.cycle_id)).context["rows"]
    assert [row.record for row in rows] == [world.evaluation]


LISTS = ("list", "rules", "cycle", "cycle_compare")


@pytest.mark.parametrize("page", LISTS)
def test_lists_ask_as_often_however_many(client_as, world, django_assert_max_num_queries, page):
    more_of(world, 1, EvaluationState.PROPOSED)
    pk = world.evaluation.cycle_id if page.startswith("cycle") else None
    leader = client_as(Role.LEADER)
    leader.get(url(page, pk))
    with django_assert_max_num_queries(MOST_QUERIES) as before:
        leader.get(url(page, pk))
    more_of(world, 4, EvaluationState.PROPOSED)
    with django_assert_max_num_queries(len(before)):
        leader.get(url(page, pk))


def test_only_like_is_put_beside_like_in_the_order_of_names(client_as, world):
    more_of(world, 2)
    busy = make_officer("An Nhiều Xã")
    for _ in range(3):
        make_assignment(busy, make_commune())
    make_evaluation(busy, cycle=world.evaluation.cycle)
    answer = client_as(Role.LEADER).get(url("cycle_compare", world.evaluation.cycle_id))
    groups = [[row.shown.officer for row in group.rows] for group, *_ in answer.context["groups"]]
    assert groups == [
        ["Trần Văn Thêm 0", "Trần Văn Thêm 1", "Thạch Văn Bình"],
        ["An Nhiều Xã"],
    ]


# --- an officer's own ----------------------------------------------------------------------------


def test_an_officer_sees_only_how_far_their_own_may_be_known(client_as, world):
    officer = client_as(Role.OFFICER)
    put(world.evaluation, EvaluationState.DECIDED)
    page = officer.get(url("list")).content.decode()
    assert "Đang xem xét" in page
    assert "Đã quyết định" not in page
    shown = officer.get(url("detail", world.evaluation.pk)).content.decode()
    assert "Đang xem xét" in shown
    assert "Đã quyết định" not in shown


@pytest.mark.parametrize("role", Role)
def test_an_officers_page_has_the_part_for_who_may_know(client_as, world, role):
    page = client_as(role).get(
        reverse("reports:officer_detail", args=[world.officer.pk]), {"muc": "danh-gia"}
    )
    may_know = role in (Role.LEADER, Role.OFFICE, Role.OFFICER)
    assert ("muc=danh-gia" in page.content.decode()) == may_know
    assert ("evaluations" in page.context) == may_know


def test_nothing_is_done_from_a_page_of_another_day(client_as, world):
    put(world.evaluation, EvaluationState.PROPOSED)
    address = url("detail", world.evaluation.pk)
    leader = client_as(Role.LEADER)
    assert "Quyết định…" in leader.get(address).content.decode()
    past = leader.get(address, {"ngay": TODAY.isoformat()}).content.decode()
    assert "Quyết định…" not in past


def test_every_number_is_one_click_from_its_records(client_as, world):
    leader = client_as(Role.LEADER)
    shown = leader.get(url("detail", world.evaluation.pk)).context["shown"]
    lines = [line.measured.address for line in shown.evidence.lines if line.measured]
    addresses = [*lines, *(count.address for count in shown.evidence.counts)]
    assert len(addresses) > 5
    for address in addresses:
        assert f"can_bo={world.officer.pk}" in address
        assert leader.get(address).status_code == 200


@pytest.mark.parametrize("step", [EvaluationStep.RATE_ONESELF, EvaluationStep.OBJECT])
def test_who_assists_takes_no_step_for_the_officer(client_as, world, step):
    page = {EvaluationStep.RATE_ONESELF: "rate", EvaluationStep.OBJECT: "object"}[step]
    assert client_as(Role.ASSISTANT).get(url(page, world.evaluation.pk)).status_code == 404


def test_who_was_assigned_later_is_added_by_a_button(client_as, world):
    missed = make_officer("Sơn Hiền")
    make_assignment(missed)
    office, address = client_as(world.users[Role.OFFICE]), url("cycle", world.evaluation.cycle_id)
    assert "Bổ sung cán bộ" in office.get(address).content.decode()
    answer = office.post(url("cycle_complete", world.evaluation.cycle_id), follow=True)
    assert "Đã bổ sung vào kỳ đánh giá: Sơn Hiền." in answer.content.decode()
    assert missed.evaluations.get().cycle_id == world.evaluation.cycle_id
    assert "Bổ sung cán bộ" not in office.get(address).content.decode()


def test_the_office_types_a_paper_rating_on_the_page_that_says_so(client_as, world):
    office, rate = client_as(world.users[Role.OFFICE]), url("rate", world.evaluation.pk)
    assert office.get(rate).status_code == 403
    world.officer.user = None
    world.officer.save()
    assert "ghi theo bản giấy" in office.get(rate).content.decode()
    assert client_as(world.users[Role.LEADER]).get(rate).status_code == 403
