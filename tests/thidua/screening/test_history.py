"""The history workbook: written, read again, matched by name and unit, and what «không» means."""

from __future__ import annotations

from datetime import date

import pytest

from lawbook import FOLDER, load_book
from lawengine.facts import CaseFrame, make_frame, read_subject
from lawengine.reading import Node, read_file
from thidua.screening.sheets.facts import build_subjects
from thidua.screening.sheets.history import read_history
from thidua.screening.sheets.history_writing import write_history, write_template
from thidua.screening.sheets.matching import match
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.staging import stage_list

TODAY = date(2026, 3, 10)
LIST = [
    ["STT", "Họ và tên", "Đơn vị", "Danh hiệu đề nghị"],
    [1, "Nguyễn Văn An", "Cục A", "CSTĐCS"],
    [2, "Nguyễn Văn An", "Cục B", "CSTĐCS"],
    [3, "Trần Thị Bình", "Cục A", "LĐTT"],
]


@pytest.fixture
def subjects(book, aliases, tmp_path):
    """Writes a history, stages the list, and gives the subjects with what was matched."""

    def make(known, rows=LIST):
        path = tmp_path / "so.xlsx"
        write_history(path, known)
        staged = stage_list(read_workbook(book(rows)), aliases, TODAY)
        matched = match(read_history(read_workbook(path), aliases, TODAY), staged.candidates)
        return build_subjects(staged, aliases, 2025, matched), matched

    return make


def without_sources(value):
    if isinstance(value, dict):
        return {key: without_sources(one) for key, one in value.items() if key != "source"}
    if isinstance(value, list):
        return [without_sources(one) for one in value]
    return value


def test_the_examples_of_the_book_come_back_as_the_same_facts(subjects):
    words = load_book().vocabulary
    frame = make_frame(CaseFrame(year=2024), TODAY)
    for name, award in (("person", "CSTĐCS"), ("collective", "TTLĐXS")):
        known = read_file(FOLDER / "examples" / f"{name}.yaml").value["subjects"][0]
        head = "Họ và tên" if name == "person" else "Tên tập thể"
        rows = [
            ["STT", head, "Đơn vị", "Danh hiệu đề nghị"],
            [1, known["name"], known["unit"], award],
        ]
        found, matched = subjects([known], rows)
        assert not matched.problems
        assert not matched.doubts
        again = read_subject(Node(found[0].facts), words, frame, TODAY)
        before = read_subject(Node(known), words, frame, TODAY)
        assert {y: r[:3] for y, r in again.ratings.items()} == {
            y: r[:3] for y, r in before.ratings.items()
        }
        assert sorted(again.held) == sorted(before.held)
        assert again.coverage["awards"].years == before.coverage["awards"].years
        assert again.coverage["discipline"] == before.coverage["discipline"]
        assert {y: r.counts for y, r in again.members.items()} == {
            y: r.counts for y, r in before.members.items()
        }


def test_the_same_name_in_two_units_gets_only_its_own_facts(subjects):
    found, _ = subjects(
        [
            {
                "id": "1",
                "kind": "person",
                "name": "Nguyễn Văn An",
                "unit": "Cục B",
                "ratings": [{"year": 2025, "level": "excellent"}],
            },
        ]
    )
    assert "ratings" not in found[0].facts
    assert without_sources(found[1].facts["ratings"]) == [{"year": 2025, "level": "excellent"}]


def test_each_record_says_where_it_stands(subjects):
    found, _ = subjects(
        [
            {
                "id": "1",
                "kind": "person",
                "name": "Trần Thị Bình",
                "unit": "Cục A",
                "ratings": [{"year": 2025, "level": "good"}],
            },
        ]
    )
    source = found[2].facts["ratings"][0]["source"]
    assert source["file"] == "so.xlsx"
    assert source["sheet"] == "Xếp loại"
    assert source["row"] > 1


def test_nothing_written_is_unknown_and_none_is_stated(subjects):
    found, _ = subjects(
        [
            {
                "id": "1",
                "kind": "person",
                "name": "Trần Thị Bình",
                "unit": "Cục A",
                "discipline": "none",
                "awards": {"complete": ["2015..2020"], "records": []},
            },
        ]
    )
    facts = found[2].facts
    assert facts["discipline"] == "none"
    assert facts["awards"] == {"complete": ["2015..2020"]}
    assert "pending" not in facts


def test_rows_of_a_stranger_are_a_doubt_and_lose_nothing(subjects):
    _, matched = subjects(
        [
            {
                "id": "1",
                "kind": "person",
                "name": "Lê Văn Lạ",
                "unit": "Cục A",
                "ratings": [{"year": 2025, "level": "good"}],
            },
        ]
    )
    assert any("Lê Văn Lạ" in doubt.text for doubt in matched.doubts)
    assert (
        matched.ledger.read
        == matched.ledger.accepted + matched.ledger.rejected + matched.ledger.blank
    )


def test_the_template_is_a_history_without_rows(tmp_path, aliases):
    path = tmp_path / "mau.xlsx"
    write_template(path)
    history = read_history(read_workbook(path), aliases, TODAY)
    assert history.rows == []
    assert history.ledger.accepted == 0
