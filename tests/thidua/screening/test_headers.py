import pytest

from thidua.screening.sheets.unreadable import Unreadable

PEOPLE = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Danh hiệu đề nghị"]


def by_meaning(staged):
    return {column.meaning: column.index for column in staged.header.columns if column.meaning}


def test_the_header_is_found_wherever_it_is_and_the_numbering_row_is_no_row(stage):
    staged = stage(
        [
            ["UBND TỈNH A"],
            ["Đơn vị: ……"],
            ["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2025"],
            [],
            PEOPLE,
            ["1", "2", "3", "4", "5"],
            [1, "Nguyễn Văn An", "01/02/1980", "Sở Y tế", "LĐTT"],
        ]
    )
    assert (staged.header.first_row, staged.header.last_row) == (5, 6)
    assert str(staged.ledger) == "đọc 1 = nhận 1 + loại 0 + trống 0"


def test_gender_as_two_columns_of_the_birth_date_with_merged_headers(stage):
    staged = stage(
        [
            [
                "STT",
                "Họ và tên",
                "Ngày, tháng, năm sinh",
                None,
                "Chức vụ,\nđơn vị công tác",
                "Danh hiệu thi đua\n(ghi rõ)",
            ],
            [None, None, "Nam", "Nữ", None, None],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            [1, "Trần Văn Bình", "05/06/1979", None, "Trưởng phòng, Sở Y tế", "CSTĐCS"],
            [2, "Lê Thị Cúc", None, 1985, "Sở Y tế", "LĐTT"],
        ],
        merges=[
            (0, 2, 0, 3, "Ngày, tháng, năm sinh"),
            (0, 0, 1, 0, "STT"),
            (0, 1, 1, 1, "Họ và tên"),
        ],
    )
    assert (staged.header.first_row, staged.header.last_row) == (1, 3)
    binh, cuc = staged.candidates
    assert (binh.sex, binh.birth, binh.position, binh.unit) == (
        "male",
        "1979-06-05",
        "Trưởng phòng",
        "Sở Y tế",
    )
    assert (cuc.sex, cuc.birth, cuc.unit) == ("female", "1985", "Sở Y tế")


def test_awards_as_columns_that_are_ticked(stage):
    staged = stage(
        [
            ["TT", "Họ và tên", "Đơn vị công tác", "Danh hiệu đề nghị", None],
            [None, None, None, "LĐTT", "CSTĐCS"],
            [1, "Nguyễn Văn An", "Phòng A", "x", "x"],
            [2, "Trần Thị Bình", "Phòng A", "x", None],
            [3, "Lê Văn Cường", "Phòng A", None, None],
        ],
        merges=[(0, 3, 0, 4, "Danh hiệu đề nghị")],
    )
    assert [one.awards for one in staged.candidates] == [
        ("advanced-worker", "grassroots-emulation-fighter"),
        ("advanced-worker",),
    ]
    assert str(staged.ledger) == "đọc 3 = nhận 2 + loại 1 + trống 0"


def test_name_in_two_columns(stage):
    staged = stage(
        [
            ["STT", "Họ và tên đệm", "Tên", "Năm sinh", "Đơn vị", "Danh hiệu"],
            [1, "Nguyễn Văn", "An", 1980, "Phòng A", "LĐTT"],
        ]
    )
    assert staged.candidates[0].name == "Nguyễn Văn An"


def test_the_award_and_the_unit_of_a_title_hold_for_the_whole_list(stage):
    staged = stage(
        [
            ["Đơn vị: Trường THCS Kim Đồng"],
            ["DANH SÁCH ĐỀ NGHỊ CÔNG NHẬN DANH HIỆU “CHIẾN SỸ THI ĐUA CƠ SỞ” NĂM 2025"],
            ["STT", "Họ và tên", "Chức vụ", "Ghi chú"],
            [1, "Nguyễn Văn An", "Giáo viên", None],
        ]
    )
    assert staged.candidates[0].awards == ("grassroots-emulation-fighter",)
    assert staged.candidates[0].unit == "Trường THCS Kim Đồng"
    assert "theo tiêu đề" in staged.notes[0]


def test_headings_give_the_unit_and_the_signature_is_no_candidate(stage):
    staged = stage(
        [
            ["STT", "Họ và tên", "Chức vụ", "Danh hiệu đề nghị"],
            ["I", "Phòng Tổ chức", None, None],
            [1, "Nguyễn Văn An", "Chuyên viên", "LĐTT"],
            ["II", "Phòng Tài chính", None, None],
            [1, "Trần Thị Bình", "Kế toán", "LĐTT"],
            [None, "Tổng cộng: 2 người", None, None],
            [None, None, "Hà Nội, ngày 5 tháng 1 năm 2026", None],
            [None, "NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"],
            [],
            [None, "Lê Thị Dung", None, None],
        ]
    )
    assert [(one.name, one.unit) for one in staged.candidates] == [
        ("Nguyễn Văn An", "Phòng Tổ chức"),
        ("Trần Thị Bình", "Phòng Tài chính"),
    ]
    # «THỦ TRƯỞNG ĐƠN VỊ» stands in the column of awards: that row is told, not passed over.
    assert str(staged.ledger) == "đọc 9 = nhận 2 + loại 1 + trống 6"
    assert {doubt.kind for doubt in staged.remarks.doubts} >= {"heading", "footer"}


def test_merged_cells_hold_for_every_row_they_span(stage):
    staged = stage(
        [
            ["STT", "Họ và tên", "Đơn vị", "Danh hiệu"],
            [1, "Nguyễn Văn An", "Phòng A", "LĐTT"],
            [2, "Trần Thị Bình", None, "LĐTT"],
        ],
        merges=[(1, 2, 2, 2, "Phòng A")],
    )
    assert [one.unit for one in staged.candidates] == ["Phòng A", "Phòng A"]


def test_a_missing_column_is_named_with_the_headers_that_were_found(book, stage):
    with pytest.raises(Unreadable) as error:
        stage([["STT", "Họ và tên", "Ngày sinh"], [1, "Nguyễn Văn An", 1980]])
    assert error.value.code == "column_missing"
    assert "«Danh hiệu thi đua / Hình thức khen thưởng đề nghị»" in error.value.reason
    assert "«Ngày sinh»" in error.value.reason
    assert (error.value.sheet, error.value.row) == ("Danh sách", 1)


def test_hidden_and_guide_sheets_are_offered_and_another_can_be_asked_for(stage):
    row = [1, "Nguyễn Văn An", 1980, "Phòng A", "LĐTT"]
    sheets = {
        "Hướng dẫn": [PEOPLE, row],
        "Ẩn": [PEOPLE, row, row],
        "Chính": [PEOPLE, row],
        "Nữa": [PEOPLE, row],
    }
    staged = stage(sheets, hidden=["Ẩn"])
    assert staged.sheet == "Chính"
    assert [(offer.name, offer.why) for offer in staged.offers] == [
        ("Hướng dẫn", "guide"),
        ("Ẩn", "hidden"),
        ("Nữa", "other_list"),
    ]
    assert stage(sheets, hidden=["Ẩn"], sheet="Ẩn").ledger.read == 2


def test_only_a_hidden_list_is_never_taken_by_itself(stage):
    row = [1, "Nguyễn Văn An", 1980, "Phòng A", "LĐTT"]
    with pytest.raises(Unreadable) as error:
        stage({"Trống": [["x"]], "Ẩn": [PEOPLE, row]}, hidden=["Ẩn"])
    assert error.value.code == "no_list"
    assert "--sheet" in error.value.fix
    assert "«Ẩn»" in error.value.fix


def test_an_unknown_sheet_names_those_that_exist(stage):
    with pytest.raises(Unreadable) as error:
        stage([PEOPLE], sheet="Tờ 9")
    assert error.value.code == "sheet_missing"
    assert "«Danh sách»" in error.value.fix
