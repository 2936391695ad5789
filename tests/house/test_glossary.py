"""One term, one identifier: docs/glossary.md has a row for each award and kind of subject."""

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


def test_the_glossary_is_read(glossary):
    assert glossary["movement"] == "phong trào thi đua"
    assert all(glossary.values())


def test_award_ids_are_kebab_case(repository):
    for award in read_book(repository, "awards.yaml", "awards"):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", award["id"]), award


def read_book(repository, file: str, list_name: str):
    path = repository / "src/lawbook" / file
    rows = yaml.safe_load(path.read_text("utf-8"))[list_name]
    assert rows
    return rows


@pytest.mark.parametrize(
    ("file", "list_name"), [("awards.yaml", "awards"), ("facts.yaml", "subject_kinds")]
)
def test_the_book_and_the_glossary_say_the_same(repository, glossary, file, list_name):
    book = read_book(repository, file, list_name)
    assert {row["id"]: glossary.get(row["id"]) for row in book} == {
        row["id"]: row["vi"] for row in book
    }
