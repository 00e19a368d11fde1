"""What is said of an officer stays with leaders and the office; the officer learns the result.

Every route is fetched by every role, files are opened, and the secret words are looked for.
"""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.enums import Role
from accounts.models import AuditEvent
from reports.enums import EvaluationStep, RatingLevel
from reports.evaluation import steps
from reports.models import CommuneRemark, Evaluation, Notification
from tests.browser.pages import routes
from tests.factories import make_assignment, make_evaluation, make_officer, make_remark, make_user
from tests.reports.evaluation.world import lawful
from tests.test_access import TABLE

REMARK, PROPOSAL, DECISION = "BIMATnhanxet", "BIMATdexuat", "BIMATquyetdinh"
OWN_TEXT, NOTE, DOCUMENT = "BIMATtunhanxet", "BIMATghichu", "BIMATvanban"
COMMENDATION, TRAINING, OBJECTION = "BIMATbieuduong", "BIMATboiduong", "BIMATykien"
OF_OTHERS = (REMARK, PROPOSAL, DECISION, NOTE, COMMENDATION, TRAINING)
SECRETS = (*OF_OTHERS, OWN_TEXT, DOCUMENT, OBJECTION)
# What nobody but leaders and the office may read of somebody else.
LEVEL = RatingLevel.EXCELLENT
NOT_FETCHED = ("accounts:logout",)


@pytest.fixture
def told_of(world) -> Evaluation:
    """Bring the officer's evaluation to a decision, each text of it a word of its own."""
    make_remark(world.evaluation, commune=world.commune, content=REMARK, document=DOCUMENT)
    scores = lawful(EvaluationStep.PROPOSE, world.evaluation)["scores"]
    noted = [steps.ScoreFacts(one.criterion, 35, NOTE, (DOCUMENT,)) for one in scores]
    world.take(EvaluationStep.RATE_ONESELF, text=OWN_TEXT)
    world.take(
        EvaluationStep.PROPOSE,
        level=LEVEL,
        text=PROPOSAL,
        scores=noted,
        commendation=COMMENDATION,
        training_need=TRAINING,
    )
    world.take(EvaluationStep.DECIDE, level=LEVEL, reason=DECISION)
    return world.fresh()


def released(world) -> Evaluation:
    world.take(EvaluationStep.RELEASE)
    world.take(EvaluationStep.OBJECT, text=OBJECTION)
    return world.fresh()


def text_of(response) -> str:
    """Give what an answer says; of a workbook or a Word document, what is in its parts."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return " ".join(
                archive.read(name).decode(errors="ignore") for name in archive.namelist()
            )
    except BadZipFile:
        return content.decode(errors="ignore")


def addresses(evaluation: Evaluation) -> list[str]:
    """Give the address of every route that names no record, and of those that may name this one."""
    keys = {
        "evaluation": evaluation.pk,
        "cycle": evaluation.cycle_id,
        "evaluation_rules": evaluation.cycle.rules_id,
        "remark": CommuneRemark.objects.get().pk,
        "officer": evaluation.officer_id,
        "commune": evaluation.officer.assignments.get().commune_id,
    }
    found = []
    for route in set(routes()) - set(NOT_FETCHED):
        row = TABLE[route]
        if row.sample in ("", *keys):
            key = [keys[row.sample]] if row.sample else []
            found.append(reverse(route, args=key) + row.query)
    officer = reverse("reports:officer_detail", args=[evaluation.officer_id])
    parts = ("danh-gia", "bao-cao", "kien-nghi", "qua-trinh")
    cycle = reverse("evaluations:cycle", args=[evaluation.cycle_id])
    lists = ("reports:officer_list", "visits:list", "petitions:list", "periodic:list")
    return sorted(
        [
            *found,
            *(f"{officer}?muc={part}" for part in parts),
            f"{cycle}?xuat=xlsx",
            *(f"{reverse(page)}?xuat=xlsx" for page in lists),
            *(f"{reverse('reports:search')}?tim={word}" for word in ("BIMAT", "xuat sac", "Binh")),
        ]
    )


def leaks(client, evaluation: Evaluation, secrets) -> dict[str, list[str]]:
    """Give, by address, the secret words found there; addresses name none themselves."""
    found = {}
    for address in addresses(evaluation):
        text = text_of(client.get(address))
        asked = address.rpartition("tim=")[2]
        seen = [word for word in secrets if word in text and word != asked]
        if seen:
            found[address] = seen
    return found


def another_officer(world):
    """Give an officer of the same commune with an evaluation of their own."""
    user = make_user(Role.OFFICER)
    officer = make_officer("Trần Văn Khác", user=user)
    make_assignment(officer, world.commune, role="support")
    make_evaluation(officer, cycle=world.evaluation.cycle)
    return user


@pytest.mark.parametrize("is_released", [False, True])
def test_nobody_else_reads_anything_of_it(client_as, world, told_of, is_released):
    evaluation = released(world) if is_released else told_of
    secrets = (*SECRETS, LEVEL.label)
    for who in (Role.ASSISTANT, Role.ADMIN, another_officer(world)):
        client = client_as(who)
        # The words of the filters name all levels, but not to them either.
        assert leaks(client, evaluation, secrets) == {}, who


def test_before_the_release_the_officer_reads_only_what_they_said(client_as, world, told_of):
    client = client_as(Role.OFFICER)
    page = client.get(reverse("evaluations:detail", args=[told_of.pk])).content.decode()
    assert OWN_TEXT in page
    own_level = RatingLevel(told_of.self_level).label  # what they said of themselves is theirs
    assert own_level == LEVEL.label
    assert leaks(client, told_of, OF_OTHERS) == {}


def test_before_the_release_the_level_is_not_told(client_as, world, told_of):
    """The officer said another level of themselves: the one decided is nowhere."""
    Evaluation.objects.filter(pk=told_of.pk).update(self_level=RatingLevel.COMPLETED)
    found = leaks(client_as(Role.OFFICER), told_of, (LEVEL.label,))
    # The form in which one rates oneself offers all levels; it is not shown in this state.
    assert found == {}


def test_after_the_release_the_officer_reads_the_result_and_no_remark(client_as, world, told_of):
    evaluation = released(world)
    client = client_as(Role.OFFICER)
    page = client.get(reverse("evaluations:detail", args=[evaluation.pk])).content.decode()
    for word in (DECISION, OBJECTION, LEVEL.label, OWN_TEXT):
        assert word in page
    hidden = (REMARK, PROPOSAL, NOTE, COMMENDATION, TRAINING, DOCUMENT)
    assert leaks(client, evaluation, hidden) == {}


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE])
def test_of_their_own_they_read_what_every_officer_does(client_as, world, told_of, users, role):
    """No page, file, search or notification tells who decides on others what is said of them."""
    told_of.officer.user = users[role]
    told_of.officer.save()
    assert leaks(client_as(role), told_of, OF_OTHERS) == {}


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE])
def test_leaders_and_the_office_read_all_of_it(client_as, world, told_of, role):
    client = client_as(role)
    page = client.get(reverse("evaluations:detail", args=[told_of.pk])).content.decode()
    for word in (*OF_OTHERS, OWN_TEXT, DOCUMENT, LEVEL.label):
        assert word in page
    sheet = text_of(client.get(reverse("evaluations:sheet", args=[told_of.pk])))
    for word in (*OF_OTHERS, OWN_TEXT):
        assert word in sheet


def test_the_administrator_finds_none_of_it_in_the_admin_site(client_as, world, told_of):
    released(world)
    client, names = client_as(Role.ADMIN), [model._meta for model in admin.site._registry]
    hidden = {"evaluation", "evaluationscore", "evaluationcitation", "communeremark"}
    assert not hidden & {meta.model_name for meta in names}
    for meta in names:
        listed = client.get(
            reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
        ).content.decode()
        assert not [word for word in SECRETS if word in listed], meta.model_name
    assert client.get("/quan-tri/reports/evaluation/").status_code == 404


def test_the_log_and_notifications_say_nothing_of_it(client_as, world, told_of):
    released(world)
    for row in AuditEvent.objects.all():
        said = f"{row.target} {row.before} {row.after} {row.reason}"
        assert not [word for word in (*SECRETS, LEVEL.label) if word in said]
    for row in Notification.objects.all():
        assert not [word for word in SECRETS if word in f"{row.title} {row.detail}"]
