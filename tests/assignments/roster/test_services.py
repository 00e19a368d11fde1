"""Preview, choices, apply: what is applied is what was previewed, and only once."""

import datetime as dt
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role, Verb
from accounts.models import AuditEvent
from assignments.models import Assignment, Decision, Officer, RosterImport
from assignments.roster.container import WorkbookRefused
from assignments.roster.plan import State
from assignments.roster.services import (
    apply_import,
    apply_roster,
    choose,
    plan_import,
    preview_import,
    read_roster,
)
from communes.models import Commune
from tests.assignments.roster.workbooks import make_workbook, one_row
from tests.factories import make_assignment, make_officer, make_user
from tests.races.together import at_once

START = dt.date(2021, 11, 1)


@pytest.fixture
def clerk(db):
    return make_user(Role.OFFICE)


def preview(clerk, *rows, on=START, name="danh-sach.xlsx"):
    content = make_workbook(rows or [one_row()])
    return preview_import(file_name=name, content=content, default_date=on, by=clerk)


def test_a_preview_writes_nothing_but_itself(gazetteer, clerk):
    kept = preview(clerk, one_row(), one_row("Trần Bé", commune="Xã Không Có"))
    assert (kept.new, kept.changed, kept.unchanged, kept.refused) == (1, 0, 0, 1)
    assert not Officer.objects.exists()
    assert not AuditEvent.objects.filter(verb=Verb.IMPORT).exists()


def test_what_is_kept_gives_the_same_plan_again(gazetteer, clerk):
    kept = RosterImport.objects.get(pk=preview(clerk).pk)
    assert plan_import(kept).digest() == kept.plan_digest


def test_what_was_previewed_is_applied(gazetteer, clerk):
    kept = preview(clerk)
    plan = apply_import(roster_import=kept, by=clerk)
    assert plan.counts["new"] == Assignment.objects.count() == 1
    kept.refresh_from_db()
    assert kept.applied_at
    assert AuditEvent.objects.filter(actor=str(clerk), verb=Verb.ASSIGN).count() == 1


def test_an_import_is_applied_once(gazetteer, clerk):
    kept = preview(clerk)
    apply_import(roster_import=kept, by=clerk)
    with pytest.raises(ValidationError, match="đã được áp dụng"):
        apply_import(roster_import=kept, by=clerk)
    with pytest.raises(ValidationError, match="đã được áp dụng"):
        choose(roster_import=kept, choices={})
    assert Assignment.objects.count() == 1


def somebody_else_is_assigned():
    make_assignment(make_officer("Lê Tư"), Commune.objects.get(code="31600"))


def the_officer_appears():
    make_officer(birth_year=1970, office="Giám đốc Sở Nội vụ")


def the_commune_is_dissolved():
    Commune.objects.filter(code="31600").update(dissolved_on=dt.date(2021, 1, 1))


def a_namesake_commune_appears():
    district = Commune.objects.get(code="31600").district
    Commune.objects.create(name="An Ninh", kind="township", district=district)


@pytest.mark.parametrize(
    "happens", [somebody_else_is_assigned, the_officer_appears, the_commune_is_dissolved]
)
def test_when_the_data_changed_meanwhile_nothing_is_written(gazetteer, clerk, happens):
    kept = preview(clerk, one_row(), one_row("Trần Bé", commune="Xã An Hiệp"))
    happens()
    officers, assignments = Officer.objects.count(), Assignment.objects.count()
    with pytest.raises(ValidationError, match="Dữ liệu đã thay đổi"):
        apply_import(roster_import=kept, by=clerk)
    assert (Officer.objects.count(), Assignment.objects.count()) == (officers, assignments)
    kept.refresh_from_db()
    assert kept.applied_at is None


def test_an_unrelated_change_does_not_disturb(gazetteer, clerk):
    kept = preview(clerk)
    a_namesake_commune_appears()
    make_assignment(make_officer("Lê Tư"), Commune.objects.get(code="31498"))
    apply_import(roster_import=kept, by=clerk)
    assert Assignment.objects.count() == 2


def test_a_choice_is_kept_and_applied(gazetteer, clerk):
    kept = preview(clerk, one_row(commune="Phường 1", district=""))
    (item,) = plan_import(kept).items
    value, label = item.choice.options[1]
    plan = choose(roster_import=kept, choices={item.choice.key: value})
    assert plan.counts["new"] == 1
    kept.refresh_from_db()
    assert (kept.new, kept.refused) == (1, 0)
    apply_import(roster_import=kept, by=clerk)
    commune = Assignment.objects.select_related("commune__district").get().commune
    assert f"{commune} ({commune.district})" == label


def test_the_default_day_is_kept_with_the_import(gazetteer, clerk, monkeypatch):
    monkeypatch.setattr("accounts.clock.today", lambda: dt.date(2022, 2, 2))
    kept = preview(clerk, on=None, name="C:\\Tài liệu\\danh sách.xlsx")
    assert kept.default_date == dt.date(2022, 2, 2)
    assert kept.file_name == "danh sách.xlsx"


def test_a_file_that_cannot_be_read_leaves_nothing(clerk):
    with pytest.raises(WorkbookRefused):
        preview_import(file_name="a.xls", content=b"x", default_date=START, by=clerk)
    assert not RosterImport.objects.exists()


def test_a_conflict_only_the_database_sees_is_a_sentence(gazetteer, clerk, monkeypatch):
    """Somebody is assigned after planning, before writing: all or nothing, in words."""
    kept = preview(clerk, one_row("Trần Bé", commune="Xã An Hiệp"), one_row())
    from assignments.roster import services

    real = services.apply_plan

    def late(plan, **more):
        somebody_else_is_assigned()
        real(plan, **more)

    monkeypatch.setattr(services, "apply_plan", late)
    with pytest.raises(ValidationError, match="đã có cán bộ phụ trách chính"):
        apply_import(roster_import=kept, by=clerk)
    assert not Assignment.objects.exists()
    assert not Officer.objects.exists()


def test_a_thousand_rows_are_written_in_few_queries(gazetteer, django_assert_max_num_queries):
    communes = list(gazetteer.values())
    rows = [
        one_row(f"Nguyễn Văn {'abcdđeghiklmnopqrstuvxy'[i % 23]}", 1930 + i // 23,
                commune=str(communes[i % 109]), district=str(communes[i % 109].district))
        for i in range(1000)
    ]  # fmt: skip
    roster = read_roster(make_workbook(
        [[*row, "Tham gia theo dõi"] for row in rows],
        ("STT", "Họ tên", "Năm sinh", "Chức vụ", "Đảng bộ phụ trách", "Huyện", "Vai trò"),
    ))  # fmt: skip
    with django_assert_max_num_queries(60):
        plan = apply_roster(roster, name="a.xlsx", default_date=START, by=None)
    assert len(plan.of_state(State.NEW)) == Assignment.objects.count() == 1000


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_bring_the_same_person_once(gazetteer, clerk):
    first, second = preview(clerk), preview(clerk)
    acts = [partial(apply_import, roster_import=kept, by=clerk) for kept in (first, second)]
    results = at_once(*acts)
    assert sum(isinstance(one, ValidationError) for one in results) == 1, results
    assert (Officer.objects.count(), Assignment.objects.count()) == (1, 1)
    assert Decision.objects.count() == 0


def test_applying_asks_as_many_questions_for_twenty_rows_as_for_five(gazetteer, clerk):
    """Rows that are new, then rows that are changed; so few are one batch on any database."""
    everybody = [
        one_row(f"Nguyễn Văn {letter}", 1960, "", str(commune), str(commune.district))
        for letter, commune in zip("ABCDEGHIKLMNOPQRSTUVXYĐĂÂ", gazetteer.values(), strict=False)
    ]
    counts = []
    for people in (everybody[:5], everybody[5:]):
        for office in ("Giám đốc Sở Nội vụ", "Giám đốc Sở Tài chính"):
            rows = [[*row[:3], office, *row[4:]] for row in people]
            kept = preview(clerk, *rows)
            with CaptureQueriesContext(connection) as sent:
                apply_import(roster_import=kept, by=clerk)
            counts.append((kept.new, kept.changed, len(sent)))
    assert counts == [(5, 0, 12), (0, 5, 11), (20, 0, 12), (0, 20, 11)]
