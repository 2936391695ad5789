"""YAML → Book. Strict: no unknown key, no leaf without citation, no gap or overlap of dates.

Every fault names file, line and path, and says what to write instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lawengine.book import (
    Book,
    Gate,
    Group,
    Instrument,
    Leaf,
    Standard,
    Transition,
    Tree,
    Version,
    leaves,
)
from lawengine.condition_loading import KINDS, read_condition
from lawengine.reading import Node, read_file
from lawengine.tables import read_tables
from lawengine.terms import Citation, parse_citation, parse_period
from lawengine.vocabulary import Vocabulary, read_vocabulary

CONFIDENCE = ("verified", "recalled")
_LEAF = ("id", "vi", "cite", "confidence", "source")
_VERSION = ("in_force", "instrument", "cite", "confidence", "source")


def load(folder: Path) -> Book:
    """Load a whole book from its folder. Raises the first `Fault` it meets."""
    vocabulary = read_vocabulary(
        read_file(folder / "facts.yaml"), read_file(folder / "awards.yaml")
    )
    instruments = _instruments(read_file(folder / "instruments.yaml"))
    reader = _Reader(vocabulary, instruments)
    standards: dict[tuple[str, str], Standard] = {}
    gates: tuple[Gate, ...] = ()
    for file in sorted((folder / "standards").glob("*.yaml")):
        node = read_file(file)
        if file.stem == "gates":
            gates = reader.gates(node)
            continue
        for standard in reader.standards(node):
            key = (standard.award, standard.subject)
            if key in standards:
                raise node.fault("repeated_id", id=f"{standard.award}/{standard.subject}")
            standards[key] = standard
    return Book(
        vocabulary=vocabulary,
        standards=MappingProxyType(standards),
        gates=gates,
        transitions=reader.transitions(read_file(folder / "transitions.yaml")),
        instruments=MappingProxyType(instruments),
        tables=MappingProxyType(read_tables(folder, vocabulary, instruments)),
        wording=MappingProxyType(
            {
                file.stem: MappingProxyType(dict(_wording(read_file(file))))
                for file in sorted((folder / "wording").glob("*.yaml"))
            }
        ),
        implicit=tuple(
            MappingProxyType(dict(item.value))
            for file in sorted((folder / "implicit").glob("*.yaml"))
            for item in reader.implicit(read_file(file))
        ),
        digest=digest(folder),
    )


def digest(folder: Path) -> str:
    """sha256 over the names and bytes of every YAML file of the book, in order."""
    total = hashlib.sha256()
    for file in sorted(folder.rglob("*.yaml")):
        if file.parts[len(folder.parts)] == "cases":
            continue
        total.update(file.relative_to(folder).as_posix().encode())
        total.update(b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _wording(node: Node) -> Mapping[str, str]:
    """Sentences and pieces of sentences; a piece may be empty."""
    found = {}
    for key, value in node.entries():
        if not isinstance(value.value, str):
            raise value.fault("not_text")
        found[key] = value.value
    return found


def _instruments(node: Node) -> dict[str, Instrument]:
    found: dict[str, Instrument] = {}
    node.mapping(("instruments",))
    for item in node.child("instruments").items():
        item.mapping(
            ("id", "vi", "short_vi", "confidence", "source"),
            ("en", "issued", "in_force", "note", "signer"),
        )
        one = Instrument(
            item.child("id").text(),
            item.child("vi").text(),
            item.child("short_vi").text(),
            item.child("in_force").parsed(parse_period) if item.has("in_force") else None,
            item.child("confidence").choice(CONFIDENCE),
            sources(item),
            str(item.child("note").value or ""),
            str(item.child("en").value or ""),
            str(item.child("issued").value or ""),
        )
        if one.id in found:
            raise item.fault("repeated_id", id=one.id)
        found[one.id] = one
    return found


def sources(node: Node) -> tuple[str, ...]:
    """The `source` of a row: one or several references into the fact base."""
    return tuple(one.text() for one in node.child("source").one_or_many())


def citations(
    node: Node, key: str, default: str, instruments: Mapping[str, Instrument]
) -> tuple[Citation, ...]:
    """The citations under a key; each names a known instrument, or the default one."""
    found = []
    for one in node.child(key).one_or_many():
        cite = one.parsed(lambda text: parse_citation(text, default))
        if cite.instrument not in instruments:
            raise one.fault("unknown_instrument", found=cite.instrument)
        found.append(cite)
    if not found:
        raise node.fault("missing_key", key=key)
    return tuple(found)


def read_tree(
    node: Node, vocabulary: Vocabulary, document: Instrument, instruments: Mapping[str, Instrument]
) -> Tree:
    """A tree of conditions of one document, whose leaves have its confidence and source."""
    known = {**instruments, document.id: document}
    reader = _Reader(vocabulary, known, document)
    tree = reader.tree(node, document.id)
    seen: set[str] = set()
    for leaf in leaves(tree):
        if leaf.id in seen:
            raise node.fault("repeated_id", id=leaf.id)
        seen.add(leaf.id)
    return tree


class _Reader:
    """Reads standards, gates and transitions with one vocabulary.

    document: all leaves are of this one, and say neither confidence nor source themselves.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        instruments: Mapping[str, Instrument],
        document: Instrument | None = None,
    ) -> None:
        self.words, self.instruments, self.document = vocabulary, instruments, document

    def standards(self, node: Node) -> list[Standard]:
        """All standards of one file, one per kind of subject."""
        node.mapping(("award", "standards"), ("note",))
        award = node.child("award").choice(self.words.awards)
        subjects = self.words.awards[award].subjects
        found = []
        for item in node.child("standards").items():
            item.mapping(("subject", "versions"), ("note",))
            subject = item.child("subject").choice(subjects)
            versions = [self._version(one) for one in item.child("versions").items()]
            if not versions:
                raise item.fault("missing_key", key="versions")
            self._check_dates(item.child("versions"), versions)
            found.append(Standard(award, subject, tuple(versions), node.file))
        return found

    def _check_dates(self, node: Node, versions: list[Version]) -> None:
        for index in range(1, len(versions)):
            before, after = versions[index - 1].in_force, versions[index].in_force
            if before.end is None or after.start is None or after.start != before.next_start():
                raise node.child(index).fault(
                    "dates_do_not_join", end=before.end, start=after.start
                )
        if versions[-1].in_force.end is not None:
            raise node.child(len(versions) - 1).fault("dates_end", end=versions[-1].in_force.end)

    def _version(self, node: Node) -> Version:
        node.mapping(_VERSION, ("when", "not_encoded", "known", "note", "gates", "authority"))
        instrument = node.child("instrument").choice(self.instruments)
        not_encoded = node.child("not_encoded").text() if node.has("not_encoded") else ""
        if bool(not_encoded) == node.has("when"):
            raise node.fault("one_kind", found="when, not_encoded", allowed=["when", "not_encoded"])
        cites: tuple[Citation, ...] = (Citation(instrument),)
        if node.child("cite").value:
            cites = citations(node, "cite", instrument, self.instruments)
        elif not not_encoded:
            raise node.fault("without_citation")
        when = self.tree(node.child("when"), instrument) if node.has("when") else None
        known: tuple[Leaf, ...] = ()
        if node.has("known"):
            known = tuple(self._leaf(one, instrument) for one in node.child("known").items())
        seen: set[str] = set()
        for leaf in (*(leaves(when) if when else ()), *known):
            if leaf.id in seen:
                raise node.fault("repeated_id", id=leaf.id)
            seen.add(leaf.id)
        return Version(
            node.child("in_force").parsed(parse_period),
            instrument,
            cites,
            node.child("confidence").choice(CONFIDENCE),
            sources(node),
            when,
            not_encoded,
            known,
            str(node.child("note").value or ""),
            node.child("gates").boolean() if node.has("gates") else True,
        )

    def tree(self, node: Node, instrument: str) -> Tree:
        """Groups and leaves."""
        if isinstance(node.value, Mapping):
            for word in ("all", "any", "not"):
                if node.has(word):
                    node.mapping((word,), ("id", "vi"))
                    inner = node.child(word)
                    parts = (
                        [self.tree(inner, instrument)]
                        if word == "not"
                        else [self.tree(one, instrument) for one in inner.items()]
                    )
                    if not parts:
                        raise inner.fault("empty_group", key=word)
                    return Group(
                        word,
                        tuple(parts),
                        str(node.child("id").value or ""),
                        str(node.child("vi").value or ""),
                    )
        return self._leaf(node, instrument)

    def _leaf(self, node: Node, instrument: str) -> Leaf:
        if isinstance(node.value, Mapping) and not node.value.get("cite"):
            raise node.fault("without_citation")
        asked = _LEAF if self.document is None else _LEAF[:3]
        node.mapping(asked, ("note", "authority", *KINDS))
        kinds = [kind for kind in KINDS if node.has(kind)]
        if len(kinds) != 1:
            raise node.fault("one_kind", found=", ".join(kinds), allowed=list(KINDS))
        return Leaf(
            node.child("id").text(),
            node.child("vi").text(),
            kinds[0],
            read_condition(kinds[0], node.child(kinds[0]), self.words),
            citations(node, "cite", instrument, self.instruments),
            self.document.confidence
            if self.document
            else node.child("confidence").choice(CONFIDENCE),
            self.document.source if self.document else sources(node),
            str(node.child("note").value or ""),
            str(node.child("authority").value or ""),
        )

    def gates(self, node: Node) -> tuple[Gate, ...]:
        """The gates of each regime."""
        found = []
        for item in node.mapping(("gates",)).child("gates").items():
            item.mapping(("in_force", "instrument", "when"), ("note",))
            instrument = item.child("instrument").choice(self.instruments)
            found.append(
                Gate(
                    item.child("in_force").parsed(parse_period),
                    tuple(self._leaf(one, instrument) for one in item.child("when").items()),
                )
            )
        return tuple(found)

    def transitions(self, node: Node) -> tuple[Transition, ...]:
        """The pivots by date of receipt."""
        found = []
        for item in node.mapping(("transitions",)).child("transitions").items():
            item.mapping(
                ("id", "pivot", "instrument", "favourable", "cite", "confidence", "source"),
                ("vi", "note"),
            )
            found.append(
                Transition(
                    item.child("id").text(),
                    item.child("pivot").day(),
                    item.child("instrument").choice(self.instruments),
                    item.child("favourable").boolean(),
                    citations(item, "cite", "", self.instruments),
                    item.child("confidence").choice(CONFIDENCE),
                )
            )
        return tuple(found)

    def implicit(self, node: Node) -> list[Node]:
        """What the text leaves open and we decided, each with its reason."""
        items = list((node.child("implicit") if isinstance(node.value, Mapping) else node).items())
        for item in items:
            item.mapping(
                ("id", "vi", "en", "reason", "confidence"), ("applies_to", "cite", "source")
            )
            item.child("confidence").choice(CONFIDENCE)
            for key in ("id", "vi", "en", "reason"):
                item.child(key).text()
            if item.has("applies_to"):
                for one in item.child("applies_to").one_or_many():
                    one.choice(self.words.awards)
        return items
