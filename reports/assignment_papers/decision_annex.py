"""The annex of a decision: who is assigned where, by officer and by commune, and who ends.

Columns and both orientations as offices have them (DOMAIN §3.3), the title as annexes have it
(DOMAIN §2.5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from accounts.models import User
from assignments.enums import AssignmentRole
from assignments.models import Assignment, Decision
from assignments.spreadsheets import Heading
from communes.dates import short_date
from reports.documents import Paper, TableColumn, profile_of, standing_committee
from reports.documents.paper import CENTER
from reports.territories import DISTRICT, Grouping, has_districts

TITLE = "Danh sách phân công cán bộ theo dõi, phụ trách Đảng bộ xã, phường, thị trấn"
LETTERS = "ABC"
Row = tuple[int, list[Assignment], str]  # number, one officer's assignments, remark

NUMBER = TableColumn("TT", 11, lambda row: row[0], is_centred=True)
OFFICER = TableColumn("Họ và tên", 44, lambda row: row[1][0].officer.full_name)
POSITION = TableColumn("Chức vụ, đơn vị công tác", 62, lambda row: row[1][0].officer.position)
COMMUNE = TableColumn(
    "Đảng bộ xã, phường, thị trấn được phân công theo dõi, phụ trách",
    56,
    lambda row: "\n".join(one.commune.full_name for one in row[1]),
)
NOTE = TableColumn("Ghi chú", 38, lambda row: row[2])


def decision_annex(decision: Decision, user: User, *, day: dt.date, now: dt.datetime) -> Paper:
    """Give the annex of ``decision``, of the assignments ``user`` may see.

    Its layout is that of the decision's day; of ``day`` where the decision has none.
    """
    signed_on = decision.signed_on or day
    assignments = Assignment.objects.visible_to(user).with_parties()
    opened = sorted(assignments.filter(opening_decision=decision), key=by_officer)
    closed = sorted(assignments.filter(closing_decision=decision), key=by_commune)
    paper = Paper(profile_of(signed_on), title=f"Phụ lục. {TITLE}", day=signed_on, now=now)
    paper.turn(is_landscape=True)
    put_title(paper, decision)
    replaced = {(one.commune_id, one.ended_on): one for one in closed}
    places = [one.commune for one in (*opened, *closed)]
    grouping = Grouping(signed_on, DISTRICT if has_districts(places, signed_on) else "")
    parts = [part for part in parts_of(opened, closed, replaced, grouping) if part[-1]]
    for letter, (heading, columns, rows) in zip(LETTERS, parts, strict=False):
        numbered = f"{letter}. {heading}" if len(parts) > 1 else heading
        paper.put(numbered, align=CENTER, after=6, bold=True)
        paper.put_table(columns, rows)
    return paper


def put_title(paper: Paper, decision: Decision) -> None:
    size = paper.profile.subject_size
    paper.put("Phụ lục", align=CENTER, size=size, bold=True)
    paper.put(paper.profile.spelled(TITLE).upper(), align=CENTER, size=size, bold=True)
    dated = f", ngày {short_date(decision.signed_on)}" if decision.signed_on else ""
    attached = f"(kèm theo Quyết định số {decision.number}{dated} của {standing_committee()})"
    paper.put_centred(attached, italic=True)


def parts_of(
    opened: Sequence[Assignment],
    closed: Sequence[Assignment],
    replaced: dict[tuple[int, dt.date | None], Assignment],
    grouping: Grouping,
) -> Iterator[tuple[str, Sequence[TableColumn], list[Row | Heading]]]:
    """Give each list with its heading: assigned by officer, by commune, and who ends."""

    def note(one: Assignment) -> str:
        return assigned_note(one, replaced.get((one.commune_id, one.started_on)))

    by_person = [NUMBER, OFFICER, POSITION, COMMUNE, *district_columns(grouping), NOTE]
    yield "Phân công, xếp theo cán bộ", by_person, officer_rows(opened, note)
    by_place = [NUMBER, COMMUNE, OFFICER, POSITION, NOTE]
    yield "Phân công, xếp theo Đảng bộ", by_place, commune_rows(opened, note, grouping)
    yield "Thôi theo dõi, phụ trách", by_place, commune_rows(closed, ended_note, grouping)


def district_columns(grouping: Grouping) -> list[TableColumn]:
    """Give the column of districts; none where there are none."""

    def names(row: Row) -> str:
        return "\n".join(grouping.name_of(one.commune) for one in row[1])

    return [TableColumn(grouping.heading, 41, names)] if grouping.by else []


def by_officer(one: Assignment) -> tuple:
    rank = one.officer.protocol_rank
    return rank is None, rank or 0, bytes(one.officer.sort_key), one.officer_id, by_commune(one)


def by_commune(one: Assignment) -> tuple:
    district = one.commune.district
    code = district.code if district else ""
    return district is None, code, bytes(one.commune.sort_key), one.commune_id, one.pk


def officer_rows(
    assignments: Sequence[Assignment], note: Callable[[Assignment], str]
) -> list[Row | Heading]:
    """Give one row for each officer, in rank order."""
    groups = [list(rows) for _, rows in groupby(assignments, key=lambda one: one.officer_id)]
    return [
        (number, rows, "\n".join(dict.fromkeys(filter(None, map(note, rows)))))
        for number, rows in enumerate(groups, start=1)
    ]


def commune_rows(
    assignments: Sequence[Assignment], note: Callable[[Assignment], str], grouping: Grouping
) -> list[Row | Heading]:
    """Give one row for each assignment under its district's heading, if there are districts."""
    rows: list[Row | Heading] = []
    ordered = enumerate(sorted(assignments, key=by_commune), start=1)
    for name, members in groupby(ordered, key=lambda pair: grouping.name_of(pair[1].commune)):
        if grouping.by:
            rows.append(Heading(name.upper()))
        rows.extend((number, [one], note(one)) for number, one in members)
    return rows


def assigned_note(one: Assignment, before: Assignment | None) -> str:
    """Give the role where it is not the main one, from when, and whom the officer replaces."""
    role = "" if one.role == AssignmentRole.MAIN else one.get_role_display()
    instead = f"Thay đồng chí {before.officer.full_name}" if before else ""
    return "; ".join(filter(None, (role, f"Từ ngày {short_date(one.started_on)}", instead)))


def ended_note(one: Assignment) -> str:
    """Give from when an officer no longer follows a commune, and why."""
    return f"Từ ngày {short_date(one.ended_on)}: {one.get_end_reason_display().lower()}"
