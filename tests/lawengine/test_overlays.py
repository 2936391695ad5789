"""An organisation's own rules stand over the law on their dates, and never loosen it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lawbook import fault_sentence, load_book, make_wording
from lawengine.book import leaves
from lawengine.explain import Judge
from lawengine.facts import read_subject
from lawengine.overlays import lay_over, limits_on, read_overlay
from lawengine.reading import Fault, Node, read_text
from lawengine.terms import Frame, Truth

MEDAL = """
award: commemorative-medal
subject: person
effect: sets
in_force: 2024-06-01..2025-12-31
document: {symbol: 13/2024/TT-BTTTT, name: Thông tư về kỷ niệm chương, signed_on: 2024-05-20}
when:
  all:
  - {id: c1, vi: Công tác trong ngành từ 15 năm, cite: art-5.cl-1, held: {award: advanced-worker, times: 10}}
  - id: c2
    vi: Không bị kỷ luật trong 3 năm
    cite: art-5.cl-2
    unmarked: {at_least: reprimand, window: {last: 3}}
"""
ADDS = """
award: advanced-worker
subject: person
effect: adds
in_force: 2024-07-01..
document: {symbol: 20/QĐ-BTTTT, name: Quy chế thi đua, signed_on: 2024-06-15}
when: {id: c1, vi: Đã đăng ký thi đua, cite: art-3, registered: {}}
"""
LIMIT = """
award: grassroots-emulation-fighter
effect: limits
in_force: 2018-08-15..2023-12-31
document: {symbol: 09/2018/TT-BTTTT, name: Thông tư, signed_on: 2018-06-29}
limit: {share: "<= 1/10", of: holders_of_advanced_worker, vi: Không quá 10%, cite: art-15.cl-2}
"""


def read(text, **changes):
    data = {**yaml.safe_load(text), **changes}
    data = {key: value for key, value in data.items() if value is not None}
    return read_overlay(Node(data), load_book(), "7")


def fault_of(text, **changes):
    with pytest.raises(Fault) as caught:
        read(text, **changes)
    return caught.value


def judge(book, award, on, facts):
    frame = Frame(date(on.year, 1, 1), on, on, on, on)
    node = Node({"id": "x", "kind": "person", **facts})
    subject = read_subject(node, book.vocabulary, frame, date(2027, 1, 1))
    return Judge(book, frame, make_wording(book)).explain(award, subject)


def ids(book, award, subject, day):
    version = book.standards[award, subject].on(day)
    return [leaf.id for leaf in leaves(version.when)] if version.when else []


def test_it_sets_what_the_law_leaves_to_the_body():
    book = lay_over(load_book(), [read(MEDAL)], digest="d")
    assert ids(book, "commemorative-medal", "person", date(2024, 5, 31)) == ["c1", "c2"]
    assert ids(book, "commemorative-medal", "person", date(2024, 6, 1)) == ["c1", "7.c1", "7.c2"]
    assert ids(book, "commemorative-medal", "person", date(2025, 12, 31)) == ["c1", "7.c1", "7.c2"]
    assert ids(book, "commemorative-medal", "person", date(2026, 1, 1)) == ["c1", "c2"]
    assert book.digest == "d"
    assert load_book().digest != "d"


def test_the_finding_shows_which_text_said_what():
    book = lay_over(load_book(), [read(MEDAL)])
    verdict = judge(book, "commemorative-medal", date(2024, 12, 31), {})
    assert verdict.truth is Truth.UNKNOWN
    own = [one for one in verdict.missing if one.id.startswith("7.")]
    assert [one.cites[0].anchor for one in own] == ["art-5.cl-1", "art-5.cl-2"]
    wording = make_wording(book)
    assert "13/2024/TT-BTTTT" in wording.citation(own[0].cites[0], book.instruments)
    assert {one.confidence for one in own} == {"verified"}


def test_it_adds_to_the_conditions_of_the_law():
    before, book = load_book(), lay_over(load_book(), [read(ADDS)])
    day = date(2024, 12, 31)
    law = ids(before, "advanced-worker", "person", day)
    assert ids(book, "advanced-worker", "person", day) == [*law, "7.c1"]
    assert ids(book, "advanced-worker", "person", date(2024, 6, 30)) == law
    assert ids(book, "advanced-worker", "worker_farmer", day) == ids(
        before, "advanced-worker", "worker_farmer", day
    )


def test_a_stricter_limit_binds_beside_the_law():
    book = lay_over(load_book(), [read(LIMIT)])
    rows = limits_on(book, "grassroots-emulation-fighter", date(2018, 12, 31))
    assert sorted(str(row.values["share"]) for row in rows) == ["<= 1/10", "<= 3/20"]
    rows = limits_on(book, "grassroots-emulation-fighter", date(2018, 8, 14))
    assert [str(row.values["share"]) for row in rows] == ["<= 3/20"]


@given(
    start=st.dates(date(2024, 1, 1), date(2026, 9, 30)),
    length=st.integers(0, 900),
    after=st.integers(-40, 1000),
)
def test_every_day_has_just_one_text_and_outside_it_is_the_law(start, length, after):
    end = start + timedelta(days=length)
    document = {"symbol": "1", "name": "x", "signed_on": "2023-12-01"}
    overlay = read(ADDS, in_force=f"{start}..{end}", document=document)
    law, book = load_book(), lay_over(load_book(), [overlay])
    versions = book.standards["advanced-worker", "person"].versions
    for one, following in pairwise(versions):
        assert following.in_force.start == one.in_force.next_start()
    day = start + timedelta(days=after)
    plain = ids(law, "advanced-worker", "person", day)
    expected = [*plain, "7.c1"] if plain and start <= day <= end else plain
    assert ids(book, "advanced-worker", "person", day) == expected


@pytest.mark.parametrize(
    ("text", "changes", "code", "path"),
    [
        (MEDAL, {"award": "commemorativ-medal"}, "not_a_choice", "award"),
        (MEDAL, {"effect": "loosens"}, "not_a_choice", "effect"),
        (MEDAL, {"subject": "collective"}, "not_a_choice", "subject"),
        (MEDAL, {"subject": None}, "missing_key", ""),
        (MEDAL, {"in_force": "..2025-01-01"}, "overlay_without_start", "in_force"),
        (MEDAL, {"in_force": "2024-06-31.."}, "not_readable", "in_force"),
        (MEDAL, {"in_force": "2024-05-19.."}, "in_force_before_signed", "document.signed_on"),
        (MEDAL, {"in_force": "2026-10-01.."}, "overlay_meets_no_text", "in_force"),
        (MEDAL, {"document": {"symbol": "1", "name": "x"}}, "missing_key", "document"),
        (MEDAL, {"when": None}, "missing_key", ""),
        (MEDAL, {"limit": {}}, "not_together", "limit"),
        (MEDAL, {"when": {"id": "c1", "vi": "x", "registered": {}}}, "without_citation", "when"),
        (MEDAL, {"when": {"id": "c1", "vi": "x", "cite": "art-1"}}, "one_kind", "when"),
        (
            MEDAL,
            {"when": {"id": "c", "vi": "x", "cite": "art-1", "external": {"owner": "ministry"}}},
            "external_in_overlay",
            "when",
        ),
        (
            MEDAL,
            {"when": {"id": "c", "vi": "x", "cite": "art-1", "source": "x", "registered": {}}},
            "unknown_key",
            "when.source",
        ),
        (
            MEDAL,
            {"when": {"id": "c", "vi": "x", "cite": "other:art-1", "registered": {}}},
            "unknown_instrument",
            "when.cite",
        ),
        (
            MEDAL,
            {
                "when": {
                    "all": [
                        {
                            "id": "c",
                            "vi": "x",
                            "cite": "art-1",
                            "held": {"award": "advanced-worker", "times": 0},
                        }
                    ]
                }
            },
            "out_of_range",
            "when.all[0].held.times",
        ),
        (ADDS, {"effect": "sets"}, "nothing_to_set", "effect"),
        (
            ADDS,
            {
                "when": {
                    "id": "c",
                    "vi": "x",
                    "cite": "art-1",
                    "meets": {"award": "advanced-worker"},
                }
            },
            "overlay_circle",
            "when",
        ),
        (
            LIMIT,
            {
                "limit": {
                    "share": "<= 1/5",
                    "of": "holders_of_advanced_worker",
                    "vi": "x",
                    "cite": "art-1",
                }
            },
            "limit_above_law",
            "limit.share",
        ),
        (
            LIMIT,
            {
                "limit": {
                    "share": ">= 1/5",
                    "of": "holders_of_advanced_worker",
                    "vi": "x",
                    "cite": "art-1",
                }
            },
            "not_an_upper_bound",
            "limit.share",
        ),
        (
            LIMIT,
            {"limit": {"of": "holders_of_advanced_worker", "vi": "x", "cite": "art-1"}},
            "one_kind",
            "limit",
        ),
        (
            LIMIT,
            {"limit": {"share": "<= 1/10", "vi": "x", "cite": "art-1"}},
            "missing_key",
            "limit",
        ),
    ],
)
def test_a_fault_names_its_place_and_the_fix(text, changes, code, path):
    fault = fault_of(text, **changes)
    assert (fault.code, fault.path) == (code, path)
    sentence = fault_sentence(fault)
    assert code not in sentence
    assert "{" not in sentence


def test_lines_are_those_of_the_text():
    with pytest.raises(Fault) as caught:
        read_overlay(read_text(MEDAL.replace("times: 10", "tmes: 10").lstrip()), load_book(), "7")
    assert caught.value.line == 8
    assert "«tmes»" in fault_sentence(caught.value)


def test_two_overlays_of_one_award_stand_together():
    first, second = (
        read(ADDS),
        read_overlay(
            Node({**yaml.safe_load(ADDS), "in_force": "2025-01-01..2025-06-30"}), load_book(), "8"
        ),
    )
    book = lay_over(load_book(), [first, second])
    law = ids(load_book(), "advanced-worker", "person", date(2025, 3, 1))
    assert ids(book, "advanced-worker", "person", date(2025, 3, 1)) == [*law, "7.c1", "8.c1"]
    assert ids(book, "advanced-worker", "person", date(2025, 7, 1))[-1] == "7.c1"
