"""Dates in the words of Party documents."""

import datetime as dt

import pytest

from communes.dates import date_in_words, short_date


@pytest.mark.parametrize(
    ("day", "words", "short"),
    [
        (dt.date(2023, 5, 9), "ngày 09 tháng 5 năm 2023", "09/5/2023"),
        (dt.date(2021, 10, 25), "ngày 25 tháng 10 năm 2021", "25/10/2021"),
        (dt.date(2024, 1, 1), "ngày 01 tháng 01 năm 2024", "01/01/2024"),
        (dt.date(2024, 2, 29), "ngày 29 tháng 02 năm 2024", "29/02/2024"),
        (dt.date(2024, 3, 10), "ngày 10 tháng 3 năm 2024", "10/3/2024"),
    ],
)
def test_only_days_below_ten_and_months_below_three_have_a_zero(day, words, short):
    assert date_in_words(day) == words
    assert short_date(day) == short
