"""The book: dated standards as immutable trees, and which text is in force for a case.

A date that the book does not cover, or a text that has not been seen, is refused with its reason;
nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lawengine.terms import Citation, Frame, Period

if TYPE_CHECKING:
    from lawengine.conditions import Condition
    from lawengine.tables import Table
    from lawengine.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition of the law: its words, citations, confidence, source, and how it is judged."""

    id: str
    vi: str
    kind: str
    condition: Condition
    cites: tuple[Citation, ...]
    confidence: str
    source: tuple[str, ...]
    note: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`all`, `any` or `not` of its parts."""

    word: str
    parts: tuple[Tree, ...]
    id: str = ""
    vi: str = ""


Tree = Leaf | Group


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Every leaf of a tree, in the order in which the law lists them."""
    if isinstance(tree, Leaf):
        yield tree
    else:
        for part in tree.parts:
            yield from leaves(part)


@dataclass(frozen=True, slots=True)
class Version:
    """A standard as it stood in a period. when is None where the text is not encoded.

    known: leaves that have been read although the whole cannot be judged; shown, never judged.
    """

    in_force: Period
    instrument: str
    cites: tuple[Citation, ...]
    confidence: str
    source: tuple[str, ...]
    when: Tree | None
    not_encoded: str = ""
    known: tuple[Leaf, ...] = ()
    note: str = ""
    gates: bool = True
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """All versions of one award's standard for one kind of subject, in order of date."""

    award: str
    subject: str
    versions: tuple[Version, ...]
    file: str = ""

    def on(self, day: date) -> Version | None:
        """The version in force on a day; None when the book does not reach it."""
        for version in self.versions:
            if day in version.in_force:
                return version
        return None


@dataclass(frozen=True, slots=True)
class Gate:
    """Leaves that a regime puts in front of every standard while it is in force."""

    in_force: Period
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Transition:
    """From a pivot on, a new text applies to dossiers received on or after it.

    favourable: an older dossier that is decided later gets the new text where that helps it.
    """

    id: str
    pivot: date
    instrument: str
    favourable: bool
    cites: tuple[Citation, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, decree or circular: labels, dates, confidence."""

    id: str
    vi: str
    short_vi: str
    in_force: Period | None
    confidence: str
    source: tuple[str, ...]
    note: str = ""
    en: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no verdict is given: a code of the wording, with its parts, and the missing text."""

    code: str
    instrument: str
    parts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Choice:
    """The standard chosen for a subject and a case, or the refusal.

    text_on: the date by which the text was chosen. provisional: the last known text was used
    instead of the one in force, which the refusal still names. favourable: transitions whose new
    text may help, unseen.
    """

    award: str
    subject: str
    text_on: date
    version: Version | None
    refusal: Refusal | None
    provisional: bool = False
    favourable: tuple[Transition, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that was loaded. digest: sha256 of the files it was made of."""

    vocabulary: Vocabulary
    standards: Mapping[tuple[str, str], Standard]
    gates: tuple[Gate, ...]
    transitions: tuple[Transition, ...]
    instruments: Mapping[str, Instrument]
    tables: Mapping[str, Table]
    wording: Mapping[str, Mapping[str, str]]
    implicit: tuple[Mapping[str, object], ...] = ()
    digest: str = ""
    overlays: Mapping[tuple[str, str], tuple[Standard, ...]] = field(default_factory=dict)

    def text_date(self, frame: Frame) -> tuple[date, tuple[Transition, ...]]:
        """The date by which a standard is chosen, and the transitions whose new text may help.

        It is the last day of the achievement period, moved to the right side of every pivot by
        the date on which the dossier was received.
        """
        day, favourable = frame.period_end, []
        for transition in self.transitions:
            if frame.received_on < transition.pivot:
                if frame.decided_on >= transition.pivot and transition.favourable:
                    favourable.append(transition)
                day = min(day, transition.pivot - timedelta(days=1))
            else:
                day = max(day, transition.pivot)
        return day, tuple(favourable)

    def choose(
        self, award: str, kinds: list[str], frame: Frame, *, provisional: bool = False
    ) -> Choice:
        """Choose the standard of an award for a subject of these kinds (the most special first)."""
        day, favourable = self.text_date(frame)
        return self.choose_on(award, kinds, day, favourable, provisional=provisional)

    def choose_on(
        self,
        award: str,
        kinds: list[str],
        day: date,
        favourable: tuple[Transition, ...] = (),
        *,
        provisional: bool = False,
    ) -> Choice:
        """As `choose`, for a date already known."""
        refused: Choice | None = None
        for kind in kinds:
            standard = self.standards.get((award, kind))
            if standard is None:
                continue
            version = standard.on(day)
            if version is not None and version.when is not None:
                return Choice(award, kind, day, version, None, favourable=favourable)
            if provisional:
                last = _last_known(standard, day)
                if last is not None:
                    refusal = _refusal(standard, version, day)
                    return Choice(award, kind, day, last, refusal, True, favourable)
            refused = refused or Choice(
                award, kind, day, None, _refusal(standard, version, day), favourable=favourable
            )
            if version is not None:
                break  # a text of their own that was not seen: another subject's does not stand in
        if refused is not None:
            return refused
        reason = Refusal("no_standard_for_subject", "", {"award": award, "kinds": tuple(kinds)})
        return Choice(award, kinds[0] if kinds else "", day, None, reason)

    def gate_leaves(self, day: date) -> tuple[Leaf, ...]:
        """The leaves that stand in front of every standard on a day."""
        return tuple(leaf for gate in self.gates if day in gate.in_force for leaf in gate.leaves)


def _last_known(standard: Standard, day: date) -> Version | None:
    """The last encoded version, when the text of the day is newer than any that is encoded."""
    encoded = [one for one in standard.versions if one.when is not None]
    if not encoded:
        return None
    last = encoded[-1]
    return last if last.in_force.end is not None and last.in_force.end < day else None


def _refusal(standard: Standard, version: Version | None, day: date) -> Refusal:
    if version is not None:
        return Refusal(
            "not_encoded",
            version.instrument,
            {
                "award": standard.award,
                "day": day,
                "reason": version.not_encoded,
            },
        )
    return Refusal(
        "not_covered",
        "",
        {
            "award": standard.award,
            "day": day,
            "from": standard.versions[0].in_force.start,
        },
    )
