"""Tries, pauses, parking, cancelling; a run that was given up writes nothing."""

from datetime import timedelta

import pytest

from thidua.accounts.models import User
from thidua.audit.models import Event
from thidua.jobs import services
from thidua.jobs.errors import JobFault
from thidua.jobs.lifecycle import LEASE, MOST_TRIES, pause_after
from thidua.jobs.models import Job
from thidua.jobs.services import running
from thidua.support.clock import now
from thidua.support.queue import NoUseTrying, enqueue

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(run_jobs):
    return run_jobs


def queued(name, actor, **args):
    return Job.objects.get(pk=enqueue(name, actor=actor, **args))


def make_due(job):
    """Time passes: the pause before the next try is over."""
    past = now() - timedelta(seconds=1)
    Job.objects.filter(pk=job.pk).update(next_try_at=past)
    job.refresh_from_db()
    services.queueing.dispatch(job)


def test_a_job_is_done_with_its_outcome_and_its_actor(plant, officer, work):
    seen = []

    def task(run, year):
        seen.append((run.actor.user_id, run.attempt, year))
        run.progress(3, 3, "Dòng 3")
        return "Đã đọc 3 dòng."

    job = queued(plant(task), officer, year=2017)
    work()
    job.refresh_from_db()
    assert seen == [(officer.user_id, 1, 2017)]
    assert (job.state, job.outcome, job.done, job.total) == ("done", "Đã đọc 3 dòng.", 3, 3)
    assert job.ended_at >= job.started_at
    work()
    assert len(seen) == 1


def test_a_closed_account_keeps_its_name_and_loses_its_roles(plant, officer, work):
    seen = []
    queued(plant(lambda run: seen.append(run.actor)), officer)
    User.objects.update(is_active=False)
    work()
    assert [(one.name, one.grants) for one in seen] == [("Nguyễn Thị Minh", ())]


def test_a_failing_job_is_tried_five_times_then_parked_while_others_go_on(plant, officer, work):
    tries = []

    def fails(run):
        tries.append(run.attempt)
        raise OSError("máy in hết giấy")

    poison = queued(plant(fails, "poison"), officer)
    for number in range(1, MOST_TRIES + 1):
        other = queued(plant(lambda run: None, "fine"), officer)
        work()
        poison.refresh_from_db()
        other.refresh_from_db()
        assert other.state == "done"
        assert poison.error == "OSError: máy in hết giấy"
        if number < MOST_TRIES:
            assert poison.state == "waiting"
            assert poison.next_try_at > now() + pause_after(number) - timedelta(seconds=5)
            work()  # not before its pause is over
            make_due(poison)
    assert tries == [1, 2, 3, 4, 5]
    assert poison.state == "parked"
    assert poison.ended_at


def test_pauses_grow():
    assert [pause_after(n).total_seconds() for n in range(1, 5)] == [10, 40, 160, 640]


def test_a_task_that_knows_better_is_parked_at_once(plant, officer, work):
    def hopeless(run):
        raise NoUseTrying("Tệp nguồn đã bị xóa. Gửi lại tệp.")

    job = queued(plant(hopeless), officer)
    work()
    job.refresh_from_db()
    assert (job.state, job.tries, job.error) == ("parked", 1, "Tệp nguồn đã bị xóa. Gửi lại tệp.")


def test_a_job_whose_task_is_gone_is_parked(plant, officer, monkeypatch, work):
    job = queued(plant(lambda run: None), officer)
    monkeypatch.delattr("thidua.jobs.tasks.planted")
    work()
    job.refresh_from_db()
    assert job.state == "parked"
    assert "không có việc «thidua.jobs.tasks.planted»" in job.error


def test_a_waiting_job_is_cancelled_at_once(plant, officer, at, work):
    ran = []
    job = queued(plant(lambda run: ran.append(1)), officer)
    services.cancel_job(job=job, actor=officer, at=at)
    work()
    job.refresh_from_db()
    assert (job.state, ran) == ("cancelled", [])
    assert Event.objects.filter(action="job.cancel", actor_id=officer.user_id).count() == 1
    with pytest.raises(JobFault, match="đã kết thúc"):
        services.cancel_job(job=job, actor=officer, at=at)


def test_a_running_job_is_cancelled_at_its_next_step(plant, officer, at, work):
    steps = []

    def long(run):
        for number in range(10):
            run.progress(number, 10)
            steps.append(number)
            if number == 3:
                services.cancel_job(job=run.job, actor=officer, at=at)

    job = queued(plant(long), officer)
    work()
    job.refresh_from_db()
    assert (job.state, steps, job.done) == ("cancelled", [0, 1, 2, 3], 4)


def test_a_parked_job_is_run_again_by_hand(plant, officer, at, work):
    faults = [NoUseTrying("Thiếu tệp."), None]

    def once(run):
        if fault := faults.pop(0):
            raise fault

    job = queued(plant(once), officer, key="k")
    with pytest.raises(JobFault, match="Chỉ chạy lại"):
        services.retry_job(job=job, actor=officer, at=at)
    work()
    twin = Job.objects.get(pk=enqueue(job.task, key="k", actor=officer))
    with pytest.raises(JobFault, match="giống hệt"):
        services.retry_job(job=job, actor=officer, at=at)
    services.cancel_job(job=twin, actor=officer, at=at)
    services.retry_job(job=job, actor=officer, at=at)
    work()
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def test_memory_that_runs_out_parks_the_job(plant, officer, work):
    def greedy(run):
        raise MemoryError

    job = queued(plant(greedy), officer)
    work()
    job.refresh_from_db()
    assert (job.state, job.tries) == ("parked", 1)
    assert "nhiều bộ nhớ hơn mức cho phép" in job.error


def test_a_run_that_was_given_up_writes_nothing(plant, officer, work):
    """It slept through its lease; another run has taken its place when it wakes."""

    def slept(run):
        if run.attempt == 1:
            Job.objects.update(seen_at=now() - LEASE - timedelta(seconds=1))
            assert services.sweep(at=now()) == 1
            assert Job.objects.get().state == "waiting"
            return "xong lần cũ"
        return "xong lần mới"

    job = queued(plant(slept), officer)
    running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.state, job.outcome) == ("waiting", "")
    work()
    job.refresh_from_db()
    assert (job.state, job.outcome) == ("done", "xong lần mới")


def test_a_stalled_job_is_queued_again_and_one_that_lives_is_not(plant, officer, at):
    job = queued(plant(lambda run: None), officer)
    running._claim(job.pk)
    Job.objects.update(worker="another-host:1")
    assert services.sweep(at=now()) == 0
    assert services.sweep(at=now() + LEASE + timedelta(seconds=5)) == 1
    job.refresh_from_db()
    assert job.state == "waiting"
    assert LEASE.total_seconds() < 300


def test_a_job_that_kills_its_worker_is_parked_at_last(plant, officer):
    job = queued(plant(lambda run: None), officer)
    for number in range(1, MOST_TRIES + 1):
        assert running._claim(job.pk).tries == number
        services.sweep(at=now() + LEASE + timedelta(seconds=5))
        Job.objects.filter(state="waiting").update(next_try_at=now())
    job.refresh_from_db()
    assert job.state == "parked"
    assert "đã chết giữa chừng 5 lần" in job.error


def test_a_lost_ticket_is_replaced(plant, officer, work):
    from django_tasks_db.models import DBTaskResult

    job = queued(plant(lambda run: None), officer)
    DBTaskResult.objects.all().delete()
    work()
    assert Job.objects.get().state == "waiting"
    services.sweep(at=now() + timedelta(minutes=2))
    services.sweep(at=now() + timedelta(minutes=2))
    assert DBTaskResult.objects.count() == 1
    work()
    job.refresh_from_db()
    assert job.state == "done"


def test_what_is_long_over_is_taken_away(plant, officer, work):
    kept = queued(plant(lambda run: None), officer)
    parked = queued(plant(lambda run: 1 / 0, "bad"), officer)
    old = queued(plant(lambda run: None), officer)
    Job.objects.filter(pk=parked.pk).update(tries=MOST_TRIES - 1)
    work()
    Job.objects.filter(pk__in=[old.pk, parked.pk]).update(ended_at=now() - timedelta(days=91))
    prune = queued("thidua.jobs.tasks.prune", officer)
    work()
    assert set(Job.objects.values_list("pk", flat=True)) == {kept.pk, parked.pk, prune.pk}
    prune.refresh_from_db()
    assert prune.outcome == "Đã dọn 1 việc."
