"""Who hears of a step of an evaluation: never who took it, never a level, never why.

Titles go into mail and name nobody; whose evaluation it is stands in the detail, which is read in
the application only. Who assists an officer hears nothing: an evaluation is not theirs to see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from accounts.enums import Permission
from accounts.models import User
from reports.enums import EvaluationStep, NotificationKind
from reports.evaluation.rights import takes_part
from reports.models import Evaluation, EvaluationEvent
from reports.notifications import notify
from reports.notifications.telling import with_permission

OPENED = "{cycle}: mời đồng chí tự đánh giá, hạn {due:%d/%m/%Y}"
TITLES = {
    EvaluationStep.RATE_ONESELF: "{cycle}: có bản tự đánh giá mới",
    EvaluationStep.RETURN_SELF_RATING: "{cycle}: đề nghị đồng chí tự đánh giá lại",
    EvaluationStep.PROPOSE: "{cycle}: có đề xuất đánh giá chờ quyết định",
    EvaluationStep.RETURN_PROPOSAL: "{cycle}: đề xuất đánh giá được trả lại",
    EvaluationStep.DECIDE: "{cycle}: đánh giá đã được quyết định, chờ công bố",
    EvaluationStep.RELEASE: "{cycle}: kết quả đánh giá đã được công bố",
    EvaluationStep.OBJECT: "{cycle}: cán bộ có ý kiến về kết quả đánh giá",
    EvaluationStep.RECONSIDER: "{cycle}: đánh giá được xem xét lại",
}
# To whom each step is told, by what they may do; the officer is told of those below.
TOLD = {
    EvaluationStep.RATE_ONESELF: (Permission.PROPOSE_EVALUATIONS,),
    EvaluationStep.PROPOSE: (Permission.DECIDE_EVALUATIONS,),
    EvaluationStep.RETURN_PROPOSAL: (Permission.PROPOSE_EVALUATIONS,),
    EvaluationStep.DECIDE: (Permission.PROPOSE_EVALUATIONS,),
    EvaluationStep.OBJECT: (Permission.PROPOSE_EVALUATIONS, Permission.DECIDE_EVALUATIONS),
    EvaluationStep.RECONSIDER: (Permission.PROPOSE_EVALUATIONS,),
}
TOLD_TO_OFFICER = (EvaluationStep.RETURN_SELF_RATING, EvaluationStep.RELEASE)


def tell_opened(evaluations: Iterable[Evaluation], *, by: User, now: dt.datetime) -> None:
    """Ask the officers of new evaluations to rate themselves."""
    for evaluation in evaluations:
        cycle = evaluation.cycle
        title = OPENED.format(cycle=cycle, due=cycle.self_rating_due_on)
        tell(evaluation, own_user(evaluation), f"evaluation:{evaluation.pk}:open", title, by, now)


def tell_of(event: EvaluationEvent) -> None:
    """Tell whom a step concerns, inside the transaction that wrote it."""
    evaluation = event.evaluation
    step = EvaluationStep(event.step)
    users = own_user(evaluation) if step in TOLD_TO_OFFICER else who_act_on(evaluation, step)
    key = f"evaluation:{evaluation.pk}:{step}:{event.pk}"
    title = TITLES[step].format(cycle=evaluation.cycle)
    tell(evaluation, users, key, title, event.by, event.happened_at)


def own_user(evaluation: Evaluation) -> list[User]:
    """Give the officer's own account, when it takes part."""
    user = evaluation.officer.user
    return [user] if user and takes_part(user) else []


def who_act_on(evaluation: Evaluation, step: EvaluationStep) -> list[User]:
    """Give who may act after ``step``; whose evaluation it is does not act on it."""
    users = [user for permission in TOLD[step] for user in with_permission(permission)]
    return [user for user in users if user.pk != evaluation.officer.user_id]


def tell(
    evaluation: Evaluation,
    users: Iterable[User],
    key: str,
    title: str,
    by: User,
    now: dt.datetime,
) -> None:
    notify(
        [user for user in users if user != by],
        kind=NotificationKind.EVALUATION,
        key=key,
        title=title,
        detail=f"Đồng chí {evaluation.officer.full_name}",
        address=reverse("evaluations:detail", args=[evaluation.pk]),
        now=now,
    )
