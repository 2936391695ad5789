"""Where the book may differ from the fact base: one row each, with its reason, and ever fewer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fact_base import exemptions, load
from test_reconciliation_decrees_more import facts_of, numbers

COUNT = Path(__file__).with_name("exemptions_count.txt")


def rows_of(name: str) -> dict[str, Any]:
    """The rows of a file of the fact base that an exemption may name."""
    if name == "decrees.yaml":
        return dict(facts_of(load(name)))
    facts = load("law2022.yaml")
    rows = {rule["id"]: rule for rule in facts["global_rules"]}
    for award in facts["awards"]:
        rows[award["id"]] = {"confidence": award["confidence"]}
        for condition in award["conditions"]:
            rows[f"{award['id']}/{condition['id']}"] = condition
    return rows


def wrong(exempt: dict[str, str]) -> list[str]:
    found = []
    for one, reason in exempt.items():
        name, _, path = one.partition(":")
        if name not in ("law2022.yaml", "decrees.yaml"):
            found.append(f"{one}: no such file")
            continue
        row = rows_of(name).get(path)
        if row is None:
            found.append(f"{one}: no such row")
        elif len(reason.split()) < 5:
            found.append(f"{one}: no reason")
        elif verified_number(row):
            found.append(f"{one}: a verified number has no exemption")
    return found


def verified_number(row: Any) -> bool:
    if not isinstance(row, dict):
        return bool(numbers(row))
    formula = row.get("formula", row)
    open_number = bool(row.get("numbers_unverified"))
    return row.get("confidence") == "verified" and not open_number and bool(numbers(formula))


def test_each_exemption_names_one_row_and_its_reason():
    load("law2022.yaml")
    assert wrong(exemptions()) == []


def test_the_number_of_exemptions_only_falls(capsys: pytest.CaptureFixture[str]):
    count, most = len(exemptions()), int(COUNT.read_text(encoding="utf-8"))
    with capsys.disabled():
        print(f"\nexemptions from the fact base: {count}")  # noqa: T201 - the count is shown
    assert count <= most


def test_a_wrong_exemption_is_caught():
    load("law2022.yaml")
    reason = "một lý do viết đủ câu cho người đọc"
    assert wrong({"law2022.yaml:cstd-co-so/c1": reason}) == []
    assert wrong({"law2022.yaml:cstd-bo-nganh-tinh/c1": reason})  # three consecutive titles
    assert wrong({"decrees.yaml:council/ND_98_2023/0": reason})  # nine tenths
    assert wrong({"law2022.yaml:cstd-co-so/c9": reason})
    assert wrong({"law2022.yaml:cstd-co-so": "vì thế"})
    assert wrong({"law2003.txt:x": reason})
