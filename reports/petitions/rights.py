"""Who may do what with a petition, and why not: right, reach, state, in one sentence."""

from __future__ import annotations

from enum import Enum

from accounts import clock
from accounts.enums import Permission
from accounts.models import User
from accounts.permissions import allowed
from assignments.models import Assignment, Officer
from reports.enums import (
    PETITION_MOVES,
    AnswerOutcome,
    PetitionAct,
    PetitionState,
)
from reports.models import Petition

# What officers, and who assists them, do with petitions; the office does everything.
RAISERS_ACTS = frozenset(
    {
        PetitionAct.AMEND,
        PetitionAct.WITHDRAW,
        PetitionAct.ANSWER,
        PetitionAct.TELL,
        PetitionAct.NOTE,
    }
)
# Of these, what they do only with what they raised themselves and nobody has taken up.
OWN_AND_NEW = frozenset({PetitionAct.AMEND, PetitionAct.WITHDRAW, PetitionAct.ANSWER})
# How a petition may be settled on the spot, without a competent body.
ON_THE_SPOT = (AnswerOutcome.RESOLVED, AnswerOutcome.ANSWERED)

ACTS_OF: dict[Permission, frozenset[PetitionAct]] = {
    Permission.HANDLE_PETITIONS: frozenset(PETITION_MOVES),
    Permission.RAISE_PETITIONS: RAISERS_ACTS,
    Permission.COMMENT: frozenset({PetitionAct.NOTE}),
}

OUT_OF_REACH = "Kiến nghị này không thuộc phạm vi theo dõi của đồng chí."
OFFICE_ACTS = "Việc “{act}” do Văn phòng, Ban Tổ chức thực hiện."
NOT_OWN = (
    "Việc “{act}” do cán bộ phản ánh kiến nghị, thư ký giúp việc, hoặc Văn phòng, Ban Tổ chức "
    "thực hiện."
)
NO_LONGER_NEW = (
    "{petition} đang ở tình trạng “{state}”; việc “{act}” nay do Văn phòng, Ban Tổ chức thực hiện."
)
WITHDRAWN = "{petition} đã được rút lại nên không thực hiện được việc “{act}”."
CLOSED = (
    "{petition} đã thông tin lại cho địa phương ngày {told_on:%d/%m/%Y} nên không thực hiện được "
    "việc “{act}”; muốn xử lý tiếp thì mở lại."
)
WRONG_STATE = "{petition} đang ở tình trạng “{state}” nên không thực hiện được việc “{act}”."
MAIN_IS_OPEN = (
    "{petition} trùng với một kiến nghị chưa có kết quả; có kết quả rồi mới thông tin lại cho địa "
    "phương."
)
NO_MATTER = "{petition} chưa thuộc nhóm vấn đề nào."
OFFICE_SETTLES = (
    "Kết quả “{outcome}” do Văn phòng, Ban Tổ chức ghi; giải quyết tại chỗ thì ghi “{first}” "
    "hoặc “{second}”."
)


class Reach(Enum):
    """How near a petition is to a user."""

    NONE = 0
    SEEN = 1
    OWN = 2  # of an officer the user acts for, or come to them with a unit that was merged
    ALL = 3


def reach_of(petition: Petition, user: User) -> Reach:
    """Give how near ``petition`` is to ``user``."""
    if allowed(user, Permission.VIEW_ALL):
        return Reach.ALL
    if Officer.objects.of_user(user).filter(pk=petition.officer_id).exists():
        return Reach.OWN
    if has_come_to(petition, user):
        return Reach.OWN
    is_seen = Petition.objects.visible_to(user).filter(pk=petition.pk).exists()
    return Reach.SEEN if is_seen else Reach.NONE


def has_come_to(petition: Petition, user: User) -> bool:
    """Say whether the commune went into one that an officer of ``user`` covers today."""
    own = Assignment.objects.of_user(user).covering()
    following = own.following(petition.commune_id, clock.today())
    return following.exclude(commune=petition.commune_id).exists()


def acts_of(user: User) -> frozenset[PetitionAct]:
    """Give what the user's role may do with some petition."""
    held = [acts for permission, acts in ACTS_OF.items() if allowed(user, permission)]
    return frozenset().union(*held)


def why_not(petition: Petition, act: PetitionAct, by: User) -> str:
    """Say why ``by`` cannot do ``act`` with ``petition`` as it now stands; "" when they can."""
    return why_no_right(petition, act, by, reach_of(petition, by)) or why_no_move(petition, act)


def acts_open_to(petition: Petition, user: User) -> tuple[PetitionAct, ...]:
    """Give what ``user`` can do with ``petition`` now, in the order of the moves."""
    reach = reach_of(petition, user)
    return tuple(
        act
        for act in PETITION_MOVES
        if not (why_no_right(petition, act, user, reach) or why_no_move(petition, act))
    )


def why_no_right(petition: Petition, act: PetitionAct, by: User, reach: Reach) -> str:
    """Say why ``act`` is not for ``by``; "" when it is."""
    words = {"petition": petition, "act": act.label, "state": petition.get_state_display()}
    if reach is Reach.NONE:
        return OUT_OF_REACH
    if act not in acts_of(by):
        return OFFICE_ACTS.format(**words)
    if allowed(by, Permission.HANDLE_PETITIONS) or act not in OWN_AND_NEW:
        return ""
    if reach is not Reach.OWN:
        return NOT_OWN.format(**words)
    return "" if petition.state == PetitionState.NEW else NO_LONGER_NEW.format(**words)


def why_no_move(petition: Petition, act: PetitionAct) -> str:
    """Say why ``act`` cannot be done by anybody as the petition now stands; "" when it can."""
    move = PETITION_MOVES.get(act)
    words = {"petition": petition, "act": act.label, "state": petition.get_state_display()}
    if petition.is_withdrawn:
        return WITHDRAWN.format(**words)
    if move is None or petition.state not in move.sources:
        return WRONG_STATE.format(**words)
    if petition.is_closed and not move.when_closed:
        return CLOSED.format(**words, told_on=petition.told_on)
    if act == PetitionAct.TELL and waits_for_main(petition):
        return MAIN_IS_OPEN.format(**words)
    if act == PetitionAct.UNGROUP and petition.matter_id is None:
        return NO_MATTER.format(**words)
    return ""


def waits_for_main(petition: Petition) -> bool:
    """Say whether a petition repeats one that has no result yet: there is nothing to tell of."""
    return petition.state == PetitionState.DUPLICATE and petition.duplicate_of.is_open


def why_not_settled_so(outcome: AnswerOutcome, by: User) -> str:
    """Say why ``by`` cannot settle a petition with ``outcome``; "" when they can."""
    if outcome in ON_THE_SPOT or allowed(by, Permission.HANDLE_PETITIONS):
        return ""
    first, second = (one.label for one in ON_THE_SPOT)
    return OFFICE_SETTLES.format(outcome=AnswerOutcome(outcome).label, first=first, second=second)
