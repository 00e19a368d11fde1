"""One thing is written once for one person, whoever runs the command how often at once."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError

from accounts.enums import Role
from reports.models import Notification, NotificationRun
from reports.notifications import nightly, notify
from reports.notifications.nightly import due, tell, untold
from tests.factories import DAY, make_officer, make_task, make_user
from tests.races.together import at_once, wait_for_the_other
from tests.reports.notifications.nights import at_night


@pytest.fixture
def many_tasks():
    """Give an officer more overdue tasks than one query asks about."""
    officer = make_officer(user=make_user(Role.OFFICER))
    conclusion = make_task(officer=officer, due_on=DAY).conclusion
    for _ in range(30):
        make_task(conclusion, officer=officer, due_on=DAY)
    return 31


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_everything_once(many_tasks, monkeypatch):
    """Both have worked out what is due before either writes."""
    barrier = threading.Barrier(2)
    work_out = nightly.due

    def work_out_and_wait(day):
        notices = work_out(day)
        wait_for_the_other(barrier)
        return notices

    monkeypatch.setattr(nightly, "due", work_out_and_wait)
    results = at_once(*[lambda: tell(day=DAY, now=at_night(DAY))] * 2)
    assert not [result for result in results if isinstance(result, Exception)], results
    assert sorted(run.written for run in results) == [0, many_tasks]
    assert Notification.objects.count() == many_tasks
    assert NotificationRun.objects.count() == 2


@pytest.mark.django_db
def test_keys_are_asked_for_in_parts(many_tasks, monkeypatch):
    monkeypatch.setattr(nightly, "MOST_KEYS", 7)
    assert tell(day=DAY, now=at_night(DAY)).written == many_tasks
    assert tell(day=DAY, now=at_night(DAY)).written == 0


@pytest.mark.django_db
def test_what_was_told_at_once_is_not_told_again_at_night(many_tasks):
    first = untold(due(DAY))[0]
    notice = first.notice
    for _ in range(2):
        notify(
            [first.user],
            kind=notice.kind,
            key=notice.key,
            title=notice.title,
            address=notice.address,
            now=at_night(DAY),
        )
    assert tell(day=DAY, now=at_night(DAY)).written == many_tasks - 1


@pytest.mark.django_db(transaction=True)
def test_a_run_that_fails_writes_nothing_and_is_made_up_for(many_tasks, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Notification.objects, "bulk_create", fail)
        with pytest.raises(DatabaseError):
            tell(day=DAY, now=at_night(DAY))
    assert not Notification.objects.exists()
    assert NotificationRun.objects.get().ended_at is None
    assert tell(day=DAY, now=at_night(DAY)).written == many_tasks


@pytest.mark.django_db
def test_somebody_in_two_parts_is_told_once():
    """Who handles petitions and has the task hears of it once."""
    both = make_user(Role.OFFICE)
    make_task(officer=make_officer(user=both), due_on=DAY)
    run = tell(day=DAY, now=at_night(DAY))
    tasks = Notification.objects.filter(kind="task")
    assert [row.user for row in tasks] == [both]
    assert run.written == Notification.objects.count() == 2  # the digest besides
