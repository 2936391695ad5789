"""The tree and the names of any day; the history of a unit; search by names of any time."""

from datetime import date

import pytest

from thidua.organizations.models import Unit
from thidua.organizations.selectors import (
    count_units,
    get_unit_for,
    labels_on,
    list_children,
    list_history,
    read_tree,
    search_units,
)
from thidua.support.actor import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2018, 6, 1), date(2025, 6, 1)


def shape(nodes):
    """{"BO": {"A": {"A1": {}}}}"""
    return {node.code: shape(node.children) for node in nodes}


@pytest.fixture
def lived(act, tree, found):
    """A renamed, B merged into A with its room, C split into P1 and P2, D dissolved."""
    found("B1", "Phòng Cấp phép", tree["B"])
    tree["C"] = found("C", "Tổng công ty", tree["BO"])
    tree["D"] = found("D", "Ban Quản lý", tree["BO"])
    act("rename_unit", unit=tree["A"], name="Cục Số", on=date(2019, 1, 1), decision="1/QĐ")
    act("merge_units", units=[tree["B"]], into=tree["A"], on=date(2020, 1, 1), decision="2/QĐ")
    parts = [found(code, code, tree["BO"], on=date(2021, 1, 1)) for code in ("P1", "P2")]
    act("split_unit", unit=tree["C"], into=parts, on=date(2021, 1, 1), decision="3/QĐ")
    act("dissolve_unit", unit=tree["D"], on=date(2022, 1, 1), decision="4/QĐ")
    act("move_unit", unit=tree["A1"], parent=parts[0], on=date(2023, 1, 1), decision="5/QĐ")
    return tree


def test_the_tree_of_each_day(lived):
    assert shape(read_tree(BEFORE)) == {"BO": {"A": {"A1": {}}, "B": {"B1": {}}, "C": {}, "D": {}}}
    assert shape(read_tree(AFTER)) == {"BO": {"A": {"B1": {}}, "P1": {"A1": {}}, "P2": {}}}
    assert shape(read_tree(date(2015, 1, 1))) == {}


def test_the_tree_is_one_query_with_names_of_the_day(lived, django_assert_num_queries):
    with django_assert_num_queries(1):
        nodes = {one.code: one for one in read_tree(BEFORE)[0].walk()}
    assert (nodes["A"].name, nodes["A"].name_now) == ("Cục Viễn thông", "Cục Số")
    assert (nodes["BO"].count, nodes["A1"].depth) == (6, 2)
    assert count_units(read_tree(BEFORE)) == {"Đơn vị": 7}


def test_children_of_a_day(lived):
    assert [one.code for one in list_children(lived["A"], BEFORE)] == ["A1"]
    assert [one.code for one in list_children(lived["A"], AFTER)] == ["B1"]


def test_units_are_called_as_on_a_day_with_what_they_are_now(lived, django_assert_num_queries):
    with django_assert_num_queries(3):
        said = labels_on([lived[code].pk for code in ("A", "B", "C", "D", "A1")], BEFORE)
    assert [said[lived[code].pk] for code in ("A", "B", "C", "D", "A1")] == [
        "Cục Viễn thông (nay là Cục Số)",
        "Cục Tần số (nay thuộc Cục Số)",
        "Tổng công ty (nay thuộc P1, P2)",
        "Ban Quản lý (đã giải thể)",
        "Phòng Chính sách",
    ]


def test_the_chain_of_heirs_is_followed_to_its_end(act, lived):
    act("merge_units", units=[lived["A"]], into=Unit.objects.get(code="P1"), on=date(2024, 1, 1))
    assert labels_on([lived["B"].pk], BEFORE)[lived["B"].pk] == "Cục Tần số (nay thuộc P1)"


@pytest.mark.parametrize(
    ("code", "acts"),
    [
        ("A", [("take", "2/QĐ"), ("rename", "1/QĐ"), ("found", "")]),
        ("B", [("merge", "2/QĐ"), ("found", "")]),
        ("C", [("split", "3/QĐ"), ("found", "")]),
        ("P1", [("part", "3/QĐ"), ("found", "")]),
        ("D", [("dissolve", "4/QĐ"), ("found", "")]),
        ("A1", [("move", "5/QĐ"), ("found", "")]),
    ],
)
def test_what_became_of_a_unit(lived, code, acts):
    history = list_history(Unit.objects.get(code=code))
    assert [(one.act, one.decision) for one in history] == acts


def test_history_in_words(lived):
    assert [one.words for one in list_history(lived["A"])] == [
        "Nhận sáp nhập «Cục Tần số»",
        "Đổi tên thành «Cục Số»",
        "Thành lập «Cục Viễn thông», trực thuộc Bộ Thông tin",
    ]
    assert list_history(lived["C"])[0].words == "Chia, tách thành «P1», «P2»"


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Viễn thông", {"A"}),
        ("vien thong", {"A"}),
        ("VIỄN  THÔNG", {"A"}),
        ("thông viễn cục", {"A"}),
        ("cuc so", {"A", "B"}),  # «Cục Tần số» too
        ("a1", {"A1"}),
        ("không có", set()),
        ("100%_", set()),
    ],
)
def test_a_unit_is_found_by_a_name_of_any_time(lived, words, codes):
    assert set(search_units(words).values_list("code", flat=True)) == codes


def test_whoever_has_an_account_sees_a_unit(tree):
    assert get_unit_for(Actor(1, "Lê Hoài Thương"), tree["A"].pk) == tree["A"]
    assert get_unit_for(Actor(1, "Lê Hoài Thương"), 10**9) is None
    assert get_unit_for(ANONYMOUS, tree["A"].pk) is None
