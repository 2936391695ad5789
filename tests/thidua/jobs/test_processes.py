"""Real processes, really killed (REL-5, FLT-1, FLT-14)."""

import signal
from itertools import pairwise

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ROWS = [f"row {number}" for number in range(40)]


def test_a_killed_worker_loses_no_job(installation):
    """SIGKILL in the middle: the next worker does the job again, whole; others saw nothing of it."""
    job = installation.enqueue("rows", count=40)
    worker = installation.start("work")
    installation.wait(lambda: len(installation.lines()) >= 5)
    worker.kill()
    worker.wait()
    assert installation.job(job)["state"] == "running"
    # Negative control: without the sweep nobody ever takes it again.
    installation.run("work", "--batch")
    assert installation.job(job)["state"] == "running"
    assert len(installation.lines()) < 40
    assert installation.ask("services.sweep(at=now())") == 1
    installation.run("work", "--batch")
    done = installation.job(job)
    assert (done["state"], done["tries"], done["outcome"]) == ("done", 2, "Đã ghi 40 dòng.")
    assert set(installation.lines()) == set(ROWS)


def test_a_killed_scheduler_is_followed_by_another_that_queues_again(installation):
    job = installation.enqueue("rows", count=40)
    scheduler = installation.start("schedule", "--interval", "0.1")
    installation.wait(lambda: installation.ask("SchedulerLease.objects.exclude(holder='').count()"))
    scheduler.kill()
    worker = installation.start("work", "--interval", "0.1")
    installation.wait(lambda: len(installation.lines()) >= 3)
    worker.kill()
    worker.wait()
    installation.ask("SchedulerLease.objects.update(until=now())")  # half a minute goes by
    installation.start("schedule", "--interval", "0.1")
    installation.start("work", "--interval", "0.1")
    installation.wait(lambda: installation.job(job)["state"] == "done")
    assert set(installation.lines()) == set(ROWS)


def test_a_worker_that_is_asked_to_end_gives_its_job_back(installation):
    job = installation.enqueue("rows", count=40)
    worker = installation.start("work")
    installation.wait(lambda: len(installation.lines()) >= 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    given = installation.job(job)
    assert (given["state"], given["tries"]) == ("waiting", 0)
    installation.run("work", "--batch")
    assert installation.job(job)["state"] == "done"


def test_a_worker_out_of_memory_parks_the_job_and_does_the_next(installation):
    greedy = installation.enqueue("greedy")
    after = installation.enqueue("rows", count=2)
    installation.run("work", "--batch", "--memory", "1500")
    parked = installation.job(greedy)
    assert (parked["state"], parked["tries"]) == ("parked", 1)
    assert "nhiều bộ nhớ hơn mức cho phép" in parked["error"]
    assert installation.job(after)["state"] == "done"


def test_two_schedulers_queue_each_run_once(installation):
    installation.ask(
        "Schedule.objects.create(name='often', label='Việc mau', kind='every', seconds=1, "
        "task='thidua.jobs.tasks.quick', next_run_at=now()).pk"
    )
    for _ in range(2):
        installation.start("schedule", "--interval", "0.1")
    installation.start("work", "--quick", "--interval", "0.05")
    installation.wait(lambda: len(installation.lines()) >= 4)
    times = sorted(float(line.split()[1]) for line in installation.lines())
    assert all(later - earlier > 0.5 for earlier, later in pairwise(times))
