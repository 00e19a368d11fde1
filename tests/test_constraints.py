"""Every named constraint of every model: the database itself refuses, and there is a sentence.

A constraint without a row in :data:`ILLEGAL` fails. Rows are written with ``bulk_create``, which
validates nothing, so that it is the database that refuses.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from accounts.models import SavedView, User
from assignments.enums import EndReason
from assignments.models import Assignment, Decision, Officer
from communes.enums import CommuneKind, DistrictKind
from communes.models import Commune, District
from communes.periods import constraint_sentences, names_constraint
from tests.factories import make_commune, make_decision, make_district, make_officer, make_user

OUR_APPS = ("accounts", "communes", "assignments", "reports")
SIGNED = dt.date(2021, 10, 19)
SPRING, SUMMER = dt.date(2022, 3, 1), dt.date(2022, 6, 1)

ILLEGAL: dict[str, Callable[[], list[models.Model]]] = {}


def illegal(name: str):
    """Register a function giving rows that the constraint ``name`` must refuse."""

    def register(rows):
        ILLEGAL[name] = rows
        return rows

    return register


def assignment(**fields) -> Assignment:
    """Give an unsaved main assignment from spring, legal but for ``fields``."""
    fields.setdefault("officer", None)
    fields["officer"] = fields["officer"] or make_officer()
    fields.setdefault("commune", None)
    fields["commune"] = fields["commune"] or make_commune()
    return Assignment(**{"started_on": SPRING} | fields)


@illegal("accounts_user_role_known")
def user_of_no_role():
    return [User(username="ai", full_name="Ai Đó", role="king")]


@illegal("communes_district_kind_known")
def district_of_no_kind():
    return [District(name="Kế Sách", kind="x")]


@illegal("communes_district_dates_in_order")
def district_dissolved_as_it_began():
    kind = DistrictKind.CITY
    return [District(name="Kế Sách", kind=kind, established_on=SPRING, dissolved_on=SPRING)]


@illegal("communes_district_identity")
def two_districts_of_one_name():
    kind = DistrictKind.RURAL_DISTRICT
    return [District(name="Hoà Tú", kind=kind), District(name="Hòa Tú", kind=kind)]


@illegal("communes_commune_kind_known")
def commune_of_no_kind():
    return [Commune(name="Kế Sách", kind="x")]


@illegal("communes_commune_dates_in_order")
def commune_dissolved_as_it_began():
    kind = CommuneKind.WARD
    return [Commune(name="1", kind=kind, established_on=SPRING, dissolved_on=SPRING)]


@illegal("communes_commune_identity")
def two_communes_of_one_name_in_a_district():
    district = make_district()
    ward = {"name": "1", "kind": CommuneKind.WARD, "district": district}
    return [Commune(**ward, dissolved_on=SUMMER), Commune(**ward, established_on=SPRING)]


@illegal("communes_commune_identity_without_district")
def two_communes_of_one_name_in_no_district():
    ward = {"name": "1", "kind": CommuneKind.WARD}
    return [Commune(**ward), Commune(**ward)]


@illegal("assignments_officer_group_known")
def officer_of_no_group():
    return [Officer(full_name="Lê Văn An", group="x")]


@illegal("assignments_officer_birth_year_plausible")
def officer_born_in_the_middle_ages():
    return [Officer(full_name="Lê Văn An", group="sector", birth_year=1189)]


@illegal("assignments_officer_dates_in_order")
def officer_who_left_as_he_joined():
    dates = {"joined_on": SPRING, "left_on": SPRING, "leave_reason": EndReason.RETIRED}
    return [Officer(full_name="Lê Văn An", group="sector", **dates)]


@illegal("assignments_officer_left_with_reason")
def officer_who_left_for_no_reason():
    return [Officer(full_name="Lê Văn An", group="sector", left_on=SPRING)]


@illegal("accounts_savedview_one_name_per_page")
def two_saved_views_of_one_name():
    user = make_user()
    return [SavedView(user=user, path="/can-bo/", query="tim=an", name="An") for _ in range(2)]


@illegal("assignments_decision_number_and_date")
def two_decisions_of_one_number_and_date():
    return [Decision(number="512-QĐ/TU", signed_on=SIGNED) for _ in range(2)]


@illegal("assignments_decision_number_undated")
def two_undated_decisions_of_one_number():
    return [Decision(number="512-QĐ/TU") for _ in range(2)]


@illegal("assignments_assignment_role_known")
def assignment_of_no_role():
    return [assignment(role="x")]


@illegal("assignments_assignment_dates_in_order")
def assignment_ended_as_it_began():
    return [assignment(ended_on=SPRING, end_reason=EndReason.OTHER)]


@illegal("assignments_assignment_ended_with_reason")
def assignment_ended_for_no_reason():
    return [assignment(ended_on=SUMMER)]


@illegal("assignments_assignment_closing_decision_needs_end")
def open_assignment_with_a_closing_decision():
    return [assignment(closing_decision=make_decision())]


@illegal("assignments_assignment_one_main_officer")
def two_main_officers_of_one_commune():
    commune = make_commune()
    return [assignment(commune=commune), assignment(commune=commune, started_on=SUMMER)]


@illegal("assignments_assignment_one_cover")
def two_covers_of_one_commune():
    commune = make_commune()
    return [assignment(commune=commune, role="cover") for _ in range(2)]


@illegal("assignments_assignment_officer_once_per_commune")
def one_officer_twice_in_a_commune():
    parties = {"commune": make_commune(), "officer": make_officer()}
    return [assignment(**parties), assignment(**parties, role="support")]


def named_constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                yield model, constraint


BY_NAME = {constraint.name: (model, constraint) for model, constraint in named_constraints()}


def test_every_constraint_has_an_illegal_example_here():
    assert set(BY_NAME) == set(ILLEGAL)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_constraint_is_named_after_its_model_and_speaks_vietnamese(name):
    model, constraint = BY_NAME[name]
    assert name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    sentence = str(constraint.get_violation_error_message())
    assert sentence.endswith(".")
    assert not sentence.isascii()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ILLEGAL)
def test_the_database_refuses_by_name(name):
    model, constraint = BY_NAME[name]
    rows = ILLEGAL[name]()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.bulk_create(rows)
    assert names_constraint(str(caught.value), constraint, model._meta.db_table)
    assert not model.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ILLEGAL)
def test_the_refusal_becomes_the_sentence(name):
    model, constraint = BY_NAME[name]
    rows = ILLEGAL[name]()
    with (
        pytest.raises(ValidationError) as caught,
        constraint_sentences(model),
        transaction.atomic(),
    ):
        model.objects.bulk_create(rows)
    assert caught.value.messages == [constraint.get_violation_error_message()]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ILLEGAL)
def test_validation_says_so_before_the_database_does(name):
    constraint = BY_NAME[name][1]
    *earlier, last = ILLEGAL[name]()
    for row in earlier:
        row.save()
    with pytest.raises(ValidationError) as caught:
        last.full_clean()
    says_it = constraint.get_violation_error_message() in caught.value.messages
    # A wrong choice or number is noticed by its field, before constraints are asked.
    assert says_it or not set(caught.value.message_dict).isdisjoint(
        {"role", "kind", "group", "birth_year"}
    )
