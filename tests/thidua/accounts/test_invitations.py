"""Invitations open an account once, in time, for whoever holds the link."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from thidua.accounts import services
from thidua.accounts.errors import AccountFault, LinkSpent, PasswordRefused
from thidua.accounts.models import Invitation, User
from thidua.audit.models import Event
from thidua.support.actor import system

GOOD = "cờ đỏ sao vàng năm 2017"
pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(person, keeper, at):
    user = person("Trần Thị Mai")
    return user, services.invite(user=user, actor=keeper, at=at)


def test_an_invitation_sets_the_first_password(invited, at):
    user, token = invited
    assert len(token) >= 43  # 256 bits in base 64
    taken = services.accept_invitation(token=token, password=GOOD, at=at)
    assert taken == user
    user.refresh_from_db()
    assert user.check_password(GOOD)
    assert user.password_set_at == at
    assert Event.objects.filter(action="user.set_password", actor_id=user.pk).count() == 1


def test_the_token_is_kept_nowhere(invited):
    _, token = invited
    assert token.encode() not in bytes(Invitation.objects.get().digest)
    assert not [one for one in Event.objects.all() if token in one.payload]


def test_it_opens_once(invited, at):
    _, token = invited
    services.accept_invitation(token=token, password=GOOD, at=at)
    with pytest.raises(LinkSpent, match="đã dùng, đã hết hạn"):
        services.accept_invitation(token=token, password=GOOD + "x", at=at)


def test_it_expires(invited, at):
    _, token = invited
    late = at + timedelta(days=7)
    with pytest.raises(LinkSpent):
        services.accept_invitation(token=token, password=GOOD, at=late)
    services.accept_invitation(token=token, password=GOOD, at=late - timedelta(seconds=1))


def test_a_newer_one_replaces_it(invited, keeper, at):
    user, old = invited
    new = services.invite(user=user, actor=keeper, at=at)
    with pytest.raises(LinkSpent):
        services.accept_invitation(token=old, password=GOOD, at=at)
    services.accept_invitation(token=new, password=GOOD, at=at)


def test_a_closed_account_is_not_invited_and_its_link_is_dead(invited, keeper, at):
    user, token = invited
    services.disable_user(user=user, reason="Nhầm người", actor=keeper, at=at)
    with pytest.raises(LinkSpent):
        services.accept_invitation(token=token, password=GOOD, at=at)
    user.refresh_from_db()
    with pytest.raises(AccountFault, match="đang bị khóa"):
        services.invite(user=user, actor=keeper, at=at)


def test_a_weak_password_leaves_the_link_open(invited, at):
    user, token = invited
    with pytest.raises(PasswordRefused) as refused:
        services.accept_invitation(token=token, password="12345", at=at)
    assert refused.value.reasons
    services.accept_invitation(token=token, password=GOOD, at=at)
    assert User.objects.get(pk=user.pk).check_password(GOOD)


def test_a_guessed_token_opens_nothing(invited, at):
    for guess in ("", "x" * 43, invited[1][:-1], invited[1].swapcase()):
        with pytest.raises(LinkSpent):
            services.accept_invitation(token=guess, password=GOOD, at=at)


@pytest.mark.django_db(transaction=True)
def test_sixteen_at_once_on_one_link_are_one(person, at):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection; in a file, writers queue one by one")
    token = services.invite(user=person("Trần Thị Mai"), actor=system("test"), at=at)
    gate, results = threading.Barrier(16), []

    def take(number):
        gate.wait()
        try:
            services.accept_invitation(token=token, password=f"{GOOD} {number}", at=at)
            results.append(number)
        except LinkSpent:
            results.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    winners = [one for one in results if one is not None]
    assert len(results) == 16
    assert len(winners) == 1
    assert User.objects.get(full_name="Trần Thị Mai").check_password(f"{GOOD} {winners[0]}")
