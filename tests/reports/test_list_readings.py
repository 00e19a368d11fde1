"""Lists under the new units and under the old: the same records, counted for one unit each."""

from __future__ import annotations

import ast
import datetime as dt
import html
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse

from accounts.enums import Role
from accounts.models import SavedView
from assignments.models import Assignment
from assignments.tables import TableView
from assignments.unit_filters import GROUPS, UNIT, GroupFilterSet
from communes.enums import CommuneKind
from communes.models import Commune
from tests.client import lasting
from tests.factories import (
    make_area,
    make_assignment,
    make_attendance,
    make_commune,
    make_directive,
    make_district,
    make_follow_up,
    make_merger,
    make_notice,
    make_officer,
    make_period,
    make_petition,
    make_plan,
    make_report,
    make_user,
    make_visit,
    make_waiver,
)
from tests.workbooks import opened, table, texts

EVENT = dt.date(2024, 9, 1)
EVE, DAY = EVENT - dt.timedelta(days=1), dt.date(2024, 9, 20)
BEFORE, AFTER = dt.date(2024, 8, 10), dt.date(2024, 9, 10)
# Where each kind of record is listed, and what shows them all.
LISTS = {
    "/di-co-so/": "",
    "/di-co-so/ke-hoach/": "tu=01/01/2024",
    "/di-co-so/giay-moi/": "",
    "/kien-nghi/": "",
    "/phan-cong/": "tinh_trang=tat_ca",
    "/mien/": "",
    "/bao-cao/tat-ca/": "",
}
MOST = 12


@dataclass
class Province:
    """Two communes of one district and one of another, with a record of every kind in each."""

    officer: object = field(default_factory=lambda: make_officer("Lý Thị Đi"))

    def __post_init__(self):
        self.ke_sach, self.my_tu = make_district("Kế Sách"), make_district("Mỹ Tú")
        self.period = make_period(dt.date(2024, 7, 1), dt.date(2024, 10, 1))
        self.an = make_commune("Kế An", district=self.ke_sach)
        self.ba = make_commune("Kế Ba", district=self.ke_sach)
        self.ca = make_commune("Mỹ Ca", district=self.my_tu)
        for commune in (self.an, self.ba, self.ca):
            self.fill(commune, BEFORE)

    def merge(self) -> None:
        """Make one ward of the first two, in no district but an area of the office's."""
        self.area = make_area("Ven sông")
        self.new = make_merger(
            self.an, self.ba, name="Phú Lợi", on=EVENT, kind=CommuneKind.WARD, area=self.area
        )
        for commune in (self.ca, self.new):
            self.fill(commune, AFTER)

    def fill(self, commune: Commune, day: dt.date) -> None:
        """Put a record of every kind in a commune; one assignment."""
        make_attendance(self.officer, make_visit(commune, visited_on=day))
        make_plan(self.officer, commune, planned_on=day)
        make_notice(commune, held_on=day)
        make_petition(commune, self.officer, raised_on=day)
        officer = make_officer(f"Trần Văn {commune.name}")
        if not Assignment.objects.filter(commune=commune).exists():
            until = EVENT if commune.name in ("Kế An", "Kế Ba") else None
            make_assignment(officer, commune, started_on=day, ended_on=until)
        entered_at = dt.datetime.combine(day, dt.time(9), dt.UTC)
        make_waiver(officer, commune, self.period, entered_at=entered_at)
        make_report(officer, period=self.period, commune=commune, entered_at=entered_at)


@pytest.fixture
def province(db):
    made = Province()
    made.merge()
    return made


@pytest.fixture
def office(province, client_as):
    return client_as(Role.OFFICE)


def asked(path: str, *queries: str, day: dt.date = DAY) -> str:
    return f"{path}?{'&'.join(filter(None, (LISTS.get(path), f'ngay={day}', *queries)))}"


def keys(page) -> list[int]:
    return [row.record.pk for row in page.context["rows"]]


def cells(page) -> list[tuple[str, str]]:
    """Give what the page says of each row's Đảng bộ: its name and the line beneath."""
    found = []
    for row in page.context["rows"]:
        cell = next(one for one in row.cells if one.column.key == UNIT)
        found.append((str(cell.value), str(cell.detail)))
    return found


def recorded_in(page) -> set[str]:
    """Give the names of the communes the rows were recorded in."""
    records = [row.record for row in page.context["rows"]]
    return {(one if hasattr(one, "commune_id") else one.visit).commune.name for one in records}


lists = pytest.mark.parametrize("path", LISTS)


# --- the same records ----------------------------------------------------------------------------


@lists
def test_both_readings_list_the_same_records(province, office, path):
    new, old = office.get(asked(path)), office.get(asked(path, "don_vi=cu"))
    assert sorted(keys(new)) == sorted(keys(old))
    assert len(keys(new)) == new.context["page"].paginator.count >= 4


@lists
def test_the_new_reading_names_the_heir_and_what_it_was(province, office, path):
    assert set(cells(office.get(asked(path)))) == {
        ("Phường Phú Lợi", "khi là Xã Kế An"),
        ("Phường Phú Lợi", "khi là Xã Kế Ba"),
        ("Phường Phú Lợi", ""),
        ("Xã Mỹ Ca", "Huyện Mỹ Tú"),
    }


@lists
def test_the_old_reading_names_the_unit_recorded_and_what_it_is_now(province, office, path):
    assert set(cells(office.get(asked(path, "don_vi=cu")))) == {
        ("Xã Kế An", "Huyện Kế Sách · nay là Phường Phú Lợi"),
        ("Xã Kế Ba", "Huyện Kế Sách · nay là Phường Phú Lợi"),
        ("Phường Phú Lợi", ""),
        ("Xã Mỹ Ca", "Huyện Mỹ Tú"),
    }


def test_the_name_leads_to_the_unit_it_names(province, office):
    new, old = (office.get(asked("/mien/", query)).content.decode() for query in ("", "don_vi=cu"))
    assert f'href="/dang-bo/{province.new.pk}/?ngay={DAY}"' in new
    assert f'href="/dang-bo/{province.an.pk}/' not in new
    assert f'href="/dang-bo/{province.an.pk}/?ngay={DAY}&amp;don_vi=cu"' in old


def test_units_of_one_name_are_told_by_their_days(office, province):
    make_merger(province.new, name="Phú Lợi", on=AFTER, kind=CommuneKind.WARD)
    new = cells(office.get(asked("/mien/")))
    assert ("Phường Phú Lợi", "khi là Phường Phú Lợi (đến 09/09/2024)") in new
    old = cells(office.get(asked("/mien/", "don_vi=cu")))
    assert ("Phường Phú Lợi", "nay là Phường Phú Lợi (từ 10/09/2024)") in old


# --- filters, sorting, search --------------------------------------------------------------------


@lists
def test_a_unit_is_asked_for_with_all_read_under_it(province, office, path):
    def found(unit: Commune, *query: str) -> set[str]:
        return recorded_in(office.get(asked(path, f"dang_bo={unit.pk}", *query)))

    assert found(province.new) == {"Kế An", "Kế Ba", "Phú Lợi"}
    assert found(province.new, "don_vi=cu") == {"Phú Lợi"}
    assert found(province.an) == found(province.an, "don_vi=cu") == {"Kế An"}


@lists
def test_districts_and_areas_are_those_of_the_units_read(province, office, path):
    def found(*query: str) -> set[str]:
        return recorded_in(office.get(asked(path, *query)))

    ke_sach, ven_song = f"huyen={province.ke_sach.pk}", f"khu_vuc={province.area.pk}"
    assert found(ke_sach) == set()
    assert found(ke_sach, "don_vi=cu") == {"Kế An", "Kế Ba"}
    assert found(ven_song) == {"Kế An", "Kế Ba", "Phú Lợi"}
    assert found(ven_song, "don_vi=cu") == {"Phú Lợi"}
    assert found(f"huyen={province.my_tu.pk}") == {"Mỹ Ca"}


@lists
def test_rows_sort_by_the_unit_read(province, office, path):
    # By the codes of districts, what has none last; then by name.
    new = [name for name, _ in cells(office.get(asked(path, "sap=dang_bo")))]
    assert list(dict.fromkeys(new)) == ["Xã Mỹ Ca", "Phường Phú Lợi"]
    old = [name for name, _ in cells(office.get(asked(path, "sap=dang_bo", "don_vi=cu")))]
    named = ["Xã Kế An", "Xã Kế Ba", "Xã Mỹ Ca", "Phường Phú Lợi"]
    assert list(dict.fromkeys(old)) == named


@lists
def test_a_record_is_found_by_both_names_of_its_unit(province, office, path):
    found = cells(office.get(asked(path, "tim=phu+loi")))
    assert {name for name, _ in found} == {"Phường Phú Lợi"}
    assert {detail for _, detail in found} == {"", "khi là Xã Kế An", "khi là Xã Kế Ba"}
    found = cells(office.get(asked(path, "tim=ke+ba")))
    assert {detail for _, detail in found} == {"khi là Xã Kế Ba"}


@lists
def test_what_cannot_be_read_asks_for_nothing(province, office, path):
    plain = cells(office.get(asked(path)))
    for text in ("", "moi", "cu%01x", "CU", "%ff", "1", "cũ"):
        page = office.get(asked(path, f"don_vi={text}"))
        assert page.status_code == 200
        assert cells(page) == plain


# --- files ---------------------------------------------------------------------------------------


@lists
@pytest.mark.parametrize(
    ("query", "other", "reading"),
    [("", "Đơn vị lúc ghi nhận", "mới"), ("don_vi=cu", "Đơn vị hiện nay", "cũ")],
)
def test_the_file_equals_the_page_and_says_how_it_was_read(
    province, office, path, query, other, reading
):
    shown = cells(office.get(asked(path, query)))
    sheet = opened(office.get(asked(path, query, "xuat=xlsx")).getvalue()).active
    rows = table(sheet)
    assert [row["Đảng bộ"] for row in rows] == [name for name, _ in shown]
    for row, (name, detail) in zip(rows, shown, strict=True):
        said = re.search(r"(?:khi|nay) là (.+)$", detail)
        assert row[other] == (said.group(1) if said else name)
    assert any(f"Theo đơn vị {reading}" in text for text in texts(sheet))


# --- before the event, and where nothing happened ------------------------------------------------


def as_shown(client, address: str) -> str:
    return lasting(client.get(address).content.decode())


def test_a_day_before_the_event_is_the_old_map_whatever_is_known(db, client_as):
    province, client = Province(), client_as(Role.OFFICE)
    addresses = [asked(path, day=EVE) for path in LISTS]
    addresses += [
        f"{one}&{query}"
        for one in addresses
        for query in ("sap=dang_bo", f"huyen={province.ke_sach.pk}", f"dang_bo={province.an.pk}")
    ]
    before = [as_shown(client, one) for one in addresses]
    make_merger(province.an, province.ba, name="Phú Lợi", on=EVENT)
    assert [as_shown(client, one) for one in addresses] == before


@lists
def test_nothing_offers_to_choose_where_nothing_was_rearranged(province, office, path):
    switch = "Theo đơn vị cũ"
    assert switch in office.get(asked(path)).content.decode()
    assert switch in office.get(asked(path, "don_vi=cu")).content.decode()
    assert switch not in office.get(asked(path, day=EVE)).content.decode()


@lists
def test_no_list_names_districts_where_there_are_none(db, client_as, path):
    province = object.__new__(Province)
    province.officer = make_officer()
    province.period = make_period(dt.date(2024, 7, 1), dt.date(2024, 10, 1))
    for name in ("Kế An", "Kế Ba"):
        province.fill(make_commune(name), BEFORE)
    client = client_as(Role.OFFICE)
    page = client.get(asked(path, "sap=dang_bo"))
    assert set(cells(page)) == {("Xã Kế An", ""), ("Xã Kế Ba", "")}
    assert not set(GROUPS) & set(page.context["filter_form"].fields)
    main = html.unescape(page.content.decode()).split("<main")[1]
    assert "None" not in main
    assert "huyện" not in main.lower()
    sheet = opened(client.get(asked(path, "xuat=xlsx")).getvalue()).active
    assert not [label for label in table(sheet)[0] if label and "Huyện" in label]


# --- the choice is kept --------------------------------------------------------------------------


@lists
def test_links_and_forms_keep_the_old_reading(province, office, path):
    page = office.get(asked(path, "don_vi=cu")).content.decode()
    assert page.count('<input type="hidden" name="don_vi" value="cu">') >= 3  # search, day, filters
    tabs = re.findall(r'href="(/dang-bo/\?[^"]*)"', page)
    assert tabs
    assert all("don_vi=cu" in one for one in tabs)


def test_a_saved_view_keeps_the_old_reading(province, office):
    query = f"huyen={province.my_tu.pk}&don_vi=cu&ngay={DAY}"
    page = office.get(f"/mien/?{query}")
    assert page.context["is_narrowed"]
    kept = {"name": "Mỹ Tú, đơn vị cũ", "path": "/mien/", "query": query}
    office.post(reverse("accounts:save_view"), kept)
    assert SavedView.objects.get().query == f"huyen={province.my_tu.pk}&don_vi=cu"


# --- what it costs -------------------------------------------------------------------------------


@lists
@pytest.mark.parametrize("query", ["", "don_vi=cu"])
def test_queries_do_not_grow_with_rows_or_events(
    db, client_as, path, query, django_assert_max_num_queries
):
    province, client = Province(), client_as(Role.OFFICE)
    client.get(asked(path, query))
    with django_assert_max_num_queries(MOST) as quiet:
        client.get(asked(path, query))
    province.merge()
    for _ in range(5):
        province.fill(make_commune(district=province.my_tu), BEFORE)
    with django_assert_max_num_queries(len(quiet)):
        client.get(asked(path, query))


# --- documents being followed: the rows are the communes themselves ------------------------------


@pytest.fixture
def directive(province):
    found = make_directive(started_on=BEFORE)
    make_follow_up(found, province.an, noted_on=BEFORE)
    make_follow_up(found, province.ba, noted_on=BEFORE + dt.timedelta(days=1))
    return found


def test_communes_of_a_document_are_those_of_the_reading(province, office, directive):
    address = f"/van-ban/{directive.pk}/"
    new, old = office.get(asked(address)), office.get(asked(address, "don_vi=cu"))
    assert {name for name, _ in cells(new)} == {"Phường Phú Lợi", "Xã Mỹ Ca"}
    assert {name for name, _ in cells(old)} == {
        "Phường Phú Lợi",
        "Xã Mỹ Ca",
        "Xã Kế An",
        "Xã Kế Ba",
    }
    urged = {row.record.name for row in old.context["rows"] if row.record.state}
    assert urged == {"Kế An", "Kế Ba"}
    assert not any(row.may_tick for row in old.context["rows"] if row.record.dissolved_on)


@pytest.mark.parametrize(("query", "urged", "rest"), [("", 1, 1), ("don_vi=cu", 2, 2)])
def test_the_numbers_of_a_document_are_those_of_its_list(
    province, office, directive, query, urged, rest
):
    [row] = office.get(asked("/van-ban/", query)).context["rows"]
    assert (row.record.n_reminded, row.record.n_untouched) == (urged, rest)
    for choice, number in (("da_don_doc", urged), ("chua", rest)):
        page = office.get(asked(f"/van-ban/{directive.pk}/", query, f"tinh_hinh={choice}"))
        assert page.context["page"].paginator.count == number


# --- any chain of mergers ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_any_chain_of_mergers_counts_each_record_once(db, client_as, seed):
    chance, client = random.Random(seed), client_as(Role.OFFICE)
    officer, user = make_officer(), make_user()
    standing = [make_commune(f"Thử {number}") for number in range(7)]
    parents: dict[int, tuple[dt.date, Commune]] = {}
    day = dt.date(2023, 1, 1)
    for event in range(3):
        for commune in standing:
            for _ in range(chance.randrange(3)):
                on = day + dt.timedelta(days=chance.randrange(100))
                make_attendance(officer, make_visit(commune, visited_on=on), confirmed_by=user)
        day += dt.timedelta(days=100)
        gone = chance.sample(standing, k=2)
        new = make_merger(*gone, name=f"Mới {event}", on=day)
        parents |= {one.pk: (day, new) for one in gone}
        standing = [one for one in standing if one not in gone] + [new]

    def stands_for(commune: Commune, on: dt.date) -> Commune:
        """Walk the mergers one after another, as somebody with the resolutions would."""
        while commune.pk in parents and parents[commune.pk][0] <= on:
            commune = parents[commune.pk][1]
        return commune

    for _ in range(4):
        on = dt.date(2023, 1, 1) + dt.timedelta(days=chance.randrange(330))
        address = f"/di-co-so/?ngay={on}"
        new, old = client.get(address), client.get(f"{address}&don_vi=cu")
        assert sorted(keys(new)) == sorted(keys(old))
        by_unit: dict[int, int] = {}
        for row, (name, _) in zip(new.context["rows"], cells(new), strict=True):
            unit = stands_for(row.record.visit.commune, on)
            assert name == unit.full_name
            by_unit[unit.pk] = by_unit.get(unit.pk, 0) + 1
        for unit, count in by_unit.items():
            page = client.get(f"{address}&dang_bo={unit}")
            assert page.context["page"].paginator.count == count


# --- a new list cannot forget --------------------------------------------------------------------

ROWS_ARE_COMMUNES = {"reports/views/communes.py"}
# Where the shared column is made, or made of several communes.
SHARED = {"assignments/unit_columns.py", "reports/periodic/expected_table.py"}


def every_list() -> set[type[TableView]]:
    """Give every list there is, abstract ones too."""
    assert get_resolver().url_patterns  # all views are imported
    found, waiting = set(), [TableView]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= set(below)
        waiting += below
    return found


def test_every_filter_of_places_is_read_in_the_reading():
    for one in every_list():
        filters = getattr(one.filterset_class, "base_filters", {})
        if {*GROUPS, UNIT} & set(filters):
            assert issubclass(one.filterset_class, GroupFilterSet), one
            assert one.reads_units, one


def test_no_list_has_a_commune_column_of_its_own():
    root = Path(settings.BASE_DIR)
    for path in [*root.glob("assignments/**/*.py"), *root.glob("reports/**/*.py")]:
        name = str(path.relative_to(root))
        if name in SHARED | ROWS_ARE_COMMUNES:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Column":
                said = [one.value for one in node.args if isinstance(one, ast.Constant)]
                assert said[1:2] != ["Đảng bộ"], f"{name}:{node.lineno}: use unit_columns"


@lists
def test_every_list_with_the_column_offers_the_choice(province, office, path):
    page = office.get(asked(path))
    assert UNIT in {column.key for column in page.context["columns"]}
    assert page.context["reads_units"]
