"""AUD-2: a row that was edited past the application is found, in every audited table, every column."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection, models, transaction

from conftest import without_triggers
from thidua.audit import services
from thidua.audit.lifecycle.report import Report
from thidua.audit.models import Event
from thidua.audit.selectors.columns import audited_fields, audited_models
from thidua.audit.selectors.verifying import check_streams, verify
from thidua.support.actor import system

pytestmark = pytest.mark.django_db
TABLES = sorted(audited_models(), key=lambda one: one._meta.label)
AT = dt.datetime(2017, 10, 4, 3, 0, tzinfo=dt.UTC)


# Kind of column → a value that differs with a number; the first kind that fits counts.
SAMPLES = (
    (models.BooleanField, lambda number: bool(number % 2)),
    (models.DateTimeField, lambda number: AT + dt.timedelta(days=number)),
    (models.DateField, lambda number: AT.date() + dt.timedelta(days=number)),
    (models.TimeField, dt.time),
    (models.DurationField, lambda number: dt.timedelta(days=number)),
    (models.DecimalField, Decimal),
    (models.FloatField, float),
    (models.IntegerField, int),
    (models.UUIDField, lambda number: uuid.UUID(int=number)),
    (models.JSONField, lambda number: {"n": number}),
    (models.BinaryField, lambda number: bytes([number])),
    (models.GenericIPAddressField, lambda number: f"10.0.0.{number}"),
)


def sample(field, number: int):
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    for kind, make in SAMPLES:
        if isinstance(field, kind):
            return make(number)
    return f"a{number}"[: field.max_length or 99]


def planted(model):
    """A row with its event; what the law forbids of it is set aside, as the deed itself is."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')",
                [model._meta.db_table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')
    row = model()
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.AutoField) and not field.generated:
            setattr(row, field.attname, sample(field, 1))
    return services.create(row, actor=system("test"), at=AT, action="test.create")


@pytest.fixture(params=TABLES, ids=lambda one: one._meta.label)
def row(request):
    start = transaction.savepoint()
    yield planted(request.param)
    transaction.savepoint_rollback(start)  # links that lead nowhere are never committed
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def found(report) -> list[tuple[str, str, str]]:
    return [(one.kind, one.stream, one.detail) for one in report.problems]


def test_every_column_is_compared(row):
    model = type(row)
    stream, missed = services.stream_of(row), []
    assert found(verify(verifiers=[])) == []
    with without_triggers(connection), connection.cursor() as cursor:
        for name in audited_fields(model):
            field = model._meta.get_field(name)
            start = transaction.savepoint()
            value = field.get_db_prep_save(sample(field, 2), connection)
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{field.column}" = %s '
                f'WHERE "{model._meta.pk.column}" = %s',
                [value, row.pk],
            )
            report = Report()
            check_streams(report, 0)
            if found(report) != [("field", stream, name)]:
                missed.append(name)
            transaction.savepoint_rollback(start)
    assert missed == []


def test_a_row_without_an_event_and_an_event_without_a_row_are_found(row):
    model, stream = type(row), services.stream_of(row)
    with without_triggers(connection):
        start = transaction.savepoint()
        model._base_manager.filter(pk=row.pk)._raw_delete("default")
        assert found(verify(verifiers=[])) == [("row_missing", stream, "")]
        transaction.savepoint_rollback(start)
        Event.objects.all().delete()
        assert found(verify(verifiers=[])) == [("row_unrecorded", stream, "")]
