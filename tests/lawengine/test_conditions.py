"""Every condition kind by hand: an example that holds, one that does not, one that is not known.

Rules and facts are written as they are in files, and read by the strict readers, with the words of
the book. The achievement year is 2024, decided on 10 March 2025.
"""

from datetime import date

import pytest

from lawbook import load_book
from lawengine.condition_loading import read_condition
from lawengine.conditions import Moment
from lawengine.explain import Judge
from lawengine.facts import CaseFrame, make_frame, read_subject
from lawengine.planes import from_facts
from lawengine.planes.packing import Packing
from lawengine.planes.screening import PlaneAlgebra
from lawengine.planes.walking import Walker
from lawengine.reading import read_text

TODAY = date(2026, 11, 25)
FRAME = make_frame(CaseFrame(year=2024, decided_on=date(2025, 3, 10)), TODAY)


class Speechless:
    def sentence(self, outcome):
        return ""


def condition_of(text):
    node = read_text(text)
    kind = next(iter(node.value))
    return read_condition(kind, node.child(kind), load_book().vocabulary)


def subject_of(text, kind="person"):
    node = read_text(f"id: x\nkind: {kind}\n{text}")
    return read_subject(node, load_book().vocabulary, FRAME, TODAY)


def ask(rule, facts, kind="person"):
    """The answer of the reading one by one; the bulk reading must give the same."""
    book, condition, subject = load_book(), condition_of(rule), subject_of(facts, kind)
    moment = Moment(FRAME.year, None, Judge(book, FRAME, Speechless()))
    truth = condition.judge(subject, moment).truth
    packing = Packing(from_facts([subject]), FRAME, book.vocabulary)
    algebra = PlaneAlgebra(packing)
    answer = Walker(book, packing, algebra).condition(condition, None)
    low, high = (int(plane[0]) for plane in algebra.circuit.run(answer))
    assert truth == low + high
    return truth.word


RATED = "rated: {at_least: good}"
RATED_2 = "rated: {at_least: good, window: {last: 3}, times: 2}"
YEARS = "ratings: [{year: 2024, level: %s}, {year: 2023, level: %s}, {year: 2022, level: %s}]"


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (RATED, "ratings: [{year: 2024, level: excellent}]", "yes"),
        (RATED, "ratings: [{year: 2024, level: completed}]", "no"),
        (RATED, "ratings: [{year: 2024, level: none}]", "no"),
        (RATED, "ratings: [{year: 2023, level: excellent}]", "unknown"),
        (RATED, "ratings: [{year: 2024, level: unknown}]", "unknown"),
        (RATED, "ratings: [{year: 2024, level: {at_least: good}}]", "yes"),
        (RATED, "ratings: [{year: 2024, level: {at_most: completed}}]", "no"),
        (RATED_2, YEARS % ("completed", "good", "good"), "yes"),
        (RATED_2, YEARS % ("completed", "completed", "good"), "no"),
        (RATED_2, YEARS % ("completed", "unknown", "good"), "unknown"),
        ("rated: {at_least: good, window: {last: 2}}", YEARS % ("good", "good", "none"), "yes"),
        (
            "rated: {at_least: good, window: {preceding: 2}}",
            YEARS % ("none", "good", "good"),
            "yes",
        ),
        ("rated: {at_least: good, window: previous_year}", YEARS % ("good", "none", "good"), "no"),
        (
            "rated: {at_least: good, window: ever, times: 2}",
            YEARS % ("good", "good", "none"),
            "yes",
        ),
        (
            "rated: {at_least: good, window: ever, times: 3}",
            YEARS % ("good", "good", "none"),
            "unknown",
        ),
    ],
)
def test_rated(rule, facts, expected):
    assert ask(rule, facts) == expected


THREE = "held: {award: grassroots-emulation-fighter, times: 3, consecutive: true}"
FIGHTER = "{award: grassroots-emulation-fighter, %s}"


def awards(*years, complete="[2015..2025]"):
    records = ", ".join(FIGHTER % f"year: {year}" for year in years)
    return f"awards: {{complete: {complete}, records: [{records}]}}"


MERIT = "held: {award: ministry-certificate-of-merit, stream: [merit], issuer: [ministry]}"


def certificate(text):
    return f"awards: {{complete: all, records: [{{award: ministry-certificate-of-merit, {text}}}]}}"


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (THREE, awards(2022, 2023, 2024), "yes"),
        (THREE, awards(2021, 2022, 2023), "yes"),
        (THREE, awards(2020, 2021, 2022), "no"),
        (THREE, awards(2021, 2023, 2024), "no"),
        (THREE, awards(2023, 2024, complete="[2023..2025]"), "unknown"),
        (THREE.replace("}", ", ending: this_year}"), awards(2021, 2022, 2023), "no"),
        (THREE.replace("}", ", ending: previous_year}"), awards(2022, 2023, 2024), "no"),
        (THREE, "awards: unknown", "unknown"),
        (THREE, "awards: none", "no"),
        (MERIT, certificate("year: 2020, stream: merit, issuer: ministry"), "yes"),
        (MERIT, certificate("year: 2020, stream: sudden, issuer: ministry"), "no"),
        (MERIT, certificate("year: 2020, stream: merit, issuer: mass_organisation_central"), "no"),
        (MERIT, certificate("year: 2020, issuer: ministry"), "unknown"),
        (MERIT, certificate("year: 2020, stream: merit"), "unknown"),
        (MERIT, certificate("stream: merit, issuer: ministry"), "yes"),
        (MERIT, certificate("year: 2024, stream: merit, issuer: ministry, withdrawn: true"), "no"),
    ],
)
def test_held(rule, facts, expected):
    assert ask(rule, facts) == expected


COUNT = "held: {award: grassroots-emulation-fighter, times: 2, window: {last: 5}}"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ("{award: A, year: 2021}, {award: A, year: 2023}", "yes"),
        ("{award: A, year: 2019}, {award: A, year: 2023}", "no"),
        ("{award: A, times: 2, years: [2021, 2022]}", "yes"),
        ("{award: A, year: 2023}, {award: A, years: [2021, 2022]}", "yes"),
        ("{award: A, year: 2023}, {award: A, years: [2019, 2020]}", "unknown"),
        ("{award: A, year: 2023}, {award: A, years: [2018, 2019]}", "no"),
        ("{award: A, year: 2023}, {award: A}", "unknown"),
        ("{award: A, year: 2023}, {award: A, decided_on: 2022-04}", "yes"),
        ("{award: A, year: 2023}, {award: A, decided_on: 2020-04}", "unknown"),
    ],
)
def test_held_in_a_window_counts_the_year_that_a_record_certainly_has(records, expected):
    records = records.replace("A", "grassroots-emulation-fighter")
    assert ask(COUNT, f"awards: {{complete: all, records: [{records}]}}") == expected


def test_held_ever_looks_no_further_than_the_year():
    rule = "held: {award: grassroots-emulation-fighter}"
    assert ask(rule, awards(2025, complete="all")) == "no"
    later = "awards: {complete: all, records: [{award: grassroots-emulation-fighter, years: %s}]}"
    assert ask(rule, later % "[2025, 2026]") == "no"
    assert ask(rule, later % "[2024, 2025]") == "unknown"


STREAK = """
streak:
  since: {award: prime-minister-certificate-of-merit, stream: [merit]}
  rated: excellent
  years: 3
  including:
  - held: {award: grassroots-emulation-fighter, times: 2, window: streak}
"""
EXCELLENT = ", ".join(f"{{year: {year}, level: excellent}}" for year in range(2020, 2025))
GOOD_YEARS = f"ratings: [{EXCELLENT}]"
PM = "{award: prime-minister-certificate-of-merit, year: %d, stream: merit}"


def history(pm, *fighters, ratings=GOOD_YEARS):
    records = ", ".join([PM % pm, *(FIGHTER % f"year: {year}" for year in fighters)])
    return f"{ratings}\nawards: {{complete: all, records: [{records}]}}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (history(2019, 2021, 2023), "yes"),
        (history(2021, 2022, 2023), "yes"),
        (history(2022, 2023, 2024), "no"),
        (history(2020, 2020, 2023), "no"),
        (history(2021, 2021, 2023), "no"),
        (history(2019, 2021, 2023, ratings="ratings: [{year: 2022, level: good}]"), "no"),
        (history(2019, 2021, 2023, ratings="ratings: [{year: 2023, level: excellent}]"), "unknown"),
        (GOOD_YEARS + "\nawards: none", "no"),
        (GOOD_YEARS, "unknown"),
    ],
)
def test_streak(facts, expected):
    assert ask(STREAK, facts) == expected


def test_streak_may_begin_as_early_as_the_first_possible_year_of_an_award():
    records = "{award: grassroots-emulation-fighter, times: 2, years: [2015, 2023]}"
    rule = "streak: {years: 3, including: [{held: {award: A, times: 2, window: streak}}]}"
    facts = f"awards: {{complete: all, records: [{records}]}}"
    assert ask(rule.replace("A", "grassroots-emulation-fighter"), facts) == "yes"


PRODUCED = "produced: {kind: initiative, reach: ministry, applied: true, free_of: [form]}"
IDEA = "initiatives: {complete: all, records: [{kind: initiative, year: 2024, %s}]}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (IDEA % "reach: ministry, applied: true, used_for: none", "yes"),
        (IDEA % "reach: nation, applied: true, used_for: none", "yes"),
        (IDEA % "reach: base, applied: true, used_for: none", "no"),
        (IDEA % "reach: whole_army, applied: true, used_for: none", "no"),
        (IDEA % "applied: true, used_for: none", "unknown"),
        (IDEA % "reach: ministry, used_for: none", "unknown"),
        (IDEA % "reach: ministry, applied: false, used_for: none", "no"),
        (IDEA % "reach: ministry, applied: true", "unknown"),
        (IDEA % "reach: ministry, applied: true, used_for: ministry-certificate-of-merit", "no"),
        (IDEA % "reach: ministry, applied: true, used_for: grassroots-emulation-fighter", "yes"),
        ("initiatives: none", "no"),
        ("initiatives: unknown", "unknown"),
        (IDEA.replace("2024", "2023") % "reach: ministry, applied: true, used_for: none", "no"),
        (
            IDEA.replace("2024", "unknown") % "reach: ministry, applied: true, used_for: none",
            "unknown",
        ),
    ],
)
def test_produced(facts, expected):
    assert ask(PRODUCED, facts) == expected


MARKED = "unmarked: {at_least: warning, window: {last: 2}}"
MARK = "discipline: {complete: all, records: [{level: %s, %s}]}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("discipline: none", "yes"),
        ("discipline: unknown", "unknown"),
        (MARK % ("reprimand", "year: 2024"), "yes"),
        (MARK % ("warning", "year: 2023"), "no"),
        (MARK % ("warning", "year: 2022"), "yes"),
        (MARK % ("warning", "decided_on: 2023"), "no"),
        (MARK % ("unknown", "year: 2024"), "unknown"),
        (MARK % ("{at_most: reprimand}", "year: 2024"), "yes"),
        ("discipline: {complete: all, records: [{level: warning}]}", "unknown"),
        ("discipline: {complete: [2024], records: []}", "unknown"),
    ],
)
def test_unmarked(facts, expected):
    assert ask(MARKED, facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("members: [{year: 2024, total: 9, discipline: {warning: 0}}]", "yes"),
        ("members: [{year: 2024, total: 9, discipline: {warning: 1}}]", "no"),
        ("members: [{year: 2024, total: 9, discipline: {warning: {at_most: 1}}}]", "unknown"),
        ("members: [{year: 2024, total: 9}]", "unknown"),
    ],
)
def test_unmarked_members(facts, expected):
    assert ask("unmarked: {at_least: warning, of: members}", facts, "collective") == expected


CASE = "pending: {complete: all, records: [{kind: complaint, %s}]}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("pending: none", "yes"),
        ("pending: unknown", "unknown"),
        (CASE % "status: open", "no"),
        (CASE % "status: closed", "yes"),
        (CASE % "status: unknown", "unknown"),
        (CASE % "opened_on: 2024-05-01, closed_on: 2025-02-01", "yes"),
        (CASE % "opened_on: 2024-05-01, closed_on: 2025-04-01", "no"),
        (CASE % "opened_on: 2024-05-01, closed_on: 2025-03", "unknown"),
        (CASE % "status: open, opened_on: 2025-03-11", "yes"),
    ],
)
def test_clear(facts, expected):
    assert ask("clear: {}", facts) == expected


SERVED = "served: {role: teaching, years: 10, female_less: 1/5}"


def taught(text, rest=""):
    return f"service: {{complete: all, records: [{{role: teaching, {text}}}]}}\nposts: none\n{rest}"


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (SERVED, taught("months: 120"), "yes"),
        (SERVED, taught("months: 119"), "unknown"),
        (SERVED, taught("months: 119", "sex: male"), "no"),
        (SERVED, taught("months: 96", "sex: female"), "yes"),
        (SERVED, taught("months: 95", "sex: female"), "no"),
        (SERVED, taught("from: 2015-01-01", "sex: male"), "yes"),
        (SERVED, taught("from: 2015-01-02", "sex: male"), "no"),
        (SERVED, taught("from: 2015-01", "sex: male"), "unknown"),
        (SERVED, taught("from: 2010-01-01, until: unknown", "sex: male"), "unknown"),
        (SERVED, taught("from: 2010-01-01, until: 2014-12-31", "sex: male"), "no"),
        (SERVED, "service: unknown\nsex: male", "unknown"),
        ("served: {role: teaching, years: 6, under_years: 10}", taught("years: 6"), "yes"),
        ("served: {role: teaching, years: 6, under_years: 10}", taught("years: 10"), "no"),
        ("served: {role: teaching, years: 6, continuous: true}", taught("years: 6"), "unknown"),
        (
            "served: {role: teaching, years: 6, continuous: true}",
            taught("years: 6, continuous: false"),
            "no",
        ),
    ],
)
def test_served(rule, facts, expected):
    assert ask(rule, facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("founded_on: 2015-01-01", "yes"),
        ("founded_on: 2015-01-02", "no"),
        ("founded_on: 2015", "unknown"),
        ("founded_on: 2014", "yes"),
        ("name: X", "unknown"),
    ],
)
def test_existed(facts, expected):
    assert ask("existed: {years: 10}", facts, "collective") == expected


RECRUIT = "present: {recruit_months: 6}"
LEAVE = "present: {limit: {days: 40, unit: working}, excused: [maternity]}"
COURSE = "present: {long_course: {months: 12, result: fair}}"
FIRST = "service: {complete: all, records: [%s]}"


def first(*starts):
    return FIRST % ", ".join(
        f"{{role: teaching, from: {day}, first_recruitment: true}}" for day in starts
    )


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        (RECRUIT, first("2024-07-01"), "yes"),
        (RECRUIT, first("2024-07-02"), "no"),
        (RECRUIT, first("2024-07"), "unknown"),
        (RECRUIT, first("2024-09-01", "2019-01-01"), "yes"),
        (RECRUIT, first("2019-01-01", "2024-09-01"), "yes"),
        (RECRUIT, first("2024-09-01") + "\nratings: [{year: 2023, level: good}]", "yes"),
        (RECRUIT, "name: X", "unknown"),
        (LEAVE, "absences: [{year: 2024, kind: sick, days: 39}]", "yes"),
        (LEAVE, "absences: [{year: 2024, kind: sick, days: 40}]", "no"),
        (LEAVE, "absences: [{year: 2024, kind: maternity, days: 120}]", "yes"),
        (LEAVE, "absences: [{year: 2024, kind: sick, days: 45, unit: calendar}]", "unknown"),
        (LEAVE, "absences: [{year: 2024, kind: sick}]", "unknown"),
        (LEAVE, "name: X", "yes"),  # the book says that leave is only written down where taken
        (LEAVE, "absences: unknown", "unknown"),
        (COURSE, "absences: [{year: 2024, kind: training, months: 12, result: fair}]", "yes"),
        (COURSE, "absences: [{year: 2024, kind: training, months: 12, result: average}]", "no"),
        (COURSE, "absences: [{year: 2024, kind: training, months: 11, result: average}]", "yes"),
        (COURSE, "absences: [{year: 2024, kind: training, result: average}]", "unknown"),
    ],
)
def test_present(rule, facts, expected):
    assert ask(rule, facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("registrations: [{year: 2024}]", "yes"),
        ("registrations: [{year: 2024, awards: none}]", "no"),
        ("registrations: {complete: [2024], records: []}", "no"),
        ("registrations: [{year: 2023}]", "unknown"),
    ],
)
def test_registered(facts, expected):
    assert ask("registered: {}", facts) == expected


MEMBERS = "members: [{year: 2024, total: %s, rating: {good: %s}}]"


def share(rule):
    return f"composed: {{having: {{rating: good}}, share: '{rule}'}}"


@pytest.mark.parametrize(
    ("rule", "total", "part", "expected"),
    [
        (">= 7/10", 10, 7, "yes"),
        (">= 7/10", 10, 6, "no"),
        (">= 7/10", 11, 7, "no"),
        ("> 1/2", 10, 5, "no"),
        (">= 7/10", 10, "{at_least: 7}", "yes"),
        (">= 7/10", 10, "{at_least: 6}", "unknown"),
        (">= 7/10", "unknown", 7, "unknown"),
        (">= 7/10", 10, "unknown", "unknown"),
        (">= 7/10", 0, 0, "no"),
        ("= 1", 10, 10, "yes"),
        ("= 1", 10, 9, "no"),
        ("= 1/2", 10, 3, "no"),
        ("= 1/2", 10, "{at_least: 3}", "unknown"),
        ("= 1/2", 10, "{at_least: 6}", "no"),
        ("= 0", 10, 1, "no"),
        ("< 1/2", 10, 4, "yes"),
        ("<= 1/2", 10, "{at_most: 5}", "yes"),
    ],
)
def test_composed_share(rule, total, part, expected):
    assert ask(share(rule), MEMBERS % (total, part), "collective") == expected


@pytest.mark.parametrize(
    ("rule", "part", "expected"),
    [
        (">= 3", 3, "yes"),
        (">= 3", 2, "no"),
        (">= 3", "{at_least: 1}", "unknown"),
        ("= 0", 0, "yes"),
        ("= 0", 1, "no"),
        ("= 0", "unknown", "unknown"),
        ("= 2", "{at_least: 1, at_most: 3}", "unknown"),
    ],
)
def test_composed_count(rule, part, expected):
    rule = f"composed: {{having: {{rating: good}}, count: '{rule}'}}"
    assert ask(rule, MEMBERS % (10, part), "collective") == expected


PLACED = """
placed: {in: movement, organised_by: ministry, result: leader, duration_years: 5, at: final}
"""
PLACE = "placements: {complete: all, records: [{in: %s, year: %d, %s}]}"
FULL = "organised_by: ministry, result: leader, duration_years: 5, at: final"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (PLACE % ("movement", 2024, FULL), "yes"),
        (PLACE % ("bloc", 2024, FULL), "no"),
        (PLACE % ("movement", 2023, FULL), "no"),
        (PLACE % ("movement", 2024, FULL.replace("final", "interim")), "no"),
        (PLACE % ("movement", 2024, FULL.replace("5", "{under: 5}")), "no"),
        (PLACE % ("movement", 2024, FULL.replace("duration_years: 5, ", "")), "unknown"),
        (PLACE % ("movement", 2024, "organised_by: ministry"), "unknown"),
        ("placements: none", "no"),
        ("placements: unknown", "unknown"),
    ],
)
def test_placed(facts, expected):
    assert ask(PLACED, facts) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [("classes: [worker]", "yes"), ("classes: []", "no"), ("name: X", "unknown")],
)
def test_belongs(facts, expected):
    assert ask("belongs: {to: [worker, farmer]}", facts) == expected


ATTESTED = "attested: {what: sudden_achievement, reach: field}"
SAID = "attestations: {complete: all, records: [{what: sudden_achievement, %s}]}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SAID % "reach: field, verdict: met", "yes"),
        (SAID % "reach: nation, verdict: met", "yes"),
        (SAID % "reach: base, verdict: met", "no"),
        (SAID % "verdict: met", "unknown"),
        (SAID % "reach: field, verdict: not_met", "no"),
        (SAID % "reach: field, verdict: awaiting", "unknown"),
        (SAID % "reach: field, verdict: met, year: 2023", "no"),
        ("name: X", "unknown"),
    ],
)
def test_attested(facts, expected):
    assert ask(ATTESTED, facts) == expected


def test_external_is_unknown_whatever_the_facts():
    assert ask("external: {owner: ministry}", "ratings: [{year: 2024, level: good}]") == "unknown"


def test_meets_takes_the_best_of_several_standards():
    rule = "meets: {award: [advanced-worker, advanced-soldier]}"
    good = """
ratings: [{year: 2024, level: good}]
attestations: [{what: spirit_and_participation, verdict: met}]
service: none
"""
    assert ask(rule, good) == "yes"
    assert ask(rule, good.replace("met}", "awaiting}")) == "unknown"
    assert (
        ask("meets: {award: advanced-worker}", good.replace("level: good", "level: none")) == "no"
    )
