"""What was recorded wrongly is put right by name; an act is undone as far as nothing came after."""

from datetime import date

import pytest

from thidua.audit.models import Event
from thidua.organizations.errors import (
    CodeTaken,
    CycleFound,
    DatesOverlap,
    UnitInUse,
    UnitNotAlive,
    UnitStillHolds,
    WordsMissing,
)
from thidua.organizations.models import Unit, UnitCorrection, UnitLink
from thidua.organizations.selectors import get_line, list_history, name_on, read_tree

pytestmark = pytest.mark.django_db
WHY = "Ghi nhầm theo dự thảo"


def fresh(unit):
    return Unit.objects.get(pk=unit.pk)


def test_a_wrong_day_of_founding_is_put_right_everywhere(act, tree):
    act("correct_founding", unit=tree["B"], on=date(2016, 6, 1), reason=WHY)
    assert fresh(tree["B"]).founded_on == date(2016, 6, 1)
    assert (
        tree["B"].names.get().valid_from == tree["B"].links_up.get().valid_from == date(2016, 6, 1)
    )
    one = UnitCorrection.objects.get()
    assert (one.was, one.now, one.reason) == ("01/01/2016", "01/06/2016", WHY)
    assert list_history(tree["B"])[-1].words == (
        "Đính chính ngày thành lập: 01/01/2016 → 01/06/2016. Lý do: Ghi nhầm theo dự thảo"
    )


def test_a_founding_after_what_stands_under_it_is_refused(act, tree):
    before = Event.objects.count()
    with pytest.raises(UnitNotAlive, match="Phòng Chính sách"):
        act("correct_founding", unit=tree["A"], on=date(2017, 1, 1), reason=WHY)
    assert Event.objects.count() == before
    assert fresh(tree["A"]).founded_on == date(2016, 1, 1)


def test_a_correction_needs_its_reason(act, tree):
    with pytest.raises(WordsMissing, match="lý do"):
        act("correct_founding", unit=tree["B"], on=date(2016, 6, 1), reason="  ")


@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2025, 5, 1)])
def test_a_name_is_put_right_with_the_day_it_began(act, tree, day):
    act("rename_unit", unit=tree["A"], name="Cuc so", on=date(2025, 3, 1))
    act(
        "correct_name",
        row=tree["A"].names.get(valid_until=None),
        name="Cục Số",
        short_name="",
        on=day,
        decision="12/QĐ",
        reason=WHY,
    )
    assert fresh(tree["A"]).name == "Cục Số"
    assert name_on(tree["A"], day).name == "Cục Số"
    assert name_on(tree["A"], date.fromordinal(day.toordinal() - 1)).name == "Cục Viễn thông"


def test_the_first_name_begins_with_the_unit(act, tree):
    row = tree["A"].names.get()
    words = {"name": "Cục", "short_name": "", "decision": "", "reason": WHY}
    with pytest.raises(DatesOverlap, match="ngày thành lập"):
        act("correct_name", row=row, on=date(2017, 1, 1), **words)
    act("correct_name", row=row, on=row.valid_from, **words)
    assert fresh(tree["A"]).name == "Cục"


def test_a_wrong_parent_is_put_right_but_never_into_a_ring(act, tree):
    row = UnitLink.objects.get(child=tree["A1"])
    words = {"row": row, "on": row.valid_from, "decision": "", "reason": WHY}
    act("correct_link", parent=tree["B"], **words)
    assert tree["B"].pk in get_line(tree["A1"].pk)
    with pytest.raises(CycleFound, match="của chính nó"):
        act("correct_link", parent=tree["A1"], **words)
    with pytest.raises(CycleFound):
        act(
            "correct_link",
            row=UnitLink.objects.get(child=tree["B"]),
            parent=tree["A1"],
            on=row.valid_from,
            decision="",
            reason=WHY,
        )


def test_a_wrong_last_day_moves_the_succession(act, tree):
    act("merge_units", units=[tree["A1"]], into=tree["B"], on=date(2020, 1, 1))
    act("correct_end", unit=tree["A1"], on=date(2020, 6, 30), decision="5/QĐ", reason=WHY)
    assert tree["A1"].successions.get().on == date(2020, 7, 1)
    assert tree["A1"].names.get().valid_until == date(2020, 6, 30)
    with pytest.raises(UnitNotAlive, match="chưa kết thúc"):
        act("correct_end", unit=tree["B"], on=date(2020, 6, 30), decision="", reason=WHY)


def test_code_and_kind_are_put_right(act, tree):
    other = act("create_kind", code="vu", name="Vụ")
    act("correct_details", unit=tree["B"], code="CTS", kind=other, reason=WHY)
    assert (fresh(tree["B"]).code, fresh(tree["B"]).kind) == ("CTS", other)
    with pytest.raises(CodeTaken):
        act("correct_details", unit=tree["B"], code="a1", kind=other, reason=WHY)


def test_a_merger_is_undone_with_what_it_took(act, tree):
    act("merge_units", units=[tree["A"]], into=tree["B"], on=date(2020, 1, 1), decision="2")
    back = act("reopen_unit", unit=tree["A"], reason=WHY)
    assert [one.code for one in back] == ["A1"]
    assert fresh(tree["A"]).dissolved_on is None
    assert get_line(tree["A1"].pk) == {tree["A1"].pk, tree["A"].pk, tree["BO"].pk}
    assert not tree["A"].successions.exists()
    with pytest.raises(UnitNotAlive):
        act("reopen_unit", unit=tree["A"], reason=WHY)


def test_what_moved_on_since_stays_where_it_is(act, tree):
    act("merge_units", units=[tree["A"]], into=tree["B"], on=date(2020, 1, 1))
    act("move_unit", unit=tree["A1"], parent=tree["BO"], on=date(2021, 1, 1))
    assert act("reopen_unit", unit=tree["A"], reason=WHY) == []
    assert get_line(tree["A1"].pk) == {tree["A1"].pk, tree["BO"].pk}


def test_a_renaming_and_a_move_are_undone(act, tree):
    act("rename_unit", unit=tree["A"], name="Cục Số", on=date(2025, 3, 1))
    act("move_unit", unit=tree["A1"], parent=tree["B"], on=date(2025, 3, 1))
    act("drop_name", row=tree["A"].names.get(valid_until=None), reason=WHY)
    act("drop_link", row=tree["A1"].links_up.get(valid_until=None), reason=WHY)
    assert fresh(tree["A"]).name == "Cục Viễn thông"
    assert tree["A"].names.get().valid_until is None
    assert tree["A"].pk in get_line(tree["A1"].pk)
    with pytest.raises(DatesOverlap, match="đầu tiên"):
        act("drop_name", row=tree["A"].names.get(), reason=WHY)


def test_a_unit_recorded_by_mistake_is_removed_unless_something_hangs_on_it(act, tree):
    with pytest.raises(UnitStillHolds, match="Phòng Chính sách"):
        act("remove_unit", unit=tree["A"], reason=WHY)
    bloc = act("create_bloc", code="K", kind="bloc", name="Khối", on=date(2020, 1, 1))
    act("join_bloc", bloc=bloc, unit=tree["B"], on=date(2020, 1, 1))
    with pytest.raises(UnitInUse, match="cụm khối"):
        act("remove_unit", unit=tree["B"], reason=WHY)
    assert tree["B"].names.count() == 1
    act("remove_unit", unit=tree["A1"], reason=WHY)
    assert not Unit.objects.filter(code="A1").exists()
    assert [node.code for node in read_tree(date(2020, 1, 1))[0].walk()] == ["BO", "B", "A"]
    gone = Event.objects.filter(action="unit.undo", stream=f"organizations.unit:{tree['A1'].pk}")
    assert WHY in gone.get().payload.encode().decode("unicode_escape")
