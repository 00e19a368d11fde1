"""Dates, years and decision numbers as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments.roster.dates import find_decision, parse_birth_year, parse_decision
from communes.date_texts import parse_date

FIRST_NOVEMBER = dt.date(2021, 11, 1)
SIGNED = dt.date(2021, 10, 25)


@pytest.mark.parametrize(
    "text",
    [
        "01/11/2021", "1/11/21", "1-11-2021", "1.11.2021", "2021-11-01", "2021/11/1", "44501",
        "44501.0", "2021-11-01 00:00:00", "ngày 01 tháng 11 năm 2021", "01 tháng 11 năm 2021",
        "Từ ngày 01/11/2021", "từ 1/11/2021", " 01 / 11 / 2021. ", "Ngày 1/11/2021",
    ],
)  # fmt: skip
def test_dates_are_read_day_first(text):
    assert parse_date(text) == FIRST_NOVEMBER


@pytest.mark.parametrize(
    "text",
    ["", "abc", "31/02/2021", "13/13", "05/13/2021", "11/2021", "2021", "01/11/1021", "99999",
     "01/11/2021 và 02/11/2021", "0/0/2021"],
)  # fmt: skip
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.dates(dt.date(1945, 1, 1), dt.date(2100, 12, 31)))
def test_every_way_of_writing_a_date_gives_it_back(day):
    for text in (
        f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(),
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        str((day - dt.date(1899, 12, 30)).days),
    ):  # fmt: skip
        assert parse_date(text) == day


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for read in (parse_date, parse_decision, find_decision):
        read(text)
    year = parse_birth_year(text, FIRST_NOVEMBER)
    assert year is None or 1900 <= year <= 2003


@pytest.mark.parametrize(
    "text", ["1973", "1973.0", " 1973 ", "01/5/1973", "1973-05-01", "5/1973", "Sinh năm 1973"]
)
def test_years_of_birth(text):
    assert parse_birth_year(text, FIRST_NOVEMBER) == 1973


@pytest.mark.parametrize("text", ["73", "1773", "2004", "abc", "31/02/1973", "19730", "1/1/73"])
def test_no_years_of_birth(text):
    assert parse_birth_year(text, FIRST_NOVEMBER) is None


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("512-QĐ/TU", ("512-QĐ/TU", None)),
        ("512 - QĐ / TU", ("512-QĐ/TU", None)),
        ("Số: 512-QĐ/TU", ("512-QĐ/TU", None)),
        ("QĐ số 512", ("512", None)),
        ("Quyết định số 512-QĐ/TU, ngày 25/10/2021", ("512-QĐ/TU", SIGNED)),
        ("512-QĐ/TU ngày 25 tháng 10 năm 2021", ("512-QĐ/TU", SIGNED)),
        ("512-QĐ/TU ngày nào đó", None),
        ("chưa có", None),
        ("1" * 61, None),
    ],
)
def test_decision_numbers(text, decision):
    assert parse_decision(text) == decision


@pytest.mark.parametrize(
    ("title", "decision"),
    [
        ("(Kèm theo Quyết định số 512-QĐ/TU, ngày 25/10/2021 của BTV)", ("512-QĐ/TU", SIGNED)),
        ("Kèm theo QĐ số 512 - QĐ/TU ngày 25 tháng 10 năm 2021", ("512-QĐ/TU", SIGNED)),
        ("Căn cứ Quyết định số 9-QĐ/TW (kèm theo Quyết định số 512-QĐ/TU)", ("512-QĐ/TU", None)),
        ("Kèm theo Quyết định số      -QĐ/TU, ngày    /10/2021", None),
        ("Thực hiện Quy chế số 10-QC/TU, ngày 19/10/2021", None),
        ("", None),
    ],
)
def test_the_decision_of_a_title_block(title, decision):
    assert find_decision(title) == decision
