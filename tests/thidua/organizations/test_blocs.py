"""Blocs and clusters: one at a time for each unit, a head for each year."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from thidua.organizations.errors import BlocError, CodeTaken
from thidua.organizations.models import BlocLead, BlocMembership
from thidua.organizations.selectors import list_bloc_members, list_blocs, list_leads

pytestmark = pytest.mark.django_db
START, LATER = date(2020, 1, 1), date(2022, 1, 1)


@pytest.fixture
def blocs(act):
    def bloc(code, kind, name):
        return act("create_bloc", code=code, kind=kind, name=name, on=START, decision="9/QĐ")

    return bloc("K1", "bloc", "Khối tham mưu"), bloc("C1", "cluster", "Cụm miền Bắc")


def periods(unit):
    rows = BlocMembership.objects.filter(unit=unit).order_by("valid_from")
    return [(one.bloc.code, one.valid_from, one.valid_until) for one in rows]


def test_a_unit_is_in_one_bloc_at_a_time(act, tree, blocs):
    act("join_bloc", bloc=blocs[0], unit=tree["A"], on=START)
    act("join_bloc", bloc=blocs[0], unit=tree["A"], on=LATER)  # it is there already
    act("join_bloc", bloc=blocs[1], unit=tree["A"], on=LATER)
    assert periods(tree["A"]) == [("K1", START, date(2021, 12, 31)), ("C1", LATER, None)]
    with pytest.raises(BlocError, match="01/01/2022"):
        act("join_bloc", bloc=blocs[0], unit=tree["A"], on=date(2021, 1, 1))
    assert [one.unit.code for one in list_bloc_members(blocs[0], START)] == ["A"]
    assert list_bloc_members(blocs[0], LATER) == []
    assert {one.code: one.size for one in list_blocs(LATER)} == {"K1": 0, "C1": 1}


def test_a_bloc_has_no_members_outside_its_days(act, tree, blocs):
    with pytest.raises(BlocError, match="không hoạt động"):
        act("join_bloc", bloc=blocs[0], unit=tree["A"], on=date(2019, 1, 1))
    act("join_bloc", bloc=blocs[0], unit=tree["A"], on=START)
    act("join_bloc", bloc=blocs[0], unit=tree["B"], on=date(2023, 1, 1))
    act("close_bloc", bloc=blocs[0], on=LATER)
    assert periods(tree["A"]) == [("K1", START, LATER)]
    assert periods(tree["B"]) == []
    with pytest.raises(BlocError, match="01/01/2022"):
        act("join_bloc", bloc=blocs[1], unit=tree["A"], on=LATER)
    with pytest.raises(BlocError, match="Chọn ngày trong khoảng đó"):
        act("close_bloc", bloc=blocs[0], on=date(2030, 1, 1))


def test_a_unit_leaves(act, tree, blocs):
    row = act("join_bloc", bloc=blocs[0], unit=tree["A"], on=START)
    act("leave_bloc", membership=row, on=LATER)
    assert periods(tree["A"]) == [("K1", START, LATER)]
    with pytest.raises(BlocError):
        act("leave_bloc", membership=row, on=date(2030, 1, 1))


def test_the_head_goes_round(act, tree, blocs):
    for code in ("A", "B"):
        act("join_bloc", bloc=blocs[0], unit=tree[code], on=START)
    act("set_bloc_lead", bloc=blocs[0], unit=tree["A"], year=2021)
    act("set_bloc_lead", bloc=blocs[0], unit=tree["B"], year=2021, place="deputy")
    act("set_bloc_lead", bloc=blocs[0], unit=tree["B"], year=2022)
    assert [(one.year, one.place, one.unit.code) for one in list_leads(blocs[0])] == [
        (2022, "head", "B"),
        (2021, "head", "A"),
        (2021, "deputy", "B"),
    ]
    with pytest.raises(BlocError, match="vai khác"):
        act("set_bloc_lead", bloc=blocs[0], unit=tree["B"], year=2021)
    with pytest.raises(BlocError, match="không ở trong"):
        act("set_bloc_lead", bloc=blocs[0], unit=tree["A1"], year=2021)
    act("close_bloc", bloc=blocs[0], on=date(2021, 12, 31))
    assert set(BlocLead.objects.values_list("year", flat=True)) == {2021}


def test_a_code_is_given_once(act, blocs):
    with pytest.raises(CodeTaken):
        act("create_bloc", code="k1", kind="bloc", name="Khối khác", on=START)
    act("change_bloc", bloc=blocs[0], name="Khối tổng hợp", decision="10/QĐ")
    assert list_blocs(START).get(code="K1").folded == "khoi tong hop"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no such constraint")
def test_the_database_refuses_two_at_once_itself(tree, blocs):
    def member(bloc, first, last):
        with transaction.atomic():
            BlocMembership.objects.create(
                bloc=bloc, unit=tree["A"], valid_from=first, valid_until=last
            )

    member(blocs[0], START, LATER)
    member(blocs[1], date(2022, 1, 2), None)
    with pytest.raises(IntegrityError, match="no_overlap"):
        member(blocs[1], LATER, LATER)
