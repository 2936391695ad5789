"""Work is queued in the caller's transaction, once while its key is live."""

import threading

import pytest
from django.db import connection, transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from thidua.jobs.models import Job
from thidua.jobs.selectors import list_jobs_for
from thidua.support import queue
from thidua.support.actor import ANONYMOUS, Actor, Grant, Role, system
from thidua.support.queue import enqueue


@pytest.mark.django_db
def test_work_is_queued_with_its_words(plant, officer):
    name = plant(lambda run, year: None)
    job = Job.objects.get(pk=enqueue(name, key="k", actor=officer, year=2017))
    assert (job.label, job.args, job.key, job.state) == ("Việc thử", {"year": 2017}, "k", "waiting")
    assert (job.user_id, job.actor_name) == (officer.user_id, "Nguyễn Thị Minh")
    assert DBTaskResult.objects.get(pk=job.ticket).args_kwargs["args"] == [job.pk]


@pytest.mark.django_db
def test_a_key_is_queued_once_while_it_is_live(plant, officer):
    name = plant(lambda run: None)
    first = enqueue(name, key="k", actor=officer)
    assert enqueue(name, key="k", actor=officer) == first
    assert enqueue(name, actor=officer) != enqueue(name, actor=officer)
    Job.objects.filter(pk=first).update(state="done", ended_at=F("created_at"))
    assert enqueue(name, key="k", actor=officer) != first


@pytest.mark.django_db
def test_work_of_a_rolled_back_act_is_not_queued(plant, officer):
    name = plant(lambda run: None)
    with transaction.atomic():
        enqueue(name, key="k", actor=officer)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("os.system", "not the dotted name of a task"),
        ("thidua.jobs.services.run_job", "not the dotted name of a task"),
        ("thidua.jobs.tasks.prune_jobs", r"not marked with @task"),
        ("thidua.jobs.tasks.nothing", "no such task"),
        ("thidua.nowhere.tasks.nothing", "no such task"),
    ],
)
def test_only_a_task_may_be_queued(name, says, officer):
    with pytest.raises(ValueError, match=says):
        enqueue(name, actor=officer)


@pytest.mark.django_db
def test_what_does_not_fit_into_json_is_refused_where_it_was_made(plant, officer, at):
    with pytest.raises(TypeError, match="datetime"):
        enqueue(plant(lambda run, when: None), actor=officer, when=at)


def test_nothing_is_queued_where_no_queue_is(monkeypatch):
    monkeypatch.setattr(queue, "_registered", [])
    with pytest.raises(RuntimeError, match=r"thidua\.jobs"):
        enqueue("thidua.jobs.tasks.prune", actor=system("x"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="one connection holds memory")
def test_two_who_queue_the_same_at_once_get_one_job(plant, officer):
    name = plant(lambda run: None)
    barrier, got = threading.Barrier(8), []

    def go():
        try:
            barrier.wait()
            got.append(enqueue(name, key="k", actor=officer))
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_who_sees_jobs(plant, officer):
    name = plant(lambda run: None)
    enqueue(name, actor=officer)
    enqueue(name, actor=system("demo"))
    keeper = Actor(officer.user_id + 1000, "Trần Văn Lý", (Grant(Role.ADMINISTRATOR, 1),))
    assert list_jobs_for(keeper).count() == 2
    assert list_jobs_for(officer).count() == 1
    assert list_jobs_for(ANONYMOUS).count() == 0
