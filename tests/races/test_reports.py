"""Reports, plans, accounts and rows of the admin site, each taken by several at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role, Verb
from accounts.models import AuditEvent, SavedView, User
from accounts.services import set_password
from assignments.models import Assignment
from assignments.planning.applying import apply_plan
from assignments.planning.services import choose_variant, solve_variant
from reports.enums import ReportMove, ReportState
from reports.models import CompetentBody, PeriodicReport, ReportEvent
from reports.periodic import accept_reports, begin_report, return_report, submit_report
from tests.client import ReadingClient
from tests.factories import PASSWORD, make_body, make_user
from tests.races.together import at_once
from tests.reports.periodic.world import IN_TIME, at, make_writer
from tests.reports.reassignments.conftest import NOW, STARTS_ON, office, plan, world  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results: list[object]) -> list[str]:
    """Give the sentences of those refused; fail on any other error."""
    wrong = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, ValidationError) for one in wrong), results
    return [one.messages[0] for one in wrong]


# --- one report ----------------------------------------------------------------------------------


@pytest.fixture
def writer(users):
    return make_writer(users)


@pytest.fixture
def draft(writer):
    report = begin_report(
        officer=writer.officer,
        period=writer.period,
        commune=None,
        by=writer.officer.user,
        now=at(IN_TIME),
    )
    PeriodicReport.objects.filter(pk=report.pk).update(economy="Ổn định")
    report.refresh_from_db()
    return report


def test_one_report_begun_several_times_at_once_is_one(writer):
    facts = {"officer": writer.officer, "period": writer.period, "commune": None}

    def begin():
        return begin_report(**facts, by=writer.officer.user, now=at(IN_TIME))

    results = at_once(*[begin] * 4)
    assert len({one.pk for one in results}) == 1, results
    assert ReportEvent.objects.count() == 1


def test_handed_in_several_times_at_once_is_handed_in_once(draft, writer):
    def submit():
        by = writer.officer.user
        return submit_report(report=draft, edition=draft.edition, by=by, now=at(IN_TIME))

    assert len(refusals(at_once(*[submit] * 4))) == 3
    assert ReportEvent.objects.filter(move=ReportMove.SUBMIT).count() == 1


def test_accepted_and_sent_back_at_once_is_one_of_them(draft, writer):
    clerk, now = make_user(Role.OFFICE), at(IN_TIME)
    submit_report(report=draft, edition=None, by=writer.officer.user, now=now)
    results = at_once(
        lambda: accept_reports(reports=[draft], by=clerk, now=now),
        lambda: return_report(report=draft, reason="Bổ sung", by=clerk, now=now),
        lambda: accept_reports(reports=[draft], by=clerk, now=now),
    )
    assert all("tình trạng" in sentence for sentence in refusals(results))
    assert len(refusals(results)) == 2
    draft.refresh_from_db()
    last = draft.events.order_by("pk").last()
    assert (draft.events.count(), draft.state) == (3, last.state)
    assert last.state in (ReportState.ACCEPTED, ReportState.RETURNED)


# --- one plan ------------------------------------------------------------------------------------


def test_one_plan_applied_twice_at_once_is_applied_once(plan, office):  # noqa: F811
    solve_variant(plan=plan, variant="even_load", by=office)
    chosen = choose_variant(plan=plan, variant="even_load", edition=None, by=office)
    before = Assignment.objects.count()

    def apply():
        return apply_plan(
            plan=chosen,
            edition=chosen.edition,
            number="7-QĐ/TU",
            signed_on=STARTS_ON,
            signer="",
            by=office,
            now=NOW,
        )

    results = at_once(apply, apply)
    assert refusals(results) == ["Phương án đã được áp dụng, không thay đổi được nữa."]
    [written] = [one for one in results if isinstance(one, list)]
    assert Assignment.objects.count() == before + sum(row.ended_on is None for row in written)


# --- through the pages ---------------------------------------------------------------------------


def posted(user: User, path: str, data: dict) -> object:
    """Give what a form sent by ``user`` is answered, in a thread of its own."""
    client = ReadingClient()
    client.force_login(user)
    return lambda: client.post(path, data)


def test_one_row_of_the_admin_changed_by_two_at_once_tells_both_changes():
    admins, body = [make_user(Role.ADMIN), make_user(Role.ADMIN)], make_body("Sở Cũ")
    path = reverse("admin:reports_competentbody_change", args=[body.pk])
    acts = [
        posted(user, path, {"name": f"Sở {number}", "level": body.level, "audit_reason": "thử"})
        for number, user in enumerate(admins)
    ]
    assert [response.status_code for response in at_once(*acts)] == [302, 302]
    rows = AuditEvent.objects.filter(verb=Verb.CHANGE).order_by("pk")
    first, second = [(one.before, one.after) for one in rows]
    assert first[0] == {"tên cơ quan": "Sở Cũ"}
    assert second[0] == first[1]
    assert second[1] == {"tên cơ quan": CompetentBody.objects.get().name}


def test_one_view_saved_several_times_at_once_is_kept_once():
    user, path = make_user(Role.OFFICE), reverse("accounts:save_view")
    data = {"path": "/can-bo/", "query": "tim=an", "name": "Của tôi"}
    acts = [posted(user, path, data) for _ in range(4)]
    assert [response.status_code for response in at_once(*acts)] == [302] * 4
    assert SavedView.objects.count() == 1


def test_every_failed_login_of_several_at_once_is_counted(settings):
    settings.LOGIN_FAILURES = 4
    user, path = make_user(Role.OFFICE), reverse("accounts:login")

    def fail():
        return ReadingClient().post(path, {"username": user.username, "password": "sai"})

    answers = at_once(*[fail] * 6)
    assert {response.status_code for response in answers} <= {200, 429}, answers
    right = ReadingClient().post(path, {"username": user.username, "password": PASSWORD})
    assert right.status_code != 302


def test_ones_own_password_changed_by_two_at_once_is_changed_once():
    user = make_user(Role.OFFICE)

    def change(password: str):
        own = User.objects.get(pk=user.pk)
        return lambda: set_password(user=own, password=password, by=own)

    told = refusals(at_once(change("Một-mật-khẩu-2026"), change("Hai-mật-khẩu-2026")))
    assert told == ["Mật khẩu vừa được đổi ở nơi khác nên chưa đổi. Đăng nhập lại rồi đổi."]
    assert AuditEvent.objects.filter(verb=Verb.PASSWORD).count() == 1
