"""Every row of every result workbook equals what was written by hand in `season.yaml`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lawbook import load_book, make_wording
from lawengine.explain import Judge
from thidua.demo.season import read_season
from thidua.demo.workbooks import ASIDE, BLANK
from thidua.screening.files import screen_files
from thidua.screening.sheets.output import GROUP_SHEETS
from thidua.screening.sheets.results import VERDICTS

SEASONS = {one.key: one for one in read_season().seasons}
COLUMNS = {
    "name": "Họ và tên / Tên tập thể",
    "unit": "Đơn vị",
    "award": "Danh hiệu, hình thức đề nghị",
    "verdict": "Kết quả",
    "reasons": "Lý do",
    "missing": "Còn thiếu",
    "earliest": "Sớm nhất vào năm",
    "cites": "Căn cứ",
}


@dataclass(frozen=True)
class Row:
    group: str
    verdict: str
    reasons: str
    missing: tuple[str, ...]
    earliest: int | None
    cites: str


def rows(path: Path) -> dict[tuple[str, str, str], Row]:
    """The rows of a result workbook by name, unit and award."""
    found = {}
    book = openpyxl.load_workbook(path)
    for group, title in GROUP_SHEETS.items():
        lines = list(book[title].iter_rows(values_only=True))
        head = next(number for number, line in enumerate(lines) if COLUMNS["name"] in line)
        place = {key: lines[head].index(title) for key, title in COLUMNS.items()}
        for line in lines[head + 1 :]:
            said = {key: line[column] for key, column in place.items()}
            if said["name"] is None:
                continue
            who = said["name"], said["unit"], said["award"]
            assert who not in found
            found[who] = Row(
                group,
                said["verdict"],
                said["reasons"] or "",
                tuple((said["missing"] or "").split("\n")) if said["missing"] else (),
                said["earliest"],
                said["cites"] or "",
            )
    return found


def judged(folder: Path, key: str):
    """The same two workbooks screened here: the ids behind the sentences of the workbook."""
    season, book = SEASONS[key], load_book()
    judge = Judge(book, season.frame, make_wording(book), provisional=bool(season.provisional))
    screened = screen_files(
        folder / "danh-sach.xlsx", folder / "so-du-kien.xlsx", judge, date(2027, 1, 15)
    )
    return {(one.row.name, one.row.unit, one.row.award_vi): one for one in screened.judged}


@pytest.mark.parametrize("key", SEASONS)
def test_every_row_is_the_one_written_by_hand(folder, demonstration, key):
    season = SEASONS[key]
    label = load_book().vocabulary.award_label
    found, behind = rows(folder / season.file), judged(folder, key)
    expected = {
        (*entry.who, label(award)): (f"{entry.name} ({entry.unit})", one)
        for entry in demonstration.entries
        for award, one in season.expected(entry).items()
    }
    assert set(found) == set(expected)
    wrong = []
    for who, (name, one) in expected.items():
        row = found[who]
        said = (row.verdict, row.group, row.earliest if one.verdict == "no" else None)
        if said != (VERDICTS[one.verdict], one.group, one.earliest):
            wrong.append((name, said, one))
        verdict = behind[who].verdict
        assert row.missing == tuple(missing.text for missing in verdict.missing), name
        if one.missing is None:  # nobody sent anything: then much is missing
            assert len(row.missing) > 3, name
        elif tuple(missing.id for missing in verdict.missing) != one.missing:
            wrong.append((name, row.missing, one))
    assert wrong == []


def test_every_kind_of_answer_is_shown(demonstration):
    groups = {
        one.group
        for season in demonstration.seasons
        for entry in demonstration.entries
        for one in season.expected(entry).values()
    }
    assert groups == set(GROUP_SHEETS)


def test_a_no_names_a_year_and_an_answer_names_its_law(demonstration):
    for season in demonstration.seasons:
        for entry in demonstration.entries:
            for one in season.expected(entry).values():
                assert (one.earliest is not None) == (one.verdict == "no"), entry.name
                if one.verdict == "no":
                    assert one.earliest > season.frame.year, entry.name


@pytest.mark.parametrize(("key", "law"), [("2017", "15/2003/QH11"), ("2025", "06/2022/QH15")])
def test_answers_cite_the_law_of_their_time(folder, key, law):
    cited = [row.cites for row in rows(folder / SEASONS[key].file).values() if row.missing]
    other = {"15/2003/QH11": "06/2022/QH15", "06/2022/QH15": "15/2003/QH11"}[law]
    assert any(law in text for text in cited)
    assert not any(other in text for text in cited)


def test_2026_is_refused_with_its_reason(folder):
    for row in rows(folder / SEASONS["2026"].file).values():
        assert row.group == "refused"
        assert "Chưa thấy nội dung đã ban hành của Luật 06/2026/QH16" in row.reasons


def test_the_provisional_reading_is_marked_on_every_sheet_and_row(folder):
    season = SEASONS["2026-provisional"]
    book = openpyxl.load_workbook(folder / season.file)
    for title in ("Tóm tắt", *GROUP_SHEETS.values()):
        top = [str(cell.value) for line in book[title].iter_rows(max_row=3) for cell in line]
        assert any(text.startswith("ĐỌC TẠM") and "Lê Hoài Thương" in text for text in top), title
    found = rows(folder / season.file)
    assert all("Đọc tạm theo Luật" in row.reasons for row in found.values())
    # The last text known for a collective's certificate is an older law: the row says so.
    older = [row for row in found.values() if "Luật 15/2003/QH11" in row.reasons]
    assert len(older) == 1
    assert "bản áp dụng đến ngày 31/12/2023" in older[0].reasons


def test_a_dossier_received_before_the_pivot_leaves_the_favourable_rule_open(folder):
    for who, one in judged(folder, "2026-before").items():
        assert not one.verdict.choice.provisional
        if who[0] != "Tổng công ty Truyền thông đa phương tiện":
            assert one.verdict.choice.version.instrument == "law-06-2022-qh15"
        assert [asked.instrument for asked in one.verdict.choice.favourable] == ["law-06-2026-qh16"]
    for row in rows(folder / SEASONS["2026-before"].file).values():
        assert "chưa biết có lợi hơn hay không" in row.reasons


def test_the_telling_cases(folder):
    """The sentences that an officer must read, word for word."""
    label = load_book().vocabulary.award_label

    def missing(key, name, unit, award):
        return rows(folder / SEASONS[key].file)[name, unit, label(award)].missing

    assert missing(
        "2025", "Hoàng Thị Thanh Tâm", "Vụ Công nghệ thông tin", "labour-order-third-class"
    ) == (
        (
            "Chưa có Bằng khen của Thủ tướng Chính phủ được tính trước năm 2021. Không tính Bằng khen"
            " của Thủ tướng Chính phủ năm 2011: là khen theo loại hình đột xuất."
        ),
    )
    assert missing("2025", "Châu Ngọc Diễm", "Cục Báo chí", "ministry-emulation-fighter") == (
        (
            "Không có sáng kiến có phạm vi bộ, ban, ngành, tỉnh từ năm 2022 đến năm 2025 được tính;"
            " cần 1. Không tính sáng kiến năm 2024: đã dùng để xét Bằng khen của bộ, ban, ngành, tỉnh."
        ),
    )
    assert missing(
        "2025", "Phòng An toàn hạ tầng", "Trung tâm Internet Việt Nam", "advanced-collective"
    ) == (
        (
            "Năm 2025 có 12/20 thành viên (60%) đạt danh hiệu Lao động tiên tiến; quy định từ 70% trở"
            " lên."
        ),
    )


@pytest.mark.parametrize("key", SEASONS)
def test_every_row_of_the_list_is_accounted_for(folder, demonstration, key):
    accepted, rejected = len(demonstration.entries), len(demonstration.rejected)
    ledger = (
        f"đọc {accepted + rejected + BLANK} = nhận {accepted} + loại {rejected} + trống {BLANK}"
    )
    summary = openpyxl.load_workbook(folder / SEASONS[key].file)["Tóm tắt"]
    told = [line[:2] for line in summary.iter_rows(values_only=True)]
    assert ("Danh sách", ledger) in told
    proposals = sum(len(SEASONS[key].expected(one)) for one in demonstration.entries)
    assert ("Cộng kết quả (mỗi người, mỗi danh hiệu)", proposals) in told


def test_rejected_rows_are_named_with_reason_and_fix(folder, demonstration):
    book = openpyxl.load_workbook(folder / "ket-qua-2025.xlsx")
    lines = list(book["Loại"].iter_rows(min_row=2, values_only=True))
    assert len(lines) == len(demonstration.rejected)
    assert [line[3] for line in lines] == ["31/02/1985", "Chiến sĩ xuất sắc ngành", "Bằng khen"]
    assert all(line[2] and line[4] and line[5] for line in lines)
    again = openpyxl.load_workbook(folder / "ket-qua-2025-dong-loai.xlsx").worksheets[0]
    text = [str(cell.value) for line in again.iter_rows() for cell in line]
    for entry in demonstration.rejected:
        assert entry.name in text


def test_repairs_and_doubts_are_listed(folder):
    book = openpyxl.load_workbook(folder / "ket-qua-2025.xlsx")
    mended = [line[5] for line in book["Sửa chữ"].iter_rows(min_row=2, values_only=True)]
    assert "Trần Văn Đức" in mended
    assert "Lê Hoàng Yến" in mended
    doubts = [str(line[2]) for line in book["Nghi vấn"].iter_rows(min_row=2, values_only=True)]
    assert sum("«Nguyễn Văn An» có ở 2 đơn vị" in text for text in doubts) == 1
    assert len(doubts) == ASIDE + 1
