"""`thidua law get` says under whose rule each line stands: the award's, everybody's, one body's."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from thidua.cli.main import main

GENERAL = "Quy định chung, không riêng của danh hiệu, hình thức nào"
BAC_NINH = "Quy định riêng của Ủy ban nhân dân tỉnh Bắc Ninh"
HANOI = "Quy định riêng của Ủy ban nhân dân thành phố Hà Nội"
ASIDE = ", nơi khác chỉ tham khảo"


def said(*words: str) -> str:
    result = CliRunner().invoke(main, ["law", "get", *words])
    assert result.exit_code == 0, result.output
    return result.output


def sections(out: str) -> dict[str, list[str]]:
    """The lines of the answer itself under "", the others under the heading that they stand below."""
    found: dict[str, list[str]] = {"": []}
    title = ""
    for line in out.splitlines()[1:]:
        if line.startswith("  Quy định"):
            title = line.strip()
            found[title] = []
        elif line.startswith("    " if title else "  ") and line.strip()[:1].isalpha():
            found[title].append(line.strip())
    return found


def test_the_awards_own_rules_stand_apart_from_general_ones():
    found = sections(said("dossier", "grassroots-emulation-fighter", "--on", "2025-08-01"))
    own = found["Quy định thêm của Chiến sĩ thi đua cơ sở"]
    assert [line for line in own if line.startswith("Số bộ hồ sơ do bộ")] == own
    assert own
    assert found[GENERAL]
    assert all(line.startswith(("Thủ tục đơn giản", "Trường hợp")) for line in found[GENERAL])


def test_each_body_has_its_heading_and_none_is_taken_for_the_law():
    found = sections(said("deadline", "government-emulation-flag", "--on", "2025-03-01"))
    assert [line.partition(".")[0] for line in found[HANOI + ASIDE]] == [
        "Danh hiệu Công dân Thủ đô ưu tú: ngày 31 tháng 3"
    ]
    assert not [line for line in found[""] if "Công dân Thủ đô" in line]


def test_the_body_that_is_asked_for_is_no_mere_example():
    asked = "Ủy ban nhân dân thành phố Hà Nội"
    found = sections(said("dossier", "advanced-worker", "--on", "2025-08-01", "--owner", asked))
    assert found[HANOI]
    assert HANOI + ASIDE not in found
    assert found[BAC_NINH + ASIDE]


@pytest.mark.parametrize(
    "kind", ["threshold", "quota", "deadline", "dossier", "authority", "form", "disclosure"]
)
def test_every_row_is_printed_once_under_a_heading(kind):
    words = (kind, "advanced-worker", "--on", "2025-08-01")
    answer = json.loads(said(*words, "--json"))
    out = said(*words)
    rows = [*answer["rows"], *answer["delegated"], *answer["examples"], *answer["more"]]
    assert rows
    for sentence in {row["vi"] for row in rows}:
        assert out.count(f"{sentence} (") == sum(row["vi"] == sentence for row in rows), sentence
    titles = {line.strip() for line in out.splitlines() if line.startswith("  Quy định ")}
    for owner in {row["owner"] for row in answer["examples"]}:
        assert f"Quy định riêng của {owner}{ASIDE}" in titles
