"""The closed set of condition kinds. Each says what it asks and judges one subject.

A condition returns an `Outcome`: its truth, the records that show it, and the name and parts of
the sentence that the book's wording makes of it. A new kind needs a decision record.

The rule behind all of them: count what is certain and what is possible; YES when the certain
suffices, NO when even the possible does not, UNKNOWN between the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from lawengine.records import MANY, UNKNOWN, Held, Mark, Product, Record
from lawengine.terms import Truth, between
from lawengine.windows import EVER, THIS_YEAR, Window

if TYPE_CHECKING:
    from lawengine.explain import Judge
    from lawengine.facts import Facts

YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.UNKNOWN


class Outcome(NamedTuple):
    """truth; evidence: the records that show it; words: the sentence's key; parts: its values."""

    truth: Truth
    evidence: tuple[Record, ...]
    words: str
    parts: Mapping[str, object]


class Moment(NamedTuple):
    """What a condition is judged at: the year, the start of the enclosing streak, and the judge."""

    year: int
    streak_start: int | None
    judge: Judge


class Condition(Protocol):
    """What every kind can do."""

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """Judge one subject at a moment."""


@dataclass(frozen=True, slots=True)
class Rated:
    """Yearly rating at least a level, in every year of a window or in so many of them."""

    level: int
    level_word: str
    window: Window = THIS_YEAR
    times: int | None = None

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """Count the years certainly and possibly rated at least the level."""
        first, last = self.window.bounds(at.year, at.streak_start)
        ratings = facts.ratings
        if first is None:
            first = min(ratings, default=last)
        certain, missing, low = [], [], []
        for year in range(first, last + 1):
            one = ratings.get(year)
            if one is None:
                missing.append(year)
            elif one.least >= self.level:
                certain.append(one)
            elif one.most >= self.level:
                missing.append(year)
            else:
                low.append(one)
        times = self.times if self.times is not None else last - first + 1
        possible = len(certain) + len(missing)
        if self.window.word == "ever":
            possible = MANY
        truth = between(len(certain) >= times, possible >= times)
        evidence = (*certain, *low) if truth is NO else tuple(certain)
        return Outcome(
            truth,
            evidence,
            "rated",
            {
                "level": self.level_word,
                "first": first,
                "last": last,
                "times": times,
                "have": len(certain),
                "missing": missing,
                "low": low,
            },
        )


def held_truth(records: Iterable[Held], year: int, rule: Selection, *, covered: bool) -> Truth:
    """Was one of the awards held for the year? YES, NO, or UNKNOWN when not covered or not sure."""
    best = NO if covered else MAYBE
    for one in records:
        if one.year == year:
            fit = rule.fits(one)
            if fit is YES:
                return YES
            if fit is MAYBE:
                best = MAYBE
        elif one.year is None and one.possible_in(year) and rule.fits(one) is not NO:
            best = MAYBE
    return best


@dataclass(frozen=True, slots=True)
class Selection:
    """Which award records count: the awards, and where the rule asks, stream and issuer.

    asks_stream: the awards whose records must say their stream.
    """

    awards: tuple[str, ...]
    stream: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    stated: frozenset[str] = frozenset()

    def fits(self, record: Held) -> Truth:
        """YES, NO, or UNKNOWN where the record does not say what the rule asks."""
        truth = YES
        if self.stream and record.award in self.stated:
            if not record.stream:
                truth = MAYBE
            elif record.stream not in self.stream:
                return NO
        if self.issuer:
            if not record.issuer:
                truth = MAYBE
            elif record.issuer not in self.issuer:
                return NO
        return truth

    def why_not(self, record: Held) -> tuple[str, str] | None:
        """What keeps a record from counting: its stream or its issuer, with the word; else None."""
        if self.fits(record) is not NO:
            return None
        stream = self.stream and record.award in self.stated and record.stream
        if stream and stream not in self.stream:
            return "stream", stream
        return "issuer", record.issuer

    def records(self, facts: Facts) -> list[Held]:
        """All records of these awards."""
        held = facts.held
        if len(self.awards) == 1:
            return held.get(self.awards[0], [])
        return [one for award in self.awards for one in held.get(award, ())]


# A record that does not count, and why: a code of the wording and a word of the vocabulary.
Unfit: TypeAlias = tuple[Held | Product, tuple[str, str]]


def _unfit(which: Selection, records: Iterable[Held]) -> list[Unfit]:
    return [(one, why) for one in records if (why := which.why_not(one))]


def _within(one: Held, first: int | None, last: int) -> tuple[bool, bool]:
    """Is an award certainly, is it possibly, of a year in the window?"""
    if one.year is not None:
        inside = one.year <= last and (first is None or one.year >= first)
        return inside, inside
    if one.years is None:
        return first is None, True
    hits = [year <= last and (first is None or year >= first) for year in one.years]
    return all(hits), any(hits)


@dataclass(frozen=True, slots=True)
class HeldAward:
    """An award or title held so many times in a window, consecutively or not."""

    which: Selection
    times: int = 1
    consecutive: bool = False
    ending: str = "either"
    window: Window = EVER

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """Consecutive: a run of `times` years ending this year or the year before."""
        return self._runs(facts, at) if self.consecutive else self._count(facts, at)

    def _runs(self, facts: Facts, at: Moment) -> Outcome:
        records, which = self.which.records(facts), self.which
        ends = [at.year] if self.ending != "previous_year" else []
        if self.ending != "this_year":
            ends.append(at.year - 1)
        first = min(ends) - self.times + 1
        truths = {
            year: held_truth(records, year, which, covered=facts.covers("awards", year))
            for year in range(first, max(ends) + 1)
        }
        if at.judge.foresight is not None:
            for year, found in truths.items():
                if found is MAYBE and not at.judge.could_hold(which.awards, facts, year):
                    truths[year] = NO
        truth, best_end = NO, ends[0]
        for end in ends:
            run = min(truths[year] for year in range(end - self.times + 1, end + 1))
            if run > truth:
                truth, best_end = run, end
        have = sorted(year for year, one in truths.items() if one is YES)
        missing = [
            year
            for year in range(best_end - self.times + 1, best_end + 1)
            if truths[year] is not YES
        ]
        wanted = (
            set(range(best_end - self.times + 1, best_end + 1)) if truth is YES else set(truths)
        )
        evidence = tuple(one for one in records if one.year in wanted)
        return Outcome(
            truth,
            evidence,
            "held_consecutive",
            {
                "awards": which.awards,
                "times": self.times,
                "have": have,
                "missing": missing,
                "last": best_end,
            },
        )

    def _count(self, facts: Facts, at: Moment) -> Outcome:
        records, which = self.which.records(facts), self.which
        first, last = self.window.bounds(at.year, at.streak_start)
        certain = possible = 0
        evidence: list[Record] = []
        sure_years = set()
        for one in records:
            fit = which.fits(one)
            if fit is NO:
                continue
            inside, maybe = _within(one, first, last)
            if not maybe:
                continue
            possible += one.times
            evidence.append(one)
            if inside and fit is YES:
                certain += one.times
                if one.year is not None:
                    sure_years.add(one.year)
        missing: list[int] = []
        if first is None:
            if not facts.coverage["awards"].everything:
                possible = MANY
        else:
            missing = [
                year
                for year in range(first, last + 1)
                if year not in sure_years
                and not facts.covers("awards", year)
                and at.judge.could_hold(which.awards, facts, year)
            ]
            possible += len(missing)
        truth = between(certain >= self.times, possible >= self.times)
        unfit: list[Unfit] = []
        if truth is NO:
            unfit = _unfit(which, [one for one in records if _within(one, first, last)[1]])
        return Outcome(
            truth,
            tuple(evidence),
            "held_count",
            {
                "awards": which.awards,
                "times": self.times,
                "have": certain,
                "missing": missing,
                "first": first,
                "last": last,
                "stream": which.stream,
                "unfit": unfit,
            },
        )


@dataclass(frozen=True, slots=True)
class Streak:
    """A run of years up to this one, rated throughout, after an earlier award, holding conditions.

    including: conditions whose window `streak` is the run's years. Every run of at least `years`
    that begins after the award is tried; the best counts. reach_back: how many years without any
    record may still matter (the largest count that a condition inside asks for).
    """

    years: int
    since: Selection | None = None
    level: int | None = None
    level_word: str = ""
    including: tuple[Condition, ...] = ()
    reach_back: int = 1

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """OR over the starting years of: award before it, rated throughout, conditions within."""
        year = at.year
        start = year - self.years + 1
        rated = self._rated(facts, start + 1, year)
        records = self.since.records(facts) if self.since else []
        first = max(year - LONGEST_RUN + 1, min(start, facts.first_year - self.reach_back))
        best: tuple[Truth, int, Truth, Truth, Held | None, tuple[Outcome, ...]] | None = None
        for begin in range(start, first - 1, -1):
            rated = min(rated, self._rated(facts, begin, begin))
            since, record = self._held_before(facts, records, begin)
            moment = Moment(year, begin, at.judge)
            inner = tuple(one.judge(facts, moment) for one in self.including)
            whole = min(rated, since)
            for one in inner:
                whole = min(whole, one.truth)
            if best is None or whole > best[0]:
                best = (whole, begin, rated, since, record, inner)
            if whole is YES or rated is NO or since is NO:
                break
            if best[0] is MAYBE and (rated is MAYBE or since is MAYBE):
                break
        assert best is not None  # noqa: S101 - the range holds at least `start`
        unfit: list[Unfit] = []
        if self.since and best[3] is NO:
            begin = best[1]
            unfit = _unfit(self.since, [one for one in records if (one.clock or 0) < begin])
        return self._outcome(facts, year, best, unfit)

    def _rated(self, facts: Facts, first: int, last: int) -> Truth:
        if self.level is None:
            return YES
        truth = YES
        for year in range(first, last + 1):
            one = facts.ratings.get(year)
            if one is None:
                truth = min(truth, MAYBE)
            elif one.most < self.level:
                return NO
            elif one.least < self.level:
                truth = MAYBE
        return truth

    def _held_before(
        self, facts: Facts, records: list[Held], start: int
    ) -> tuple[Truth, Held | None]:
        """Was one of the awards held before the year? With the record that shows it best."""
        if self.since is None:
            return YES, None
        best: Truth = NO if facts.coverage["awards"].everything else MAYBE
        found: Held | None = None
        for one in records:
            fit = self.since.fits(one)
            if fit is NO or (one.clock is not None and one.clock >= start):
                continue
            if fit is YES and one.clock is not None:
                return YES, one
            best, found = MAYBE, one
        return best, found

    def _outcome(
        self,
        facts: Facts,
        year: int,
        best: tuple[Truth, int, Truth, Truth, Held | None, tuple[Outcome, ...]],
        unfit: list[Unfit],
    ) -> Outcome:
        truth, begin, rated, since, record, inner = best
        evidence: list[Record] = [record] if record else []
        if self.level is not None:
            evidence += [facts.ratings[y] for y in range(begin, year + 1) if y in facts.ratings]
        for one in inner:
            evidence += one.evidence
        return Outcome(
            truth,
            tuple(evidence),
            "streak",
            {
                "years": self.years,
                "level": self.level_word,
                "rank": self.level,
                "start": begin,
                "last": year,
                "since": self.since.awards if self.since else (),
                "since_truth": since,
                "since_year": record.clock if record else None,
                "unfit": unfit,
                "rated": rated,
                "inner": inner,
            },
        )


# No run longer than a working life is looked for.
LONGEST_RUN = 40


@dataclass(frozen=True, slots=True)
class Produced:
    """Initiatives, research, combat creativity: so many, of a reach, recognised, not used up.

    reaches, recognised: the words that satisfy; empty = not asked. blocked_by: the classes of
    award ("title", "form") for which one already used does not count; families maps awards to them.
    """

    kinds: frozenset[str]
    count: int = 1
    reaches: frozenset[str] = frozenset()
    recognised: frozenset[str] = frozenset()
    applied: bool = False
    accepted: bool = False
    window: Window = THIS_YEAR
    blocked_by: frozenset[str] = frozenset()
    families: Mapping[str, str] = field(default_factory=dict, compare=False)
    reach_word: str = ""
    recognised_word: str = ""

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """Count the products that certainly and possibly fit within the window."""
        first, last = self.window.bounds(at.year, at.streak_start)
        certain = possible = 0
        fitting: list[Record] = []
        doubtful: list[Record] = []
        unfit: list[Product] = []
        for one in facts.products:
            if one.kind not in self.kinds:
                continue
            fit = self.fits(one)
            if one.year is None:
                fit = min(fit, YES if first is None else MAYBE)
            elif one.year > last or (first is not None and one.year < first):
                continue
            if fit is YES:
                certain += 1
                fitting.append(one)
            elif fit is MAYBE:
                possible += 1
                doubtful.append(one)
            else:
                unfit.append(one)
        missing: list[int] = []
        if first is None:
            uncovered = not facts.coverage["initiatives"].everything
        else:
            missing = [y for y in range(first, last + 1) if not facts.covers("initiatives", y)]
            uncovered = bool(missing)
        truth = between(certain >= self.count, uncovered or certain + possible >= self.count)
        evidence = fitting if truth is YES else fitting + doubtful
        return Outcome(
            truth,
            tuple(evidence),
            "produced",
            {
                "kinds": self.kinds,
                "count": self.count,
                "have": certain,
                "doubtful": doubtful,
                "unfit": [(one, self.why_not(one)) for one in unfit] if truth is NO else [],
                "missing": missing,
                "first": first,
                "last": last,
                "reach": self.reach_word,
                "recognised": self.recognised_word,
            },
        )

    def fits(self, one: Product) -> Truth:
        """Does one product satisfy reach, recognition, application, acceptance and free use?"""
        truth = YES
        if self.reaches and one.reach not in self.reaches:
            if one.reach:
                return NO
            truth = MAYBE
        if self.recognised and one.recognised_by not in self.recognised:
            if one.recognised_by:
                return NO
            truth = MAYBE
        if self.applied:
            truth = min(truth, one.applied)
        if self.accepted:
            truth = min(truth, one.accepted)
        if self.blocked_by:
            if one.used_for is None:
                truth = min(truth, MAYBE)
            elif any(self.families.get(award) in self.blocked_by for award in one.used_for):
                return NO
        return truth

    def why_not(self, one: Product) -> tuple[str, str]:
        """What keeps a product that does not fit from counting, with the word it concerns."""
        if self.reaches and one.reach and one.reach not in self.reaches:
            return "reach", one.reach
        if self.recognised and one.recognised_by and one.recognised_by not in self.recognised:
            return "recognised", one.recognised_by
        if self.applied and one.applied is NO:
            return "applied", ""
        if self.accepted and one.accepted is NO:
            return "accepted", ""
        used = (
            award for award in one.used_for or () if self.families.get(award) in self.blocked_by
        )
        return "used", next(used, "")


@dataclass(frozen=True, slots=True)
class Unmarked:
    """No discipline at or above a level in the window, of the subject or of its members."""

    level: int
    level_word: str
    members: bool = False
    window: Window = THIS_YEAR

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """NO on a certain mark; UNKNOWN on a possible one or a year that is not covered."""
        first, last = self.window.bounds(at.year, at.streak_start)
        if self.members:
            return self._of_members(facts, first, last)
        truth = YES
        found: list[Record] = []
        for one in facts.marks:
            hit = self._hit(one, first, last)
            if hit is not NO:
                truth = min(truth, hit.negated())
                found.append(one)
        missing: list[int] = []
        if first is None:
            if not facts.coverage["discipline"].everything:
                truth = min(truth, MAYBE)
        else:
            missing = [y for y in range(first, last + 1) if not facts.covers("discipline", y)]
            if missing:
                truth = min(truth, MAYBE)
        return Outcome(
            truth,
            tuple(found),
            "unmarked",
            {
                "level": self.level_word,
                "first": first,
                "last": last,
                "missing": missing,
            },
        )

    def _hit(self, one: Mark, first: int | None, last: int) -> Truth:
        if one.most < self.level:
            return NO
        if one.years is None:
            return MAYBE
        inside = [y <= last and (first is None or y >= first) for y in one.years]
        if not any(inside):
            return NO
        return between(all(inside) and one.least >= self.level, possible=True)

    def _of_members(self, facts: Facts, first: int | None, last: int) -> Outcome:
        truth = YES
        missing: list[int] = []
        found: list[Record] = []
        for year in range(last if first is None else first, last + 1):
            record = facts.members.get(year)
            count = (
                record.counts.get(("discipline", self.level_word), UNKNOWN) if record else UNKNOWN
            )
            if count.least > 0:
                truth = NO
                assert record is not None  # noqa: S101 - a count above zero comes from a record
                found.append(record)
            elif count.most > 0:
                truth = min(truth, MAYBE)
                missing.append(year)
        return Outcome(
            truth,
            tuple(found),
            "unmarked_members",
            {
                "level": self.level_word,
                "first": first,
                "last": last,
                "missing": missing,
            },
        )


@dataclass(frozen=True, slots=True)
class Clear:
    """No pending matter that is open on the decision date."""

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """A matter opened after the decision date, or closed by then, does not count."""
        day = at.judge.frame.decided_on
        truth: Truth = YES if facts.covers("pending", at.year) else MAYBE
        found: list[Record] = []
        for one in facts.pending:
            open_ = one.open_
            if one.opened_on and one.opened_on.earliest > day:
                open_ = NO
            elif one.closed_on:
                open_ = between(one.closed_on.earliest > day, one.closed_on.latest > day)
                if one.opened_on and one.opened_on.latest > day:
                    open_ = min(open_, MAYBE)
            if open_ is YES and at.judge.foresight is not None:
                open_ = MAYBE  # by a year to come it may have been concluded
            if open_ is not NO:
                truth = min(truth, open_.negated())
                found.append(one)
        return Outcome(truth, tuple(found), "clear", {"on": day})
