"""Half-open periods, and the constraint that two of them do not overlap, in both databases."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from assignments.enums import AssignmentRole, EndReason
from assignments.models import Assignment, Regulation
from communes.models import Commune
from communes.periods import CHANGED_MEANWHILE, NoOverlap, constraint_sentences
from tests.factories import (
    make_assignment,
    make_commune,
    make_decision,
    make_officer,
    make_regulation,
)

MARCH, JUNE, SEPTEMBER, DECEMBER = (dt.date(2022, month, 1) for month in (3, 6, 9, 12))
DAY = dt.timedelta(days=1)
ONE_MAIN = "assignments_assignment_one_main_officer"
SENTENCE = "Đảng bộ này đã có cán bộ phụ trách chính trong thời gian đó."

# Periods beside an assignment in force from June up to, not including, September.
APART = [(MARCH, JUNE), (SEPTEMBER, DECEMBER), (SEPTEMBER, None), (MARCH, MARCH + DAY)]
TOGETHER = [
    (MARCH, None),
    (MARCH, JUNE + DAY),
    (JUNE, SEPTEMBER),
    (JUNE + DAY, JUNE + 2 * DAY),
    (SEPTEMBER - DAY, None),
    (MARCH, DECEMBER),
]


def second(commune: Commune, start: dt.date, end: dt.date | None, **fields) -> Assignment:
    """Give an unsaved main assignment of another officer to ``commune``."""
    reason = EndReason.TRANSFERRED if end else ""
    defaults = {"officer": make_officer("Trần Thị Bé"), "end_reason": reason}
    return Assignment(commune=commune, started_on=start, ended_on=end, **defaults | fields)


@pytest.fixture
def commune(db) -> Commune:
    """Give a commune with a main officer from June to the last day of August."""
    return make_assignment(started_on=JUNE, ended_on=SEPTEMBER).commune


@pytest.mark.parametrize(("start", "end"), APART)
def test_periods_that_only_touch_are_allowed(commune, start, end):
    other = second(commune, start, end)
    other.full_clean()
    Assignment.objects.bulk_create([other])
    assert commune.assignments.count() == 2


@pytest.mark.parametrize(("start", "end"), TOGETHER)
def test_the_database_refuses_an_overlapping_insert_by_name(commune, start, end):
    with pytest.raises(IntegrityError, match=ONE_MAIN), transaction.atomic():
        Assignment.objects.bulk_create([second(commune, start, end)])
    assert commune.assignments.count() == 1


@pytest.mark.parametrize(("start", "end"), TOGETHER)
def test_the_database_refuses_an_overlapping_update_by_name(commune, start, end):
    other = second(make_commune(), start, end)
    other.save()
    with pytest.raises(IntegrityError, match=ONE_MAIN), transaction.atomic():
        Assignment.objects.filter(pk=other.pk).update(commune=commune)
    other.refresh_from_db()
    assert other.commune != commune


@pytest.mark.parametrize(("start", "end"), TOGETHER)
def test_validation_gives_the_sentence(commune, start, end):
    with pytest.raises(ValidationError) as caught:
        second(commune, start, end).full_clean()
    assert caught.value.messages == [SENTENCE]


def test_a_row_does_not_overlap_itself(commune):
    own = commune.assignments.get()
    own.started_on = MARCH
    own.full_clean()
    own.save()
    Assignment.objects.filter(pk=own.pk).update(started_on=JUNE)


def test_prolonging_into_the_next_period_is_refused(commune):
    second(commune, SEPTEMBER, None).save()
    earlier = commune.assignments.get(started_on=JUNE)
    earlier.ended_on = DECEMBER
    with pytest.raises(ValidationError, match=SENTENCE):
        earlier.full_clean()
    with pytest.raises(IntegrityError, match=ONE_MAIN), transaction.atomic():
        earlier.save()


def test_the_condition_lets_other_roles_be(commune):
    for role in (AssignmentRole.SUPPORT, AssignmentRole.COVER):
        beside = second(commune, MARCH, DECEMBER, role=role, officer=make_officer(f"Lê {role}"))
        beside.full_clean()
        beside.save()
    assert commune.assignments.count() == 3


def test_changing_the_role_into_a_conflict_is_refused(commune):
    beside = second(commune, MARCH, DECEMBER, role=AssignmentRole.SUPPORT)
    beside.save()
    with pytest.raises(IntegrityError, match=ONE_MAIN), transaction.atomic():
        Assignment.objects.filter(pk=beside.pk).update(role=AssignmentRole.MAIN)


def test_other_communes_do_not_conflict(commune):
    elsewhere = second(make_commune(), JUNE, SEPTEMBER)
    elsewhere.full_clean()
    elsewhere.save()


def test_dates_in_the_wrong_order_get_their_own_sentence_at_their_own_field(commune):
    with pytest.raises(ValidationError) as caught:
        second(commune, SEPTEMBER, JUNE).full_clean()
    assert "Ngày thôi phải sau ngày bắt đầu." in caught.value.message_dict["ended_on"]


def test_open_ends_on_both_sides_conflict_with_everything(db):
    first = make_commune("Kế Sách")
    other = Commune(name="Kế Sách", kind=first.kind, established_on=MARCH, dissolved_on=JUNE)
    with pytest.raises(ValidationError, match="Đã có đơn vị cùng loại, cùng tên"):
        other.full_clean()
    with pytest.raises(IntegrityError, match="communes_commune_identity_without_district"):
        Commune.objects.bulk_create([other])


def test_a_name_may_return_after_its_unit_is_gone(db):
    first = make_commune("Kế Sách", dissolved_on=JUNE)
    again = Commune(name="Kế Sách", kind=first.kind, established_on=JUNE)
    again.full_clean()
    again.save()


# --- without fields: no two rows of the table -----------------------------------------------------

ONE_VERSION = "assignments_regulation_one_in_force"


def version(start: dt.date, end: dt.date | None) -> Regulation:
    """Give an unsaved version of the regulation."""
    return Regulation(number="12-QC/TU", issued_on=MARCH, started_on=start, ended_on=end)


@pytest.mark.parametrize(("start", "end"), APART)
def test_rows_of_the_table_may_touch(db, start, end):
    make_regulation(started_on=JUNE, ended_on=SEPTEMBER)
    other = version(start, end)
    other.full_clean()
    Regulation.objects.bulk_create([other])
    assert Regulation.objects.count() == 2


@pytest.mark.parametrize(("start", "end"), TOGETHER)
def test_no_two_rows_of_the_table_overlap(db, start, end):
    make_regulation(started_on=JUNE, ended_on=SEPTEMBER)
    with pytest.raises(ValidationError, match="Đã có phiên bản quy chế"):
        version(start, end).full_clean()
    with pytest.raises(IntegrityError, match=ONE_VERSION), transaction.atomic():
        Regulation.objects.bulk_create([version(start, end)])


def test_no_row_of_the_table_is_moved_onto_another(db):
    make_regulation(started_on=JUNE, ended_on=SEPTEMBER)
    later = make_regulation(started_on=SEPTEMBER)
    with pytest.raises(IntegrityError, match=ONE_VERSION), transaction.atomic():
        Regulation.objects.filter(pk=later.pk).update(started_on=SEPTEMBER - DAY)


def test_a_refusal_nobody_named_is_still_a_sentence(db):
    with (
        pytest.raises(ValidationError) as caught,
        constraint_sentences(Commune),
        transaction.atomic(),
    ):
        Assignment.objects.bulk_create([second(make_commune(), JUNE, JUNE)])
    assert caught.value.messages == [CHANGED_MEANWHILE]


def test_the_constraint_is_written_into_migrations_whole():
    constraint = next(c for c in Assignment._meta.constraints if c.name == ONE_MAIN)
    path, args, kwargs = constraint.deconstruct()
    assert (path, args) == ("communes.periods.NoOverlap", ())
    assert NoOverlap(**kwargs) == constraint
    assert NoOverlap(**kwargs | {"fields": ("officer",)}) != constraint
    assert constraint.clone() == constraint


def note_of(kind: type[models.Field], **options) -> models.Field:
    """Give another definition of ``Assignment.note``."""
    field = kind("ghi chú", blank=True, **options)
    field.set_attributes_from_name("note")
    field.model = Assignment
    return field


@pytest.mark.django_db(transaction=True)
def test_the_constraint_survives_a_change_of_the_table():
    """SQLite rebuilds the whole table for it; the triggers must come back."""
    present, longer = Assignment._meta.get_field("note"), note_of(models.CharField, max_length=99)
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Assignment, present, longer)
        refuses_a_second_main_officer()
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(Assignment, longer, present)
    refuses_a_second_main_officer()


@pytest.mark.django_db(transaction=True)
def test_the_constraint_can_be_removed_and_added_again():
    constraint = next(c for c in Assignment._meta.constraints if c.name == ONE_MAIN)
    decision = make_decision()
    rest = [other for other in Assignment._meta.constraints if other is not constraint]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Assignment._meta, "constraints", rest)
        with connection.schema_editor() as editor:
            editor.remove_constraint(Assignment, constraint)
        first = make_assignment(opening_decision=decision)
        make_assignment(make_officer("Lê Ba"), first.commune, opening_decision=decision)
        Assignment.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Assignment, constraint)
    refuses_a_second_main_officer()


def refuses_a_second_main_officer() -> None:
    first = make_assignment(make_officer("Lê Ba"))
    with pytest.raises(IntegrityError, match=ONE_MAIN):
        make_assignment(make_officer("Lê Tư"), first.commune)


days = st.dates(dt.date(2022, 1, 1), dt.date(2022, 1, 12))
periods = st.tuples(days, st.none() | days).filter(lambda p: p[1] is None or p[0] < p[1])


@pytest.mark.django_db
@given(periods, periods)
def test_the_database_and_validation_agree_on_every_pair_of_periods(one, other):
    """They share a day, or they do not: asked day by day, by validation, and by the database."""
    with transaction.atomic():
        first = make_assignment(
            started_on=one[0], ended_on=one[1], end_reason=EndReason.OTHER if one[1] else ""
        )
        candidate = second(first.commune, *other)
        meet = any(
            first.is_active_on(day) and candidate.is_active_on(day)
            for day in (dt.date(2022, 1, 1) + number * DAY for number in range(13))
        )
        assert validation_refuses(candidate) == meet
        assert database_refuses(candidate) == meet
        transaction.set_rollback(True)


def validation_refuses(candidate: Assignment) -> bool:
    try:
        candidate.full_clean()
    except ValidationError:
        return True
    return False


def database_refuses(candidate: Assignment) -> bool:
    try:
        with transaction.atomic():
            Assignment.objects.bulk_create([candidate])
    except IntegrityError:
        return True
    return False
