"""A refusal names the next act, and the act that it names works."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from documented import ROOT
from thidua.cli.main import main

FACTS = str(ROOT / "docs/examples/nguyen-thi-minh.yaml")
LIST = str(ROOT / "docs/examples/danh-sach.xlsx")
AFTER = ("--year", "2026", "--received", "2026-12-10", "--on", "2027-01-15")


def said(*words: str) -> str:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "words",
    [
        ("check", FACTS, "--award", "advanced-worker", *AFTER),
        ("check", FACTS, *AFTER),
        ("screen", LIST, *AFTER),
    ],
)
def test_both_ways_out_of_a_refusal_work(words):
    out = said(*words)
    act = next(line for line in out.splitlines() if "nhận trước" in line)
    assert act.strip().startswith("Làm tiếp: kiểm tra ngày nhận hồ sơ (--received)")
    assert '(Luật 06/2022/QH15): thêm --provisional "TÊN NGƯỜI YÊU CẦU".' in act

    award = () if words[0] == "screen" else ("--award", "advanced-worker")
    command = (*words, *award, "--provisional", "Lê Hoài Thương")
    assert "ĐỌC TẠM" in said(*command)
    assert "Làm tiếp" not in said(*command)
    assert "nhận trước 01/10/2026" in act
    before = (*words, *award, "--received", "2026-09-30")
    assert "Không trả lời" not in said(*before)


@pytest.mark.parametrize(
    ("award", "dates", "act"),
    [
        (
            "advanced-worker",
            ("--year", "2012", "--received", "2013-01-05", "--on", "2013-01-15"),
            (
                "kiểm tra năm thành tích (--year) và ngày nhận hồ sơ (--received); "
                "ngày đã đúng thì phải đối chiếu văn bản của ngày đó bằng tay."
            ),
        ),
        (
            "advanced-collective",
            (),
            "kiểm tra loại đối tượng trong dữ kiện; bỏ --award để xem các danh hiệu hợp đối tượng.",
        ),
        (
            "state-prize",
            (),
            "sách luật chưa đọc tiêu chuẩn này của ngày nào; đối chiếu văn bản bằng tay.",
        ),
    ],
)
def test_where_no_reading_would_help_none_is_offered(award, dates, act):
    command = ("check", FACTS, "--award", award, *dates)
    assert f"  Làm tiếp: {act}\n" in said(*command)
    refusal = json.loads(said(*command, "--json"))["verdicts"][0]["refusal"]
    assert refusal["next"] == act
    given = json.loads(said(*command, "--provisional", "A", "--json"))["verdicts"][0]
    assert given["verdict"] == "refused"


def test_an_answer_has_no_next_act():
    assert "Làm tiếp" not in said("check", FACTS, "--award", "advanced-worker")
