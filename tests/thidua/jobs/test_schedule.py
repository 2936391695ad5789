"""When work that repeats runs; missed runs once; one scheduler."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError

from thidua.audit.models import Event
from thidua.jobs import services
from thidua.jobs.lifecycle import Rule, RuleKind, next_run
from thidua.jobs.models import Job, Schedule
from thidua.jobs.selectors import get_schedule_for, list_schedules_for
from thidua.jobs.services.scheduling import LEASE, hold_lease, next_run_of, release_lease
from thidua.support.actor import Actor, Grant, Role, system
from thidua.support.clock import VIETNAM

pytestmark = pytest.mark.django_db
MORNING = time(7, 30)


def vietnam(day, hour, minute=0):
    return datetime(2017, 10, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        (Rule(RuleKind.EVERY, 5), vietnam(26, 9), vietnam(26, 9) + timedelta(seconds=5)),
        (Rule(RuleKind.DAILY, at=MORNING), vietnam(26, 7, 29), vietnam(26, 7, 30)),
        (Rule(RuleKind.DAILY, at=MORNING), vietnam(26, 7, 30), vietnam(27, 7, 30)),
        # 26/10/2017 is a Thursday.
        (Rule(RuleKind.WEEKLY, at=MORNING, weekday=1), vietnam(26, 9), vietnam(30, 7, 30)),
        (Rule(RuleKind.WEEKLY, at=MORNING, weekday=4), vietnam(26, 7), vietnam(26, 7, 30)),
        (Rule(RuleKind.WORKDAYS, at=MORNING), vietnam(27, 9), vietnam(30, 7, 30)),
        # Half past two in Vietnam is the day before in UTC.
        (Rule(RuleKind.DAILY, at=time(2, 30)), vietnam(26, 1), vietnam(26, 2, 30)),
    ],
)
def test_the_next_run(rule, after, expected):
    assert next_run(rule, after.astimezone(UTC)) == expected


def test_a_holiday_is_no_working_day():
    rule = Rule(RuleKind.WORKDAYS, at=MORNING)
    holiday = date(2017, 10, 30)
    found = next_run(rule, vietnam(27, 9), lambda day: day.isoweekday() <= 5 and day != holiday)
    assert found == vietnam(31, 7, 30)
    with pytest.raises(ValueError, match="no working day"):
        next_run(rule, vietnam(27, 9), lambda day: False)


def test_working_days_are_those_of_the_calendar(db):
    morning = Schedule(name="m", label="Thư sáng", kind="workdays", at=MORNING)
    # Friday, then two days of a weekend and the first of January 2018, which is free by law.
    friday = datetime(2017, 12, 29, 9, tzinfo=VIETNAM)
    assert next_run_of(morning, friday) == datetime(2018, 1, 2, 7, 30, tzinfo=VIETNAM)
    unknown = datetime(2099, 1, 1, 9, tzinfo=VIETNAM)  # a Thursday of which no calendar knows
    assert next_run_of(morning, unknown) == datetime(2099, 1, 2, 7, 30, tzinfo=VIETNAM)


def test_units_turn_the_page_at_midnight(db, at, run_jobs):
    services.ensure_schedules(at=at)
    services.run_now(
        schedule=Schedule.objects.get(name="unit-turn-day"), actor=system("test"), at=at
    )
    run_jobs()
    assert Job.objects.get().state == "done"


@pytest.fixture
def nightly(plant, at, db):
    name = plant(lambda run: None)
    return Schedule.objects.create(
        name="nightly", label="Việc đêm", task=name, kind="daily", at=MORNING, next_run_at=at
    )


@pytest.fixture
def keeper(officer):
    return Actor(officer.user_id, officer.name, (Grant(Role.ADMINISTRATOR, 1),))


def test_missed_runs_are_caught_up_once(nightly, at):
    back = at + timedelta(days=9, minutes=3)  # the machine was off for nine days
    assert len(services.tick(at=back)) == 1
    assert services.tick(at=back) == []
    nightly.refresh_from_db()
    assert nightly.last_run_at == back
    assert nightly.next_run_at == next_run(Rule(RuleKind.DAILY, at=MORNING), back)
    assert [(one.label, one.schedule) for one in Job.objects.all()] == [("Việc đêm", nightly)]


def test_a_schedule_whose_task_is_gone_holds_up_no_other(nightly, at):
    gone = Schedule.objects.create(
        name="gone", label="A", task="thidua.x.tasks.y", kind="daily", at=MORNING, next_run_at=at
    )
    assert len(services.tick(at=at)) == 1
    gone.refresh_from_db()
    assert gone.next_run_at > at


def test_a_run_that_still_goes_on_is_not_doubled(nightly, at):
    first = services.tick(at=at)
    assert services.tick(at=at + timedelta(days=1, hours=1)) == first
    assert Job.objects.count() == 1


def test_a_paused_schedule_waits_and_goes_on_after_now(nightly, at, keeper):
    services.pause_schedule(schedule=nightly, actor=keeper, at=at)
    services.pause_schedule(schedule=nightly, actor=keeper, at=at)
    assert services.tick(at=at + timedelta(days=3)) == []
    nightly.refresh_from_db()
    assert nightly.paused_by_name == keeper.name
    back = at + timedelta(days=3)
    services.resume_schedule(schedule=nightly, actor=keeper, at=back)
    assert services.tick(at=back) == []
    nightly.refresh_from_db()
    assert nightly.next_run_at > back
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == [
        "schedule.pause",
        "schedule.resume",
    ]


def test_run_now_leaves_the_next_run(nightly, at, keeper):
    services.run_now(schedule=nightly, actor=keeper, at=at)
    nightly.refresh_from_db()
    assert nightly.next_run_at == at
    assert Job.objects.get().actor_name == keeper.name
    assert Event.objects.get().action == "schedule.run"


def test_one_scheduler_at_a_time(at):
    assert hold_lease("a:1", at=at)
    assert not hold_lease("b:2", at=at + timedelta(seconds=1))
    assert hold_lease("a:1", at=at + timedelta(seconds=20))
    assert not hold_lease("b:2", at=at + timedelta(seconds=31))
    assert hold_lease("b:2", at=at + timedelta(seconds=20) + LEASE)  # a died
    assert not hold_lease("a:1", at=at + timedelta(seconds=51))
    release_lease("b:2", at=at + timedelta(seconds=52))
    assert hold_lease("a:1", at=at + timedelta(seconds=52))


def test_declared_schedules_are_made_once_and_kept_as_the_keeper_left_them(at):
    services.ensure_schedules(at=at)
    count = Schedule.objects.count()
    assert count >= 1
    Schedule.objects.filter(name="job-prune").update(at=time(5, 0))
    services.ensure_schedules(at=at)
    assert Schedule.objects.count() == count
    assert Schedule.objects.get(name="job-prune").at == time(5, 0)


def test_every_declared_schedule_names_a_task(at):
    services.ensure_schedules(at=at)
    for one in Schedule.objects.all():
        services.queueing.find_task(one.task)
        assert one.next_run_at >= at


def test_a_schedule_without_a_time_is_refused(nightly):
    with pytest.raises(IntegrityError):
        Schedule.objects.create(
            name="x", label="x", task="x", kind="daily", next_run_at=nightly.next_run_at
        )


def test_only_keepers_see_the_schedule(nightly, officer, keeper):
    assert list_schedules_for(officer).count() == 0
    assert get_schedule_for(keeper, "nightly") == nightly
