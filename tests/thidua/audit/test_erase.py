"""AUD-7: a person's values are erased, the chain stays whole, nothing in the database gives them back."""

import pytest
from django.core.management import call_command
from django.db import connection

from conftest import without_triggers
from thidua.audit import services
from thidua.audit.models import Event, HiddenValue
from thidua.support.actor import system
from thidua.support.privacy import DataClass  # noqa: F401

pytestmark = pytest.mark.django_db
WORDS = ("tran.thi.mai@bo.example.vn", "0987654321", "0911111111")


@pytest.fixture
def person(trail):
    user = trail.user("tran.thi.mai")
    at, who = trail.tick(), system("test")
    services.change(user, actor=who, at=at, action="user.change", phone="0987654321")
    services.change(user, actor=who, at=at, action="user.change", phone="0911111111")
    trail.user("nguoi.khac")
    trail.sequence()
    return user


def erase(trail, user):
    at, who = trail.tick(), system("privacy")
    blank = {"email": f"xoa-{user.pk}@invalid", "phone": ""}
    services.change(user, actor=who, at=at, action="user.blank", **blank)
    return services.erase_hidden(
        streams=[services.stream_of(user)], actor=who, at=at, reason="Yêu cầu số 12"
    )


def dump(tmp_path) -> str:
    path = tmp_path / "tat-ca.json"
    call_command("dumpdata", output=str(path), verbosity=0)
    return path.read_text("utf-8")


def test_values_are_gone_and_the_chain_is_whole(trail, person, tmp_path):
    before = dump(tmp_path)
    assert all(word in before for word in WORDS)
    assert erase(trail, person) == 10
    after = dump(tmp_path)
    assert not any(word in after for word in WORDS)
    trail.sequence()
    report = trail.verify()
    assert report.problems == []
    assert report.erased == 2
    assert HiddenValue.objects.count() == 2  # the other person's


def test_guessing_does_not_find_a_value(trail, person):
    """A phone number is soon guessed; without its salt no hash can be compared."""
    erase(trail, person)
    assert not HiddenValue.objects.filter(stream=services.stream_of(person)).exists()
    payloads = "".join(Event.objects.values_list("payload", flat=True))
    salts = HiddenValue.objects.values_list("salt", flat=True)
    from thidua.audit.lifecycle.events import canonical, hidden_digest

    for salt in [b"", *map(bytes, salts)]:
        assert hidden_digest(salt, canonical("0987654321")).hex() not in payloads


def test_what_is_written_afterwards_is_kept_and_compared_again(trail, person):
    erase(trail, person)
    services.change(person, actor=system("t"), at=trail.tick(), action="user.change", phone="1")
    assert trail.verify().is_good
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET phone = '2' WHERE id = %s", [person.pk])
    assert trail.verify().counts == {"field": 1}


def test_a_value_that_vanishes_without_a_request_is_found(trail, person):
    HiddenValue.objects.filter(stream=services.stream_of(person)).first().delete()
    assert trail.verify().counts == {"hidden_lost": 1}


def test_a_value_that_was_exchanged_is_found(trail, person):
    with without_triggers(connection):
        HiddenValue.objects.filter(value='"0987654321"').update(value='"0900000000"')
    assert set(trail.verify().counts) == {"hidden_changed"}


def test_nothing_kept_nothing_said(trail, person):
    count = Event.objects.count()
    assert (
        services.erase_hidden(
            streams=["accounts.user:0"], actor=system("t"), at=trail.tick(), reason="x"
        )
        == 0
    )
    assert Event.objects.count() == count
