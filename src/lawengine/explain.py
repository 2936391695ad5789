"""One subject, one award → a Finding tree: truth, sentence, evidence, citation, confidence.

`judge` answers for one case; `Verdict` carries what an officer asks next: what is missing, and the
earliest year in which it could hold, supposing that every year to come turns out well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from lawengine.book import Book, Choice, Group, Leaf, Refusal, Tree, leaves
from lawengine.conditions import Moment
from lawengine.terms import Citation, Frame, Truth

if TYPE_CHECKING:
    from lawengine.facts import Facts
    from lawengine.records import Record
    from lawengine.wording import Wording

YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.UNKNOWN
_HORIZON = 45


class Finding(NamedTuple):
    """What was found for one leaf or group.

    kind: a condition kind, or all | any | not. text: a sentence. vi: the condition in the law's
    words. confidence: "verified" or "recalled"; a group takes the weakest that decides in it.
    """

    id: str
    kind: str
    truth: Truth
    text: str
    vi: str
    cites: tuple[Citation, ...]
    confidence: str
    evidence: tuple[Record, ...]
    children: tuple[Finding, ...]
    note: str


class Verdict(NamedTuple):
    """The answer for a subject and an award.

    truth is None when refused. missing: the findings that stand between the subject and a yes, on
    the shortest way. earliest_year: None when it is a yes, refused, or never by time alone.
    """

    subject: str
    award: str
    subject_kind: str
    truth: Truth | None
    finding: Finding | None
    missing: tuple[Finding, ...]
    earliest_year: int | None
    choice: Choice
    frame: Frame

    @property
    def word(self) -> str:
        """yes | no | unknown | refused."""
        return "refused" if self.truth is None else self.truth.word

    @property
    def refusal(self) -> Refusal | None:
        """Why no verdict is given."""
        return self.choice.refusal

    @property
    def confidence(self) -> str:
        """recalled where any recalled rule decided."""
        return self.finding.confidence if self.finding else "verified"


class Judge:
    """Judges subjects for one case (its dates) with one book.

    provisional: use the last known text where the one in force has not been seen; the answer is
    marked and never serves for submission. grounds: per award the leaves that are claimed; the
    other alternatives of their group are then not considered.
    """

    __slots__ = (
        "_choices",
        "_claimed",
        "_text",
        "book",
        "foresight",
        "frame",
        "gates",
        "grounds",
        "provisional",
        "wording",
        "year_of_facts",
    )

    def __init__(
        self,
        book: Book,
        frame: Frame,
        wording: Wording,
        *,
        provisional: bool = False,
        grounds: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.book, self.frame, self.wording, self.provisional = book, frame, wording, provisional
        self.grounds = grounds or {}
        self._text = book.text_date(frame)
        self._claimed: dict[tuple[str, int], Tree] = {}
        self._choices: dict[tuple[str, str, frozenset[str]], Choice] = {}
        self.gates: dict[object, tuple[Leaf, ...]] = {}
        # From the year after this one on, nothing has happened yet.
        self.year_of_facts = frame.year
        self.foresight: dict[tuple[str, int], bool] | None = None

    def years_later(self, years: int) -> Judge:
        """The same case so many years later, by the same text."""
        later = Judge(
            self.book,
            self.frame.shifted(years),
            self.wording,
            provisional=self.provisional,
            grounds=self.grounds,
        )
        later._text, later._claimed, later.gates = self._text, self._claimed, self.gates
        later._choices = self._choices
        later.year_of_facts = self.year_of_facts
        return later

    def choose(self, award: str, facts: Facts) -> Choice:
        """The standard for this subject, or the refusal."""
        key = award, facts.kind, facts.classes
        found = self._choices.get(key)
        if found is None:
            kinds = self.book.vocabulary.standard_kinds(facts.kind, facts.classes)
            day, favourable = self._text
            found = self._choices[key] = self.book.choose_on(
                award, kinds, day, favourable, provisional=self.provisional
            )
        return found

    def judge(self, award: str, facts: Facts) -> Verdict:
        """The verdict with its whole finding, what is missing, and the earliest year."""
        verdict = self.explain(award, facts)
        if verdict.truth is None or verdict.truth is YES:
            return verdict
        return verdict._replace(earliest_year=self.earliest(award, facts, verdict))

    def explain(self, award: str, facts: Facts) -> Verdict:
        """The verdict with its whole finding and what is missing, without looking ahead."""
        choice = self.choose(award, facts)
        if choice.version is None:
            return Verdict(
                facts.id, award, choice.subject, None, None, (), None, choice, self.frame
            )
        finding = self.find(choice, facts)
        missing = () if finding.truth is YES else each_once(shortest(finding)[1])
        return Verdict(
            facts.id,
            award,
            choice.subject,
            finding.truth,
            finding,
            missing,
            None,
            choice,
            self.frame,
        )

    def _tree(self, choice: Choice) -> Tree:
        """The tree to judge: the version's, cut down to the claimed alternatives."""
        version = choice.version
        assert version is not None and version.when is not None  # noqa: S101, PT018 - chosen
        claimed = self.grounds.get(choice.award)
        if not claimed:
            return version.when
        key = choice.award, id(version)
        if key not in self._claimed:
            self._claimed[key] = only_claimed(version.when, claimed)
        return self._claimed[key]

    def find(self, choice: Choice, facts: Facts) -> Finding:
        """The finding tree of the chosen version, the gates of its regime in front."""
        version = choice.version
        assert version is not None and version.when is not None  # noqa: S101, PT018 - chosen
        moment = Moment(self.frame.year, None, self)
        tree = self._find(self._tree(choice), facts, moment)
        if not version.gates:
            return tree
        leaves = self._gate_leaves(choice)
        if not leaves:
            return tree
        found = (
            *(self._leaf(leaf, facts, moment) for leaf in leaves),
            *(tree.children if tree.kind == "all" else (tree,)),
        )
        return self._group("all", "", "", found)

    def _gate_leaves(self, choice: Choice) -> tuple[Leaf, ...]:
        version = choice.version
        assert version is not None  # noqa: S101 - asked after choosing
        day = choice.text_on if not choice.provisional else version.in_force.end
        assert day is not None  # noqa: S101 - a provisional version has an end
        leaves = self.gates.get(day)
        if leaves is None:
            leaves = self.gates[day] = self.book.gate_leaves(day)
        return leaves

    def truth(self, choice: Choice, facts: Facts) -> Truth:
        """The truth alone, without sentences (used for the years to come)."""
        version = choice.version
        assert version is not None and version.when is not None  # noqa: S101, PT018 - chosen
        moment = Moment(self.frame.year, None, self)
        leaves = self._gate_leaves(choice) if version.gates else ()
        truth = _truth(self._tree(choice), facts, moment)
        for leaf in leaves:
            truth = min(truth, leaf.condition.judge(facts, moment).truth)
        return truth

    def nested(self, award: str, facts: Facts, year: int) -> tuple[Truth, Finding | None]:  # noqa: ARG002
        """The standard of another award for the same subject and year, without the gates."""
        choice = self.choose(award, facts)
        version = choice.version
        if version is None or version.when is None:
            return MAYBE, None
        moment = Moment(self.frame.year, None, self)
        if self.foresight is not None:  # looking ahead nothing is said
            return _truth(version.when, facts, moment), None
        finding = self._find(version.when, facts, moment)
        return finding.truth, finding

    def earliest(self, award: str, facts: Facts, now: Verdict) -> int | None:
        """The first year, from this one on, in which the standard could hold by this text.

        Every year to come is supposed to turn out well, but no award is supposed in a year in
        which its own standard could not be met. None when time alone does not help.
        """
        if now.truth is not NO:
            return self.frame.year
        seen: dict[tuple[str, int], bool] = {}
        for years in range(1, _HORIZON):
            if self.could_meet(award, facts, self.frame.year + years, seen):
                return self.frame.year + years
        return None

    def could_meet(
        self, award: str, facts: Facts, year: int, seen: dict[tuple[str, int], bool]
    ) -> bool:
        """Could the subject meet the standard of an award in a year to come?"""
        key = award, year
        if key not in seen:
            seen[key] = True  # a circle of standards supposes the best
            later = self.years_later(year - self.frame.year)
            later.foresight = seen
            choice = later.choose(award, facts)
            seen[key] = choice.version is None or later.truth(choice, facts) is not NO
        return seen[key]

    def could_hold(self, awards: tuple[str, ...], facts: Facts, year: int) -> bool:
        """May one of the awards come in that year? Only years to come are looked into."""
        if self.foresight is None or year <= self.year_of_facts:
            return True
        return any(self.could_meet(award, facts, year, self.foresight) for award in awards)

    def _find(self, tree: Tree, facts: Facts, moment: Moment) -> Finding:
        if isinstance(tree, Leaf):
            return self._leaf(tree, facts, moment)
        return self._group(
            tree.word,
            tree.id,
            tree.vi,
            tuple(self._find(part, facts, moment) for part in tree.parts),
        )

    def _leaf(self, leaf: Leaf, facts: Facts, moment: Moment) -> Finding:
        outcome = leaf.condition.judge(facts, moment)
        children = cast("tuple[Finding, ...]", outcome.parts.get("children", ()))
        confidence = leaf.confidence
        if any(one.confidence == "recalled" and one.truth is outcome.truth for one in children):
            confidence = "recalled"  # a standard met by reference is no surer than its conditions
        return Finding(
            leaf.id,
            leaf.kind,
            outcome.truth,
            self.wording.sentence(outcome),
            leaf.vi,
            leaf.cites,
            confidence,
            outcome.evidence,
            children,
            leaf.note,
        )

    def _group(self, word: str, id_: str, vi: str, found: tuple[Finding, ...]) -> Finding:
        if word == "all":
            truth = min(one.truth for one in found)
        elif word == "any":
            truth = max(one.truth for one in found)
        else:
            truth = found[0].truth.negated()
        confidence = "verified"
        for one in found:
            if one.confidence == "recalled" and (
                one.truth is truth or (word == "all" and truth is YES) or word == "not"
            ):
                confidence = "recalled"
                break
        if (
            word == "any"
            and truth is YES
            and any(one.truth is YES and one.confidence == "verified" for one in found)
        ):
            confidence = "verified"
        return Finding(id_, word, truth, "", vi, (), confidence, (), found, "")


def _truth(tree: Tree, facts: Facts, moment: Moment) -> Truth:
    if isinstance(tree, Leaf):
        return tree.condition.judge(facts, moment).truth
    assert isinstance(tree, Group)  # noqa: S101 - the only other shape
    if tree.word == "all":
        truth: Truth = YES
        for part in tree.parts:
            truth = min(truth, _truth(part, facts, moment))
            if truth is NO:
                break
        return truth
    if tree.word == "any":
        truth = NO
        for part in tree.parts:
            truth = max(truth, _truth(part, facts, moment))
            if truth is YES:
                break
        return truth
    return _truth(tree.parts[0], facts, moment).negated()


def only_claimed(tree: Tree, claimed: frozenset[str]) -> Tree:
    """Drop the alternatives of every `any` group that holds a claimed leaf, but for the claimed."""
    if isinstance(tree, Leaf):
        return tree
    parts = tuple(only_claimed(part, claimed) for part in tree.parts)
    if tree.word == "any":
        chosen = tuple(part for part in parts if any(leaf.id in claimed for leaf in leaves(part)))
        parts = chosen or parts
    return Group(tree.word, parts, tree.id, tree.vi)


def shortest(finding: Finding) -> tuple[tuple[int, int], list[Finding]]:
    """The fewest findings that would have to change for a yes, with their price.

    price: (how many are a certain no, how many are unknown); the cheapest alternative of an `any`
    is taken, the first where two cost the same. A standard met by reference is walked into.
    """
    if finding.truth is YES:
        return (0, 0), []
    ways = finding.children if finding.kind == "any" else ()
    if finding.kind == "meets":
        # A standard whose text was not seen has no child: then the rest may not speak for it.
        ways = tuple(one for one in finding.children if one.truth is finding.truth)
    if ways:
        return min((shortest(one) for one in ways), key=lambda found: found[0])
    if finding.kind == "all":
        price, missing = (0, 0), []
        parts = finding.children
        for one in parts:
            (no, unknown), found = shortest(one)
            price = (price[0] + no, price[1] + unknown)
            missing += found
        return price, missing
    return ((1, 0) if finding.truth is NO else (0, 1)), [finding]


def each_once(findings: list[Finding]) -> tuple[Finding, ...]:
    """What two standards ask alike (registration, say) is one thing to change, not two."""
    kept: dict[tuple[str, str | int], Finding] = {}
    for one in findings:
        kept.setdefault((one.kind, one.text or id(one)), one)
    return tuple(kept.values())


def flatten(finding: Finding) -> list[Finding]:
    """Every leaf finding, in order (standards met by reference keep their own leaves inside)."""
    if finding.kind in ("all", "any", "not"):
        return [leaf for part in finding.children for leaf in flatten(part)]
    return [finding]
