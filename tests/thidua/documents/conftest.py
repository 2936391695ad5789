from datetime import UTC, datetime

import pytest

from thidua.support.actor import Actor, Grant, Role


@pytest.fixture
def at():
    return datetime(2017, 10, 4, 3, 0, tzinfo=UTC)


@pytest.fixture
def clerk():
    return Actor(7, "Trần Thị Mai", (Grant(Role.UNIT_CLERK, 1),))


@pytest.fixture
def officer():
    return Actor(8, "Lê Văn Nam", (Grant(Role.MINISTRY_OFFICER, 1),))
