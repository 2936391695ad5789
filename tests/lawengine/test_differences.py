"""What changed between two versions of a standard."""

from datetime import date

import pytest

from lawengine.book import Group, Leaf, Version
from lawengine.conditions import Rated
from lawengine.conditions_more import Attested, Registered
from lawengine.differences import comparable, differences, standings
from lawengine.terms import Citation, Period

GOOD, EXCELLENT = Rated(2, "good"), Rated(3, "excellent")
CITE = (Citation("law", "art-1"),)


def leaf(identity, vi, condition, kind="rated"):
    return Leaf(identity, vi, kind, condition, CITE, "verified", ("law",))


def attested(identity, vi, what):
    return leaf(identity, vi, Attested(what), "attested")


def version(*parts, word="all", known=()):
    when = Group(word, parts) if parts else None
    period = Period(date(2024, 1, 1), None)
    return Version(period, "law", CITE, "verified", ("law",), when, "" if parts else "?", known)


def kinds(before, after):
    return [
        (
            one.kind,
            one.before.leaf.id if one.before else "",
            one.after.leaf.id if one.after else "",
            one.aspects,
        )
        for one in differences(before, after)
    ]


def test_nothing_changed():
    one = version(leaf("c1", "Hoàn thành tốt", GOOD))
    assert kinds(one, one) == [("same", "c1", "c1", ())]


def test_a_condition_that_moved_keeps_its_identity():
    before = version(
        leaf("c1", "Hoàn thành tốt", GOOD),
        attested("c2", "Chấp hành tốt chủ trương", "compliance"),
        attested("c3", "Có tinh thần tự lực", "spirit"),
    )
    after = version(
        leaf("c1", "Hoàn thành tốt", GOOD), attested("c2", "Có tinh thần tự lực", "spirit")
    )
    assert kinds(before, after) == [
        ("same", "c1", "c1", ()),
        ("same", "c3", "c2", ()),
        ("removed", "c2", "", ()),
    ]


def test_another_level_is_a_changed_condition():
    before = version(leaf("c1", "Hoàn thành tốt", GOOD))
    after = version(leaf("c1", "Hoàn thành xuất sắc", EXCELLENT))
    assert kinds(before, after) == [("changed", "c1", "c1", ("condition", "words"))]


def test_other_words_for_the_same_question():
    before = version(leaf("c1", "Hoàn thành tốt nhiệm vụ", GOOD))
    after = version(leaf("c1", "Hoàn thành tốt nhiệm vụ trở lên", GOOD))
    assert kinds(before, after) == [("changed", "c1", "c1", ("words",))]


def test_required_or_one_of_several():
    one, other = (
        leaf("c1", "Hoàn thành tốt", GOOD),
        leaf("c2", "Đăng ký", Registered(), "registered"),
    )
    found = kinds(version(one, other), version(one, other, word="any"))
    assert [aspects for *_, aspects in found] == [("place",), ("place",)]
    assert [one.place for one in standings(version(one, word="not"))] == ["excluded"]


def test_judgements_of_other_matters_are_added_and_removed():
    before = version(attested("c2", "Chấp hành tốt chủ trương, chính sách", "compliance"))
    after = version(attested("c2", "Có mô hình sản xuất hiệu quả", "model"))
    assert [one[0] for one in kinds(before, after)] == ["added", "removed"]


@pytest.mark.parametrize("known", [(), (leaf("c1", "Hoàn thành tốt", GOOD),)])
def test_a_text_not_seen_is_compared_by_what_is_known(known):
    before, after = version(known=known), version(leaf("c1", "Hoàn thành tốt", GOOD))
    assert not comparable(before, after)
    assert comparable(after, after)
    assert [one.kind for one in differences(before, after)] == ["same" if known else "added"]


def test_every_leaf_stands_exactly_once():
    before = version(*(leaf(f"c{n}", f"Điều kiện {n}", GOOD) for n in range(4)))
    after = version(*(leaf(f"d{n}", f"Điều kiện {n}", EXCELLENT) for n in range(6)))
    found = differences(before, after)
    assert sorted(one.after.leaf.id for one in found if one.after) == [f"d{n}" for n in range(6)]
    assert sorted(one.before.leaf.id for one in found if one.before) == [f"c{n}" for n in range(4)]
