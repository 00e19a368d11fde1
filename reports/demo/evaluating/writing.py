"""Writing two cycles with their evaluations: points, remarks, decisions, events, the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random

from accounts import audit
from accounts.enums import Verb
from accounts.models import AuditEvent
from assignments.demo.days import DAY, moment
from assignments.demo.log import entries, write_log
from assignments.demo.stage import Stage
from assignments.models import Officer
from reports.demo.evaluating import phrases
from reports.demo.evaluating.course import (
    DECIDE,
    PROPOSE,
    RATE,
    RELEASE,
    Course,
    Timetable,
    course_of,
    how_far,
    taker,
    working_day,
)
from reports.demo.evaluating.points import write_points
from reports.enums import CycleKind, EvaluationState, EvaluationStep, RatingLevel
from reports.evaluation.cycles import long_enough
from reports.evaluation.evidence import Reading
from reports.evaluation.keeping import kept
from reports.evaluation.moving import VERBS
from reports.evaluation.rules import default_criteria
from reports.evaluation.steps import typed
from reports.evaluation.terms import terms_in
from reports.models import (
    CommuneRemark,
    Criterion,
    Evaluation,
    EvaluationCycle,
    EvaluationEvent,
    EvaluationRules,
    Period,
)

CYCLES = 2
TO_CONCLUDE = 45 * DAY  # between the end of the older cycle and its decisions
OPENED_BEFORE, DECIDED_BEFORE, STILL_TO_RATE = 14 * DAY, 2 * DAY, 6 * DAY  # of the newer
TIME_TO_RATE = 10 * DAY
OBJECTED_AFTER = 3 * DAY
OTHERWISE = 0.08  # decided otherwise than proposed


def write_evaluations(stage: Stage, quarters: Sequence[Period]) -> None:
    """Write the last two finished quarters as cycles: the older concluded, the newer under way."""
    finished = [one for one in quarters if one.ended_on <= stage.day - OPENED_BEFORE]
    if len(finished) < CYCLES:
        return
    older, newer = finished[-CYCLES:]
    rules, criteria = write_rules(stage, older.ended_on)
    decided_on = min(older.ended_on + TO_CONCLUDE, stage.day - OPENED_BEFORE)
    concluded = Timetable(
        older.ended_on, older.ended_on + TIME_TO_RATE, working_day(decided_on, older.ended_on)
    )
    Cycle(stage, older, concluded, rules, criteria).write(is_running=False)
    decided_on = working_day(stage.day - DECIDED_BEFORE, stage.day - OPENED_BEFORE)
    running = Timetable(stage.day - OPENED_BEFORE, stage.day + STILL_TO_RATE, decided_on)
    Cycle(stage, newer, running, rules, criteria).write(is_running=True)


def write_rules(stage: Stage, day: dt.date) -> tuple[EvaluationRules, list[Criterion]]:
    """Write the set of criteria both cycles use."""
    bases = (words for since, words in phrases.BASES if dt.date(*since) <= day)
    rules = EvaluationRules(
        name=phrases.RULES,
        basis=next(bases, ""),
        entered_by=stage.office,
        entered_at=moment(day, dt.time(8, 5)),
    )
    rules.save()
    criteria = default_criteria()
    for criterion in criteria:
        criterion.rules = rules
    Criterion.objects.bulk_create(criteria)
    write_log(entries([rules]))
    return rules, criteria


class Cycle:
    """One cycle being written."""

    def __init__(
        self,
        stage: Stage,
        quarter: Period,
        times: Timetable,
        rules: EvaluationRules,
        criteria: list[Criterion],
    ):
        self.stage, self.times, self.criteria = stage, times, criteria
        self.rng: Random = stage.random(f"evaluations of {quarter.code}")
        self.cycle = EvaluationCycle(
            kind=CycleKind.QUARTER,
            name=str(quarter),
            started_on=quarter.started_on,
            ended_on=quarter.ended_on,
            self_rating_due_on=times.due_on,
            rules=rules,
            entered_by=stage.office,
            entered_at=moment(times.opened_on, dt.time(7, 40)),
        )

    def write(self, *, is_running: bool) -> None:
        """Write the cycle, its evaluations as far as they are, and the log."""
        self.cycle.save()
        terms = terms_in(self.cycle)
        officers = Officer.objects.filter(pk__in=long_enough(terms, self.cycle)).order_by("pk")
        rows = [Evaluation(cycle=self.cycle, officer=officer) for officer in officers]
        Evaluation.objects.bulk_create(rows)
        courses = [self.course(row, is_running=is_running) for row in rows]
        write_points(courses, self.criteria, self.rng)
        events = [*self.rated(courses), *self.proposed(courses, terms)]
        EvaluationEvent.objects.bulk_create(events)
        later = [*self.concluded(courses), *self.objected(courses)]
        EvaluationEvent.objects.bulk_create(later)
        self.save(courses)
        write_log([*entries([self.cycle]), *log([*events, *later])])

    def course(self, row: Evaluation, *, is_running: bool) -> Course:
        """Draw the course of an evaluation; the officer one can log in as has the running one."""
        steps = how_far(self.rng, is_running=is_running)
        if row.officer == self.stage.shown:
            steps = () if is_running else (RATE, PROPOSE, DECIDE, RELEASE)
        return course_of(row, steps, self.times, self.rng)

    def rated(self, courses: list[Course]) -> Iterator[EvaluationEvent]:
        """Let officers say what they think of themselves."""
        for course in having(courses, RATE):
            row = course.evaluation
            row.self_level = self.rng.choice((RatingLevel.EXCELLENT, *2 * (RatingLevel.GOOD,)))
            row.self_text = self.rng.choice(phrases.OWN)
            content = {"level": row.self_level, "text": row.self_text}
            yield self.event(course, RATE, content | typed(row, taker(self.stage, row, RATE)))

    def proposed(self, courses: list[Course], terms: dict) -> Iterator[EvaluationEvent]:
        """Let communes remark and the office propose, by what the records and its points say."""
        chosen = having(courses, PROPOSE)
        self.write_remarks(chosen, terms)
        reading = self.reading(chosen)
        for course in chosen:
            row = course.evaluation
            level = reading.evidence(row).level_by_points or RatingLevel.COMPLETED
            row.proposed_level, row.proposal_text = level, phrases.PROPOSED[level]
            if level == RatingLevel.EXCELLENT:
                row.commendation = phrases.COMMENDATION
            if level == RatingLevel.COMPLETED:
                row.training_need = phrases.TRAINING
            content = {
                "proposed_level": level,
                "proposal_text": row.proposal_text,
                "commendation": row.commendation,
                "training_need": row.training_need,
                "unrated_reason": "" if RATE in course.steps else phrases.UNRATED,
            }
            yield self.event(course, PROPOSE, content, row.proposal_text)

    def write_remarks(self, courses: list[Course], terms: dict) -> None:
        """Write what the commune held longest says, a day or so before the proposal."""
        remarks = []
        for course in courses:
            held = max(terms[course.evaluation.officer_id].by_commune, key=lambda one: one[1])
            given_on = max(course.steps[PROPOSE].date() - DAY, self.times.opened_on)
            remarks.append(
                CommuneRemark(
                    evaluation=course.evaluation,
                    commune_id=held[0],
                    given_on=given_on,
                    document=f"Công văn số {self.rng.randrange(10, 90)}-CV/ĐU, "
                    f"ngày {given_on:%d/%m/%Y}",
                    content=self.rng.choice(phrases.REMARKS),
                    entered_by=self.stage.office,
                    entered_at=moment(given_on, dt.time(14, 30)),
                )
            )
        CommuneRemark.objects.bulk_create(remarks)
        write_log(remarked(remarks))

    def concluded(self, courses: list[Course]) -> Iterator[EvaluationEvent]:
        """Let the Standing Committee decide on one day, with the evidence of that day kept."""
        chosen = having(courses, DECIDE)
        reading = self.reading(chosen)
        for course in chosen:
            row = course.evaluation
            row.decided_level, row.decision_reason = self.decision(row)
            row.decided_on = self.times.decided_on
            row.evidence = kept(reading.evidence(row))
            content = {
                "decided_level": row.decided_level,
                "decision_reason": row.decision_reason,
                "decided_on": row.decided_on.isoformat(),
            }
            yield self.event(course, DECIDE, content, row.decision_reason)
        for course in having(courses, RELEASE):
            course.evaluation.released_on = course.steps[RELEASE].date()
            yield self.event(course, RELEASE, {})

    def decision(self, row: Evaluation) -> tuple[str, str]:
        """Give level and reason: as proposed, now and then not."""
        if row.proposed_level == RatingLevel.EXCELLENT and self.rng.random() < OTHERWISE:
            return RatingLevel.GOOD, phrases.DECIDED_OTHERWISE
        return row.proposed_level, phrases.DECIDED

    def objected(self, courses: list[Course]) -> Iterator[EvaluationEvent]:
        """Let the officer one can log in as note something."""
        for course in having(courses, RELEASE):
            if course.evaluation.officer == self.stage.shown:
                course.evaluation.objection = phrases.OBJECTION
                at = course.steps[RELEASE] + OBJECTED_AFTER
                course.steps[EvaluationStep.OBJECT] = at
                content = {"text": phrases.OBJECTION}
                yield self.event(course, EvaluationStep.OBJECT, content, phrases.OBJECTION)

    def reading(self, courses: list[Course]) -> Reading:
        rows = [course.evaluation for course in courses]
        return Reading(self.cycle, self.times.decided_on, rows)

    def event(
        self, course: Course, step: EvaluationStep, content: dict, reason: str = ""
    ) -> EvaluationEvent:
        at = course.steps[step]
        return EvaluationEvent(
            evaluation=course.evaluation,
            step=step,
            state=state_after(step),
            happened_on=at.date(),
            happened_at=at,
            by=taker(self.stage, course.evaluation, step),
            reason=reason,
            content=content,
        )

    def save(self, courses: list[Course]) -> None:
        """Write the evaluations' own columns at the end of their courses."""
        for course in courses:
            course.evaluation.state = course.state
            course.evaluation.edition = 1 + len(course.steps)
        rows = [course.evaluation for course in courses]
        columns = [
            field.name
            for field in Evaluation._meta.concrete_fields
            if field.name not in ("id", "cycle", "officer")
        ]
        Evaluation.objects.bulk_update(rows, columns)


def having(courses: list[Course], step: EvaluationStep) -> list[Course]:
    return [course for course in courses if step in course.steps]


STATES = {
    RATE: EvaluationState.SELF_RATED,
    PROPOSE: EvaluationState.PROPOSED,
    DECIDE: EvaluationState.DECIDED,
}


def state_after(step: EvaluationStep) -> EvaluationState:
    return STATES.get(step, EvaluationState.RELEASED)


def log(events: list[EvaluationEvent]) -> Iterator[AuditEvent]:
    """Give the log rows of steps: who took which, nothing of what was said."""
    for event in events:
        step = EvaluationStep(event.step)
        yield audit.event(
            VERBS[step],
            event.evaluation,
            by=event.by,
            at=event.happened_at,
            after={"việc": step.label},
        )


def remarked(remarks: list[CommuneRemark]) -> Iterator[AuditEvent]:
    for remark in remarks:
        at = remark.entered_at
        yield audit.event(Verb.CREATE, remark, by=remark.entered_by, at=at)
