"""The live database is judged as the workbook is: the demonstration's people, in all its seasons."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories.ministry import AT, SYSTEM, Ministry
from lawengine.explain import Judge
from lawengine.terms import Truth
from thidua.demo.running import KNOWN, LIST
from thidua.demo.season import read_season
from thidua.demo.workbooks import write_known, write_list
from thidua.flows.record_facts_document import record_facts_document
from thidua.merits import services as merits
from thidua.merits.models import AnnualRating, LedgerScope
from thidua.people import services as people
from thidua.register import services as register
from thidua.register.models import RegisterEntry
from thidua.screening.files import screen_files
from thidua.screening.selectors import (
    assess_people,
    assess_units,
    gather_people,
    make_judge,
)

pytestmark = pytest.mark.django_db
LATER = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)
DEMONSTRATION = read_season()


@pytest.fixture
def ministry(db):
    return Ministry()


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("season")
    write_list(folder / LIST, DEMONSTRATION)
    write_known(folder / KNOWN, DEMONSTRATION.entries)
    return folder


def take_in(ministry, entry):
    """An entry of the season as records: through the flow that takes in facts documents."""
    if entry.kind == "person":
        year = entry.birth.year if hasattr(entry.birth, "year") else str(entry.birth or "")[-4:]
        draft = people.draft_person(
            full_name=entry.name,
            sex=entry.sex,
            birth=str(year) if str(year).isdigit() else "",
            classes=entry.facts.get("classes", ()),
        )
        subject = people.register_person(person=draft, actor=SYSTEM, at=LATER)
    else:
        subject = ministry_unit(ministry, entry)
    record_facts_document(
        subject=subject,
        document=entry.facts,
        source=ministry.location(),
        actor=SYSTEM,
        at=LATER,
    )
    return subject


def ministry_unit(ministry, entry):
    from thidua.organizations import services as organizations

    founded = entry.facts.get("founded_on")
    return organizations.create_unit(
        actor=SYSTEM,
        at=LATER,
        code=f"T{abs(hash(entry.who)) % 10**9}",
        kind=ministry.root.kind,
        name=entry.name,
        parent=ministry.root,
        on=founded if hasattr(founded, "year") else None,
    )


def said(verdict):
    """What an officer reads of a verdict."""
    return (
        verdict.word,
        verdict.earliest_year,
        verdict.confidence if verdict.finding else "",
        [one.text for one in verdict.missing],
        verdict.choice.version.instrument if verdict.choice.version else None,
    )


@pytest.mark.parametrize("season", DEMONSTRATION.seasons, ids=lambda one: one.key)
def test_the_database_says_what_the_workbook_says(ministry, workbooks, season):
    book = make_judge(LATER).book
    judge = Judge(
        book, season.frame, make_judge(LATER).wording, provisional=bool(season.provisional)
    )
    today = LATER.date()
    screened = screen_files(workbooks / LIST, workbooks / KNOWN, judge, today)
    expected = {}
    for one in screened.judged:
        who = one.row.name, one.row.unit
        expected.setdefault(who, {})[one.row.award_id] = said(one.verdict)
    entries = {entry.who: entry for entry in DEMONSTRATION.entries}
    assert set(expected) == set(entries)
    compared = 0
    for who, entry in entries.items():
        subject = take_in(ministry, entry)
        assess = assess_people if entry.kind == "person" else assess_units
        found = {
            one.award: said(one.verdict)
            for one in assess([subject.pk], judge, LATER, list(expected[who]))
        }
        assert found == expected[who], who
        compared += len(found)
    assert compared >= 34


def test_more_people_take_no_more_queries(ministry):
    def queries(number):
        some = [
            people.register_person(
                person=people.draft_person(full_name=f"Trần Thị Số {n}"),
                post=ministry.post(ministry.telecom),
                actor=SYSTEM,
                at=AT,
            )
            for n in range(number)
        ]
        merits.record_facts(
            [AnnualRating(person=one, year=2024, level="good") for one in some],
            actor=SYSTEM,
            at=AT,
        )
        judge = make_judge(AT)
        with CaptureQueriesContext(connection) as caught:
            found = list(assess_people([one.pk for one in some], judge, AT))
        assert {one.subject for one in found} == {one.pk for one in some}
        assert all(one.verdict is not None for one in found)
        return len(caught)

    assert queries(2) == queries(30) <= 25


def test_what_is_missing_is_said_with_the_earliest_year(ministry):
    person = ministry.person("Trần Thị Mai", ministry.telecom, since=AT.date().replace(year=2020))
    for year, level in ((2024, "good"), (2025, "excellent")):
        merits.record_fact(AnnualRating(person=person, year=year, level=level), actor=SYSTEM, at=AT)
    for ledger in ("discipline", "pending"):
        merits.record_fact(
            LedgerScope(person=person, ledger=ledger, state="none"), actor=SYSTEM, at=AT
        )
    verdicts = {one.award: one.verdict for one in assess_people([person.pk], make_judge(AT), AT)}
    assert verdicts["ministry-emulation-fighter"].truth is not Truth.YES
    merits.record_fact(
        LedgerScope(everybody_in=ministry.root, ledger="awards", state="complete"),
        actor=SYSTEM,
        at=AT,
    )
    (now,) = assess_people([person.pk], make_judge(AT), AT, ["ministry-emulation-fighter"])
    assert now.verdict.word == "no"
    assert now.verdict.earliest_year == 2028
    assert all(one.text for one in now.verdict.missing)


def test_a_revoked_honour_does_not_count_and_a_corrected_one_by_its_last_words(ministry):
    person = ministry.person("Trần Thị Mai", ministry.telecom)
    source = ministry.location()
    grants = [
        register.enter_honour(
            RegisterEntry(
                person=person,
                award="grassroots-emulation-fighter",
                year=year,
                holder_name="Trần Thị Mai",
                source=source,
            ),
            actor=SYSTEM,
            at=AT,
        )
        for year in (2022, 2023)
    ]
    register.revoke_entry(grants[0], source=source, reason="khai man", actor=SYSTEM, at=AT)
    register.correct_entry(grants[1], reason="sai năm", year=2024, actor=SYSTEM, at=AT)
    awards = gather_people([person.pk], AT)[person.pk]["awards"]
    assert [(one["year"], one.get("withdrawn", False)) for one in awards] == [
        (2022, True),
        (2024, False),
    ]
    assert awards[0]["source"] == {"text": source.note}


def test_records_that_contradict_each_other_are_told_with_the_place(ministry):
    person = ministry.person("Trần Thị Mai", ministry.telecom)
    decision = register.record_decision(
        register.draft_decision(number="1/QĐ", decided_on="2/1/2019", issuer="Cục"),
        actor=SYSTEM,
        at=AT,
    )
    entry = RegisterEntry(
        person=person,
        award="advanced-worker",
        year=2020,
        decision=decision,
        holder_name="Trần Thị Mai",
    )
    register.enter_honour(entry, actor=SYSTEM, at=AT)
    (found,) = assess_people([person.pk], make_judge(AT), AT, ["advanced-worker"])
    assert found.verdict is None
    assert "2020" in found.fault


def test_a_thousand_people_are_judged_in_seconds(ministry):
    drafts = [people.draft_person(full_name=f"Lê Văn Số {n}") for n in range(1000)]
    stored = people.register_people(people=drafts, actor=SYSTEM, at=AT)
    facts = [
        AnnualRating(person=one, year=year, level="good") for one in stored for year in (2024, 2025)
    ]
    merits.record_facts(facts, actor=SYSTEM, at=AT)
    judge = make_judge(AT)
    start = time.perf_counter()
    found = list(assess_people([one.pk for one in stored], judge, AT, ["advanced-worker"]))
    assert len(found) == 1000
    assert time.perf_counter() - start < 10
