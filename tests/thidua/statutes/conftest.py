from datetime import UTC, datetime

import pytest

from thidua.support.actor import Actor, Grant, Role

MEDAL = """\
award: commemorative-medal
subject: person
effect: sets
in_force: 2024-06-01..2025-12-31
document: {symbol: 13/2024/TT-BTTTT, name: Thông tư về kỷ niệm chương, signed_on: 2024-05-20}
when:
  all:
  - {id: c1, vi: Mười lần Lao động tiên tiến, cite: art-5.cl-1, held: {award: advanced-worker, times: 10}}
"""


@pytest.fixture
def at():
    return datetime(2024, 10, 4, 3, 0, tzinfo=UTC)


@pytest.fixture
def officer():
    return Actor(8, "Lê Văn Nam", (Grant(Role.MINISTRY_OFFICER, 1),))


@pytest.fixture
def second():
    return Actor(9, "Phạm Thị Hoa", (Grant(Role.ADMINISTRATOR, 1),))


@pytest.fixture
def clerk():
    return Actor(7, "Trần Thị Mai", (Grant(Role.UNIT_CLERK, 1),))


@pytest.fixture
def medal():
    return MEDAL
