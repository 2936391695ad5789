"""A ministry of four units since 2016, and the services with who and when already said."""

from datetime import UTC, date, datetime

import pytest

from thidua.organizations import services
from thidua.support.actor import system

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
START = date(2016, 1, 1)


@pytest.fixture
def act():
    """Any service: `act("rename_unit", unit=…)`."""

    def call(name, /, **words):
        return getattr(services, name)(actor=system("test"), at=words.pop("at", AT), **words)

    return call


@pytest.fixture
def kind(act):
    return act("create_kind", code="k", name="Đơn vị")


@pytest.fixture
def found(act, kind):
    """`found("X", "Phòng X", parent)`: a new unit since the start."""

    def create(code, name=None, parent=None, on=START, **more):
        return act(
            "create_unit", code=code, kind=kind, name=name or code, parent=parent, on=on, **more
        )

    return create


@pytest.fixture
def tree(found):
    """Bộ › Cục A (› Phòng A1), Cục B."""
    units = {"BO": found("BO", "Bộ Thông tin")}
    units["A"] = found("A", "Cục Viễn thông", units["BO"])
    units["B"] = found("B", "Cục Tần số", units["BO"])
    units["A1"] = found("A1", "Phòng Chính sách", units["A"])
    return units
