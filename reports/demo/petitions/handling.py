"""Where petitions are sent, and with what document the body there answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random

from assignments.demo.days import DAY, moment
from assignments.demo.stage import Stage
from reports.demo.petitions import answering
from reports.demo.petitions.life import Life, Sent
from reports.demo.petitions.wording import Words
from reports.enums import AnswerOutcome, LegRole
from reports.models import CompetentBody, PetitionAnswer, PetitionField

BESIDE, TO_DISTRICT, TO_COMMUNE = 0.15, 0.14, 0.06


class Handling:
    """Knows the bodies by name; keeps the answers given."""

    def __init__(
        self, stage: Stage, rng: Random, words: Words, bodies: Mapping[str, CompetentBody]
    ):
        self.stage, self.rng, self.words, self.bodies = stage, rng, words, bodies
        self.answers: list[PetitionAnswer] = []

    def sent(self, life: Life, on: dt.date, limit: int) -> Sent:
        """Give to whom a petition goes: usually its field's body."""
        usual = self.usual(life.petition.field)
        if life.legs:
            note = self.rng.choice(answering.REROUTED)
            return self.to(usual, on, limit, note, self.beside(usual))
        others = [self.bodies[name] for name in (answering.DISTRICT, answering.COMMUNE)]
        weights = (TO_DISTRICT, TO_COMMUNE, 1 - TO_DISTRICT - TO_COMMUNE)
        [body] = self.rng.choices((*others, usual), weights)
        return self.to(body, on, limit, beside=self.beside(body))

    def usual(self, field: PetitionField) -> CompetentBody:
        return field.body or self.bodies[answering.USUAL]

    def beside(self, body: CompetentBody) -> tuple[CompetentBody, ...]:
        if self.rng.random() > BESIDE:
            return ()
        names = [name for name in answering.COORDINATING if name != body.name]
        return (self.bodies[self.rng.choice(names)],)

    def to(
        self,
        body: CompetentBody,
        on: dt.date,
        limit: int,
        note: str = "",
        beside: tuple[CompetentBody, ...] = (),
    ) -> Sent:
        number = on.timetuple().tm_yday * 4 + self.rng.randint(0, 3)
        reference = f"Công văn số {number}-CV/VPTU ngày {on:%d/%m/%Y}"
        return Sent(body, on, on + limit * DAY, reference, note, beside)

    def document(self, life: Life, outcome: AnswerOutcome, on: dt.date) -> PetitionAnswer:
        """Give the document of the body that has the petition."""
        body = next(leg.body for leg in reversed(life.legs) if leg.role == LegRole.LEAD)
        mark = answering.MARKS.get(body.name, answering.OTHER_MARK)
        answer = PetitionAnswer(
            outcome=outcome,
            body=body,
            number=f"{on.timetuple().tm_yday * 6 + self.rng.randint(0, 5)}/{mark}",
            issued_on=on,
            entered_by=self.stage.office,
            entered_at=moment(on, dt.time(9, self.rng.randint(0, 59))),
        )
        more = {}
        if outcome == AnswerOutcome.UNDER_RESOURCED:
            answer.roadmap_on = (on + self.rng.randint(210, 430) * DAY).replace(day=1)
            more = {"lo_trinh": f"{answer.roadmap_on:%d/%m/%Y}"}
        if outcome == AnswerOutcome.OUT_OF_COMPETENCE:
            names = [name for name in answering.ELSEWHERE if name != body.name]
            answer.competent_body = self.bodies[self.rng.choice(names)]
            more = {"co_quan": answer.competent_body}
        petition = life.petition
        answer.content = self.words.answer(
            outcome, petition.field.name, petition.commune, on, **more
        )
        self.answers.append(answer)
        return answer
