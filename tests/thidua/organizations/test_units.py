"""Units are founded, renamed, moved, merged and split; each day of the past stays readable."""

from datetime import UTC, date, datetime

import pytest

from thidua.audit.models import Event
from thidua.organizations import services
from thidua.organizations.errors import (
    CodeTaken,
    CycleFound,
    DatesOverlap,
    NotYours,
    RootTaken,
    UnitNotAlive,
    UnitStillHolds,
    WordsMissing,
)
from thidua.organizations.models import Unit, UnitName
from thidua.organizations.selectors import get_line, list_units_under
from thidua.support.actor import ANONYMOUS, Actor, Grant, Role

pytestmark = pytest.mark.django_db
START = date(2016, 1, 1)
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)


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
        (
            "rename_unit",
            {"unit": "B", "name": "Cục Tần số", "on": date(2020, 1, 1)},
            DatesOverlap,
        ),
        ("rename_unit", {"unit": "A", "name": "X", "on": date(2015, 1, 1)}, UnitNotAlive),
        ("move_unit", {"unit": "A", "parent": "B", "on": START}, DatesOverlap),
        ("move_unit", {"unit": "BO", "parent": "A", "on": date(2020, 1, 1)}, RootTaken),
        ("dissolve_unit", {"unit": "BO", "on": date(2020, 1, 1)}, RootTaken),
        ("split_unit", {"unit": "B", "into": [], "on": date(2020, 1, 1)}, WordsMissing),
        ("dissolve_unit", {"unit": "B", "on": date(2015, 12, 31)}, UnitNotAlive),
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


def test_a_second_asking_changes_nothing(act, tree, found):
    words = {"unit": tree["A"], "name": "Cục mới", "on": date(2025, 3, 1)}
    act("rename_unit", **words)
    act("merge_units", units=[tree["A"]], into=tree["B"], on=date(2026, 1, 1))
    found("C", "Phòng C", tree["B"])
    act("dissolve_unit", unit=Unit.objects.get(code="C"), on=date(2026, 1, 1))
    before = Event.objects.count()
    act("merge_units", units=[tree["A"]], into=tree["B"], on=date(2026, 1, 1))
    found("C", "Phòng C", tree["B"])
    act("dissolve_unit", unit=Unit.objects.get(code="C"), on=date(2026, 1, 1))
    act("move_unit", unit=tree["A1"], parent=tree["B"], on=date(2026, 1, 1))
    assert Event.objects.count() == before
    with pytest.raises(DatesOverlap, match="đã trực thuộc «Cục Tần số»"):
        act("move_unit", unit=tree["A1"], parent=tree["B"], on=date(2026, 2, 1))


def test_the_unit_that_stays_takes_the_place_of_the_one_above_it(act, tree):
    act("merge_units", units=[tree["A"]], into=tree["A1"], on=date(2020, 1, 1))
    assert tree["A1"].links_up.get(valid_until=None).parent == tree["BO"]
    assert codes(list_units_under([tree["A1"].pk])) == {"A", "A1"}


def test_a_unit_and_what_stands_under_it_end_together(act, tree):
    act("merge_units", units=[tree["A"], tree["A1"]], into=tree["B"], on=date(2020, 1, 1))
    assert codes(list_units_under([tree["B"].pk])) == {"A", "A1", "B"}
    assert not Unit.objects.get(code="A1").links_up.filter(parent=tree["B"]).exists()


def test_nothing_is_founded_under_a_unit_that_ends(act, tree, found):
    act("dissolve_unit", unit=tree["B"], on=date(2020, 1, 1))
    with pytest.raises(UnitNotAlive, match=r"Cục Tần số.*02/01/2020"):
        found("B1", "Phòng B1", tree["B"], on=date(2019, 1, 1))
    with pytest.raises(UnitNotAlive, match="kết thúc ngày 01/01/2020"):
        act("move_unit", unit=tree["A1"], parent=tree["B"], on=date(2019, 1, 1))


def test_a_change_to_come_shows_on_its_day(act, tree):
    act("rename_unit", unit=tree["A"], name="Cục Viễn thông số", on=date(2026, 4, 1))
    act("move_unit", unit=tree["A1"], parent=tree["B"], on=date(2026, 4, 1))
    assert Unit.objects.get(code="A").name == "Cục Viễn thông"
    assert tree["B"].pk not in get_line(tree["A1"].pk)
    act("turn_day", at=datetime(2026, 3, 31, 16, 59, tzinfo=UTC))
    assert tree["B"].pk not in get_line(tree["A1"].pk)
    later = datetime(2026, 4, 1, 17, 1, tzinfo=UTC)  # 2 April in Vietnam: the day before was missed
    assert act("turn_day", at=later) == 1
    assert act("turn_day", at=later) == 0
    assert Unit.objects.get(code="A").name == "Cục Viễn thông số"
    assert tree["B"].pk in get_line(tree["A1"].pk)


def test_a_move_to_come_is_seen_when_another_would_close_a_ring(act, tree):
    act("move_unit", unit=tree["B"], parent=tree["A"], on=date(2027, 1, 1))
    with pytest.raises(CycleFound, match="01/01/2027"):
        act("move_unit", unit=tree["A"], parent=tree["B"], on=date(2026, 5, 1))


def holder(role, unit):
    return Actor(7, "Lê Hoài Thương", (Grant(role, unit.pk),))


@pytest.mark.parametrize(
    ("role", "code", "may"),
    [
        (Role.ADMINISTRATOR, "BO", True),
        (Role.MINISTRY_OFFICER, "BO", True),
        (Role.ADMINISTRATOR, "A", False),
        (Role.UNIT_HEAD, "BO", False),
        (Role.AUDITOR, "BO", False),
    ],
)
def test_only_keepers_of_the_whole_tree_change_it(act, tree, role, code, may):
    words = {"unit": tree["A"], "name": "Cục mới", "on": date(2025, 3, 1)}
    actor = holder(role, tree[code])
    if may:
        services.rename_unit(actor=actor, at=AT, **words)
        return
    with pytest.raises(NotYours):
        services.rename_unit(actor=actor, at=AT, **words)


def test_nobody_without_an_account_changes_anything(tree):
    with pytest.raises(NotYours):
        services.dissolve_unit(actor=ANONYMOUS, at=AT, unit=tree["B"], on=date(2020, 1, 1))
