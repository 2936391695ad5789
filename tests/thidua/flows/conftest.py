import pytest

from factories.ministry import Ministry


@pytest.fixture
def ministry(db) -> Ministry:
    return Ministry()
