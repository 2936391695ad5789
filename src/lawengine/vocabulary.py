"""The words that facts and rules may use, as the book declares them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lawengine.reading import Node


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a list: its id, labels, and its rank in lists that have an order.

    extra: whatever else the book says of it (`by`, `of`, `classes`, `absent`, `reason`, `special`).
    """

    id: str
    vi: str
    en: str
    rank: int
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Award:
    """A title or form: id, labels, kind (title, order …), class (title | form), level, subjects.

    stream: "none" where streams do not apply, "stated" where each record must say its own,
    else the stream that every record of it has.
    """

    id: str
    vi: str
    en: str
    kind: str
    family: str
    level: str
    subjects: tuple[str, ...]
    stream: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All lists by name, and the awards. `lists["ratings"]["good"].rank` is 2."""

    lists: Mapping[str, Mapping[str, Term]]
    awards: Mapping[str, Award]

    def words(self, name: str) -> Mapping[str, Term]:
        """One list; an absent list is empty."""
        return self.lists.get(name, _EMPTY)

    def label(self, name: str, word: str) -> str:
        """The label of a word in the book's own language, or the word itself."""
        term = self.words(name).get(word)
        return term.vi if term else word

    def award_label(self, award: str) -> str:
        """The label of an award, or its id."""
        found = self.awards.get(award)
        return found.vi if found else award

    def absent_means_none(self, ledger: str) -> bool:
        """Does the book read a missing record of this kind as "there is none"?"""
        term = self.words("ledgers").get(ledger)
        return bool(term and term.extra.get("absent") == "none")

    def standard_kinds(self, kind: str, classes: frozenset[str]) -> list[str]:
        """The subject kinds of standards that fit a subject, the most special first."""
        special, general = [], []
        for term in self.words("subject_kinds").values():
            if term.extra.get("of") != kind:
                continue
            wanted = term.extra.get("classes")
            if not isinstance(wanted, list):
                general.append(term.id)
            elif classes & set(wanted):
                special.append(term.id)
        return special + general


_EMPTY: Mapping[str, Term] = MappingProxyType({})
_TERM_EXTRAS = ("by", "of", "classes", "absent", "reason", "special", "note", "months", "aliases")


def read_vocabulary(facts: Node, awards: Node) -> Vocabulary:
    """Read `facts.yaml` (lists of words) and `awards.yaml`; faults as in `reading`."""
    lists: dict[str, Mapping[str, Term]] = {}
    for name, node in facts.entries():
        terms: dict[str, Term] = {}
        for rank, item in enumerate(node.items()):
            item.mapping(("id", "vi", "en"), _TERM_EXTRAS)
            word = item.child("id").text()
            if word in terms:
                raise item.fault("repeated_id", id=word)
            extra = {key: item.child(key).value for key in _TERM_EXTRAS if item.has(key)}
            terms[word] = Term(word, item.child("vi").text(), item.child("en").text(), rank, extra)
        lists[name] = terms
    kinds = lists.get("subject_kinds", {})
    found: dict[str, Award] = {}
    for item in awards.mapping(("awards",)).child("awards").items():
        item.mapping(
            ("id", "vi", "en", "kind", "class", "level", "subjects", "stream"),
            ("article_2022", "note"),
        )
        award = Award(
            item.child("id").text(),
            item.child("vi").text(),
            item.child("en").text(),
            item.child("kind").text(),
            item.child("class").choice(("title", "form")),
            item.child("level").text(),
            tuple(node.choice(kinds) for node in item.child("subjects").items()),
            item.child("stream").choice(("none", "stated", *lists.get("streams", {}))),
        )
        if award.id in found:
            raise item.fault("repeated_id", id=award.id)
        found[award.id] = award
    return Vocabulary(MappingProxyType(lists), MappingProxyType(found))
