"""What was asked of a plan, in words."""

from __future__ import annotations

from collections.abc import Iterable

from assignments.enums import EndReason, OfficerGroup
from assignments.models import Officer, ReassignmentPlan
from assignments.planning.parameters import GroupRule, Parameters
from assignments.planning.world import World, parameters_of
from communes.enums import CommuneKind
from communes.models import Commune

NOBODY = "không ai"


def asked_in_words(
    plan: ReassignmentPlan, world: World | None = None
) -> list[tuple[str, list[str]]]:
    """Give each thing asked as (label, values); what was not asked is left out.

    ``world``: the day the plan starts, if it is read already.
    """
    asked = parameters_of(plan)
    words = Words(asked, world)
    lines = [
        ("Thôi phụ trách", words.leavers() or [NOBODY]),
        ("Mỗi cán bộ nhiều nhất", [f"{asked.capacity} Đảng bộ"]),
        ("Giới hạn riêng", words.own_limits()),
        ("Giữ nguyên địa bàn", words.officers(asked.unmovable)),
        ("Không cần người mới", words.communes(asked.unneeded)),
        ("Không giao", words.excluded()),
        ("Không giao (quê quán)", words.pairs(asked.home)),
        ("Phải giao", words.pairs(asked.fixed)),
        ("Theo nhóm cán bộ", [group_rule(rule) for rule in asked.group_rules]),
        ("Theo loại đơn vị", words.kinds()),
    ]
    return [(label, values) for label, values in lines if values]


class Words:
    """The names of the officers and communes that ``asked`` speaks of, read once."""

    def __init__(self, asked: Parameters, world: World | None):
        self.asked = asked
        if world:
            self.officer, self.commune = world.officers, world.communes
            return
        pairs = [*asked.fixed, *asked.home, *((one.officer, one.commune) for one in asked.excluded)]
        officers = {*asked.leavers, *asked.capacities, *asked.unmovable}
        officers |= {officer for officer, _ in pairs}
        communes = {*asked.unneeded, *(commune for _, commune in pairs)}
        self.officer = Officer.objects.in_bulk(officers) if officers else {}
        found = Commune.objects.defer("boundary").in_bulk(communes) if communes else {}
        self.commune = found

    def officers(self, keys: Iterable[int]) -> list[str]:
        return [self.officer[key].full_name for key in keys if key in self.officer]

    def communes(self, keys: Iterable[int]) -> list[str]:
        return [self.commune[key].full_name for key in keys if key in self.commune]

    def pairs(self, pairs: Iterable[tuple[int, int]]) -> list[str]:
        return [
            f"{self.officer[officer].full_name} – {self.commune[commune].full_name}"
            for officer, commune in pairs
            if officer in self.officer and commune in self.commune
        ]

    def leavers(self) -> list[str]:
        return [
            f"{self.officer[key].full_name} ({EndReason(reason).label.lower()})"
            for key, reason in self.asked.leavers.items()
            if key in self.officer
        ]

    def own_limits(self) -> list[str]:
        return [
            f"{self.officer[key].full_name}: {most} Đảng bộ"
            for key, most in self.asked.capacities.items()
            if key in self.officer
        ]

    def excluded(self) -> list[str]:
        found = []
        for one in self.asked.excluded:
            why = f" ({one.reason})" if one.reason else ""
            found += [f"{pair}{why}" for pair in self.pairs([(one.officer, one.commune)])]
        return found

    def kinds(self) -> list[str]:
        return [
            f"{CommuneKind(rule.kind).label}: "
            + ", ".join(OfficerGroup(group).label for group in rule.groups)
            for rule in self.asked.kind_rules
        ]


def group_rule(rule: GroupRule) -> str:
    """Give "Ủy viên Ban Thường vụ: ít nhất 1, nhiều nhất 2 Đảng bộ"."""
    least = f"ít nhất {rule.at_least}" if rule.at_least else ""
    most = f"nhiều nhất {rule.at_most}" if rule.at_most is not None else ""
    limits = ", ".join(filter(None, (least, most)))
    return f"{OfficerGroup(rule.group).label}: {limits} Đảng bộ"
