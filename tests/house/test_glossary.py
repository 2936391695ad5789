"""One term, one identifier: docs/glossary.md has a row for each award and each room's noun."""

import re

import pytest
import yaml


@pytest.fixture(scope="module")
def glossary(repository):
    """Identifier → Vietnamese term, from the tables of docs/glossary.md."""
    rows = {}
    for line in (repository / "docs/glossary.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 2:
            for identifier in re.findall(r"`([^`]+)`", cells[1]):
                assert identifier not in rows, f"{identifier}: hai dòng trong bảng thuật ngữ"
                rows[identifier] = cells[0]
    return rows


def read_award_ids(book) -> list[str]:
    awards = yaml.safe_load(book.read_text("utf-8"))
    awards = awards.get("awards", awards) if isinstance(awards, dict) else awards
    return [award["id"] if isinstance(award, dict) else award for award in awards]


def test_the_glossary_is_read(glossary):
    assert glossary["movement"] == "phong trào thi đua"
    assert all(glossary.values())


def test_every_award_has_a_row(repository, glossary):
    awards = read_award_ids(repository / "src/lawbook/awards.yaml")
    assert awards
    assert [award for award in awards if award not in glossary] == []


def test_award_ids_are_kebab_case(repository):
    for award in read_award_ids(repository / "src/lawbook/awards.yaml"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", award), award
