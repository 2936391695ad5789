"""Every write leaves an event in the chain of its object, and no event can be changed."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from thidua.accounts.models import User
from thidua.audit.lifecycle.events import Draft, canonical, seal
from thidua.audit.models import Event, HiddenValue
from thidua.audit.services import change, create, create_many, note, remove
from thidua.organizations.models import UnitKind
from thidua.support.actor import Actor, Grant, Role, system
from thidua.support.clock import now

pytestmark = pytest.mark.django_db
WHO = Actor(user_id=7, name="Lê Hoài Thương", request_id="r1", ip="10.0.0.1")


def made(**more):
    kind = UnitKind(code="cuc", name="Cục", **more)
    return create(kind, actor=WHO, at=now(), action="kind.create")


def sealed(event) -> bytes:
    names = Draft.__dataclass_fields__
    values = {name: getattr(event, name) for name in names}
    return seal(Draft(**{**values, "prev": bytes(event.prev)}))


def test_a_write_says_who_what_and_from_which_value_to_which():
    kind = made()
    change(kind, actor=WHO, at=now(), action="kind.rename", reason="gõ nhầm", name="Cục, vụ")
    remove(kind, actor=system("test"), at=now(), action="kind.remove")
    first, second, third = Event.objects.order_by("stream_seq")
    assert (first.actor_id, first.actor_name, first.action) == (7, "Lê Hoài Thương", "kind.create")
    assert second.payload == canonical(
        {"changes": {"name": ["Cục", "Cục, vụ"]}, "reason": "gõ nhầm"}
    )
    assert third.actor_name == "system:test"
    assert [bytes(one.prev) for one in (second, third)] == [bytes(first.leaf), bytes(second.leaf)]
    assert all(sealed(one) == bytes(one.leaf) for one in (first, second, third))


def test_a_write_that_changes_nothing_leaves_nothing():
    kind = made()
    assert not change(kind, actor=WHO, at=now(), action="kind.rename", name="Cục")
    assert Event.objects.count() == 1


def test_only_named_fields_are_written():
    kind = made()
    stale = UnitKind.objects.get(pk=kind.pk)
    change(kind, actor=WHO, at=now(), action="kind.move", position=5)
    change(stale, actor=WHO, at=now(), action="kind.rename", name="Vụ")
    kind.refresh_from_db()
    assert (kind.name, kind.position) == ("Vụ", 5)


def test_a_failed_act_leaves_no_event():
    with pytest.raises(RuntimeError), transaction.atomic():
        made()
        raise RuntimeError
    assert not Event.objects.exists()


def test_many_rows_are_two_inserts(django_assert_num_queries):
    kinds = [UnitKind(code=f"k{n}", name="x") for n in range(50)]
    with django_assert_num_queries(4):  # savepoint, rows, events, release
        create_many(kinds, actor=WHO, at=now(), action="kind.create")
    assert Event.objects.count() == 50


def test_personal_values_stand_apart_and_secrets_nowhere():
    user = User(email="mai@vidu.vn", full_name="Mai", sort_key="mai", password="argon2$bí-mật")
    create(user, actor=WHO, at=now(), action="user.create")
    event = Event.objects.get()
    assert "mai@vidu.vn" not in event.payload
    assert {one.field: one.value for one in HiddenValue.objects.all()} == {
        "email": '"mai@vidu.vn"',
        "phone": '""',
    }
    assert "argon2" not in event.payload


def test_a_lent_role_names_its_lender():
    lent = Actor(8, "Trần Hà", (Grant(Role.UNIT_HEAD, 1, delegated_by=7),))
    note("session:1", actor=lent, at=now(), action="login", facts={"mfa": "totp"})
    assert Event.objects.get().on_behalf_of_id == 7


def test_who_has_roles_of_their_own_too_is_named_with_the_lenders():
    both = Actor(8, "Trần Hà", (Grant(Role.EMPLOYEE, 1), Grant(Role.UNIT_HEAD, 1, delegated_by=7)))
    note("session:1", actor=both, at=now(), action="login")
    event = Event.objects.get()
    assert event.on_behalf_of_id is None
    assert json.loads(event.payload)["loans"] == [7]


@pytest.mark.parametrize("act", ["update", "delete", "raw"])
def test_an_event_cannot_be_changed(act):
    made()
    events = Event.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        if act == "update":
            events.update(actor_name="Ai đó")
        elif act == "delete":
            events._raw_delete(events.db)
        else:
            connection.cursor().execute("UPDATE audit_event SET payload = ''")


def test_the_guard_is_what_refuses():
    """Take the triggers away, and the same edit passes: then only verification finds it."""
    made()
    from conftest import without_triggers

    with without_triggers(connection):
        Event.objects.update(actor_name="Ai đó")
    event = Event.objects.get()
    assert sealed(event) != bytes(event.leaf)
