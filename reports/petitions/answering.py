"""What came of petitions: an answer, for one or many at once; or that one repeats another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.enums import Verb
from accounts.models import User
from assignments.keeping import keep, kept_if_written
from communes.periods import constraint_sentences
from reports.enums import PETITION_MOVES, PetitionAct, PetitionState
from reports.models import AnswerFile, Petition, PetitionAnswer, PetitionEvent, PetitionLeg
from reports.petitions.events import Deed, held, take_up, write
from reports.petitions.facts import AnswerFacts
from reports.petitions.rights import why_not_settled_so
from reports.petitions.routing import Editions, end_legs
from reports.petitions.telling import tell_of

if TYPE_CHECKING:
    from assignments.attachments import Accepted

NO_PETITION = "Chưa chọn kiến nghị nào."
TOO_MANY_FILES = "Mỗi văn bản trả lời có nhiều nhất {most} tệp."
NOT_TO_ITSELF = "{petition} không thể trùng với chính nó."
OTHER_WITHDRAWN = "{other} đã được rút lại, không chọn làm kiến nghị chính được."
OTHER_REPEATS = "{other} lại trùng với kiến nghị số {main}; chọn kiến nghị số {main}."
IS_REPEATED = (
    "{petition} đang là kiến nghị chính của kiến nghị số {codes}; xác định các kiến nghị đó trùng "
    "với {other} trước."
)
TABLES = (PetitionAnswer, AnswerFile, Petition, PetitionEvent, PetitionLeg)


def answer_petitions(
    *,
    petitions: Sequence[Petition],
    facts: AnswerFacts,
    files: Sequence[Accepted],
    by: User,
    now: dt.datetime,
    editions: Editions | None = None,
) -> PetitionAnswer:
    """Write down what came of petitions; each waits from then on for its commune to be told.

    Whoever had them has them no more from the answer's day on. Raises with the sentences of all
    petitions that cannot be answered, and then answers none.
    """
    if not petitions:
        raise ValidationError(NO_PETITION)
    with kept_if_written() as undo, constraint_sentences(*TABLES), transaction.atomic():
        current = held(petitions)
        answer = PetitionAnswer(entered_by=by, entered_at=now, **vars(facts))
        deed = Deed(PetitionAct.ANSWER, by, now, facts.issued_on, body=facts.body, answer=answer)
        standing = taken_up(current.values(), deed, editions or {})
        if sentence := why_not_settled_so(facts.outcome, by):
            raise ValidationError({"outcome": sentence})
        answer.full_clean()
        answer.save()
        audit.record(Verb.CREATE, answer, by=by, after=audit.snapshot(answer))
        attach(answer, files, by=by, now=now, undo=undo)
        for petition in current.values():
            end_legs(petition, facts.issued_on)
            state = PetitionState(facts.outcome)
            tell_of(write(petition, deed, standing[petition.pk], state=state))
    return answer


def taken_up(
    petitions: Iterable[Petition], deed: Deed, editions: Editions
) -> dict[int, PetitionEvent]:
    """Give the standing event of each petition, by key; raise what hinders any of them."""
    standing, sentences = {}, []
    for petition in petitions:
        try:
            standing[petition.pk] = take_up(petition, deed, editions.get(petition.pk))
        except ValidationError as error:
            sentences += error.messages
    if sentences:
        raise ValidationError([*dict.fromkeys(sentences)])
    return standing


def attach(
    answer: PetitionAnswer,
    files: Sequence[Accepted],
    *,
    by: User,
    now: dt.datetime,
    undo: ExitStack,
) -> None:
    """Keep ``files`` beside a new answer; ``undo`` learns how to remove them again."""
    different = {file.checksum: file for file in files}.values()
    most = settings.ATTACHMENTS_MAX_PER_VISIT
    if len(different) > most:
        raise ValidationError({"files": TOO_MANY_FILES.format(most=most)})
    for file in different:
        keep(AnswerFile(answer=answer), file, by=by, now=now, undo=undo)


# --- one repeats another ------------------------------------------------------------------------


def mark_duplicate(
    *,
    petition: Petition,
    of: Petition,
    on: dt.date,
    note: str,
    edition: int | None,
    by: User,
    now: dt.datetime,
) -> Petition:
    """Note that a petition repeats another: its commune is told what comes of that one."""
    with constraint_sentences(*TABLES), transaction.atomic():
        both = held([petition, of])
        current, other = both[petition.pk], both[of.pk]
        deed = Deed(PetitionAct.MARK_DUPLICATE, by, now, on=on, note=note)
        standing = take_up(current, deed, edition)
        if sentence := why_not_repeating(current, other):
            raise ValidationError({"of": sentence})
        end_legs(current, on)
        state = PETITION_MOVES[PetitionAct.MARK_DUPLICATE].target
        write(current, deed, standing, state=state, duplicate_of=other)
    return current


def why_not_repeating(petition: Petition, other: Petition) -> str:
    """Say why ``petition`` cannot be one that repeats ``other``; "" when it can.

    What repeats another has nothing repeating itself: no chains, no circles.
    """
    words = {"petition": petition, "other": other}
    if other == petition:
        return NOT_TO_ITSELF.format(**words)
    if other.is_withdrawn:
        return OTHER_WITHDRAWN.format(**words)
    if other.duplicate_of:
        return OTHER_REPEATS.format(**words, main=other.duplicate_of.code)
    codes = ", ".join(one.code for one in petition.duplicates.all())
    return IS_REPEATED.format(**words, codes=codes) if codes else ""
