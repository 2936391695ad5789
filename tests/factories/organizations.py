"""A bloc with a unit in it. Units and blocs are public inside, so no canary stands in their names."""

from datetime import UTC, date, datetime

from thidua.organizations import services
from thidua.support.actor import system

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)


def samples(unit, text, world):
    """A bloc of the unit alone, and its membership."""
    who = {"actor": system("test"), "at": AT}
    bloc = services.create_bloc(
        code=f"K{unit.pk}", kind="bloc", name=f"Khối {unit.code}", on=SINCE, **who
    )
    membership = services.join_bloc(bloc=bloc, unit=unit, on=SINCE, **who)
    return {"unit_kind": unit.kind, "bloc": bloc, "bloc_membership": membership}
