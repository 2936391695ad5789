"""The law of a day as plain values for a page: awards, standards, conditions, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lawbook import load_book
from lawengine.book import Book, Leaf, Standard, Tree, Version
from lawengine.conditions_more import External
from lawengine.describe import describe
from lawengine.differences import Change, comparable, differences
from lawengine.lookup import kinds as question_kinds
from lawengine.lookup import lookup
from lawengine.overlays import lay_over, limits_on
from lawengine.wording import Wording
from thidua.statutes.selectors.books import check_text, get_judge_words
from thidua.statutes.terms import Citation
from thidua.support.text import fold

JUDGED, DELEGATED, UNSEEN, NONE = "judged", "delegated", "unseen", "none"


@dataclass(frozen=True)
class Subject:
    """A kind of subject of an award, and what the book can say of it on the day."""

    kind: str
    label: str
    state: str


@dataclass(frozen=True)
class Award:
    """An award on a day."""

    id: str
    label: str
    group: str
    subjects: tuple[Subject, ...]
    has_own_rule: bool


@dataclass(frozen=True)
class Line:
    """One line of a standard: a group's heading, or a condition with its grounds."""

    depth: int
    text: str
    check: str = ""
    cites: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""
    own: str = ""
    is_group: bool = False


@dataclass(frozen=True)
class StandardText:
    """The standard of an award for a kind of subject on a day."""

    subject: str
    label: str
    state: str
    instrument: str
    starts_on: date | None
    ends_on: date | None
    own: str
    reason: str
    lines: tuple[Line, ...]
    note: str


@dataclass(frozen=True)
class Rule:
    """A row of a table that speaks of an award: quota, threshold, deadline, papers."""

    question: str
    text: str
    cites: tuple[str, ...]
    confidence: str
    owner: str


@dataclass(frozen=True)
class ChangedLine:
    """A condition that was added, removed or changed between two days."""

    kind: str
    before: str
    after: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class ChangedStandard:
    """What became of a standard between two days."""

    award: str
    label: str
    subject: str
    before: str
    after: str
    is_comparable: bool
    lines: tuple[ChangedLine, ...]


@dataclass(frozen=True)
class InForce:
    """A text in force on a day."""

    label: str
    name: str
    starts_on: date | None
    ends_on: date | None
    confidence: str


def list_awards(book: Book, day: date, text: str = "") -> list[Award]:
    """Awards on a day in the order of the book; `text` narrows, with or without marks."""
    words = book.vocabulary
    found = []
    for award in words.awards.values():
        if text and not all(word in fold(award.vi) for word in fold(text).split()):
            continue
        subjects = tuple(
            Subject(
                kind,
                words.label("subject_kinds", kind),
                _state(book.standards.get((award.id, kind)), day),
            )
            for kind in award.subjects
        )
        versions = [
            standard.on(day)
            for kind in award.subjects
            if (standard := book.standards.get((award.id, kind)))
        ]
        own = any(version is not None and version.owner for version in versions)
        own = own or any(
            cite.instrument.startswith("own-")
            for row in limits_on(book, award.id, day)
            for cite in row.cites
        )
        found.append(Award(award.id, award.vi, award.family, subjects, own))
    return found


def last_known_day(book: Book) -> date | None:
    """The last day for which any standard was read; None when the newest text was."""
    ends = [
        version.in_force.end
        for standard in book.standards.values()
        for version in standard.versions
        if version.when is not None
    ]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def get_award_label(book: Book, award: str) -> str | None:
    """The name of an award; None when the law knows none of that id."""
    found = book.vocabulary.awards.get(award)
    return found.vi if found else None


def list_standards(book: Book, award: str, day: date) -> list[StandardText]:
    """The standards of an award on a day, one for each kind of subject."""
    said = get_judge_words(book)
    found = []
    for kind in book.vocabulary.awards[award].subjects:
        standard = book.standards.get((award, kind))
        version = standard.on(day) if standard else None
        lines: tuple[Line, ...] = ()
        if version is not None:
            tree = version.when
            gates = book.gate_leaves(day) if version.gates and tree is not None else ()
            heads = [_line(leaf, 0, book, said) for leaf in gates]
            leaves = [] if tree is None else list(_lines(tree, 0, book, said))
            known = [_line(leaf, 0, book, said) for leaf in version.known]
            lines = (*heads, *leaves, *known)
        found.append(
            StandardText(
                kind,
                book.vocabulary.label("subject_kinds", kind),
                _state(standard, day),
                book.instruments[version.instrument].short_vi if version else "",
                version.in_force.start if version else None,
                version.in_force.end if version else None,
                version.owner if version else "",
                version.not_encoded if version else "",
                lines,
                version.note if version else "",
            )
        )
    return found


def list_rules(book: Book, award: str, day: date) -> list[Rule]:
    """What the tables say of an award on a day, question by question; rules of other bodies left out."""
    said = get_judge_words(book)
    found = []
    for question in question_kinds(book):
        answer = lookup(book, question, award, day)
        for one in (*answer.rows, *answer.delegated):
            if award not in one.row.awards or not one.row.vi:
                continue
            cites = tuple(said.citation(cite, book.instruments) for cite in one.row.cites)
            own = _own(one.row.cites, book)
            found.append(Rule(question, one.row.vi, cites, one.confidence, own))
    return found


def list_changes(book: Book, before: date, after: date) -> list[ChangedStandard]:
    """Standards whose text differs between two days, in the order of the book."""
    said = get_judge_words(book)
    order = list(book.vocabulary.awards)
    found = []
    for standard in sorted(book.standards.values(), key=lambda one: order.index(one.award)):
        old, new = standard.on(before), standard.on(after)
        if old is new or (old is None and new is None):
            continue
        lines: tuple[ChangedLine, ...] = ()
        if old is not None and new is not None:
            lines = tuple(
                _changed(one, book, said) for one in differences(old, new) if one.kind != "same"
            )
        found.append(
            ChangedStandard(
                standard.award,
                book.vocabulary.award_label(standard.award),
                book.vocabulary.label("subject_kinds", standard.subject),
                _text_name(old, book),
                _text_name(new, book),
                old is not None and new is not None and comparable(old, new),
                lines,
            )
        )
    return found


def list_in_force(book: Book, day: date) -> list[InForce]:
    """The texts by which standards are judged on a day, the law first."""
    used = {
        version.instrument
        for standard in book.standards.values()
        if (version := standard.on(day)) is not None
    }
    own = {
        cite.instrument
        for standard in book.standards.values()
        if (version := standard.on(day)) is not None
        for cite in version.cites
        if cite.instrument.startswith("own-")
    }
    rows = [book.instruments[one] for one in (*sorted(used), *sorted(own))]
    return [
        InForce(
            one.short_vi,
            one.vi,
            one.in_force.start if one.in_force else None,
            one.in_force.end if one.in_force else None,
            one.confidence,
        )
        for one in rows
    ]


def list_document_types(book: Book, day: date) -> list[tuple[str, str]]:
    """Abbreviations of kinds of papers on a day, with their names; a công văn has none."""
    rows = book.tables["document_type_abbreviations"].on(day)
    return [
        (row.text("abbreviation"), row.text("type"))
        for row in rows
        if not row.not_encoded and row.text("type")
    ]


def _state(standard: Standard | None, day: date) -> str:
    version = standard.on(day) if standard else None
    if version is None:
        return NONE
    if version.when is None:
        return UNSEEN
    return JUDGED if _is_judgeable(version.when) else DELEGATED


def _is_judgeable(tree: Tree) -> bool:
    if isinstance(tree, Leaf):
        return not isinstance(tree.condition, External)
    if tree.word == "any":
        return any(_is_judgeable(part) for part in tree.parts)
    return tree.word == "not" or all(_is_judgeable(part) for part in tree.parts)


_HEADS = {
    "all": "Đủ các điều kiện sau",
    "any": "Có một trong các điều kiện sau",
    "not": "Không rơi vào",
}


def _lines(tree: Tree, depth: int, book: Book, said: Wording) -> Iterator[Line]:
    if isinstance(tree, Leaf):
        yield _line(tree, depth, book, said)
        return
    is_top = depth == 0 and tree.word == "all" and not tree.vi
    if not is_top:
        yield Line(depth, tree.vi or _HEADS[tree.word], is_group=True)
    for part in tree.parts:
        yield from _lines(part, depth if is_top else depth + 1, book, said)


def _line(leaf: Leaf, depth: int, book: Book, said: Wording) -> Line:
    return Line(
        depth,
        leaf.vi,
        describe(leaf.condition, said),
        tuple(said.citation(one, book.instruments) for one in leaf.cites),
        leaf.confidence,
        leaf.note,
        _own(leaf.cites, book),
    )


def _own(cites: tuple[Citation, ...], book: Book) -> str:
    """The symbol of the organisation's document that says it; empty for the law."""
    found = next((one for one in cites if one.instrument.startswith("own-")), None)
    return book.instruments[found.instrument].short_vi if found else ""


def _text_name(version: Version | None, book: Book) -> str:
    if version is None:
        return ""
    name = book.instruments[version.instrument].short_vi
    return f"{name}, {version.owner}" if version.owner else name


def _changed(change: Change, book: Book, said: Wording) -> ChangedLine:
    shown = change.after or change.before
    assert shown is not None  # noqa: S101 - one of the two is there
    return ChangedLine(
        change.kind,
        change.before.leaf.vi if change.before else "",
        change.after.leaf.vi if change.after else "",
        tuple(said.citation(one, book.instruments) for one in shown.leaf.cites),
    )


def list_own_lines(text: str, rule_id: int) -> tuple[Line, ...]:
    """What an own rule says, condition by condition, or its limit; it was found sound before."""
    overlay = check_text(text, rule_id)
    book = lay_over(load_book(), [overlay])
    said = get_judge_words(book)
    if overlay.limit is not None:
        cites = tuple(said.citation(one, book.instruments) for one in overlay.limit.cites)
        return (Line(0, overlay.limit.vi, "", cites, overlay.limit.confidence),)
    assert overlay.when is not None  # noqa: S101 - a rule has conditions or a limit
    return tuple(_lines(overlay.when, 0, book, said))
