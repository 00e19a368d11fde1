"""The lives of four hundred petitions, told backwards from how they stand on the world's day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from assignments.demo.days import DAY, moment
from assignments.demo.stage import Stage
from reports.demo.petitions import answering, asking
from reports.demo.petitions.days import Days
from reports.demo.petitions.fates import DUPLICATE, NEW, Fate, Group, Turn, fates
from reports.demo.petitions.handling import Handling
from reports.demo.petitions.life import Life, Sent, in_order
from reports.demo.petitions.origins import Origin, Origins
from reports.demo.petitions.wording import Words
from reports.enums import AnswerOutcome, PetitionAct, PetitionSource, PetitionState, Urgency
from reports.models import CompetentBody, Petition, PetitionAnswer, PetitionField, PetitionMatter

# Days since the body has an open petition, least and most.
AGES = {
    PetitionState.ROUTED: (1, 24),
    PetitionState.CONSIDERING: (4, 45),
    PetitionState.IN_PROGRESS: (10, 150),
}
# What is overdue: days since the body has it; the limit, where it is not the field's.
OVERDUE = {Turn.OVERDUE: (50, 85), Turn.OVERDUE_SOON: (19, 26)}
SHORT = 14
LONGER = (60, 90, 120, 180)  # what the office gives a body that needs more than the field's limit
UNTOLD_FOR = {Turn.UNTOLD: (1, 8), Turn.UNTOLD_LONG: (13, 30)}
REOPENED_FOR = {PetitionState.NEW: (3, 3), PetitionState.ROUTED: (12, 20)}
REOPENED_LONG = (40, 70)
SETTLED_BY = 110  # days, at most, from raising to telling
URGENCIES = {Urgency.NORMAL: 76, Urgency.SOON: 17, Urgency.URGENT: 7}
REROUTED = 0.44  # where there was time for it
PERSONAL, AMENDED, NOTED = 0.045, 0.05, 0.5


class Inventor:
    """Invents lives; knows the fields by name."""

    def __init__(
        self,
        stage: Stage,
        origins: Origins,
        fields: Mapping[str, PetitionField],
        bodies: Mapping[str, CompetentBody],
    ):
        self.stage, self.rng = stage, stage.random("petitions")
        self.origins, self.words, self.fields = origins, Words(stage), fields
        self.days = Days(stage.day, self.rng)
        self.handling = Handling(stage, self.rng, self.words, bodies)
        self.lives: list[Life] = []
        self.groups: dict[Group, list[Life]] = {}
        self.matters: dict[Group, PetitionMatter] = {}
        self.of_group: dict[Group, PetitionAnswer] = {}
        self.repeated: set[int] = set()

    def all(self) -> list[Life]:
        """Give every life, unsaved, in the order of entering."""
        for fate in fates():
            self.way(fate)(fate)
        return in_order(self.lives)

    def way(self, fate: Fate) -> Callable[[Fate], None]:
        """Give how a fate is come to."""
        if fate.state == DUPLICATE:
            return self.repeating
        if fate.group:
            return self.grouped
        if fate.state == NEW or fate.turn is Turn.REOPENED:
            return {Turn.WITHDRAWN: self.withdrawn, Turn.REOPENED: self.reopened}.get(
                fate.turn, self.new
            )
        if fate.state in AGES:
            return self.open
        return self.on_the_spot if fate.turn is Turn.ON_THE_SPOT else self.settled

    @property
    def day(self) -> dt.date:
        return self.stage.day

    # --- raising ---

    def origin(self, since: dt.date, until: dt.date, fate: Fate, **options: object) -> Origin:
        since = max(since, self.stage.world.start + DAY)
        officer = self.stage.shown if fate.is_shown else None
        return self.origins.draw(since, max(since, until), officer, **options)

    def begin(self, origin: Origin, field: str = "", asked: tuple = ()) -> Life:
        """Raise a petition, of some field and words unless these are given."""
        commune, day = origin.commune, origin.raised_on
        is_personal = not field and self.rng.random() < PERSONAL
        if is_personal:
            field, asked = asking.OTHER, asking.PERSONAL
        field = field or self.words.field(commune)
        content, beneficiary = self.words.asked(asked or asking.ASKED[field], commune, day)
        petition = Petition(
            commune=commune,
            officer=origin.officer,
            raised_on=day,
            source=origin.source,
            visit=origin.visit,
            report=origin.report,
            source_note=self.source_note(origin),
            content=content,
            beneficiary=beneficiary,
            field=self.fields[field],
            urgency=self.rng.choices(list(URGENCIES), URGENCIES.values())[0],
            has_personal_data=is_personal,
            entered_by=self.stage.author(origin.officer) if origin.officer else self.stage.office,
            entered_at=moment(day, dt.time(self.rng.randint(16, 20), self.rng.randint(0, 59))),
        )
        life = Life(self.stage, self.rng, petition)
        self.lives.append(life)
        if self.rng.random() < AMENDED:
            note = self.words.choose(answering.AMENDED, commune, day)
            life.say(PetitionAct.AMEND, day, life.teller, note)
        return life

    def source_note(self, origin: Origin) -> str:
        options = {
            PetitionSource.MEETING: asking.MEETINGS,
            PetitionSource.DOCUMENT: asking.DOCUMENTS,
        }.get(origin.source)
        return self.words.choose(options, origin.commune, origin.raised_on) if options else ""

    def new(self, fate: Fate) -> None:
        since, until = (20, 8) if fate.turn is Turn.OLD else (4, 1)
        self.begin(self.origin(self.day - since * DAY, self.day - until * DAY, fate))

    def withdrawn(self, fate: Fate) -> None:
        life = self.begin(self.origin(self.days.ago(60, 60), self.days.ago(20, 20), fate))
        reason = answering.WITHDRAWN[len(self.lives) % len(answering.WITHDRAWN)]
        life.withdraw(self.days.after(life.petition.raised_on, 1, 2), reason)

    # --- on the way ---

    def open(self, fate: Fate) -> None:
        routed_on = self.days.before(self.days.ago(*OVERDUE.get(fate.turn, AGES[fate.state])))
        life = self.handed_on(self.raised_before(routed_on, fate), routed_on)
        life.route(self.handling.sent(life, routed_on, self.limit(life, fate, routed_on)))
        self.go_on(life, fate)

    def limit(self, life: Life, fate: Fate, routed_on: dt.date) -> int:
        """Give how many days the body has: enough, unless it is to be overdue."""
        usual = life.petition.field.limit_days
        if fate.turn is Turn.OVERDUE_SOON:
            life.petition.urgency = Urgency.URGENT
            return SHORT
        if fate.turn is Turn.OVERDUE:
            return usual
        age = (self.day - routed_on).days
        return next(days for days in (usual, *LONGER) if days >= age)

    def go_on(self, life: Life, fate: Fate) -> None:
        """Let the body come as far as the fate says; a leader may ask about what is overdue."""
        self.advance(life, fate.state, self.day)
        if fate.turn in OVERDUE and fate.group is None and self.rng.random() < NOTED:
            [on] = self.days.between(life.events[-1].happened_on, self.day, 1)
            leader = self.stage.users["leader"]
            life.say(PetitionAct.NOTE, on, leader, self.rng.choice(answering.NOTED))

    def raised_before(self, routed_on: dt.date, fate: Fate) -> Life:
        return self.begin(self.origin(routed_on - 7 * DAY, routed_on - DAY, fate))

    def handed_on(self, life: Life, routed_on: dt.date) -> Life:
        """Let another body have had a petition first, now and then: the commune, the district."""
        since = life.petition.raised_on
        if (routed_on - since).days < 5 or self.rng.random() > REROUTED:
            return life
        first = self.handling.bodies[self.rng.choice((answering.COMMUNE, answering.DISTRICT))]
        [on] = self.days.between(since, routed_on - 2 * DAY, 1)
        life.route(self.handling.to(first, on, life.petition.field.limit_days))
        return life

    def advance(self, life: Life, state: PetitionState, until: dt.date) -> None:
        """Let the body consider it, and begin, before ``until``."""
        acts = {
            PetitionState.CONSIDERING: (PetitionAct.CONSIDER,),
            PetitionState.IN_PROGRESS: self.rng.choice(
                ((PetitionAct.CONSIDER, PetitionAct.START), (PetitionAct.START,))
            ),
        }.get(state, ())
        days = self.days.between(life.events[-1].happened_on, until, len(acts))
        for act, on in zip(acts, days, strict=True):
            options = answering.CONSIDERING if act == PetitionAct.CONSIDER else answering.STARTED
            life.progress(act, on, self.words.choose(options, life.petition.commune, on))

    # --- settled ---

    def settled(self, fate: Fate) -> None:
        """Let it be answered and told; lately, and not told yet, for what is untold."""
        if fate.turn in UNTOLD_FOR:
            answered_on = self.days.before(self.days.ago(*UNTOLD_FOR[fate.turn]))
            routed_on = self.days.before(answered_on - self.rng.randint(10, 50) * DAY)
            life = self.handed_on(self.raised_before(routed_on, fate), routed_on)
            self.answer(life, fate.state, routed_on, answered_on)
        else:
            life = self.begin(self.long_ago(fate))
            self.whole(life, fate.state)

    def long_ago(self, fate: Fate) -> Origin:
        """Give an origin of the two years, but for what could not be settled since."""
        start = self.stage.world.start + 8 * DAY
        whole = (self.day - SETTLED_BY * DAY - start).days
        until = start + round(whole * self.rng.random()) * DAY
        return self.origin(until - 6 * DAY, until, fate)

    def whole(self, life: Life, state: PetitionState) -> None:
        """Let it be routed, answered and told, from its being raised on."""
        routed_on = self.days.after(life.petition.raised_on, 1, 6)
        self.answer(life, state, routed_on, self.days.after(routed_on, 8, 55))
        self.tell(life)

    def answer(
        self, life: Life, state: PetitionState, routed_on: dt.date, answered_on: dt.date
    ) -> None:
        life.route(self.handling.sent(life, routed_on, life.petition.field.limit_days))
        way = self.rng.choice((PetitionState.CONSIDERING, PetitionState.IN_PROGRESS))
        if (answered_on - routed_on).days > 9:
            self.advance(life, way, answered_on)
        life.answer(self.handling.document(life, AnswerOutcome(state), answered_on))

    def tell(self, life: Life, least: int = 2, most: int = 14) -> None:
        on = self.days.after(life.events[-1].happened_on, least, most)
        life.tell(on, self.words.choose(answering.TOLD, life.petition.commune, on))

    def on_the_spot(self, fate: Fate) -> None:
        """Let the officer settle it where it was raised."""
        life = self.begin(self.long_ago(fate))
        on, commune = life.petition.raised_on, life.petition.commune
        answer = PetitionAnswer(
            outcome=AnswerOutcome(fate.state),
            issued_on=on,
            content=self.words.choose(answering.ON_THE_SPOT, commune, on),
            entered_by=life.teller,
            entered_at=life.petition.entered_at,
        )
        self.handling.answers.append(answer)
        life.answer(answer)
        self.tell(life, 0, 3)

    # --- settled, and back again ---

    def reopened(self, fate: Fate) -> None:
        reopened_on = self.days.ago(*REOPENED_FOR.get(fate.state, REOPENED_LONG))
        since, until = reopened_on - 135 * DAY, reopened_on - 115 * DAY
        life = self.begin(self.origin(since, until, fate))
        self.whole(life, self.rng.choice((PetitionState.RESOLVED, PetitionState.ANSWERED)))
        commune = life.petition.commune
        life.reopen(reopened_on, self.words.choose(answering.REOPENED, commune, reopened_on))
        if fate.state != NEW:
            routed_on = self.days.after(reopened_on, 1, 4)
            life.route(self.handling.sent(life, routed_on, LONGER[1]))
            self.go_on(life, fate)

    # --- with others ---

    def grouped(self, fate: Fate) -> None:
        """Let it be one of a matter's, routed and answered together with the others."""
        group = fate.group
        routed_on = self.day - group.days_ago * DAY
        others = self.groups.setdefault(group, [])
        communes = [life.petition.commune for life in others]
        communes += self.words.unfit(group.field)
        origin = self.origin(routed_on - 30 * DAY, routed_on - 2 * DAY, fate, without=communes)
        life = self.begin(origin, group.field, group.asked)
        first = others[0].legs[0] if others else None
        others.append(life)
        body = self.handling.bodies[group.body] if group.body else life.petition.field.body
        sent = self.handling.to(body, routed_on, group.limit)
        reference = first.reference if first else sent.reference
        life.route(Sent(sent.body, sent.on, sent.due_on, reference))
        life.join(self.matter(group), routed_on)
        if group.answered_ago:
            self.answer_group(life, fate)
        else:
            self.go_on(life, fate)

    def matter(self, group: Group) -> PetitionMatter:
        if group not in self.matters:
            at = moment(self.day - group.days_ago * DAY, dt.time(8))
            self.matters[group] = PetitionMatter(
                title=group.title,
                field=self.fields[group.field],
                entered_by=self.stage.office,
                entered_at=at,
            )
        return self.matters[group]

    def answer_group(self, life: Life, fate: Fate) -> None:
        """Answer by the one document of the group."""
        group = fate.group
        if group not in self.of_group:
            on = self.day - group.answered_ago * DAY
            self.of_group[group] = self.handling.document(life, AnswerOutcome(fate.state), on)
        life.answer(self.of_group[group])
        if fate.turn is not Turn.UNTOLD:
            self.tell(life, 2, 10)

    def repeating(self, fate: Fate) -> None:
        """Let it repeat another of its commune; what repeats an open one is told with that."""
        is_open = fate.turn is Turn.UNTOLD
        main = self.choose_main(is_open=is_open)
        petition = main.petition
        since, until = petition.raised_on + 3 * DAY, petition.raised_on + 25 * DAY
        if is_open:
            since, until = self.day - 10 * DAY, self.day - 6 * DAY
        [raised_on] = self.days.between(since, until, 1)
        row = self.stage.answering(petition.commune, raised_on)
        origin = Origin(
            raised_on, petition.commune, row.officer if row else None, PetitionSource.MEETING
        )
        life = self.begin(origin, petition.field.name)
        again = self.rng.choice(asking.AGAIN).format(content=petition.content)
        life.petition.content, life.petition.beneficiary = again, petition.beneficiary
        life.repeat(petition, self.days.after(raised_on, 1, 3), self.rng.choice(answering.SAME))
        if not is_open:
            told_on = max(petition.told_on, life.events[-1].happened_on)
            told_on = self.days.after(told_on, 1, 5)
            life.tell(told_on, self.words.choose(answering.TOLD, petition.commune, told_on))

    def choose_main(self, *, is_open: bool) -> Life:
        """Choose what is repeated: nothing twice, and nobody's personal matter."""
        states = AGES if is_open else (PetitionState.RESOLVED, PetitionState.ANSWERED)
        found = [
            life
            for life in self.lives
            if life.petition.state in states
            and (is_open or life.petition.told_on)
            and life.petition.matter is None
            and not life.petition.has_personal_data
            and id(life) not in self.repeated
            and life.petition.raised_on < self.day - (20 if is_open else SETTLED_BY - 10) * DAY
        ]
        main = self.rng.choice(found)
        self.repeated.add(id(main))
        return main
