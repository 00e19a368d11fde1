"""Charts: what is drawn adds up, stays within the drawing, and can be read."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.bars import BAR, draw_bars, tally
from reports.charts.columns import FLOOR, HEAD, Kind, draw_columns
from reports.charts.data import Dataset, Look, Number, Row, Series, in_words
from reports.charts.drawing import LABEL, TICK, VALUE, WIDTH
from reports.charts.fields import chart_of_fields
from reports.charts.lettering import ELLIPSIS, broken, cut, width_of
from reports.charts.scales import MOST_STEPS, scale_to
from reports.charts.territories import chart_of_territories
from reports.charts.trends import TRENDS
from reports.duties.words import DUTY_WORDS
from reports.territories import DISTRICT, Grouping

ROUNDING = 0.05  # of places to a hundredth of a unit, several added up
SERIES = (
    Series("Đã làm", Look.DONE),
    Series("Miễn", Look.WAIVED),
    Series("Thiếu, chưa rõ", Look.MISSING),
)
AMOUNTS = st.tuples(*[st.integers(0, 2_000_000)] * len(SERIES))
ROWS = st.lists(st.tuples(st.text(min_size=1, max_size=90), AMOUNTS), min_size=1, max_size=40)


def dataset(rows, *, with_whole=True) -> Dataset:
    """Give a dataset of (label, amounts)."""
    made = tuple(
        Row(
            label,
            tuple(map(Number, amounts)),
            Number(sum(amounts)) if with_whole else None,
            short="IV",
            group=str(2000 + place // 4),
        )
        for place, (label, amounts) in enumerate(rows)
    )
    return Dataset("thu", "Thử", "Hàng", SERIES, made, "Phải làm" if with_whole else "")


def boxes_by_row(chart, place):
    """Give the boxes of each row that has any, by what ``place`` says of a box."""
    found = {}
    for box in chart.boxes:
        found.setdefault(place(box), []).append(box)
    return list(found.values())


def assert_within(chart):
    for box in chart.boxes:
        assert box.x >= -ROUNDING
        assert box.x + box.width <= chart.width + ROUNDING
        assert box.y >= 0
        assert box.y + box.height <= chart.height + ROUNDING
        assert box.width >= 0
        assert box.height >= 0
    for line in chart.lines:
        assert min(line.x1, line.x2, line.y1, line.y2) >= 0
        assert max(line.x1, line.x2) <= chart.width
        assert max(line.y1, line.y2) <= chart.height
    sized = ((chart.labels, LABEL), (chart.values, VALUE), (chart.ticks, TICK))
    for one, size in ((one, size) for letters, size in sized for one in letters):
        assert 0 < one.y <= chart.height
        width = width_of(one.text, size)
        start = one.x - {"start": 0, "middle": width / 2, "end": width}[one.anchor]
        assert start >= -VALUE, one
        assert start + width <= chart.width + VALUE, one


# --- the axis ------------------------------------------------------------------------------------


@given(st.integers(0, 10**12))
def test_ticks_are_round_rise_evenly_and_reach_the_highest(most):
    scale = scale_to(most, 100)
    steps = {after - before for before, after in zip(scale.ticks, scale.ticks[1:], strict=False)}
    [step] = steps
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert scale.ticks[0] == 0
    assert most <= scale.top < most + step or (most, scale.top) == (0, 1)
    assert len(scale.ticks) <= MOST_STEPS + 1
    assert scale.at(scale.top) == 100


def test_ticks_of_known_numbers():
    assert scale_to(0, 1).ticks == (0, 1)
    assert scale_to(1, 1).ticks == (0, 1)
    assert scale_to(7, 1).ticks == (0, 2, 4, 6, 8)
    assert scale_to(433, 1).ticks == (0, 100, 200, 300, 400, 500)


# --- bars ----------------------------------------------------------------------------------------


@given(ROWS)
def test_the_parts_of_a_bar_add_up_to_its_sum(rows):
    chart = draw_bars(dataset(rows), as_shares=False)
    top = scale_to(max(sum(amounts) for _, amounts in rows), WIDTH).top
    sums = [sum(amounts) for _, amounts in rows if sum(amounts)]
    bars = boxes_by_row(chart, lambda box: box.y)
    assert len(bars) == len(sums)
    for boxes, expected in zip(bars, sums, strict=True):
        assert sum(box.width for box in boxes) == pytest.approx(
            expected * WIDTH / top, abs=ROUNDING
        )
        assert all(box.height == BAR for box in boxes)
    assert_within(chart)


@given(ROWS)
def test_bars_of_shares_are_as_long_as_the_drawing(rows):
    chart = draw_bars(dataset(rows), as_shares=True)
    for boxes in boxes_by_row(chart, lambda box: box.y):
        assert sum(box.width for box in boxes) == pytest.approx(WIDTH, abs=ROUNDING)
    assert_within(chart)


@given(ROWS)
def test_no_part_begins_before_the_one_before_ends(rows):
    for boxes in boxes_by_row(draw_bars(dataset(rows), as_shares=False), lambda box: box.y):
        for before, after in itertools.pairwise(boxes):
            assert after.x == pytest.approx(before.x + before.width, abs=0.02)


@given(ROWS)
def test_a_name_never_meets_its_number(rows):
    data = dataset(rows)
    chart = draw_bars(data, as_shares=False)
    for row in data.rows:
        room = WIDTH - width_of(tally(row), LABEL)
        assert all(width_of(one, LABEL) <= room for one in broken(row.label, room, LABEL))
    assert len(chart.labels) <= 2 * len(rows)


def test_a_name_too_long_is_cut_and_told_in_full():
    name = "Đầu tư xây dựng hệ thống giao thông nông thôn kết hợp thủy lợi nội đồng " * 2
    chart = draw_bars(dataset([(name.strip(), (3, 1, 0))]), as_shares=False)
    first, second = chart.labels
    assert second.text.endswith(ELLIPSIS)
    assert (first.full, second.full) == ("", name.strip())
    assert chart.boxes[0].title == f"{name.strip()} – Đã làm: 3/4"


# --- columns -------------------------------------------------------------------------------------


@given(ROWS, st.sampled_from(Kind))
def test_columns_stay_within_the_drawing(rows, kind):
    assert_within(draw_columns(dataset(rows), kind))


@given(ROWS)
def test_a_stack_is_as_high_as_its_sum(rows):
    chart = draw_columns(dataset(rows), Kind.STACKED)
    plot = FLOOR - HEAD
    top = scale_to(max(sum(amounts) for _, amounts in rows), plot).top
    sums = [sum(amounts) for _, amounts in rows if sum(amounts)]
    stacks = boxes_by_row(chart, lambda box: box.x)
    assert len(stacks) == len(sums)
    for boxes, expected in zip(stacks, sums, strict=True):
        height = sum(box.height for box in boxes)
        assert height == pytest.approx(expected * plot / top, abs=ROUNDING)
        assert max(box.y + box.height for box in boxes) == pytest.approx(FLOOR, abs=ROUNDING)


@given(ROWS)
def test_shares_fill_the_plot(rows):
    for boxes in boxes_by_row(draw_columns(dataset(rows), Kind.SHARES), lambda box: box.x):
        assert sum(box.height for box in boxes) == pytest.approx(FLOOR - HEAD, abs=ROUNDING)


@given(ROWS)
def test_columns_beside_one_another_do_not_overlap(rows):
    boxes = sorted(draw_columns(dataset(rows), Kind.BESIDE).boxes, key=lambda box: box.x)
    for before, after in itertools.pairwise(boxes):
        assert before.x + before.width <= after.x + ROUNDING


@given(ROWS)
def test_names_under_the_columns_keep_apart(rows):
    chart = draw_columns(dataset(rows), Kind.STACKED)
    for y in {one.y for one in chart.labels}:
        line = [one for one in chart.labels if one.y == y]
        for before, after in itertools.pairwise(line):
            room = width_of(before.text, TICK) / 2 + width_of(after.text, TICK) / 2
            assert after.x - before.x >= room


@given(ROWS, st.sampled_from(Kind))
def test_every_number_but_nought_has_a_title(rows, kind):
    chart = draw_columns(dataset(rows), kind)
    titles = [
        f"{label} – {series.label}: {in_words(value)}/{in_words(sum(amounts))}"
        for label, amounts in rows
        for series, value in zip(SERIES, amounts, strict=True)
        if value
    ]
    assert [box.title for box in chart.boxes] == titles


def test_one_quarter_and_nothing_but_nought():
    data = dataset([("Quý I/2023", (0, 0, 0))])
    assert data.is_empty
    for kind in Kind:
        chart = draw_columns(data, kind)
        assert chart.boxes == []
        assert_within(chart)
    assert draw_bars(data, as_shares=True).boxes == []


# --- letters -------------------------------------------------------------------------------------


@given(st.text(max_size=200), st.floats(30, 300))
def test_broken_lines_have_room(text, room):
    lines = broken(text, room, LABEL)
    assert len(lines) <= 2
    assert all(width_of(line, LABEL) <= room for line in lines)


def test_what_has_room_is_left_alone():
    assert cut("Giao thông", 200, LABEL) == "Giao thông"
    assert broken("Giao thông nông thôn", 300, LABEL) == ["Giao thông nông thôn"]


# --- looks ---------------------------------------------------------------------------------------


def drawn_together() -> list[list[Look]]:
    """Give the looks of each chart there is."""
    fields = chart_of_fields([], lambda row, key: "").data
    grouping = Grouping(dt.date(2023, 5, 9), DISTRICT)
    places = chart_of_territories({}, DUTY_WORDS, lambda place, word: "", grouping).data
    return [
        *([one.look for one in trend.shown] for trend in TRENDS),
        *([series.look for series in data.series] for data in (fields, places)),
    ]


@pytest.mark.parametrize("looks", drawn_together())
def test_looks_of_one_chart_differ_without_colour(looks):
    assert len({look.strokes for look in looks}) == len(looks)
