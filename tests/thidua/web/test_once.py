"""A form that is sent twice is done once (REL-3)."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from thidua.organizations.models import UnitKind
from thidua.web.models import FormReceipt
from thidua.web.once import FIELD, KEPT, answer_once


def post(key):
    return RequestFactory().post("/thu/", {FIELD: str(key)})


def add_kind():
    kind = UnitKind.objects.create(code=uuid.uuid4().hex, name="Loại")
    return HttpResponseRedirect(f"/loai/{kind.pk}/")


@pytest.mark.django_db
def test_the_second_time_leads_where_the_first_led():
    key = uuid.uuid4()
    first, second = (answer_once(post(key), "user:1", add_kind) for _ in range(2))
    assert first.url == second.url
    assert UnitKind.objects.count() == 1


@pytest.mark.django_db
def test_the_key_of_another_account_opens_nothing():
    key = uuid.uuid4()
    first = answer_once(post(key), "user:1", add_kind)
    second = answer_once(post(key), "user:2", add_kind)
    assert first.url != second.url


@pytest.mark.django_db
def test_a_form_with_faults_can_be_sent_again():
    key = uuid.uuid4()
    faulty = answer_once(post(key), "user:1", lambda: HttpResponse("sửa chỗ này"))
    assert faulty.status_code == 200
    assert answer_once(post(key), "user:1", add_kind).status_code == 302
    assert UnitKind.objects.count() == 1


@pytest.mark.django_db
def test_what_fails_leaves_no_receipt():
    def fail():
        add_kind()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answer_once(post(uuid.uuid4()), "user:1", fail)
    assert UnitKind.objects.count() == FormReceipt.objects.count() == 0


@pytest.mark.django_db
def test_receipts_are_gone_after_a_day():
    key = uuid.uuid4()
    answer_once(post(key), "user:1", add_kind)
    FormReceipt.objects.update(
        sent_at=FormReceipt.objects.get().sent_at - KEPT - timedelta(hours=1)
    )
    answer_once(post(uuid.uuid4()), "user:1", add_kind)
    assert not FormReceipt.objects.filter(key=key).exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_the_same_moment_do_it_once():
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("SQLite in memory has one connection; PostgreSQL runs this")
    key, gate, led = uuid.uuid4(), threading.Barrier(8), []

    def send():
        gate.wait()
        led.append(answer_once(post(key), "user:1", add_kind).url)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(led)) == 1
    assert len(led) == 8
    assert UnitKind.objects.count() == 1
