"""AUD-4: what was hashed is what is read back, whatever the text, on both databases."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from thidua.accounts.models import User
from thidua.audit import services
from thidua.audit.lifecycle.events import (
    Draft,
    canonical,
    hidden_digest,
    instant_text,
    seal,
    seal_columns,
)
from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Event, HiddenValue
from thidua.audit.selectors.columns import value_of
from thidua.audit.selectors.verifying import check_streams
from thidua.organizations.models import UnitKind
from thidua.support.actor import Actor

# Lone surrogates and NUL included.
ANY_TEXT = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)
# What a text column of PostgreSQL can hold.
TEXT = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60
)
INSTANT = st.datetimes(
    min_value=datetime(1900, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=3))]),
)
NUMBER = st.integers(min_value=-(2**62), max_value=2**62)
VALUE = st.recursive(
    st.none()
    | st.booleans()
    | NUMBER
    | ANY_TEXT
    | st.dates()
    | INSTANT
    | st.times()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.uuids()
    | st.binary(max_size=20)
    | st.timedeltas(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=10,
)
DRAFT = st.builds(
    Draft,
    stream=TEXT,
    stream_seq=st.integers(1, 2**31 - 1),
    at=INSTANT,
    actor_id=st.none() | NUMBER,
    actor_name=TEXT,
    on_behalf_of_id=st.none() | NUMBER,
    action=TEXT,
    request_id=TEXT.map(lambda text: text[:36]),
    ip=TEXT.map(lambda text: text[:45]),
    payload=VALUE.map(canonical),
    prev=st.binary(min_size=32, max_size=32),
)


@given(DRAFT)
def test_the_fast_seal_is_the_seal(draft):
    import hashlib

    slow = canonical({**draft.values(), "at": instant_text(draft.at)}).encode("ascii")
    assert seal(draft) == hashlib.sha256(b"\x00" + slow).digest()


@given(VALUE)
def test_a_value_has_one_text(value):
    text = canonical(value)
    assert text.isascii()
    assert "\n" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Trần", '"Tr\\u1ea7n"'),
        (unicodedata.normalize("NFD", "Trần"), '"Tra\\u0302\\u0300n"'),
        ("\0", '"\\u0000"'),
        ("\ud800", '"\\ud800"'),
        ("🎖", '"\\ud83c\\udf96"'),
        (date(2017, 10, 4), '"2017-10-04"'),
        (datetime(2017, 10, 4, 10, tzinfo=timezone(timedelta(hours=7))),
         '"2017-10-04T03:00:00.000000+00:00"'),
        (time(8, 30), '"08:30:00"'),
        (timedelta(days=1, microseconds=1), '"86400000001 us"'),
        (Decimal("1.50"), '"1.50"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (b"\x01\xff", '"01ff"'),
        ({"b": 1, "a": None}, '{"a":null,"b":1}'),
    ],
)  # fmt: skip
def test_known_texts(value, text):
    assert canonical(value) == text


@pytest.mark.parametrize("value", [object(), {1, 2}, models.F("x"), float("nan")])
def test_what_has_no_text_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def problems() -> list:
    report = Report()
    check_streams(report, 0)
    return report.problems


def read_back(event) -> bytes:
    names = list(Draft.__dataclass_fields__)
    row = Event.objects.values_list(*names[:-1]).get(pk=event.pk)
    columns = (*row[:2], instant_text(row[2]), *row[3:])
    return seal_columns(columns, bytes(Event.objects.get(pk=event.pk).prev))


class ThroughTheDatabase(TestCase):
    """Each example in a transaction of its own."""

    @settings(suppress_health_check=list(HealthCheck))
    @given(facts=st.dictionaries(ANY_TEXT, VALUE, max_size=4), name=TEXT, at=INSTANT)
    def test_an_event_hashes_to_its_leaf_when_read_back(self, facts, name, at):
        services.note("thu:1", actor=Actor(1, name), at=at, action="thu", facts=facts)
        services.note("thu:1", actor=Actor(1, name), at=at, action="thu", facts=facts)
        for event in Event.objects.all():
            assert read_back(event) == bytes(event.leaf)
        assert problems() == []

    @settings(suppress_health_check=list(HealthCheck))
    @given(name=TEXT, phone=TEXT.map(lambda text: text[:20]), born=INSTANT)
    def test_rows_equal_what_their_events_say(self, name, phone, born):
        actor = Actor(1, "thu")
        kind = UnitKind(code="thu", name=name[:40])
        services.create(kind, actor=actor, at=born, action="thu")
        user = User(email="a@b.vn", full_name=name, sort_key="", phone=phone, created_at=born)
        services.create(user, actor=actor, at=born, action="thu")
        services.change(user, actor=actor, at=born, action="thu", phone=phone[::-1], full_name="x")
        assert problems() == []
        for hidden in HiddenValue.objects.all():
            assert hidden_digest(bytes(hidden.salt), hidden.value) == bytes(hidden.digest)
            assert hidden.value.isascii()


class Money(models.Model):
    """A table of nobody's, for kinds of columns that no room has yet."""

    amount = models.DecimalField(max_digits=12, decimal_places=2)
    kept = models.DurationField(null=True)
    mark = models.UUIDField(null=True)

    class Meta:
        app_label = "audit_test"
        managed = False

    def __str__(self) -> str:
        return str(self.amount)


@pytest.mark.parametrize(
    ("amount", "text"), [("1.5", '"1.50"'), (Decimal("1.500"), '"1.50"'), (3, '"3.00"')]
)
def test_a_decimal_is_what_both_databases_give_back(amount, text):
    assert canonical(value_of(Money(amount=amount), "amount")) == text
