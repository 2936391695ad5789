"""Nothing is lost on the way: whatever stands in a list or a history is told of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from how_many import TIMES
from thidua.screening.sheets.aliases import load_aliases
from thidua.screening.sheets.cells import ErrorCell, Sheet, Workbook
from thidua.screening.sheets.columns import meaning_of
from thidua.screening.sheets.facts import build_subjects
from thidua.screening.sheets.history import read_history
from thidua.screening.sheets.matching import match
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.staging import stage_list
from thidua.screening.sheets.unreadable import Unreadable

TODAY = date(2026, 3, 10)
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Danh hiệu đề nghị"]
RATINGS = ["Họ và tên / Tên tập thể", "Đơn vị", "Ngày sinh", "Năm", "Xếp loại"]
SCOPE = ["Loại dữ kiện", "Họ và tên / Tên tập thể", "Đơn vị", "Từ năm", "Đến năm", "Tình trạng"]

cells = st.one_of(
    st.none(),
    st.integers(-5, 3000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.text(max_size=12),
    st.sampled_from(
        [
            *("LĐTT", "CSTĐCS, BK Bộ", "Nguyễn Văn An", "Sở Y tế", "#N/A", "Tổng cộng: 3", "I"),
            *("x", " ", "không", "31/02/1980", "1980", "Ngày 5 tháng 1 năm 2026"),
            *(ErrorCell("#N/A"), ErrorCell("#REF!"), ErrorCell("")),
        ]
    ),
)


def a_list(rows):
    table = tuple(tuple(row) for row in rows)
    return Workbook("danh-sach.xlsx", (Sheet("Danh sách", "visible", table),))


@settings(max_examples=150 * TIMES, deadline=None)
@given(st.lists(st.lists(cells, max_size=len(HEAD)), max_size=8))
def test_whatever_the_rows_hold_each_is_accepted_rejected_or_blank(rows):
    staged = stage_list(a_list([HEAD, *rows]), load_aliases(), TODAY)
    ledger = staged.ledger
    assert ledger.read == len(rows) == ledger.accepted + ledger.rejected + ledger.blank
    seen = {one.row for one in staged.candidates} | set(staged.rejected_rows)
    assert len(seen) == ledger.accepted + ledger.rejected
    told = {problem.row for problem in staged.remarks.problems}
    assert told == set(staged.rejected_rows)
    assert all(one.reason and one.fix for one in staged.remarks.problems)


@settings(max_examples=100 * TIMES, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=8))
def test_any_grid_is_read_or_refused_with_words(rows):
    said = None
    try:
        stage_list(a_list(rows), load_aliases(), TODAY)
    except Unreadable as error:
        said = error
    assert said is None or (said.reason and said.fix)


@settings(max_examples=100 * TIMES, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=6))
def test_a_history_balances_whatever_its_rows_hold(rows):
    table = tuple(tuple(row) for row in [RATINGS, *rows])
    history = read_history(
        Workbook("so.xlsx", (Sheet("Xếp loại", "visible", table),)), load_aliases(), TODAY
    )
    assert history.ledger.read == len(rows)


def test_a_failed_look_up_is_blank_and_told_while_other_errors_reject_the_row():
    rows = [
        [1, "Nguyễn Văn An", ErrorCell("#N/A"), "Sở Y tế", "LĐTT"],
        [2, "Trần Thị Bình", ErrorCell("#REF!"), "Sở Y tế", "LĐTT"],
    ]
    staged = stage_list(a_list([HEAD, *rows]), load_aliases(), TODAY)
    assert str(staged.ledger) == "đọc 2 = nhận 1 + loại 1 + trống 0"
    doubt = next(one for one in staged.remarks.doubts if one.kind == "failed_lookup")
    assert doubt.rows == (2,)
    assert "C2" in doubt.text
    assert "#REF!" in staged.remarks.problems[0].reason


def test_an_error_in_a_column_of_initiatives_is_no_initiative():
    head = [*HEAD, "Sáng kiến", "Xếp loại năm 2025"]
    row = [1, "Nguyễn Văn An", None, "Sở Y tế", "LĐTT", ErrorCell("#VALUE!"), "HTTNV"]
    staged = stage_list(a_list([head, row]), load_aliases(), TODAY)
    assert staged.candidates == []
    assert staged.remarks.problems[0].cell == "F2"


def test_a_department_is_the_unit_of_a_list_that_has_no_other():
    head = ["STT", "Họ và tên", "Khoa/Phòng", "Danh hiệu TĐ"]
    staged = stage_list(
        a_list([head, [1, "Nguyễn Văn An", "Khoa Nội", "LĐTT"]]), load_aliases(), TODAY
    )
    assert staged.candidates[0].unit == "Khoa Nội"


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Họ tên cá nhân, tên tập thể", "name"),
        ("Tập thể, cá nhân được đề nghị", "name"),
        ("Họ và tên\n(Viết IN HOA có dấu)", "name"),
        ("Danh hiệu TĐ, HTKT", "award"),
        ("Hình thức KT", "award"),
        ("Danh hiệu thi đua, hình thức khen thưởng đề nghị năm 2025", "award"),
        ("Danh hiệu đã được tặng", "held"),
        ("Chức vụ, đơn vị công tác", "position_unit"),
        ("Số CCCD", "other"),
        ("Mã CBCC", "code"),
        ("Số năm công tác", ""),
        ("Đơn vị trình", ""),
    ],
)
def test_headers_by_meaning(header, meaning):
    assert meaning_of(header) == meaning


@pytest.fixture
def known(book, aliases):
    """Reads a history beside a list: known(list rows, {sheet: rows})."""

    def make(rows, sheets):
        staged = stage_list(read_workbook(book([HEAD, *rows])), aliases, TODAY)
        path = book(sheets, name="so.xlsx")
        matched = match(read_history(read_workbook(path), aliases, TODAY), staged.candidates)
        return build_subjects(staged, aliases, 2025, matched), matched

    return make


AN = [1, "Nguyễn Văn An", "01/02/1980", "Sở Y tế", "LĐTT"]


def test_years_may_be_listed_and_spanned_in_one_row(known):
    rows = [RATINGS, ["Nguyễn Văn An", "Sở Y tế", None, "2019-2021, 2023", "HTTNV"]]
    found, matched = known([AN], {"Xếp loại": rows})
    assert [one["year"] for one in found[0].facts["ratings"]] == [2019, 2020, 2021, 2023]
    assert str(matched.ledger) == "đọc 1 = nhận 1 + loại 0 + trống 0"


def test_rows_that_contradict_are_both_rejected_and_the_year_is_unknown(known):
    rows = [
        RATINGS,
        ["Nguyễn Văn An", "Sở Y tế", None, 2024, "HTTNV"],
        ["Nguyễn Văn An", "Sở Y tế", None, 2024, "HTXSNV"],
    ]
    found, matched = known([AN], {"Xếp loại": rows})
    assert found[0].facts["ratings"] == {"unknown": [2024]}
    assert [problem.row for problem in matched.problems] == [2, 3]
    assert str(matched.ledger) == "đọc 2 = nhận 0 + loại 2 + trống 0"


def test_a_list_against_its_history_rejects_the_history_row_only(book, aliases):
    head = [*HEAD, "Xếp loại năm 2025"]
    staged = stage_list(read_workbook(book([head, [*AN, "HTTNV"]])), aliases, TODAY)
    rows = [RATINGS, ["Nguyễn Văn An", "Sở Y tế", None, 2025, "HTXSNV"]]
    path = book({"Xếp loại": rows}, name="so.xlsx")
    matched = match(read_history(read_workbook(path), aliases, TODAY), staged.candidates)
    found = build_subjects(staged, aliases, 2025, matched)
    assert found[0].facts["ratings"] == {"unknown": [2025]}
    assert [(one.sheet, one.row) for one in matched.problems] == [("Xếp loại", 2)]
    assert [one.kind for one in matched.doubts] == ["contradiction"]
    assert str(matched.ledger) == "đọc 1 = nhận 0 + loại 1 + trống 0"


def test_a_statement_of_none_beside_a_record_is_rejected(known):
    rows = [RATINGS, ["Nguyễn Văn An", "Sở Y tế", None, 2024, "HTTNV"]]
    scope = [SCOPE, ["xếp loại hằng năm", None, "tất cả", 2020, 2025, "không có"]]
    found, matched = known([AN], {"Xếp loại": rows, "Phạm vi": scope})
    assert found[0].facts["ratings"]["none"] == ["2020..2023", 2025]
    assert [(one.sheet, one.row) for one in matched.problems] == [("Phạm vi", 2)]


def test_completeness_holds_for_a_unit_or_for_everybody(known):
    ba = [2, "Lê Văn Ba", None, "Sở Nội vụ", "LĐTT"]
    scope = [
        SCOPE,
        ["danh hiệu và khen thưởng đã có", None, "Sở Y tế", 2015, 2025, "đầy đủ"],
        ["kỷ luật", None, None, None, None, "không có"],
    ]
    found, _ = known([AN, ba], {"Phạm vi": scope})
    assert found[0].facts["awards"] == {"complete": ["2015..2025"]}
    assert "awards" not in found[1].facts
    assert [one.facts["discipline"] for one in found] == ["none", "none"]


def test_a_name_shared_by_two_people_of_a_unit_needs_a_birth_date(known):
    younger = [2, "Nguyễn Văn An", "05/06/1990", "Sở Y tế", "LĐTT"]
    rows = [
        RATINGS,
        ["Nguyễn Văn An", "Sở Y tế", None, 2024, "HTTNV"],
        ["Nguyễn Văn An", "Sở Y tế", "05/06/1990", 2025, "HTTNV"],
    ]
    found, matched = known([AN, younger], {"Xếp loại": rows})
    assert "ratings" not in found[0].facts
    assert [one["year"] for one in found[1].facts["ratings"]] == [2025]
    assert "ngày sinh hoặc mã số" in matched.problems[0].fix
    assert str(matched.ledger) == "đọc 2 = nhận 1 + loại 1 + trống 0"


def test_a_name_without_a_unit_is_never_enough(known):
    rows = [RATINGS, ["Nguyễn Văn An", None, None, 2024, "HTTNV"]]
    found, matched = known([AN], {"Xếp loại": rows})
    assert "ratings" not in found[0].facts
    assert "chỉ bằng tên" in matched.problems[0].reason


def test_a_year_to_come_and_an_unknown_rating_reject_their_rows(known):
    rows = [
        RATINGS,
        ["Nguyễn Văn An", "Sở Y tế", None, 2030, "HTTNV"],
        ["Nguyễn Văn An", "Sở Y tế", None, 2024, "rất tốt nhé"],
        ["Nguyễn Văn An", "Sở Y tế", None, None, "HTTNV"],
    ]
    _, matched = known([AN], {"Xếp loại": rows})
    reasons = " ".join(one.reason for one in matched.history.remarks.problems)
    assert "chưa đến" in reasons
    assert "«rất tốt nhé»" in reasons
    assert "Thiếu «Năm»" in reasons
    assert str(matched.ledger) == "đọc 3 = nhận 0 + loại 3 + trống 0"


def test_a_history_sheet_without_a_needed_column_is_unreadable(known):
    with pytest.raises(Unreadable) as error:
        known([AN], {"Xếp loại": [["Họ và tên", "Đơn vị", "Năm"], ["A", "B", 2024]]})
    assert error.value.code == "column_missing"
    assert "«Xếp loại»" in error.value.reason
    assert error.value.sheet == "Xếp loại"
