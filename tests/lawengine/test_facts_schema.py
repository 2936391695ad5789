"""The published JSON Schema says the same as the strict reader."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from lawbook import FOLDER, load_book
from lawengine.facts import CaseFrame, make_frame, read_document, read_subject
from lawengine.facts_schema import document
from lawengine.reading import Fault, read_file, read_text

TODAY = date(2026, 11, 25)
SCHEMA = Draft202012Validator(document(load_book().vocabulary))


def plain(text: str) -> object:
    return json.loads(json.dumps(read_text(text).value, default=str))


def is_read(text: str) -> bool:
    words = load_book().vocabulary
    try:
        case, nodes = read_document(read_text(text), words)
        frame = make_frame(case if case.year else CaseFrame(year=2025), TODAY)
        for node in nodes:
            read_subject(node, words, frame, TODAY)
    except Fault:
        return False
    return True


@pytest.mark.parametrize("path", sorted((FOLDER / "examples").glob("*.yaml")), ids=lambda p: p.stem)
def test_examples_are_valid_by_both(path: Path) -> None:
    assert is_read(path.read_text(encoding="utf-8"))
    value = json.loads(json.dumps(read_file(path).value, default=str))
    assert list(SCHEMA.iter_errors(value)) == []


SUBJECT = "subjects: [{{id: a, kind: person, {0}}}]"


@pytest.mark.parametrize(
    "part",
    [
        "ratings: none",
        "ratings: unknown",
        "ratings: []",
        "ratings: {complete: all}",
        "ratings: {complete: [2015..2020, 2023], unknown: [2022]}",
        "ratings: [{year: 2024, level: {at_least: good}}]",
        "ratings: [{year: 2024, level: none}]",
        "awards: [{award: advanced-worker, times: 5}]",
        "awards: [{award: advanced-worker, period: 2022-09-01..2023-05-31, decided_on: 2023-06}]",
        "initiatives: [{kind: initiative, used_for: [grassroots-emulation-fighter], applied: unknown}]",
        "absences: [{year: 2024, kind: sick, days: {under: 40}}]",
        "service: [{role: teaching, from: 2001, until: 2020-05, months: {at_least: 200}}]",
        "attestations: [{what: compliance, verdict: awaiting, on: 2024-05}]",
        "pending: [{kind: complaint, status: closed}]",
        "registrations: [{year: 2017, awards: none}]",
        "classes: [worker], sex: unknown, leader: false",
        "ratings: [{year: 2024, level: good, source: {file: a.xlsx, row: 3}, hypothesis: true}]",
    ],
)
def test_what_the_reader_takes_the_schema_takes(part: str) -> None:
    text = SUBJECT.format(part)
    assert is_read(text)
    assert list(SCHEMA.iter_errors(plain(text))) == []


@pytest.mark.parametrize(
    "part",
    [
        "ratings: maybe",
        "ratings: {completed: all}",
        "ratings: [{year: 2024, level: great}]",
        "ratings: [{level: good}]",
        "awards: [{award: no-such-award}]",
        "kind: person, colour: red",
        "awards: [{award: advanced-worker, times: 0}]",
        "absences: [{year: 2024, kind: holiday}]",
        "attestations: [{what: compliance, verdict: yes}]",
        "classes: worker",
        "birth_year: soon",
        "members: [{year: 2024, rating: {great: 3}}]",
        "service: [{role: teaching, months: -3}]",
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(part: str) -> None:
    text = SUBJECT.format(part)
    assert not is_read(text)
    if "kind: person, colour" not in part:
        assert list(SCHEMA.iter_errors(plain(text)))
