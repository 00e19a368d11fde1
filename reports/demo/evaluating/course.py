"""What becomes of one evaluation: the steps it has taken, by whom, on which day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from accounts.models import User
from assignments.demo.days import DAY, is_working, moment
from assignments.demo.stage import Stage
from reports.enums import EVALUATION_MOVES, EvaluationState, EvaluationStep
from reports.models import Evaluation

RATE, PROPOSE = EvaluationStep.RATE_ONESELF, EvaluationStep.PROPOSE
DECIDE, RELEASE = EvaluationStep.DECIDE, EvaluationStep.RELEASE
WHOLE = (RATE, PROPOSE, DECIDE, RELEASE)
# How far the running cycle is: for so many in a hundred each.
RUNNING = ((30, ()), (25, WHOLE[:1]), (30, WHOLE[:2]), (15, WHOLE[:3]))
UNRATED_SHARE = 0.06  # of a concluded cycle
HOURS = {RATE: 8, PROPOSE: 10, DECIDE: 15, RELEASE: 16, EvaluationStep.OBJECT: 9}


@dataclass(frozen=True)
class Timetable:
    """The days on which a cycle's steps may be taken: the Standing Committee decides on one."""

    opened_on: dt.date
    due_on: dt.date
    decided_on: dt.date

    def day_of(self, step: EvaluationStep, rng: Random) -> dt.date:
        """Draw the day of a step: rating until it is due, proposing until it is decided."""
        if step in (RATE, PROPOSE):
            since, until = (
                (self.opened_on, min(self.due_on, self.middle))
                if step == RATE
                else (self.middle, self.decided_on)
            )
            return working_day(since + rng.randrange(max(1, (until - since).days)) * DAY, since)
        return self.decided_on + (DAY if step == RELEASE else 0 * DAY)

    @property
    def middle(self) -> dt.date:
        """Give the day from which the office proposes."""
        return self.opened_on + (self.decided_on - self.opened_on) // 2


def working_day(day: dt.date, first: dt.date) -> dt.date:
    """Give the last working day up to ``day``, not before ``first``."""
    while not is_working(day) and day > first:
        day -= DAY
    return day


@dataclass(frozen=True)
class Course:
    """An evaluation with its steps and their moments."""

    evaluation: Evaluation
    steps: dict[EvaluationStep, dt.datetime]

    @property
    def state(self) -> EvaluationState:
        """Give the state its steps led to."""
        state = EvaluationState.OPEN
        for step in self.steps:
            state = EVALUATION_MOVES[step].target or state
        return state


def how_far(rng: Random, *, is_running: bool) -> tuple[EvaluationStep, ...]:
    """Draw how far an evaluation is: a concluded one the whole way, some without own rating."""
    if not is_running:
        return WHOLE[1:] if rng.random() < UNRATED_SHARE else WHOLE
    shares, ways = zip(*RUNNING, strict=True)
    return rng.choices(ways, shares)[0]


def course_of(
    evaluation: Evaluation, steps: tuple[EvaluationStep, ...], times: Timetable, rng: Random
) -> Course:
    """Give the evaluation's steps their moments."""
    return Course(
        evaluation,
        {
            step: moment(times.day_of(step, rng), dt.time(HOURS[step], rng.randrange(60)))
            for step in steps
        },
    )


def taker(stage: Stage, evaluation: Evaluation, step: EvaluationStep) -> User:
    """Give who takes a step; the office types what an officer without an account wrote."""
    if step in (RATE, EvaluationStep.OBJECT):
        return stage.author(evaluation.officer)
    return stage.leader if step == DECIDE else stage.office
