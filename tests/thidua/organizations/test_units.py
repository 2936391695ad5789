"""Units are founded, renamed, moved, merged and split; each day of the past stays readable."""

from datetime import date

import pytest

from thidua.audit.models import Event
from thidua.organizations import services
from thidua.organizations.errors import (
    CodeTaken,
    CycleFound,
    DatesOverlap,
    RootTaken,
    UnitNotAlive,
    UnitStillHolds,
)
from thidua.organizations.models import Unit, UnitName
from thidua.organizations.selectors import get_line, list_units_under
from thidua.support.actor import system
from thidua.support.clock import now

pytestmark = pytest.mark.django_db
START = date(2016, 1, 1)


@pytest.fixture
def act():
    """Any service, with who and when already said."""

    def call(name, /, **words):
        return getattr(services, name)(actor=system("test"), at=now(), **words)

    return call


@pytest.fixture
def tree(act):
    """Bộ › Cục A (› Phòng A1), Cục B."""
    kind = act("create_kind", code="k", name="Đơn vị")
    units = {}
    for code, name, parent in (
        ("BO", "Bộ Thông tin", None),
        ("A", "Cục Viễn thông", "BO"),
        ("B", "Cục Tần số", "BO"),
        ("A1", "Phòng Chính sách", "A"),
    ):
        units[code] = act(
            "create_unit", code=code, kind=kind, name=name, parent=units.get(parent), on=START
        )
    return units


def codes(queryset):
    return set(queryset.values_list("code", flat=True))


def test_a_subtree_is_read_from_its_top(tree):
    assert codes(list_units_under([tree["A"].pk])) == {"A", "A1"}
    assert get_line(tree["A1"].pk) == {tree["A1"].pk, tree["A"].pk, tree["BO"].pk}


def test_an_old_name_stays(act, tree):
    act("rename_unit", unit=tree["A"], name="Cục Viễn thông số", on=date(2025, 3, 1), decision="1")
    names = UnitName.objects.filter(unit=tree["A"]).order_by("valid_from")
    assert [(one.name, one.valid_until) for one in names] == [
        ("Cục Viễn thông", date(2025, 2, 28)),
        ("Cục Viễn thông số", None),
    ]
    assert Unit.objects.get(code="A").folded == "cuc vien thong so"


def test_a_merged_unit_stands_under_its_successor(act, tree):
    act("merge_units", units=[tree["A"]], into=tree["B"], on=date(2020, 1, 1), decision="2")
    assert codes(list_units_under([tree["B"].pk])) == {"A", "A1", "B"}
    assert Unit.objects.get(code="A").dissolved_on == date(2019, 12, 31)
    assert Unit.objects.get(code="A1").links_up.get(valid_until=None).parent == tree["B"]


def test_a_split_unit_stands_under_all_its_parts(act, tree):
    kind = tree["A"].kind
    act("move_unit", unit=tree["A1"], parent=tree["BO"], on=date(2019, 1, 1))
    parts = [
        act(
            "create_unit",
            code=code,
            kind=kind,
            name=code,
            parent=tree["BO"],
            on=date(2020, 1, 1),
        )
        for code in ("P1", "P2")
    ]
    act("split_unit", unit=tree["A"], into=parts, on=date(2020, 1, 1))
    assert codes(list_units_under([parts[0].pk])) == {"P1", "A"}
    assert codes(list_units_under([parts[1].pk])) == {"P2", "A"}


def test_a_unit_never_stands_under_itself(act, tree):
    with pytest.raises(CycleFound, match="Phòng Chính sách"):
        act("move_unit", unit=tree["A"], parent=tree["A1"], on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("act_name", "words", "error"),
    [
        ("rename_unit", {"unit": "A", "name": "X", "on": START}, DatesOverlap),
        ("rename_unit", {"unit": "A", "name": "X", "on": date(2015, 1, 1)}, UnitNotAlive),
        ("move_unit", {"unit": "A", "parent": "B", "on": START}, DatesOverlap),
        ("move_unit", {"unit": "BO", "parent": "A", "on": date(2020, 1, 1)}, RootTaken),
        ("split_unit", {"unit": "A", "into": [], "on": date(2020, 1, 1)}, UnitStillHolds),
        ("dissolve_unit", {"unit": "A", "on": date(2020, 1, 1)}, UnitStillHolds),
    ],
)
def test_an_act_that_cannot_be_leaves_nothing(act, tree, act_name, words, error):
    before = Event.objects.count()
    given = {key: tree.get(value, value) if isinstance(value, str) else value
             for key, value in words.items()}  # fmt: skip
    with pytest.raises(error):
        act(act_name, **given)
    assert Event.objects.count() == before


def test_there_is_one_root_and_one_unit_per_code(act, tree):
    with pytest.raises(RootTaken):
        act("create_unit", code="Z", kind=tree["A"].kind, name="Z", parent=None)
    with pytest.raises(CodeTaken):
        act("create_unit", code="A", kind=tree["A"].kind, name="Z", parent=tree["BO"])


def test_a_dissolved_unit_stays_where_it_stood(act, tree):
    act("dissolve_unit", unit=tree["A1"], on=date(2020, 1, 1), decision="3")
    assert codes(list_units_under([tree["A"].pk])) == {"A", "A1"}
