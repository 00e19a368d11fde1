"""What is being prepared: two wards to be one, and a plan for the communes without anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Model

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.demo.days import DAY, moment
from assignments.demo.log import write_log
from assignments.demo.stage import Stage
from assignments.enums import PlanVariant
from assignments.models import PlanComment, ReassignmentPlan
from assignments.planning.parameters import Parameters
from assignments.planning.solver import solve
from assignments.planning.world import problem_of, world_digest
from communes.gazetteer import read_rows
from communes.models import Commune, Reorganisation
from communes.reorganisation.sheet import MappingRow, MappingSheet
from reports.reorganising.drafts import Draft

FIRST_EVENT = "2024-09-01"  # in the list of real events: two wards became one
MONTHS_AHEAD = 2
DRAFTED_AT = dt.time(15, 5)
DRAFTED_BEFORE = 2 * DAY
STARTS_AFTER = 21 * DAY
SAID_AT = dt.time(16, 40)
SAID = (
    "Nên ưu tiên các đồng chí đang theo dõi địa bàn cùng huyện. Đề nghị Văn phòng so sánh thêm với "
    "phương án chia việc đều nhất trước khi trình."
)


def write_ahead(stage: Stage) -> None:
    """Write both drafts."""
    write_rearrangement(stage)
    write_plan(stage)


def write_rearrangement(stage: Stage) -> None:
    """Write a draft nobody has chosen anything of yet, to take effect in some months."""
    draft = Reorganisation(
        resolution="dự thảo",
        subject="Sắp xếp hai phường của thành phố Sóc Trăng",
        effective_on=first_of_month(stage.day, MONTHS_AHEAD),
        file_name="bang-doi-chieu.xlsx",
        mapping=MappingSheet(list(two_wards())).to_json(),
        created_by=stage.office,
        created_at=moment(stage.day - DRAFTED_BEFORE, DRAFTED_AT),
    )
    draft.digest = Draft.of(draft).world.digest()
    draft.save()
    drafted(draft, draft.created_by, draft.created_at)


def write_plan(stage: Stage) -> None:
    """Write a plan, solved for its three variants, of which none is chosen yet."""
    starts_on = stage.day + STARTS_AFTER
    digest, seen = world_digest(starts_on)
    plan = ReassignmentPlan(
        name="Bổ sung cán bộ cho các Đảng bộ chưa có người phụ trách",
        starts_on=starts_on,
        parameters={"asked": Parameters().to_json(), "seen": seen},
        world=digest,
        entered_by=stage.office,
        entered_at=moment(stage.day - DAY, DRAFTED_AT),
    )
    plan.save()
    problem = problem_of(plan)
    plan.solutions = {variant.value: solve(problem, variant).to_json() for variant in PlanVariant}
    plan.save()
    said_at = moment(stage.day - DAY, SAID_AT)
    comment = PlanComment.objects.create(plan=plan, by=stage.leader, at=said_at, text=SAID)
    drafted(plan, plan.entered_by, plan.entered_at)
    drafted(comment, comment.by, comment.at)


def drafted(record: Model, by: User, at: dt.datetime) -> None:
    """Log that somebody wrote ``record``."""
    write_log([audit.event(Verb.CREATE, record, by=by, at=at, after=audit.snapshot(record))])


def first_of_month(day: dt.date, months: int) -> dt.date:
    """Give the first day of the month that begins so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)


def two_wards() -> Iterator[MappingRow]:
    """Give the mapping's rows of the first real event."""
    rows = (row for row in read_rows("reorganisations.csv") if row["effective_date"] == FIRST_EVENT)
    for number, row in enumerate(rows, start=5):
        old = Commune.objects.select_related("district").get(code=row["old_code"])
        yield MappingRow(
            number,
            old_code=old.code,
            old_name=old.full_name,
            old_district=str(old.district),
            extent="Toàn bộ",
            new_code=row["new_code"],
            new_name=row["new_name"],
        )
