"""A form of an own rule and its text say the same, and nothing is lost between them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawbook import load_book
from lawengine.overlays import read_overlay
from lawengine.reading import Fault, read_text
from thidua.statutes.drafting import (
    SPEC,
    Condition,
    Draft,
    place_of,
    read_draft,
    read_place,
    say_place,
    write_draft,
)

BASE = {
    "award": "advanced-worker",
    "subject": "person",
    "effect": "adds",
    "symbol": "13/2024/TT-BTTTT",
    "name": "Thông tư: quy chế «riêng»",
    "signed_on": date(2024, 5, 20),
    "starts_on": date(2024, 6, 1),
}
VALUES = {
    "award": st.sampled_from(["grassroots-emulation-fighter", "government-emulation-flag"]),
    "times": st.integers(1, 20),
    "years": st.integers(1, 30),
    "consecutive": st.booleans(),
    "rating": st.sampled_from(["good", "excellent"]),
    "role": st.just("employment"),
    "product": st.sampled_from(["initiative", "research"]),
    "reach": st.sampled_from(["base", "ministry"]),
    "discipline": st.sampled_from(["reprimand", "warning"]),
    "judgement": st.sampled_from(sorted(load_book().vocabulary.words("judgements"))),
}
WORDS = st.text(alphabet="aăđêôư :'\"-#{}[]&*!|>%@0159\t", min_size=1).filter(
    lambda one: one.strip()
)


@st.composite
def conditions(draw):
    kind = draw(st.sampled_from([one for one in SPEC if one != "meets"]))
    values = {}
    for name, _, needed in SPEC[kind]:
        if needed or draw(st.booleans()):
            value = draw(VALUES[name])
            if value:
                values[name] = value
    if values.get("consecutive"):
        values["award"] = "grassroots-emulation-fighter"
    return Condition(
        kind, draw(WORDS).strip(), draw(st.sampled_from(["art-5", "art-5.cl-1.pt-a"])), values
    )


@given(
    rows=st.lists(conditions(), min_size=1, max_size=5),
    joint=st.sampled_from(["all", "any"]),
    ends_on=st.one_of(st.none(), st.just(date(2025, 12, 31))),
)
def test_a_form_becomes_a_sound_text_and_the_same_form_again(rows, joint, ends_on):
    draft = Draft(**BASE, ends_on=ends_on, joint=joint, conditions=tuple(rows))
    text = write_draft(draft)
    overlay = read_overlay(read_text(text), load_book(), "1")
    assert overlay.document.vi == BASE["name"]
    assert read_draft(text) == draft


@given(tenths=st.integers(1, 150))
def test_a_limit_keeps_its_percentage(tenths):
    percent = f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)
    draft = Draft(
        **{**BASE, "award": "grassroots-emulation-fighter", "effect": "limits", "subject": ""},
        share=percent,
        of="holders_of_advanced_worker",
        limit_vi="Không quá mức này",
        limit_cite="art-15.cl-2",
    )
    text = write_draft(draft)
    overlay = read_overlay(read_text(text), load_book(), "1")
    assert overlay.limit.values["share"].value * 1000 == tenths
    assert read_draft(text) == draft


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{id: c1, vi: x, cite: art-1, any: []}]}",
        "{all: [{id: c1, vi: x, cite: [art-1, art-2], registered: {}}]}",
        "{all: [{id: c1, vi: x, cite: art-1, placed: {in: bloc}}]}",
        "{all: [{id: c1, vi: x, cite: art-1, note: giữ lại, registered: {}}]}",
        "{all: [{id: c1, vi: x, cite: art-1, held: {award: advanced-worker, stream: merit}}]}",
        "{not: {id: c1, vi: x, cite: art-1, registered: {}}}",
    ],
)
def test_what_a_form_cannot_say_stays_text(when):
    text = write_draft(Draft(**BASE, conditions=(Condition("registered", "x", "art-1"),)))
    head = text.split("when:")[0]
    assert read_draft(f"{head}when: {when}\n") is None


def test_one_condition_alone_is_a_form_too():
    text = write_draft(Draft(**BASE, conditions=(Condition("registered", "x", "art-1"),)))
    head = text.split("when:")[0]
    found = read_draft(f"{head}when: {{id: c1, vi: x, cite: art-1, registered: {{}}}}\n")
    assert found.conditions == (Condition("registered", "x", "art-1"),)


@pytest.mark.parametrize(
    ("typed", "anchor"),
    [
        ("Điều 5", "art-5"),
        ("điều 5 khoản 1", "art-5.cl-1"),
        ("Điều 5, khoản 1, điểm đ", "art-5.cl-1.pt-dd"),
        ("5", "art-5"),
        ("art-5.cl-2", "art-5.cl-2"),
        ("Điều 5a khoản 2 điểm b", "art-5a.cl-2.pt-b"),
        ("khoản 1", None),
        ("Điều năm", None),
        ("", None),
    ],
)
def test_a_place_is_typed_as_it_is_spoken(typed, anchor):
    assert read_place(typed) == anchor
    if anchor:
        assert read_place(say_place(anchor)) == anchor


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("times: 3", "times: 0"), (0, "times")),
        (("award: government-emulation-flag", "award: x"), (0, "award")),
        (("cite: art-1", "cite: x"), (0, "cite")),
        (("at_least: good", "at_least: x"), (1, "rating")),
        (("last: 2", "last: 0"), (1, "years")),
        (("2024-06-01..", "2024-05-01.."), (None, "signed_on")),
        (("subject: person", "subject: x"), (None, "subject")),
        (("effect: adds", "effect: sets"), (None, "effect")),
    ],
)
def test_a_fault_of_the_text_finds_its_field(change, place):
    rows = (
        Condition("held", "x", "art-1", {"award": "government-emulation-flag", "times": 3}),
        Condition("rated", "y", "art-2", {"rating": "good", "years": 2}),
    )
    text = write_draft(Draft(**BASE, conditions=rows)).replace(*change)
    with pytest.raises(Fault) as caught:
        read_overlay(read_text(text), load_book(), "1")
    assert place_of(caught.value.path) == place
