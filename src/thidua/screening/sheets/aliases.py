"""Award names and words as real lists spell them, matched to the ids of the book.

The spellings are data: `lawbook/aliases.yaml` beside the names in `awards.yaml` and `facts.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lawengine.reading import Node, read_file
from thidua.support.text import clean, fold, match_key, nfc

_SEPARATORS = re.compile(r"\s*(?:[,;\n\r/+&•]|(?<!\S)(?:và|va)(?!\S))\s*", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–—*•+]|\d{1,2}[.)]|[a-zđ][.)])\s+", re.IGNORECASE)
_YEAR_TAIL = re.compile(
    r"[\s,(]*(?:năm\s+(?:học\s+)?)?(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)\d{2})?\)?\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Spellings:
    """Spellings of a set of ids. exact and folded: key → ids; starts: (key, id), longest first."""

    exact: dict[str, str] = field(default_factory=dict)
    folded: dict[str, set[str]] = field(default_factory=dict)
    starts: list[tuple[str, str]] = field(default_factory=list)

    def add(self, word: str, spellings: Iterable[str], starts: Iterable[str] = ()) -> None:
        """Add spellings of a word; the first word that claims a spelling keeps it."""
        for text in spellings:
            key = match_key(text)
            self.exact.setdefault(key, word)
            self.folded.setdefault(fold(key_words(text)), set()).add(self.exact[key])
        self.starts += [(match_key(text) + " ", word) for text in starts]
        self.starts.sort(key=lambda pair: -len(pair[0]))

    def find(self, text: str) -> str | None:
        """The word that a text spells: exactly, then by its beginning, then without diacritics."""
        key = match_key(text)
        if not key:
            return None
        if key in self.exact:
            return self.exact[key]
        for start, word in self.starts:
            if key.startswith(start):
                return word
        plain = fold(key_words(text))
        if plain == key_words(text):  # typed without any diacritics
            words = self.folded.get(plain, set())
            if len(words) == 1:
                return next(iter(words))
        return None


def key_words(text: str) -> str:
    """Lower-case words without punctuation, diacritics as written."""
    return " ".join(re.sub(r"[^\w]+|_+", " ", clean(text).lower()).split())


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell of awards says. awards: ids in order; unknown: (text, fix) that fit no award."""

    awards: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Aliases:
    """All spellings, and what the book says of awards: names, and the kinds of subject they fit."""

    awards: Spellings
    ambiguous: dict[str, str]
    words: dict[str, Spellings]
    plain: dict[str, Spellings]
    labels: dict[str, str]
    award_kinds: dict[str, frozenset[str]]
    word_labels: dict[str, dict[str, str]]
    bodies: re.Pattern[str] | None = None

    def award(self, text: str) -> str | None:
        """The id of the one award that a text names, or None."""
        stripped = _BULLET.sub("", text)
        if match_key(stripped) in self.ambiguous:
            return None
        found = self.awards.find(stripped)
        if found is None:
            shorter = _YEAR_TAIL.sub("", stripped)
            if shorter != stripped and match_key(shorter) not in self.ambiguous:
                found = self.awards.find(shorter)
        return found

    def read_awards(self, text: str) -> Found:
        """All awards that a cell names: whole, or split by comma, semicolon, line, «và», «/»."""
        whole = self.awards.exact.get(match_key(_BULLET.sub("", text)))
        if whole:
            return Found((whole,))
        if self.bodies:  # «Bộ Văn hóa, Thể thao và Du lịch» is one name, not three values
            text = self.bodies.sub(lambda match: _SEPARATORS.sub(" ", match[0]), nfc(text))
        pieces = [_BULLET.sub("", piece).strip() for piece in _SEPARATORS.split(text)]
        pieces = [piece for piece in pieces if match_key(piece)]
        found: list[str] = []
        unknown: list[tuple[str, str]] = []
        start = 0
        while start < len(pieces):
            for stop in range(len(pieces), start, -1):  # names may hold commas: longest first
                award = self._joined(pieces[start:stop])
                if award:
                    break
            if award:
                found += [award] if award not in found else []
                start = stop
            else:
                unknown.append((clean(pieces[start]), self.fix_of(pieces[start])))
                start += 1
        return Found(tuple(found), tuple(unknown))

    def _joined(self, pieces: list[str]) -> str | None:
        joined = " ".join(pieces)
        if len(pieces) == 1:
            return self.award(joined)
        return self.awards.exact.get(match_key(joined))

    def fix_of(self, text: str) -> str:
        """What a clerk should write in place of a text that names no award."""
        known = self.ambiguous.get(match_key(_YEAR_TAIL.sub("", text)))
        if known:
            return known
        import difflib  # noqa: PLC0415 - only when something is wrong

        near = difflib.get_close_matches(match_key(text), self.awards.exact, n=1, cutoff=0.75)
        if near:
            label = self.labels[self.awards.exact[near[0]]]
            return f"Nếu muốn nói «{label}» thì ghi đúng như vậy."
        return "Ghi đủ tên danh hiệu hoặc hình thức khen thưởng, ví dụ «Chiến sĩ thi đua cơ sở»."

    def word(self, vocabulary: str, text: str) -> str | None:
        """The word of a list of facts.yaml (`ratings`, `reaches` …) that a text spells."""
        spellings = self.words.get(vocabulary)
        return spellings.find(text) if spellings else None

    def says(self, meaning: str, text: str) -> bool:
        """Does the text mean `true`, `none`, `unknown`, `person` … (the list `plain`)?"""
        return self.plain[meaning].find(text) is not None or text.strip() == "✓" == meaning

    def choose(self, meanings: Iterable[str], text: str) -> str | None:
        """The first of the meanings that the text spells."""
        return next((meaning for meaning in meanings if self.says(meaning, text)), None)

    def fits(self, award: str, kind: str) -> bool:
        """May an award be proposed for a person, collective or household at all?"""
        return kind in self.award_kinds[award]


@cache
def load_aliases() -> Aliases:
    """Read the spellings shipped with the book (once)."""
    spec = find_spec("lawbook")  # its folder only: the law itself is not needed here
    assert spec is not None  # noqa: S101 - lawbook is part of this distribution
    book = Path(next(iter(spec.submodule_search_locations or ())))
    nodes = {
        name: read_file(book / f"{name}.yaml").value for name in ("aliases", "awards", "facts")
    }
    return build(nodes["aliases"], nodes["awards"]["awards"], nodes["facts"])


def build(aliases: Mapping[str, Any], awards: list[Any], facts: Mapping[str, Any]) -> Aliases:
    """Put spellings and names together; raises lawengine's Fault for an id that the book lacks."""
    node = Node(aliases, "aliases.yaml")
    kinds = {kind["id"]: kind["of"] for kind in facts["subject_kinds"]}
    names = Spellings()
    known = {award["id"]: award for award in awards}
    for award in awards:
        names.add(award["id"], [award["vi"]])
    for word, entry in node.child("awards").entries():
        if word not in known:
            raise entry.fault("not_a_choice", found=word, near="", allowed=list(known))
        names.add(word, entry.value.get("spellings", ()), entry.value.get("starts", ()))
    ambiguous = {
        match_key(text): entry["fix"] for entry in aliases["ambiguous"] for text in entry["texts"]
    }
    words: dict[str, Spellings] = {}
    labels: dict[str, dict[str, str]] = {}
    for vocabulary, terms in facts.items():
        spellings = words[vocabulary] = Spellings()
        labels[vocabulary] = {term["id"]: term["vi"] for term in terms}
        for term in terms:
            spellings.add(term["id"], [term["vi"]])
        for word, entry in (aliases["words"].get(vocabulary) or {}).items():
            if word not in labels[vocabulary]:
                raise (
                    node.child("words")
                    .child(vocabulary)
                    .fault("not_a_choice", found=word, near="", allowed=list(labels[vocabulary]))
                )
            spellings.add(word, entry.get("spellings", ()), entry.get("starts", ()))
    plain: dict[str, Spellings] = {}
    for meaning, texts in aliases["plain"].items():
        key = str(meaning).lower() if isinstance(meaning, bool) else str(meaning)
        plain[key] = Spellings()
        plain[key].add(key, [str(text) for text in texts])
    return Aliases(
        names,
        ambiguous,
        words,
        plain,
        {award["id"]: award["vi"] for award in awards},
        {award["id"]: frozenset(kinds[kind] for kind in award["subjects"]) for award in awards},
        labels,
        re.compile("|".join(re.escape(name) for name in aliases["bodies"]), re.IGNORECASE),
    )
