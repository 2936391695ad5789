"""`law verify`: nothing wrong and nothing missing in the book; every planted fault fails it."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import lawengine.checks
from lawbook import FOLDER, load_book, make_wording
from lawengine.book import Book, Group, Leaf, Tree, Version, leaves
from lawengine.cases import Result, missing, run_all
from lawengine.checks import flaws
from lawengine.conditions_more import Meets
from lawengine.reading import read_file

BOOK = load_book()
WORDING = make_wording(BOOK)
RESULTS = run_all(FOLDER / "cases", BOOK, WORDING)


def verify(*words: str, book: Path | None = None) -> tuple[int, dict[str, Any]]:
    """Status and report of the command, with the book of this repository or one beside it."""
    path = {"PYTHONPATH": str(book)} if book else {}
    done = subprocess.run(
        [Path(sys.executable).with_name("thidua"), "law", "verify", "--json", *words],
        env={**os.environ, "PYTHONUTF8": "1", **path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.returncode, json.loads(done.stdout)


# ------------------------------------------------------------------ the command


def test_the_book_has_no_fault_and_no_missing_case():
    status, report = verify()
    assert (status, report["faults"], report["missing"]) == (0, [], [])
    assert report["cases"] == len(RESULTS) > 1000
    assert report["book"] == BOOK.digest


def changed_book(folder: Path, file: str, change: Callable[[Any], None]) -> Path:
    """A copy of the book with one file changed, where Python finds it first."""
    shutil.copytree(FOLDER, folder / "lawbook", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "lawbook" / file
    node = read_file(path).value
    change(node)
    path.write_text(yaml.safe_dump(node, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


@pytest.fixture(scope="module")
def only_no() -> tuple[str, str, str]:
    """Award, case and leaf of a «no» that stands alone and that no other case is like."""
    bases = {(one.case.award, one.case.like) for one in RESULTS}
    for one in RESULTS:
        case = one.case
        if case.verdict == "no" and (case.award, case.id) not in bases:
            for hole in missing([other for other in RESULTS if other is not one], BOOK):
                if hole.kind == "no" and hole.award == case.award:
                    return case.award, case.id, hole.leaf
    raise AssertionError


def test_a_lost_case_fails_the_command(tmp_path, only_no):
    award, identity, leaf = only_no

    def lose(node: Any) -> None:
        node["cases"] = [case for case in node["cases"] if case["id"] != identity]

    book = changed_book(tmp_path, f"cases/{award}.yaml", lose)
    status, report = verify(book=book)
    assert (status, report["faults"], report["cases"]) == (1, [], len(RESULTS) - 1)
    assert any(f"thiếu ca no cho điều kiện {leaf}" in line for line in report["missing"])
    assert all(line.startswith(f"{award}/") for line in report["missing"])
    assert verify("--award", award, book=book)[0] == 1
    other = "national-emulation-fighter"
    assert verify("--award", other, book=book)[0] == 0  # what lacks is not of this award


def test_a_no_with_two_facts_changed_fails_the_command(tmp_path, only_no):
    """Only one changed fact shows which fact decided."""
    award, identity, leaf = only_no

    def change(node: Any) -> None:
        case = next(one for one in node["cases"] if one["id"] == identity)
        case["change"]["pending"] = "none"  # a second path; the verdict stays what it was

    status, report = verify(book=changed_book(tmp_path, f"cases/{award}.yaml", change))
    assert (status, report["faults"]) == (1, [])
    assert any(f"thiếu ca no cho điều kiện {leaf}" in line for line in report["missing"])


def test_a_wrong_answer_fails_the_command(tmp_path, only_no):
    award, identity, _ = only_no

    def change(node: Any) -> None:
        case = next(one for one in node["cases"] if one["id"] == identity)
        case["expect"]["verdict"] = "unknown"

    status, report = verify(book=changed_book(tmp_path, f"cases/{award}.yaml", change))
    assert status == 1
    (said,) = report["faults"]
    assert said == f"{award} ca {identity}: verdict: expected unknown, found no"


def test_a_flaw_fails_the_command(tmp_path):
    def change(node: Any) -> None:
        award = next(one for one in node["awards"] if one["id"] == "advanced-worker")
        award["subjects"] = [*award["subjects"], "household"]

    status, report = verify(book=changed_book(tmp_path, "awards.yaml", change))
    assert (status, report["missing"]) == (1, [])
    (said,) = report["faults"]
    assert said.startswith("advanced-worker: Danh hiệu «advanced-worker» chưa có tiêu chuẩn")


# ------------------------------------------------------------------ what a case may expect


EXPECTED = {
    "verdict": ({"verdict": "no"}, "verdict: expected no, found yes"),
    "condition": (
        {"verdict": "yes", "conditions": {"c1": "unknown"}},
        "c1: expected unknown, found yes",
    ),
    "no such condition": (
        {"verdict": "yes", "conditions": {"c99": "yes"}},
        "c99: expected yes, found no such condition",
    ),
    "earliest year": (
        {"verdict": "yes", "earliest_year": 2031},
        "earliest_year: expected 2031, found",
    ),
    "missing": (
        {"verdict": "yes", "missing": ["c1"]},
        "missing: expected ['c1'], found []",
    ),
}


@pytest.mark.parametrize(("expect", "said"), EXPECTED.values(), ids=EXPECTED)
def test_each_wrong_expectation_is_told(tmp_path, expect, said):
    node = read_file(FOLDER / "cases/advanced-worker.yaml").value
    (case,) = (one for one in node["cases"] if one["id"] == "yes-2023")
    folder = tmp_path / "cases"
    folder.mkdir()

    def told(expected: Any) -> list[str]:
        planted = {"award": node["award"], "cases": [{**case, "expect": expected}]}
        path = folder / "advanced-worker.yaml"
        path.write_text(yaml.safe_dump(planted, allow_unicode=True), "utf-8")
        return [line for one in run_all(folder, BOOK, WORDING) for line in one.differs]

    assert told(case["expect"]) == []
    (line,) = told(expect)
    assert line.startswith(said)


# ------------------------------------------------------------------ what must be there


def without(results: list[Result], keep: Callable[[Result], bool]) -> set[tuple[str, str]]:
    """Kind and leaf of what is missing when only some cases are kept."""
    return {(one.kind, one.leaf) for one in missing([r for r in results if keep(r)], BOOK)}


def test_each_kind_of_missing_case_is_named():
    assert missing(RESULTS, BOOK) == []
    for word in ("yes", "unknown", "refused"):
        assert (word, "") in without(RESULTS, lambda one, word=word: one.verdict.word != word)
    noes = without(RESULTS, lambda one: one.verdict.word != "no")
    assert {leaf.id for gate in BOOK.gates for leaf in gate.leaves} <= {leaf for _, leaf in noes}
    days = {
        version.in_force.start
        for standard in BOOK.standards.values()
        for version in standard.versions[1:]
    }
    for day in days:
        lacking = missing([r for r in RESULTS if r.verdict.choice.text_on != day], BOOK)
        assert ("boundary", day) in {(one.kind, one.day) for one in lacking}


def test_every_leaf_asks_for_its_no():
    """With every «no» gone, each leaf of each encoded version is named, and once only."""
    lacking = missing([one for one in RESULTS if one.verdict.word != "no"], BOOK)
    named = [
        (one.award, one.subject, one.version.in_force, one.leaf)
        for one in lacking
        if one.kind == "no" and one.award != "gates"
    ]
    wanted = {
        (standard.award, standard.subject, version.in_force, leaf.id)
        for standard in BOOK.standards.values()
        for version in standard.versions
        if version.when is not None
        for leaf in leaves(version.when)
        if leaf.kind != "external"
    }
    assert len(named) == len(set(named)) > 300
    assert set(named) == wanted


def test_a_no_of_two_changes_counts_for_nothing():
    doubled = [
        dataclasses.replace(one, case=dataclasses.replace(one.case, changed=("a", "b")))
        for one in RESULTS
    ]
    every_no = without(RESULTS, lambda one: one.verdict.word != "no")
    gates = {leaf.id for gate in BOOK.gates for leaf in gate.leaves}
    lacking = {one for one in without(doubled, lambda _: True) if one[0] == "no"}
    # A gate asks for a verdict of no only; its case may change more than one fact.
    assert lacking | {("no", leaf) for leaf in gates} == {one for one in every_no if one[0] == "no"}


# ------------------------------------------------------------------ the book against itself


def with_version(key: tuple[str, str], change: Callable[[Version], Version]) -> Book:
    """The book with every encoded version of one standard changed."""
    old = BOOK.standards[key]
    versions = tuple(one if one.when is None else change(one) for one in old.versions)
    standards = {**BOOK.standards, key: dataclasses.replace(old, versions=versions)}
    return dataclasses.replace(BOOK, standards=standards)


def with_sentence(key: str, text: str | None) -> Book:
    said = {**BOOK.wording["vi"]}
    del said[key]
    if text is not None:
        said[key] = text
    return dataclasses.replace(BOOK, wording={**BOOK.wording, "vi": said})


def met_by(award: str, other: str) -> Book:
    """The award is met by way of the other one alone."""

    def change(version: Version) -> Version:
        leaf = next(leaves(version.when))
        way = dataclasses.replace(leaf, id="way", kind="meets", condition=Meets((other,)))
        return dataclasses.replace(version, when=way)

    return with_version((award, "person"), change)


def recalled(version: Version) -> Version:
    def doubted(tree: Tree) -> Tree:
        if isinstance(tree, Leaf):
            return dataclasses.replace(tree, confidence="recalled")
        return dataclasses.replace(tree, parts=tuple(doubted(part) for part in tree.parts))

    return dataclasses.replace(version, confidence="verified", when=doubted(version.when))


WORKER = ("advanced-worker", "person")
FLAWS: dict[str, tuple[Callable[[], Book], str]] = {
    "missing_standard": (
        lambda: dataclasses.replace(
            BOOK, standards={key: one for key, one in BOOK.standards.items() if key != WORKER}
        ),
        "advanced-worker",
    ),
    "missing_sentence": (lambda: with_sentence("organised_by", None), "wording organised_by"),
    "unknown_placeholder": (
        lambda: with_sentence("organised_by", "do {by} tổ chức năm {year}"),
        "wording organised_by",
    ),
    "circle": (lambda: met_by(*["advanced-worker"] * 2), "advanced-worker"),
    "verified_without_ground": (
        lambda: with_version(WORKER, recalled),
        "advanced-worker/person",
    ),
}


def test_the_book_has_no_flaw():
    assert flaws(BOOK) == []


def test_every_code_of_a_flaw_is_planted():
    source = Path(lawengine.checks.__file__).read_text("utf-8")
    codes = set(re.findall(r'yield Flaw\([^"]*(?:f"[^"]*", |[^"]*)"(\w+)"', source))
    assert len(codes) == source.count("yield Flaw(")
    assert codes == set(FLAWS)


@pytest.mark.parametrize("code", FLAWS)
def test_each_planted_flaw_is_named(code):
    plant, where = FLAWS[code]
    found = flaws(plant())
    assert {one.code for one in found} == {code}
    assert all(one.where.startswith(where) for one in found)
    # And it can be said.
    for one in found:
        said = WORDING.say[f"flaw.{one.code}"](**one.parts)
        assert said
        assert "{" not in said


def test_a_circle_of_three_is_named():
    """One award by way of another, and that one by way of a third that leads back."""
    first, second, third = (
        "advanced-worker",
        "grassroots-emulation-fighter",
        "ministry-emulation-fighter",
    )
    book = dataclasses.replace(
        BOOK,
        standards={
            **BOOK.standards,
            **{
                (one, "person"): met_by(one, other).standards[one, "person"]
                for one, other in ((first, second), (second, third), (third, first))
            },
        },
    )
    assert {one.where for one in flaws(book) if one.code == "circle"} == {first, second, third}


def test_one_leaf_that_was_read_is_ground_enough():
    def all_but_one(version: Version) -> Version:
        doubted = recalled(version)
        assert isinstance(doubted.when, Group)
        sure = next(leaves(version.when))
        parts = (dataclasses.replace(sure, confidence="verified"), *doubted.when.parts)
        return dataclasses.replace(doubted, when=dataclasses.replace(doubted.when, parts=parts))

    assert flaws(with_version(WORKER, all_but_one)) == []
