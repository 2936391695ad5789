"""Documents are defended by tests: the map, the decisions, the standard file for public code."""

import re

import pytest
import yaml

from house.floors import read_floors


def test_the_map_names_every_room_and_no_other(repository):
    text = (repository / "docs/house.md").read_text("utf-8")
    table = text.split("## The floors of `thidua`")[1].split("\n## ")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("| ")][1:]
    drawn = [room for row in rows for room in re.findall(r"`(\w+)`", row)]
    floors = read_floors(repository / "pyproject.toml")
    assert sorted(drawn) == sorted(floors)
    assert [floors[room] for room in drawn] == sorted(map(floors.get, drawn), reverse=True)


def test_the_map_shows_which_rooms_are_built(repository):
    text = (repository / "docs/house.md").read_text("utf-8")
    planned = set(re.findall(r"\*`(\w+)`\*", text))
    built = {path.parent.name for path in (repository / "src/thidua").glob("*/__init__.py")}
    assert planned == set(read_floors(repository / "pyproject.toml")) - built


def test_links_between_documents_lead_somewhere(repository):
    documents = [*repository.glob("*.md"), *(repository / "docs").rglob("*.md")]
    dead = [
        f"{document.relative_to(repository)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8"))
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert dead == []


def test_decisions_are_short_and_listed(repository):
    folder = repository / "docs/adr"
    listed = (folder / "README.md").read_text("utf-8")
    for decision in sorted(folder.glob("[0-9]*.md")):
        assert f"({decision.name})" in listed
        lines = [line for line in decision.read_text("utf-8").splitlines() if line]
        assert 10 <= len(lines) <= 25, decision.name


@pytest.fixture(scope="module")
def publiccode(repository):
    return yaml.safe_load((repository / "publiccode.yml").read_text("utf-8"))


def test_publiccode_has_the_mandatory_keys(publiccode):
    assert set(publiccode) >= {
        *("publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus"),
        *("softwareType", "description", "legal", "maintenance", "localisation"),
    }
    assert publiccode["developmentStatus"] in {"concept", "development", "beta", "stable"}
    assert publiccode["legal"]["license"] == "AGPL-3.0-or-later"
    assert publiccode["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in publiccode["maintenance"]["contacts"])
    assert publiccode["localisation"]["availableLanguages"] == ["vi"]


def test_publiccode_describes_in_two_languages(publiccode):
    assert set(publiccode["description"]) == {"vi", "en"}
    for description in publiccode["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


def test_the_licence_is_whole(repository):
    text = (repository / "LICENSE").read_text("utf-8")
    assert text.startswith("GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007")
    assert "13. Remote Network Interaction" in text
    assert "17. Interpretation of Sections 15 and 16." in text
    assert "END OF TERMS AND CONDITIONS" in text
