"""A damaged epoch is closed with its damage named, and the next one is good."""

import pytest
from django.db import connection

from attacker import ATTACKS, free
from thidua.audit import services
from thidua.audit.errors import KeyUnfit, ReasonMissing
from thidua.audit.models import Epoch, Event, HiddenValue
from thidua.audit.selectors.keys import key_path
from thidua.support.actor import system

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(trail):
    for _ in range(3):
        trail.live(20)
        trail.sequence()
    return trail


def close(trail, reason="Hỏng đĩa ngày 04/10/2017"):
    epoch = services.new_epoch(
        report=trail.verify(), reason=reason, actor=system("test"), at=trail.tick()
    )
    trail.sequence()
    return epoch


@pytest.mark.parametrize("name", [name for name in ATTACKS if name != "restore_backup"])
def test_damage_that_was_named_is_not_reported_again(life, name):
    ATTACKS[name](life)
    found = life.verify()
    assert not found.is_good
    assert close(life).number == 2
    life.live(10)
    life.sequence()
    report = life.verify()
    assert report.problems == []
    assert report.accepted >= 1


def test_more_damage_at_the_same_place_is_reported(life):
    event = Event.objects.filter(sequenced__isnull=False).first()

    def edit(word):
        free(lambda _: Event.objects.filter(pk=event.pk).update(actor_name=word))(life)

    edit("Ai đó")
    close(life)
    assert life.verify().is_good
    edit("Ai khác")
    assert set(life.verify().counts) == {"seal"}


def test_rows_are_taken_as_they_stand(life):
    kind, gone = life.kinds[0], life.kinds.pop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organizations_unitkind SET position = 999 WHERE id = %s", [kind.pk])
        cursor.execute("DELETE FROM organizations_unitkind WHERE id = %s", [gone.pk])
        cursor.execute(
            "INSERT INTO organizations_unitkind (code, name, position, is_active) "
            "VALUES ('lau', 'Lậu', 0, %s)", [True],
        )  # fmt: skip
    assert life.verify().counts == {"field": 1, "row_missing": 1, "row_unrecorded": 1}
    close(life)
    assert life.verify().is_good
    adopted = Event.objects.filter(action="audit.adopt")
    assert adopted.count() == 3
    assert all("Hỏng đĩa" in one.payload or "ng" in one.payload for one in adopted)


def test_a_lost_hidden_value_is_named_once(life):
    life.user("mai")
    HiddenValue.objects.order_by("pk").first().delete()
    close(life)
    life.live(10)
    assert life.verify().is_good


def test_a_closing_that_was_forged_accepts_nothing(life):
    ATTACKS["edit"](life)
    close(life)

    def forge(_):
        epoch = Epoch.objects.get(number=2)
        Epoch.objects.filter(number=2).update(closing=epoch.closing.replace("Hỏng", "Cháy"))

    free(forge)(life)
    assert {"signature", "seal"} <= set(life.verify().counts)


def test_a_new_key_opens_a_new_epoch(life):
    old = key_path()
    old.rename(old.with_name("audit.key.2017"))
    services.init_key(name="bo.example.vn")
    with pytest.raises(KeyUnfit, match="new-epoch"):
        life.sequence()
    close(life, "Đổi khóa")
    life.live(5)
    life.sequence()
    report = life.verify()
    assert report.problems == []
    assert report.epochs == 2
    assert report.covered == report.events


def test_an_epoch_says_why(life):
    with pytest.raises(ReasonMissing):
        close(life, " ")
