"""The JSON Schema of a facts document, made from the book's vocabulary.

It says the same as the strict reader (`facts_reading`): a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from lawengine.facts import KINDS, SCHEMA
from lawengine.vocabulary import Vocabulary

Schema = dict[str, Any]


def document(words: Vocabulary) -> Schema:
    """The schema of a whole file: `schema`, `case`, `subjects`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "type": "object",
        "required": ["subjects"],
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA},
            "case": _case(words),
            "subjects": {"type": "array", "items": _subject(words)},
        },
    }


def _object(required: list[str], **properties: Schema) -> Schema:
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def _words(words: Vocabulary, name: str, *, unknown: bool = True) -> Schema:
    return {"enum": [*words.words(name), *(["unknown"] if unknown else [])]}


def _awards(words: Vocabulary) -> Schema:
    return {"enum": list(words.awards)}


def _one_or_many(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "array", "items": schema}]}


_DATE: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_YEAR: Schema = {"type": "integer", "minimum": 1900, "maximum": 2200}
_TRUTH: Schema = {"enum": [True, False, "unknown"]}
_PARTIAL: Schema = {
    "anyOf": [
        {"type": "string", "pattern": r"^(\d{4}(-\d{1,2}(-\d{1,2})?)?|unknown)$"},
        _YEAR,
        _object([], not_before=_DATE, not_later_than=_DATE),
    ],
}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_NUMBER: Schema = {
    "anyOf": [
        _COUNT,
        {"const": "unknown"},
        _object([], at_least=_COUNT, at_most=_COUNT, under=_COUNT, over=_COUNT),
    ],
}
_YEARS: Schema = _one_or_many(
    {"anyOf": [_YEAR, {"type": "string", "pattern": r"^\d{4}(\.\.\d{4})?$"}]}
)
_TEXT: Schema = {"type": "string", "minLength": 1}
_LOOSE: Schema = {"type": ["string", "integer"]}


def _case(words: Vocabulary) -> Schema:
    return _object(
        [],
        year=_YEAR,
        period={"type": "string", "pattern": r"^\S+\.\.\S+$"},
        decided_on=_DATE,
        received_on=_DATE,
        meeting_on=_DATE,
        awards=_one_or_many(_awards(words)),
        ground=_one_or_many(_TEXT),
        complete={"type": "boolean"},
    )


def _record(required: list[str], **properties: Schema) -> Schema:
    source = _object(
        [],
        file=_TEXT,
        sheet=_TEXT,
        row={"type": "integer"},
        cell=_TEXT,
        page={"type": "integer"},
        text=_TEXT,
    )
    by = {"anyOf": [_TEXT, _object(["name"], name=_TEXT, on=_LOOSE)]}
    return _object(
        required,
        **properties,
        source=source,
        confirmed_by=by,
        hypothesis={"type": "boolean"},
        note=_TEXT,
    )


def _ledger(record: Schema) -> Schema:
    """`none`, `unknown`, records, or records with the years for which they are complete."""
    records = {"type": "array", "items": record}
    complete = {"anyOf": [{"const": "all"}, _YEARS]}
    return {
        "anyOf": [
            {"enum": ["none", "unknown"]},
            records,
            _object([], complete=complete, none=_YEARS, unknown=_YEARS, records=records),
        ],
    }


def _ranked(words: Vocabulary, name: str, *extra: str) -> Schema:
    ranks = {"enum": list(words.words(name))}
    return {
        "anyOf": [
            {"enum": [*words.words(name), "unknown", *extra]},
            _object([], at_least=ranks, at_most=ranks),
        ],
    }


def _subject(words: Vocabulary) -> Schema:
    service = _record(
        ["role"],
        role=_words(words, "roles", unknown=False),
        **{"from": _PARTIAL},
        until=_PARTIAL,
        months=_NUMBER,
        years=_NUMBER,
        basis=_TEXT,
        title=_TEXT,
        era=_TEXT,
        same_unit=_TRUTH,
        continuous=_TRUTH,
        first_recruitment=_TRUTH,
        unit=_TEXT,
    )
    flag = {"enum": [True, False, "unknown"]}
    return _object(
        ["id", "kind"],
        id=_LOOSE,
        kind={"enum": list(KINDS)},
        name=_TEXT,
        unit=_TEXT,
        code=_TEXT,
        sex={"enum": ["female", "male", "unknown"]},
        birth_year=_YEAR,
        leader=flag,
        direct_worker=flag,
        serving=flag,
        inside_province=flag,
        has_party_organisation=flag,
        category=_words(words, "categories"),
        region=_words(words, "regions"),
        position=_TEXT,
        level=_TEXT,
        women_share=_LOOSE,
        classes={"type": "array", "items": _words(words, "classes", unknown=False)},
        founded_on=_PARTIAL,
        ratings=_ledger(
            _record(["year", "level"], year=_YEAR, level=_ranked(words, "ratings", "none"))
        ),
        awards=_ledger(
            _record(
                ["award"],
                award=_awards(words),
                year={"anyOf": [_YEAR, {"const": "unknown"}]},
                years=_YEARS,
                period=_TEXT,
                times={"type": "integer", "minimum": 1, "maximum": 100},
                decided_on=_PARTIAL,
                decision=_LOOSE,
                stream=_words(words, "streams"),
                issuer=_words(words, "issuers"),
                ground=_LOOSE,
                consumed={"type": "array", "items": _TEXT},
                used_for=_LOOSE,
                withdrawn=_TRUTH,
                era=_TEXT,
                wording=_TEXT,
                signer=_TEXT,
            )
        ),
        initiatives=_ledger(
            _record(
                ["kind"],
                id=_LOOSE,
                name=_TEXT,
                year={"anyOf": [_YEAR, {"const": "unknown"}]},
                kind=_words(words, "products", unknown=False),
                recognised_by=_words(words, "reaches"),
                reach=_words(words, "reaches"),
                applied=_TRUTH,
                accepted=_TRUTH,
                used_for={
                    "anyOf": [
                        {"enum": ["none", "unstated", "unknown"]},
                        _one_or_many(_awards(words)),
                    ]
                },
                certified_by=_TEXT,
                carried_from=_LOOSE,
                co_authors=_one_or_many(_TEXT),
                registered_beforehand=_TRUTH,
                decision=_LOOSE,
            )
        ),
        discipline=_ledger(
            _record(
                ["level"],
                level=_ranked(words, "discipline"),
                year=_YEAR,
                decided_on=_PARTIAL,
                until=_PARTIAL,
                cleared_on=_PARTIAL,
                decision=_LOOSE,
                member=_TEXT,
            )
        ),
        pending=_ledger(
            _record(
                ["kind"],
                kind=_words(words, "pending", unknown=False),
                status={"enum": ["open", "closed", "unknown"]},
                opened_on=_PARTIAL,
                closed_on=_PARTIAL,
                about=_TEXT,
            )
        ),
        attestations=_ledger(
            _record(
                ["what", "verdict"],
                what=_words(words, "judgements", unknown=False),
                reach=_words(words, "reaches"),
                year=_YEAR,
                by=_TEXT,
                on=_PARTIAL,
                text=_TEXT,
                verdict={"enum": ["met", "not_met", "awaiting"]},
            )
        ),
        placements=_ledger(
            _record(
                ["in"],
                **{"in": {"enum": ["movement", "bloc"]}},
                year=_YEAR,
                organised_by=_words(words, "launchers"),
                launched_by=_words(words, "launchers"),
                name=_TEXT,
                duration_years=_NUMBER,
                result=_words(words, "placement_results"),
                at=_words(words, "reviews"),
            )
        ),
        service=_ledger(service),
        posts=_ledger(service),
        absences=_ledger(
            _record(
                ["year", "kind"],
                year=_YEAR,
                kind=_words(words, "absences", unknown=False),
                days=_NUMBER,
                unit={"enum": ["working", "calendar"]},
                **{"from": _PARTIAL},
                until=_PARTIAL,
                months=_NUMBER,
                result=_ranked(words, "results"),
                sent_by_unit=_TRUTH,
                part_time=_TRUTH,
                handed_over=_TRUTH,
                school_rules_kept=_TRUTH,
            )
        ),
        registrations=_ledger(
            _record(
                ["year"],
                year=_YEAR,
                awards={"anyOf": [{"const": "none"}, _one_or_many(_awards(words))]},
            )
        ),
        members=_ledger(
            _record(
                ["year"],
                year=_YEAR,
                total=_NUMBER,
                women=_NUMBER,
                rating=_counts(words.words("ratings")),
                awards=_counts(words.awards),
                discipline=_counts(words.words("discipline")),
            )
        ),
    )


def _counts(allowed: Any) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"enum": list(allowed)},
        "additionalProperties": _NUMBER,
    }
