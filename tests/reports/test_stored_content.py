"""What people typed is shown as typed: never markup on a page, never a formula in a file."""

from __future__ import annotations

import datetime as dt
import io
from types import SimpleNamespace
from urllib.parse import quote

import openpyxl
import pytest

from accounts.enums import Role
from assignments.enums import MassOrganisation, NoticeReply, VisitKind
from assignments.models import MassOrganisationNote, NoticeAnswer
from reports.enums import (
    EvaluationState,
    PetitionAct,
    PetitionState,
    RatingLevel,
    ReportKind,
    ReportMove,
    ReportState,
)
from reports.models import SECTIONS, EvaluationRules, PetitionEvent
from tests.factories import (
    DAY,
    make_answer,
    make_answer_file,
    make_assignment,
    make_attachment,
    make_attendance,
    make_body,
    make_cell,
    make_citation,
    make_commune,
    make_conclusion,
    make_contact,
    make_criterion,
    make_cycle,
    make_decision,
    make_directive,
    make_evaluation,
    make_evaluation_event,
    make_field,
    make_follow_up,
    make_frozen,
    make_frozen_figure,
    make_leg,
    make_matter,
    make_notice,
    make_notification,
    make_officer,
    make_petition,
    make_plan,
    make_regulation,
    make_remark,
    make_report,
    make_report_event,
    make_review,
    make_score,
    make_task,
    make_visit,
    make_waiver,
)

MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
SCORED = {"points": 80, "citations": []}
FORMULA = "=cmd|' /C calc'!A0"
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]}
FILES = (
    "/dang-bo/?xuat=xlsx",
    "/can-bo/?xuat=xlsx",
    "/phan-cong/?xuat=xlsx",
    "/di-co-so/?xuat=xlsx",
    "/di-co-so/ke-hoach/?xuat=xlsx&tu=01/01/2023",
    "/di-co-so/giay-moi/?xuat=xlsx",
    "/van-ban/?xuat=xlsx",
    "/mien/?xuat=xlsx",
    "/kien-nghi/?xuat=xlsx",
    "/ket-luan/?xuat=xlsx&tinh_trang=tat_ca",
    "/tong-hop.xlsx",
    "/dang-bo/?xuat=xlsx&tim=%3D1%2B1",
)


@pytest.fixture
def assignment(db):
    """Make an assignment whose every text is hostile; the commune is on the map."""
    return make_assignment(
        make_officer(
            f"{MARKUP} \u202egnp A\u0302\u0323", office=f"{FORMULA} {'x' * 200}", note=MARKUP
        ),
        make_commune(f"@SUM(1) {MARKUP[:60]}", boundary=SQUARE),
        opening_decision=make_decision(FORMULA, signer=MARKUP, subject=MARKUP),
        note=f"+{MARKUP}\x07",
    )


@pytest.fixture
def entry(assignment):
    """Enter a visit whose every text is hostile, with a file of a hostile name."""
    visit = make_visit(assignment.commune, kind=VisitKind.CELL_MEETING, cell_name=MARKUP)
    texts = ("met", "economy", "defence", "politics", "promised", "area_change")
    row = make_attendance(
        assignment.officer,
        visit,
        findings=f"{FORMULA}\n{MARKUP}",
        confirmed_at=None,
        **dict.fromkeys(texts, MARKUP),
    )
    MassOrganisationNote.objects.create(
        attendance=row, organisation=MassOrganisation.WOMEN, note=MARKUP
    )
    make_attachment(row, name=MARKUP)
    return row


@pytest.fixture
def waiver(assignment):
    """Ask for a waiver whose every text is hostile, of one that was accepted with hostile words."""
    officer, commune = assignment.officer, assignment.commune
    accepted = make_waiver(officer, commune, reason=FORMULA, decision_note=MARKUP)
    return make_waiver(
        officer,
        commune,
        accepted.period,
        reason=f"{FORMULA}\n{MARKUP}",
        document=MARKUP,
        is_accepted=None,
        decided_on=None,
    )


@pytest.fixture
def rules(assignment):
    """Make a version, a cell and a contact whose every text is hostile."""
    make_cell(assignment.commune, MARKUP)
    gone = {"ended_on": assignment.started_on, "end_note": MARKUP}
    make_cell(assignment.commune, FORMULA, **gone)
    make_contact(assignment.commune, full_name=MARKUP, office=MARKUP, phone=MARKUP[:30])
    return make_regulation(number=MARKUP[:60], subject=MARKUP, note=f"{FORMULA}\n{MARKUP}")


@pytest.fixture
def ahead(assignment):
    """Plan a visit, invite to a meeting, follow a document: every text of them hostile."""
    officer, commune = assignment.officer, assignment.commune
    lines = f"{FORMULA}\n{MARKUP}"
    notice = make_notice(commune, content=lines, place=FORMULA, held_on=dt.date(2099, 1, 1))
    NoticeAnswer.objects.create(
        notice=notice, officer=officer, reply=NoticeReply.CANNOT, reason=MARKUP
    )
    directive = make_directive(FORMULA, subject=MARKUP, issuer=MARKUP)
    return SimpleNamespace(
        plan=make_plan(officer, commune, purpose=MARKUP, place=FORMULA),
        notice=notice,
        noted=make_follow_up(directive, commune, note=lines),
    )


@pytest.fixture
def told(users):
    """Tell the office something hostile that leads nowhere good."""
    detail = f"{FORMULA}\n{MARKUP} → //xau.example/"
    make_notification(users[Role.OFFICE], title=MARKUP, detail=detail, address="//xau.example/")


@pytest.fixture
def task(assignment):
    """Give a task of a notice whose every text is hostile, done with hostile words."""
    notice = make_conclusion(MARKUP[:60], subject=f"{FORMULA} {MARKUP}")
    done = {"done_on": notice.issued_on, "result": f"{FORMULA}\n{MARKUP}"}
    make_task(notice, content=f"{FORMULA}\n{MARKUP}", body=make_body(MARKUP), **done)
    return make_task(notice, content=MARKUP, officer=assignment.officer)


@pytest.fixture
def reports(assignment):
    """Give a draft and a report sent back, whose every text is hostile."""
    texts = dict.fromkeys(SECTIONS, f"{FORMULA}\n{MARKUP}")
    report = make_report(assignment.officer, state=ReportState.RETURNED, **texts)
    section = {"name": "economy", "label": MARKUP, "text": MARKUP}
    block = {"name": MARKUP, "title": MARKUP, "columns": [MARKUP], "rows": [[MARKUP, MARKUP]]}
    quoted = {"head": MARKUP, "blocks": [block]}
    make_report_event(report, content={"sections": [section], "quoted": quoted})
    sent_back = {"move": ReportMove.RETURN, "state": ReportState.RETURNED, "reason": MARKUP}
    make_report_event(report, **sent_back)
    received = make_report(
        period=report.period, state=ReportState.SUBMITTED, quoted=quoted, **texts
    )
    make_report_event(received, content={"sections": [section], "quoted": quoted})
    urgent = {"kind": ReportKind.URGENT, "subject": MARKUP}
    draft = make_report(assignment.officer, **urgent, **texts)
    return SimpleNamespace(sent_back=report, received=received, draft=draft)


@pytest.fixture
def petition(assignment):
    """Raise a petition, answered and noted, whose every text is hostile."""
    body = make_body(f"{MARKUP[:60]} {FORMULA}")
    field = make_field(f"{FORMULA} {MARKUP[:40]}", body=body, words=MARKUP)
    petition = make_petition(
        assignment.commune,
        assignment.officer,
        content=f"{FORMULA}\n{MARKUP}",
        field=field,
        beneficiary=MARKUP,
        source_note=f"@{MARKUP}",
        matter=make_matter(f"{FORMULA} {MARKUP}", field=field),
    )
    make_leg(petition, body=body, reference=MARKUP[:90])
    answer = make_answer(content=f"{FORMULA}\n{MARKUP}", number=MARKUP[:60], body=body)
    make_answer_file(answer, name=MARKUP)
    PetitionEvent.objects.create(
        petition=petition,
        act=PetitionAct.ANSWER,
        state=PetitionState.NEW,
        happened_on=DAY,
        superseded_on=DAY,
        answer=answer,
        note=MARKUP,
    )
    return petition


@pytest.fixture
def frozen(waiver):
    """Freeze figures whose every text is hostile, and change one since."""
    texts = {"name": MARKUP[:200], "recipients": f"{FORMULA}\n{MARKUP}", "signer": MARKUP[:100]}
    review = make_review(first_quarter=waiver.period, last_quarter=waiver.period, **texts)
    shown = [[MARKUP, MARKUP]]
    parameters = {"day": review.day.isoformat(), "span": waiver.period.code, "shown": shown}
    frozen = make_frozen(review, parameters=parameters)
    make_frozen_figure(frozen, key="petitions", label=MARKUP, sentence=MARKUP, members={"0": 1})
    return frozen


@pytest.fixture
def evaluation(assignment):
    """Propose a level for the officer of the assignment, in hostile words."""
    criteria = EvaluationRules.objects.create(name=MARKUP, basis=FORMULA)
    make_criterion(criteria, name=f"{FORMULA} {MARKUP}", guidance=MARKUP)
    evaluation = make_evaluation(
        assignment.officer,
        cycle=make_cycle(criteria, name=MARKUP),
        state=EvaluationState.PROPOSED,
        self_level=RatingLevel.GOOD,
        self_text=f"{FORMULA}\n{MARKUP}",
        proposed_level=RatingLevel.GOOD,
        proposal_text=MARKUP,
        commendation=MARKUP,
        training_need=FORMULA,
    )
    make_citation(make_score(evaluation, note=MARKUP), document=MARKUP)
    make_remark(evaluation, commune=assignment.commune, content=MARKUP, document=MARKUP)
    said = {"text": MARKUP, "scores": [{**SCORED, "criterion": MARKUP, "note": MARKUP}]}
    make_evaluation_event(evaluation, reason=MARKUP, content=said)
    return evaluation


def test_no_page_of_evaluations_takes_it_for_markup(client_as, evaluation):
    own = f"/danh-gia/{evaluation.pk}/"
    cycle = f"/danh-gia/ky/{evaluation.cycle_id}/"
    pages = {
        Role.OFFICE: (
            *("/danh-gia/", "/danh-gia/tieu-chi/", "/danh-gia/ky/them/"),
            f"/danh-gia/tieu-chi/them/?tu={evaluation.cycle.rules_id}",
            *(cycle, f"{cycle}so-sanh/"),
            *(own, f"{own}de-xuat/", f"{own}nhan-xet/"),
        ),
        Role.LEADER: (f"{own}quyet-dinh/", f"{own}tra-de-xuat/"),
    }
    for role, addresses in pages.items():
        for address in addresses:
            page = client_as(role).get(address).content.decode()
            assert "&lt;script&gt;" in page, address
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address


def test_no_page_takes_it_for_markup(
    client_as, assignment, entry, waiver, rules, ahead, told, task, reports, petition, frozen
):
    officer, commune = assignment.officer_id, assignment.commune_id
    pages = {
        Role.OFFICE: (
            "/",
            "/dang-bo/",
            "/can-bo/",
            "/phan-cong/",
            "/di-co-so/",
            "/di-co-so/cho-xac-nhan/",
            f"/di-co-so/{entry.visit_id}/",
            f"/di-co-so/luot/{entry.pk}/rut/",
            "/di-co-so/ke-hoach/?tu=01/01/2023",
            f"/di-co-so/ke-hoach/{ahead.plan.pk}/bo/",
            f"/di-co-so/ke-hoach/them/?giay_moi={ahead.notice.pk}",
            "/di-co-so/giay-moi/",
            f"/di-co-so/giay-moi/{ahead.notice.pk}/",
            f"/di-co-so/giay-moi/{ahead.notice.pk}/huy/",
            f"/di-co-so/giay-moi/them/?dang_bo={commune}",
            "/van-ban/",
            f"/van-ban/{ahead.noted.directive_id}/?dang_bo={commune}",
            f"/van-ban/{ahead.noted.directive_id}/don-doc/?dang_bo={commune}",
            f"/van-ban/{ahead.noted.directive_id}/thoi/",
            f"/van-ban/don-doc/{ahead.noted.pk}/rut/",
            "/mien/",
            f"/mien/them/?can_bo={officer}",
            f"/mien/{waiver.pk}/quyet-dinh/",
            f"/mien/{waiver.pk}/rut/",
            *(f"/can-bo/{officer}/?muc={part}" for part in ("", "chuyen-di", "qua-trinh")),
            *(f"/dang-bo/{commune}/?muc={part}" for part in ("", "chuyen-di", "qua-trinh")),
            f"/dang-bo/{commune}/chi-bo/",
            f"/dang-bo/{commune}/chi-bo/?ten={quote(MARKUP)}",
            "/bao-cao/tat-ca/",
            f"/bao-cao/{reports.sent_back.pk}/",
            f"/bao-cao/{reports.sent_back.pk}/soan/",
            f"/bao-cao/{reports.received.pk}/",
            f"/bao-cao/{reports.sent_back.pk}/tra-lai/",
            f"/bao-cao/{reports.draft.pk}/",
            f"/bao-cao/{reports.draft.pk}/soan/",
            f"/bao-cao/{reports.draft.pk}/nop/",
            f"/bao-cao/{reports.draft.pk}/bo/",
            f"/bao-cao/soan/?can_bo={officer}",
            f"/bao-cao/dot-xuat/?can_bo={officer}",
            "/ket-luan/?tinh_trang=tat_ca",
            "/ket-luan/them/",
            f"/ket-luan/{task.conclusion_id}/",
            f"/ket-luan/{task.conclusion_id}/nhiem-vu/",
            f"/ket-luan/nhiem-vu/{task.pk}/xong/",
            f"/ket-luan/nhiem-vu/{task.pk}/gia-han/",
            f"/ket-luan/nhiem-vu/{task.pk}/rut/",
            "/so-ket/",
            f"/so-ket/{frozen.review_id}/",
            f"/so-ket/{frozen.review_id}/sua/",
            f"/so-ket/{frozen.review_id}/bo/",
            f"/so-ket/{frozen.review_id}/chot/",
            f"/so-ket/chot/{frozen.pk}/",
            f"/so-ket/chot/{frozen.pk}/thay-doi/",
            "/kien-nghi/",
            "/kien-nghi/danh-muc/",
            f"/kien-nghi/danh-muc/linh-vuc/{petition.field_id}/",
            f"/kien-nghi/{petition.pk}/",
            f"/kien-nghi/{petition.pk}/chuyen/",
            f"/kien-nghi/{petition.pk}/ket-qua/",
            f"/kien-nghi/{petition.pk}/trung/",
            f"/kien-nghi/{petition.pk}/sua/",
            f"/kien-nghi/chuyen/?kn={petition.pk}",
            "/quy-che/",
            "/quy-che/them/",
            f"/quy-che/{rules.pk}/thoi/",
            "/thong-bao/",
            "/tim/?tim=script",
            f"/phan-cong/giao/?dang_bo={commune}",
            f"/phan-cong/thoi/?can_bo={officer}",
            f"/phan-cong/ban-giao/?can_bo={officer}",
        ),
        Role.ADMIN: ("/quan-tri/assignments/officer/", "/quan-tri/assignments/assignment/"),
    }
    for role, addresses in pages.items():
        client = client_as(role)
        for address in addresses:
            page = client.get(address).content.decode()
            assert "&lt;script&gt;" in page, address
            assert "<script>alert" not in page, address
            assert "<img src=x" not in page, address


@pytest.mark.parametrize("address", FILES)
def test_no_file_takes_it_for_a_formula(client_as, entry, waiver, ahead, task, petition, address):
    content = b"".join(client_as(Role.OFFICE).get(address).streaming_content)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
    ]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert not [text for text in formulas if "cmd" in text or "alert" in text or "1+1" in text]
    links = [cell.hyperlink for cell in cells if cell.hyperlink]
    assert all(link.location and not link.target for link in links)  # within the file
