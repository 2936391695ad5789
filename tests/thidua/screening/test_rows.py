import unicodedata
from datetime import datetime

import pytest
from openpyxl import load_workbook

from thidua.screening.sheets.ledger import Ledger
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.rejects import write_rejects
from thidua.screening.sheets.staging import stage_list

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Mã số", "Đơn vị", "Danh hiệu đề nghị"]


def row(name="Nguyễn Văn An", birth=None, code=None, unit="Phòng A", award="LĐTT"):
    return [1, name, birth, code, unit, award]


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        (datetime(1980, 2, 1), "1980-02-01"),
        ("01/02/1980", "1980-02-01"),
        ("1-2-1980", "1980-02-01"),
        ("1.2.1980", "1980-02-01"),
        ("1980-02-01", "1980-02-01"),
        (1980, "1980"),
        ("1980", "1980"),
        ("Năm 1980", "1980"),
        (29252, "1980-02-01"),
        ("02/1980", "1980-02"),
        ("tháng 2 năm 1980", "1980-02"),
        ("ngày 1 tháng 2 năm 1980", "1980-02-01"),
        (" ", ""),
        ("\u00a0", ""),
        (None, ""),
        ("không rõ", ""),
        ("01/02/1980 ", "1980-02-01"),
    ],
)
def test_dates_in_their_shapes(stage, birth, expected):
    staged = stage([HEAD, row(birth=birth)])
    assert staged.remarks.problems == []
    assert staged.candidates[0].birth == expected


@pytest.mark.parametrize(
    ("birth", "why"),
    [
        ("31/02/1980", "không có ngày này"),
        ("29/02/1981", "không có ngày này"),
        ("1/2/80", "hai chữ số"),
        ("32/13/1980", "không có ngày này"),
        (-1, "không phải ngày tháng"),
        (0.5, "không phải ngày tháng"),
        (2958466, "không phải ngày tháng"),
        ("abc", "không phải ngày tháng"),
        ("01/01/2030", "tương lai"),
        (2027, "tương lai"),
        ("29252", "không phải ngày tháng"),
    ],
)
def test_impossible_dates_reject_the_row_with_its_cell(stage, birth, why):
    staged = stage([HEAD, row(birth=birth)])
    assert staged.ledger == Ledger(read=1, accepted=0, rejected=1, blank=0)
    problem = staged.remarks.problems[0]
    assert (problem.sheet, problem.row, problem.cell) == ("Danh sách", 2, "C2")
    assert why in problem.reason
    assert problem.fix


def test_serials_of_the_1904_system_are_read_by_it(stage):
    assert stage([HEAD, row(birth=27790)], date_1904=True).candidates[0].birth == "1980-02-01"
    assert (
        stage([HEAD, row(birth=datetime(1980, 2, 1))], date_1904=True).candidates[0].birth
        == "1980-02-01"
    )


def test_codes_stay_text_and_cut_ones_are_refused(stage):
    staged = stage([HEAD, row(code="0012"), row("B", code=1650359884), row("C", code="1.65E+09")])
    assert [one.code for one in staged.candidates] == ["0012", "1650359884"]
    assert "đổi thành số" in staged.remarks.problems[0].reason


def test_several_titles_in_one_cell(stage):
    staged = stage([HEAD, row(award="LĐTT, CSTĐCS;\nBK Bộ và HCLĐ hạng Ba")])
    assert staged.candidates[0].awards == (
        "advanced-worker",
        "grassroots-emulation-fighter",
        "ministry-certificate-of-merit",
        "labour-order-third-class",
    )


def test_an_issuer_with_commas_is_one_name_and_nothing_after_it_is_lost(stage):
    staged = stage(
        [HEAD, row(award="Bằng khen của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch, LĐTT")]
    )
    assert staged.candidates[0].awards == ("ministry-certificate-of-merit", "advanced-worker")


@pytest.mark.parametrize(
    ("award", "fix"),
    [
        ("Bằng khen", "Thủ tướng Chính phủ"),
        ("Huân chương Lao động", "hạng"),
        ("Chiến sĩ thi đua cơ sỡ", "«Chiến sĩ thi đua cơ sở»"),
        ("Tiên tiến 123", "Ghi đủ tên"),
        ("LĐTT, CSTĐ", "Ghi rõ cấp"),
    ],
)
def test_an_unknown_or_ambiguous_title_rejects_the_row_with_a_fix(stage, award, fix):
    staged = stage([HEAD, row(award=award)])
    assert staged.candidates == []
    problem = staged.remarks.problems[0]
    assert (problem.cell, problem.row) == ("F2", 2)
    assert fix in problem.fix


def test_a_title_of_another_kind_of_subject_is_rejected(stage):
    staged = stage([HEAD, row(award="Tập thể lao động xuất sắc")])
    assert "không dành cho cá nhân" in staged.remarks.problems[0].reason


def test_the_same_name_in_two_units_stays_two_people(stage):
    staged = stage([HEAD, row(unit="Phòng A"), row(unit="Phòng B")])
    assert len(staged.candidates) == 2
    assert [doubt.kind for doubt in staged.remarks.doubts] == ["same_name"]


def test_namesakes_in_one_unit_are_told_apart_by_their_birth_dates(stage):
    staged = stage([HEAD, row(birth="01/02/1980"), row(birth="05/06/1990")])
    assert len(staged.candidates) == 2
    assert [doubt.kind for doubt in staged.remarks.doubts] == ["namesakes"]


def test_eth_hidden_signs_and_loose_marks_are_repaired_and_listed(stage):
    loose = unicodedata.normalize("NFD", "Trần Thị Bình")
    staged = stage([HEAD, row("Ðặng\u00a0Văn  An\u200b"), row(loose)])
    assert [one.name for one in staged.candidates] == ["Đặng Văn An", "Trần Thị Bình"]
    assert staged.remarks.repairs_by_kind() == {
        "eth": 1,
        "zero_width": 1,
        "nbsp": 1,
        "double": 1,
        "nfd": 1,
    }


def test_error_cells_and_formulas_never_computed_are_named(stage):
    def failed(sheet, line, column):
        sheet.write_formula(line, column, "=1/0", None, "#DIV/0!")

    def uncomputed(sheet, line, column):
        sheet.write_formula(line, column, '="LĐTT"', None, "")

    staged = stage([HEAD, row(failed), row(award=uncomputed)])
    assert "#DIV/0!" in staged.remarks.problems[0].reason
    assert staged.remarks.problems[0].cell == "B2"
    assert staged.ledger.rejected == 2


def test_rows_without_a_name_or_a_title_are_rejected_and_pre_numbered_rows_are_blank(stage):
    staged = stage([HEAD, row(None), row(award=None), [3, None, None, None, None, None]])
    assert str(staged.ledger) == "đọc 3 = nhận 0 + loại 2 + trống 1"
    assert [problem.cell for problem in staged.remarks.problems] == ["B2", "F3"]


def test_codes_of_titles_are_looked_up_in_the_workbooks_own_catalogue(stage):
    head = ["STT", "Họ và tên", "Đơn vị", "Mã danh hiệu thi đua\n(nếu có)"]
    staged = stage(
        {
            "DANHSACH": [
                head,
                [1, "Nguyễn Văn An", "Phòng A", 1647933042],
                [2, "Trần Thị Bình", "Phòng A", "1647933380"],
                [3, "Lê Cúc", "Phòng A", "9999"],
                [4, "Đỗ Dung", "Phòng A", "1650360491"],
            ],
            "DANHMUC": [
                ["Mã số", "Danh hiệu"],
                ["1647933042", "Lao động tiên tiến"],
                ["1647933380", "Chiến sĩ thi đua cơ sở"],
                ["1650360491", "Bằng khen"],
            ],
        },
        hidden=["DANHMUC"],
    )
    assert [one.awards for one in staged.candidates] == [
        ("advanced-worker",),
        ("grassroots-emulation-fighter",),
    ]
    reasons = [problem.reason for problem in staged.remarks.problems]
    assert "không có trong trang danh mục" in reasons[0]
    assert "chưa rõ là danh hiệu nào" in reasons[1]


def test_a_ledger_that_does_not_balance_is_a_fault():
    with pytest.raises(AssertionError):
        Ledger(read=3, accepted=1, rejected=1, blank=0)


def test_failed_rows_can_be_corrected_and_read_again(stage, aliases, tmp_path):
    staged = stage(
        [
            ["Đơn vị: Trường A"],
            ["STT", "Họ và tên", "Năm sinh", None, "Mã số", "Danh hiệu đề nghị"],
            [None, None, "Nam", "Nữ", None, None],
            [1, "=Nguyễn Văn An", "1/2/80", None, "0012", "LĐTT"],
            [2, "Trần Thị Bình", None, 1985, None, "Bằng khen"],
            [3, "Lê Cúc", None, 1990, None, "LĐTT"],
        ],
        merges=[(1, 2, 1, 3, "Năm sinh")],
    )
    assert str(staged.ledger) == "đọc 3 = nhận 1 + loại 2 + trống 0"
    out = tmp_path / "loai.xlsx"
    assert write_rejects(out, staged) == 2
    from datetime import date

    again = stage_list(read_workbook(out), aliases, date(2026, 3, 10))
    assert str(again.ledger) == "đọc 2 = nhận 0 + loại 2 + trống 0"
    book = load_workbook(out)
    sheet = book.active
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    for line in sheet.iter_rows(min_row=3):
        for cell in line:
            if cell.value == "1/2/80":
                cell.value = "01/02/1980"
            if cell.value == "Bằng khen":
                cell.value = "BKTTCP"
            if cell.value == "=Nguyễn Văn An":
                cell.data_type, cell.value = "s", "Nguyễn Văn An"
    book.save(out)
    mended = stage_list(read_workbook(out), aliases, date(2026, 3, 10))
    assert str(mended.ledger) == "đọc 2 = nhận 2 + loại 0 + trống 0"
    an, binh = mended.candidates
    assert (an.name, an.unit, an.sex, an.birth, an.code) == (
        "Nguyễn Văn An",
        "Trường A",
        "male",
        "1980-02-01",
        "0012",
    )
    assert (binh.sex, binh.birth, binh.awards) == (
        "female",
        "1985",
        ("prime-minister-certificate-of-merit",),
    )
