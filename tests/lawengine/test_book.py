"""Which text is in force for a case: versions, refusals, transition by receipt, provisional."""

from datetime import date
from types import MappingProxyType

import pytest

import drawn
from lawengine.book import Book, Gate, Leaf, Standard, Transition, Version
from lawengine.conditions_more import External, Meets
from lawengine.explain import Finding, Judge, each_once, shortest
from lawengine.planes import Screening, from_facts
from lawengine.terms import Citation, Frame, Period, Truth

CITE = (Citation("law", "art-1"),)
PIVOT = date(2026, 10, 1)


def leaf(id_, condition=None):
    return Leaf(id_, id_, "external", condition or External("x"), CITE, "verified", ("s",))


def version(start, end, when, not_encoded=""):
    return Version(Period(start, end), "law", CITE, "verified", ("s",), when, not_encoded)


STANDARD = Standard(
    "a",
    "person",
    (
        version(date(2004, 7, 1), date(2017, 9, 30), None, "not seen"),
        version(date(2017, 10, 1), date(2023, 12, 31), leaf("old")),
        version(date(2024, 1, 1), date(2026, 9, 30), leaf("new")),
        version(PIVOT, None, None, "enacted text not seen"),
    ),
)
BOOK = Book(
    vocabulary=drawn.WORDS,
    standards=MappingProxyType({("a", "person"): STANDARD}),
    gates=(
        Gate(Period(date(2017, 10, 1), date(2023, 12, 31)), (leaf("g-old"),)),
        Gate(Period(date(2024, 1, 1), None), (leaf("g-new"),)),
    ),
    transitions=(Transition("t", PIVOT, "law-3", True, CITE, "recalled"),),
    instruments=MappingProxyType({}),
    tables=MappingProxyType({}),
    wording=MappingProxyType({}),
)


def frame(period_end, received, decided=None):
    decided = decided or received
    return Frame(date(period_end.year, 1, 1), period_end, decided, received, decided)


def chosen(period_end, received=None, *, decided=None, provisional=False):
    case = frame(period_end, received or date(period_end.year + 1, 3, 1), decided)
    return BOOK.choose("a", ["person"], case, provisional=provisional)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2017, 10, 1), "old"),
        (date(2023, 12, 31), "old"),
        (date(2024, 1, 1), "new"),
        (date(2026, 5, 31), "new"),
    ],
)
def test_the_version_of_the_last_day_of_the_period(day, expected):
    choice = chosen(day, received=date(2026, 9, 1))
    assert choice.version.when.id == expected
    assert choice.refusal is None


def test_a_text_that_was_not_seen_is_refused_with_its_reason():
    choice = chosen(date(2017, 9, 30))
    assert choice.version is None
    assert choice.refusal.code == "not_encoded"
    assert choice.refusal.parts["reason"] == "not seen"


def test_a_date_before_the_book_is_refused():
    refusal = chosen(date(2003, 12, 31)).refusal
    assert refusal.code == "not_covered"
    assert refusal.parts["from"] == date(2004, 7, 1)


def test_an_award_without_a_standard_for_the_subject():
    choice = BOOK.choose("b", ["person"], frame(date(2024, 12, 31), date(2025, 3, 1)))
    assert choice.refusal.code == "no_standard_for_subject"


def test_a_dossier_received_before_the_pivot_is_judged_by_the_older_text():
    choice = chosen(date(2026, 12, 31), received=date(2026, 9, 30))
    assert choice.text_on == date(2026, 9, 30)
    assert choice.version.when.id == "new"
    assert choice.favourable == ()


def test_it_may_be_helped_by_the_newer_text_when_decided_after_the_pivot():
    choice = chosen(date(2025, 12, 31), received=date(2026, 9, 30), decided=date(2026, 11, 1))
    assert choice.version.when.id == "new"
    assert [one.id for one in choice.favourable] == ["t"]


def test_a_dossier_received_on_the_pivot_is_judged_by_the_newer_text_whatever_its_period():
    choice = chosen(date(2025, 12, 31), received=PIVOT)
    assert choice.text_on == PIVOT
    assert choice.refusal.code == "not_encoded"


def test_a_provisional_reading_uses_the_last_known_text_and_still_names_the_refusal():
    choice = chosen(date(2026, 12, 31), received=date(2027, 1, 5), provisional=True)
    assert choice.provisional
    assert choice.version.when.id == "new"
    assert choice.refusal.code == "not_encoded"


def test_a_provisional_reading_never_reaches_back_before_the_book():
    choice = chosen(date(2016, 12, 31), provisional=True)
    assert choice.version is None
    assert not choice.provisional


class Speechless:
    def sentence(self, outcome):
        return ""


def ids(finding: Finding):
    return [one.id for one in finding.children]


def test_the_gates_of_the_regime_stand_in_front():
    person = drawn.subject(drawn.Random(1), "x", 2022)
    person.kind, person.classes = "person", frozenset()
    old = Judge(BOOK, frame(date(2022, 12, 31), date(2023, 3, 1)), Speechless())
    assert ids(old.explain("a", person).finding) == ["g-old", "old"]
    later = frame(date(2026, 12, 31), date(2027, 1, 5))
    provisional = Judge(BOOK, later, Speechless(), provisional=True)
    assert ids(provisional.explain("a", person).finding) == ["g-new", "new"]
    assert Judge(BOOK, later, Speechless()).explain("a", person).word == "refused"


def finding(id_, kind, truth, *children):
    return Finding(id_, kind, truth, "", "", CITE, "verified", (), children, "")


def test_what_is_missing_is_the_shortest_way():
    no, maybe = Truth.NO, Truth.UNKNOWN
    tree = finding(
        "",
        "any",
        no,
        finding("", "all", no, finding("a", "held", no), finding("b", "held", no)),
        finding("", "all", no, finding("c", "held", no), finding("d", "held", maybe)),
    )
    price, missing = shortest(tree)
    assert price == (1, 1)
    assert [one.id for one in missing] == ["c", "d"]


def test_what_two_standards_ask_alike_is_missing_once():
    def said(id_, text):
        return Finding(id_, "registered", Truth.NO, text, "", CITE, "verified", (), (), "")

    first, other, again = (
        said("a", "Not registered."),
        said("b", "Else."),
        said("r", "Not registered."),
    )
    assert each_once([first, other, again]) == (first, other)
    assert each_once([said("a", ""), said("b", "")]) == (said("a", ""), said("b", ""))


def test_a_standard_met_by_reference_is_walked_into_only_where_it_decides():
    no, maybe = Truth.NO, Truth.UNKNOWN
    inner = finding("", "all", no, finding("x", "held", no))
    assert [one.id for one in shortest(finding("m", "meets", no, inner))[1]] == ["x"]
    # The other standard of the reference is refused: that keeps the whole unknown.
    price, missing = shortest(finding("m", "meets", maybe, inner))
    assert (price, [one.id for one in missing]) == ((0, 1), ["m"])


def test_standards_that_refer_to_each_other_are_refused_in_bulk():
    def standard(award, other):
        return Standard(
            award, "person", (version(None, None, leaf(f"m-{award}", Meets((other,)))),)
        )

    ring = Book(
        vocabulary=drawn.WORDS,
        standards=MappingProxyType(
            {("a", "person"): standard("a", "b"), ("b", "person"): standard("b", "a")}
        ),
        gates=(),
        transitions=(),
        instruments=MappingProxyType({}),
        tables=MappingProxyType({}),
        wording=MappingProxyType({}),
    )
    person = drawn.subject(drawn.Random(1), "x", 2022)
    person.kind, person.classes = "person", frozenset()
    case = frame(date(2022, 12, 31), date(2023, 3, 1))
    with pytest.raises(ValueError, match="refer to each other"):
        Screening(ring, case, from_facts([person]), ["a"])
