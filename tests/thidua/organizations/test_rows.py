"""A workbook of units, row by row: what each says, and the cell and the fix where it cannot be taken."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.organizations.lifecycle.rows import (
    COLUMNS,
    Known,
    State,
    cell_name,
    name_spans,
    plan_rows,
)
from thidua.organizations.lifecycle.tree import Span

HEADER = list(COLUMNS.values())
KINDS = {"cuc": "cuc", "vu": "vu", "bo": "bo"}
ROOT = ["BO", "Bộ Thông tin", "", "Bộ", "", None, None, "", ""]


def plan(*rows, units=None, header=HEADER, has_root=False):
    return plan_rows([header, *rows], units or {}, KINDS, has_root=has_root)


def unit(code, parent="BO", name=None, on=None, until=None, old="", kind="Cục"):
    return [code, name or f"Cục {code}", "", kind, parent, on, until, old, "12/QĐ"]


def reasons(made):
    return [(one.cell, one.reason) for row in made.rows for one in row.problems]


def test_each_row_is_read_as_it_says():
    old = "Cục Tin học (đến 30/09/2022); Cục CNTT (đến hết ngày 1/2/2010)"
    made = plan(ROOT, unit("A", on=datetime(2000, 1, 1), until="31/12/2024", old=old))
    assert [row.state for row in made.rows] == [State.NEW, State.NEW]
    row = made.rows[1]
    assert (row.number, row.kind, row.parent, row.decision) == (3, "cuc", "BO", "12/QĐ")
    assert name_spans(row) == [
        ("Cục CNTT", Span(date(2000, 1, 1), date(2010, 2, 1))),
        ("Cục Tin học", Span(date(2010, 2, 2), date(2022, 9, 30))),
        ("Cục A", Span(date(2022, 10, 1), date(2024, 12, 31))),
    ]


@pytest.mark.parametrize(
    ("row", "cell", "reason"),
    [
        (["", "Cục A", "", "Cục", "BO"], "A3", "Thiếu mã đơn vị."),
        (["A", None, "", "Cục", "BO"], "B3", "Thiếu tên đơn vị."),
        (["A", "Cục A", "", "", "BO"], "D3", "Thiếu loại đơn vị."),
        (["A", "Cục A", "", "Ban", "BO"], "D3", "Chưa có loại «Ban». Thêm loại trước"),
        (["A", "Cục A", "", "Cục", "XX"], "E3", "Không có đơn vị mã «XX»."),
        (["A", "Cục A", "", "Cục", ""], "E3", "Đã có tổ chức gốc."),
        (["A", "Cục A", "", "Cục", "BO", "31/02/2020"], "F3", "Ngày «31/02/2020» không có"),
        (["A", "Cục A", "", "Cục", "BO", "2/1/2020", "1/1/2020"], "G3", "nằm trước ngày bắt đầu"),
        (["A", "Cục A", "", "Cục", "BO", "", "", "Cục cũ"], "H3", "Không hiểu «Cục cũ»"),
        (
            ["A", "Cục A", "", "Cục", "BO", "1/1/2020", "", "Cũ (đến 1/1/2019)"],
            "H3",
            "ngoài thời gian hoạt động",
        ),
        (["a" * 41, "Cục A", "", "Cục", "BO"], "A3", "Dài 41 chữ, nhiều nhất 40."),
        (["bo", "Cục A", "", "Cục", "BO"], "A3", "Mã «bo» đã có ở dòng 2."),
        (["A", True, "", "Cục", "BO"], "B3", "phải là chữ"),
        (["A", "Cục A", "", "Cục", "A"], "E3", "thành vòng"),
    ],
)
def test_a_row_that_cannot_be_taken_names_its_cell_and_the_fix(row, cell, reason):
    made = plan(ROOT, row)
    assert made.rows[1].state is State.REJECTED
    found = [text for place, text in reasons(made) if place == cell]
    assert any(reason in text for text in found), reasons(made)


def test_who_stands_under_a_rejected_row_is_rejected_with_it():
    made = plan(ROOT, unit("A", kind="Ban"), unit("A1", parent="A"), unit("A11", parent="A1"))
    assert [row.state for row in made.rows[1:]] == [State.REJECTED] * 3
    assert reasons(made)[1:] == [
        ("E4", "Đơn vị cấp trên ở dòng 3 bị loại. Sửa dòng đó trước."),
        ("E5", "Đơn vị cấp trên ở dòng 4 bị loại. Sửa dòng đó trước."),
    ]


def test_two_that_stand_under_each_other():
    made = plan(ROOT, unit("A", parent="B"), unit("B", parent="A"), unit("C"))
    assert [row.state for row in made.rows] == [
        State.NEW,
        State.REJECTED,
        State.REJECTED,
        State.NEW,
    ]


def test_the_unit_above_must_live_as_long():
    made = plan(ROOT, unit("A", on="1/1/2020"), unit("A1", parent="A", on="1/1/2019"))
    [(cell, reason)] = reasons(made)
    assert cell == "E4"
    assert reason.startswith("«A» hoạt động 01/01/2020 – nay, không suốt thời gian")


def test_what_is_there_as_it_says_is_kept_and_never_changed():
    units = {"A": Known("Cục A", "cuc", Span(None, None))}
    made = plan(unit("A"), units=units | {"BO": Known("Bộ", "bo", Span(None, None))}, has_root=True)
    assert (made.rows[0].state, made.accepted, made.new_rows()) == (State.SAME, 1, [])
    made = plan(unit("a", name="Cục Khác"), units=units, has_root=True)
    assert "Mã đã dùng cho «Cục A»" in reasons(made)[0][1]


def test_units_come_after_those_above_them():
    made = plan(unit("A11", parent="A1"), unit("A1", parent="a"), ROOT, unit("A"))
    assert [row.code for row in made.new_rows()] == ["BO", "A", "A1", "A11"]


def test_the_header_is_found_below_a_title_in_any_order():
    cells = [
        ["Danh sách đơn vị năm 2026"],
        [],
        ["LOẠI", "mã cấp trên", "Tên  đơn vị", "ma don vi"],
        ["Bộ", None, "Bộ Thông tin", "BO"],
    ]
    made = plan_rows(cells, {}, KINDS, has_root=False)
    assert [(row.number, row.code, row.state) for row in made.rows] == [(4, "BO", State.NEW)]
    assert "Không thấy dòng tiêu đề" in plan_rows([["x"]], {}, KINDS, has_root=False).header_problem


def test_cells_are_named_as_excel_names_them():
    assert [cell_name(column, 7) for column in (0, 25, 26, 701, 702)] == [
        "A7",
        "Z7",
        "AA7",
        "ZZ7",
        "AAA7",
    ]


cells = st.one_of(
    st.none(),
    st.sampled_from(["A", "B", "BO", "Cục", "Bộ", "1/1/2020", "31/02/2020", "X (đến 1/1/2021)"]),
    st.text(max_size=8),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
)


@given(st.lists(st.lists(cells, max_size=10), max_size=8), st.booleans())
def test_no_cell_is_too_strange_and_every_row_is_counted_once(rows, has_root):
    made = plan(*rows, has_root=has_root)
    assert len(made.rows) == len(rows)
    counted = made.accepted + made.count(State.REJECTED) + made.count(State.BLANK)
    assert counted == len(rows)
    assert all(row.problems for row in made.rows if row.state is State.REJECTED)
    assert len(made.new_rows()) == made.count(State.NEW)
