"""Today is the office's today, whatever the server's clock is set to."""

import datetime as dt

import pytest

from accounts import clock


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2026-11-21T16:59:59", dt.date(2026, 11, 21)),
        ("2026-11-21T17:00:00", dt.date(2026, 11, 22)),  # midnight in Vietnam
        ("2026-11-21T17:30:00", dt.date(2026, 11, 22)),  # 00:30, while UTC is a day behind
    ],
)
def test_the_day_turns_at_midnight_in_vietnam(monkeypatch, moment, today):
    at = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    assert clock.now() == at
    assert clock.today() == today
