"""Rows nobody would write by accident: every one is refused in words, none breaks the check."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communes.reorganisation.checking import check
from communes.reorganisation.sheet import LABELS, MappingRow
from tests.factories import make_commune, make_district

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 9, 1)
WORDS = [
    "Xã An Mỹ", "Phường 1", "xã", "TT.", "P.", "Xã ()", "Xã (", "(huyện)", "huyện", "Toàn bộ",
    "Một phần", "x", "✓", "31564", "0031564", "1e5", "-", "=1+1", "@SUM(A1)", "\u202eXã An Mỹ",
    "\ufeff", "Ấp 3", "Xã An Mỹ huyện", "01/9/2024", "99/99/9999", "45536", "Nghị quyết số",
    "Xã <script>alert(1)</script>", "Xã " + "A" * 200, "\U0001f600", "Xã \U0001f600", "và", ";",
    "Các xã An Mỹ và Kế An", "Đặc khu", "Xã II", "1105/NQ-UBTVQH15",
]  # fmt: skip
TEXTS = st.one_of(st.just(""), st.sampled_from(WORDS), st.text(max_size=12))
ROWS = st.lists(
    st.builds(
        MappingRow,
        number=st.integers(2, 99),
        **{column.value: TEXTS for column in LABELS},
    ),
    max_size=5,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, ends_districts=st.booleans())
def test_whatever_is_written_gets_a_mapping_or_a_reason(province, rows, ends_districts):
    mapping = check(rows, effective_on=DAY, ends_districts=ends_districts, resolution="1/NQ")
    assert mapping.is_sound or all(str(refusal) for refusal in mapping.refusals)
    asked = {row.number for row in rows if row.is_change}
    told = {refusal.row for refusal in mapping.refusals} | {s.row for _, s in mapping.lines}
    assert asked <= told
    assert len({unit.key for unit in mapping.new_units}) == len(mapping.new_units)
    mapping.to_json()


@pytest.fixture
def province():
    district = make_district(name="Kế Sách", code="943")
    for name, code in (("An Mỹ", "31564"), ("Kế An", "31558"), ("Phong Nẫm", "31537")):
        make_commune(name=name, code=code, district=district)


def test_ten_thousand_rows_are_checked_at_once(province):
    rows = [MappingRow(n, old_name=f"Xã {n}", new_name="Xã Mới") for n in range(2, 10_002)]
    mapping = check(rows, effective_on=DAY, ends_districts=False)
    assert len(mapping.refusals) == 10_000
