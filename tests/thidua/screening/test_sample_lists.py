from datetime import date

import pytest

from thidua.screening.sheets.doubts import rows_of
from thidua.screening.sheets.facts import build_subjects
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.staging import stage_list
from thidua.screening.sheets.unreadable import Unreadable
from thidua.support.text import match_key

TODAY = date(2026, 3, 10)


@pytest.fixture
def collectives(real_list, aliases):
    return stage_list(
        read_workbook(real_list("lifesoft_MauTDKT-TTLDTT-chuan.xlsx")), aliases, TODAY
    )


def test_the_list_of_386_collectives_balances(collectives):
    assert collectives.sheet == "file nhận"
    assert str(collectives.ledger) == "đọc 552 = nhận 386 + loại 0 + trống 166"
    assert {one.awards for one in collectives.candidates} == {("advanced-collective",)}
    assert {one.kind for one in collectives.candidates} == {"collective"}


def test_every_repair_is_listed(collectives):
    counts = collectives.remarks.repairs_by_kind()
    assert counts == {"nfd": 36, "leading": 352, "trailing": 52, "double": 6}
    one = next(repair for repair in collectives.remarks.repairs if repair.kind == "leading")
    assert (one.row, one.cell, one.old, one.new) == (2, "E2", " Sở Y tế", "Sở Y tế")


def test_rows_11_and_16_are_both_accepted_and_listed_as_a_doubt(collectives):
    twice = [doubt for doubt in collectives.remarks.doubts if doubt.kind == "twice"]
    assert [doubt.rows for doubt in twice] == [(11, 16)]
    assert {11, 16} <= set(rows_of(collectives.candidates))
    assert "dòng 11 và 16" in twice[0].text


def test_a_hospital_typed_with_loose_marks_is_one_unit(collectives):
    hospital = match_key("Bệnh viện đa khoa huyện Lệ Thủy")
    units = {one.unit for one in collectives.candidates if match_key(one.unit) == hospital}
    assert units == {"Bệnh viện đa khoa huyện Lệ Thủy"}
    assert sum(match_key(one.unit) == hospital for one in collectives.candidates) == 19


def test_units_spelled_two_ways_are_doubts_and_count_as_one(collectives):
    spelled = [doubt.text for doubt in collectives.remarks.doubts if doubt.kind == "unit_spelling"]
    assert len(spelled) == 2
    assert any("Minh Hoá" in text and "Minh Hóa" in text for text in spelled)
    assert len({match_key(one.unit) for one in collectives.candidates}) == 22


def test_the_guide_is_offered_and_never_taken(collectives, real_list, aliases):
    assert [(offer.name, offer.why) for offer in collectives.offers] == [("Hướng dẫn", "guide")]
    workbook = read_workbook(real_list("lifesoft_MauTDKT.xlsx"))
    asked = stage_list(workbook, aliases, TODAY, sheet="Hướng dẫn")
    assert asked.ledger.read == 5


def test_the_empty_form_has_552_blank_rows_of_failed_look_ups(real_list, aliases):
    staged = stage_list(read_workbook(real_list("lifesoft_MauTDKT.xlsx")), aliases, TODAY)
    assert str(staged.ledger) == "đọc 552 = nhận 0 + loại 0 + trống 552"
    assert [offer.name for offer in staged.offers] == ["Hướng dẫn"]
    assert staged.notes == ["Danh sách chưa có dòng dữ liệu."]


@pytest.mark.parametrize("name", ["lifesoft_CANHAN_template.xlsx", "lifesoft_TAPTHE_template.xlsx"])
def test_templates_have_their_header_in_row_3_and_no_rows(real_list, aliases, name):
    staged = stage_list(read_workbook(real_list(name)), aliases, TODAY)
    assert (staged.header.first_row, staged.header.last_row) == (3, 3)
    assert str(staged.ledger) == "đọc 0 = nhận 0 + loại 0 + trống 0"
    assert "chưa có dòng dữ liệu" in staged.notes[0]


def test_a_hidden_sheet_is_no_list_even_when_asked(real_list, aliases):
    with pytest.raises(Unreadable) as error:
        stage_list(read_workbook(real_list("lifesoft_MauTDKT.xlsx")), aliases, TODAY, sheet="PLDT")
    assert error.value.code == "no_list"


def test_candidates_become_subjects_with_nothing_invented(collectives, aliases):
    subjects = build_subjects(collectives, aliases, 2025)
    assert len(subjects) == 386
    assert subjects[0].facts == {
        "id": "r2",
        "kind": "collective",
        "name": "Thanh tra sở Y tế",
        "unit": "Sở Y tế",
    }
