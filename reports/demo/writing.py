"""Writing the whole demonstration in one transaction, and finding it again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent, User
from assignments.demo.cells import Cells, invent_cells, invent_contacts
from assignments.demo.days import moment
from assignments.demo.directives import write_directives
from assignments.demo.going import Going
from assignments.demo.logins import LOGINS
from assignments.demo.notices import write_notices
from assignments.demo.plans import write_plans
from assignments.demo.regulation import write_regulation
from assignments.demo.stage import Stage
from assignments.demo.visits import Written, write_visits
from assignments.demo.world import COMMUNES, invent_world, two_years_before
from assignments.demo.writing import write_world
from assignments.enums import VISIT_DUTIES, PeriodKind
from assignments.models import Assignment, Decision, Directive, Officer, Regulation
from communes.as_of import LATEST
from communes.gazetteer import load_communes
from communes.models import Commune, Contact, PartyCell
from reports.demo.ahead import write_ahead
from reports.demo.conclusions import write_conclusions
from reports.demo.conferences import write_conferences
from reports.demo.evaluating import write_evaluations
from reports.demo.excuses import write_excuses
from reports.demo.fates import Fate, invent_fates
from reports.demo.goings import Calendar, in_order
from reports.demo.leaving import write_leaving
from reports.demo.nights import write_notifications
from reports.demo.petitions.writing import invent_petitions, write_petitions
from reports.demo.reporting.telling import Records, Writer
from reports.demo.reporting.writing import plan_reports, write_reports
from reports.demo.shown import of_quarter, waiting
from reports.duties import duty_list
from reports.duties.records import Reach, answered_for
from reports.models import CommitteeTerm, Conclusion, EvaluationRules, Period, PetitionMatter
from reports.periods import periods_of_year

MARK = "Dữ liệu minh họa"
NOT_EMPTY = (
    "Cơ sở dữ liệu đã có {found}; dữ liệu minh họa chỉ nạp vào cơ sở dữ liệu trống. Không ghi gì."
)
OTHER_WORLD = (
    "Đã có dữ liệu minh họa khác (hạt giống {0.seed}, ngày {0.day:%d/%m/%Y}). Không ghi gì."
)
WRONG_COMMUNES = (
    "Dữ liệu minh họa cần đủ {wanted} xã, phường, thị trấn của danh mục kèm theo, "
    "tồn tại suốt từ {start:%d/%m/%Y} đến {day:%d/%m/%Y}; hiện có {found}. Không ghi gì."
)
# What the demonstration must not be mixed with; the rest hangs on one of these.
ALONE = (
    Officer,
    Decision,
    Assignment,
    User,
    PartyCell,
    Contact,
    Regulation,
    Directive,
    Period,
    PetitionMatter,
    Conclusion,
    CommitteeTerm,
    EvaluationRules,
)


@dataclass(frozen=True)
class Made:
    """Which world was written here."""

    seed: int
    day: dt.date


def find_demonstration() -> Made | None:
    """Give the world written into this database, or ``None``."""
    mark = AuditEvent.objects.filter(verb=Verb.IMPORT, target=MARK).first()
    if mark is None:
        return None
    return Made(mark.after["hạt giống"], dt.date.fromisoformat(mark.after["ngày"]))


def what_is_here() -> str:
    """Name the first kind of record that a demonstration must not be mixed with; "" if none."""
    for model in ALONE:
        if model.objects.exists():
            return str(model._meta.verbose_name)
    return ""


@transaction.atomic
def write_demonstration(seed: int, day: dt.date) -> bool:
    """Write the world of ``seed`` and ``day``; give ``False`` when it is already here.

    Raises ``ValidationError`` with a sentence, and writes nothing, when the database holds
    anything else.
    """
    made = find_demonstration()
    if made == Made(seed, day):
        return False
    if made:
        raise ValidationError(OTHER_WORLD.format(made))
    if found := what_is_here():
        raise ValidationError(NOT_EMPTY.format(found=found))
    if not Commune.objects.exists():
        load_communes()
    stage = set_stage(seed, day)
    write_regulation(stage)
    quarters = [period for period in write_periods(stage) if period.started_on <= stage.day]
    went = write_going(stage, quarters)
    write_directives(stage)
    gather_statistics()
    write_reporting(stage, quarters, went)
    gather_statistics()
    write_conclusions(stage)
    write_conferences(stage, quarters)
    write_evaluations(stage, quarters)
    write_leaving(stage)
    write_ahead(stage)
    write_notifications(stage)
    return True


def gather_statistics() -> None:
    """Let PostgreSQL know how many rows were just written: it plans blindly until it does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def communes_throughout(day: dt.date) -> list[Commune]:
    """Give the communes of the whole two years, refusing when they are not the bundled list."""
    start = two_years_before(day)
    existing = Commune.objects.existing_on(start).existing_on(day)
    communes = list(existing.select_related("district").defer("boundary"))
    if len(communes) != COMMUNES:
        raise ValidationError(
            WRONG_COMMUNES.format(wanted=COMMUNES, start=start, day=day, found=len(communes))
        )
    return communes


def set_stage(seed: int, day: dt.date) -> Stage:
    """Write who is assigned where, who logs in, the cells and the contacts of every commune."""
    communes = communes_throughout(day)
    world = invent_world(seed, day, communes, signer=LOGINS[0].full_name)
    users = write_world(world, seed)
    after = {"hạt giống": seed, "ngày": day.isoformat()}
    audit.event(Verb.IMPORT, MARK, by=None, after=after, at=moment(day, dt.time(0))).save()
    cells = PartyCell.objects.bulk_create(invent_cells(seed, communes, day))
    Contact.objects.bulk_create(invent_contacts(seed, communes, day))
    return Stage(seed, world, communes, users, Cells.of(seed, cells))


def write_going(stage: Stage, quarters: list[Period]) -> Written:
    """Write two years of going to the base: who went when, what is excused, what is planned."""
    lines = duty_list(stage.office, quarters, stage.day, kinds=VISIT_DUTIES)
    fates = invent_fates(stage, lines, quarters)
    goings = invent_goings(stage, fates, quarters)
    written = write_visits(stage, goings)
    write_excuses(stage, fates, quarters, goings)
    write_plans(stage, written.attendances)
    write_notices(stage, written.attendances)
    return written


def write_reporting(stage: Stage, quarters: list[Period], went: Written) -> None:
    """Write what was reported upward and asked for, and what came of it."""
    planner = plan_reports(stage, quarters)
    reports = [course.report for course in planner.courses]
    petitions = invent_petitions(stage, went.attendances, reports)
    records = Records(went.attendances, went.notes, petitions.lives)
    write_reports(stage, planner, records, Writer(stage, records, petitions.words))
    write_petitions(stage, petitions)


def write_periods(stage: Stage) -> list[Period]:
    """Write all periods from the world's first year to the next; give its quarters in order."""
    years = range(stage.world.start.year, min(stage.day.year + 1, LATEST.year) + 1)
    periods = [period for year in years for period in periods_of_year(year, 1)]
    Period.objects.bulk_create(periods)
    return [
        period
        for period in periods
        if period.kind == PeriodKind.QUARTER and period.ended_on > stage.world.start
    ]


def invent_goings(stage: Stage, fates: list[Fate], quarters: list[Period]) -> list[Going]:
    """Give every going before the day; the officer one can log in as has their own quarter."""
    present = quarters[-1]
    calendar = Calendar(stage, answered_for(Reach(stage.office), quarters))
    drawn = [
        fate
        for fate in fates
        if fate.line.period != present or fate.line.officer_id != stage.shown.pk
    ]
    goings = list(calendar.of_fates(drawn))
    goings += calendar.mistakes(goings)
    goings += of_quarter(calendar, present)
    goings += waiting(calendar)
    return in_order(goings, stage.day)
