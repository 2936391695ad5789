"""The remaining condition kinds: time served, presence, composition, placements, judgements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from lawengine.conditions import MAYBE, NO, YES, Condition, Moment, Outcome
from lawengine.records import MANY, UNKNOWN, PartialDate, Record, Service, Span
from lawengine.terms import Threshold, Truth, between

if TYPE_CHECKING:
    from datetime import date

    from lawengine.facts import Facts


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another (the last day counts)."""
    after = end + timedelta(1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return max(0, months - (after.day < start.day))


@dataclass(frozen=True, slots=True)
class Served:
    """Time in roles: at least so many months, under an upper bound, continuous, less for women."""

    roles: tuple[str, ...]
    months: int
    under_months: int = MANY
    continuous: bool = False
    female_less: Fraction = Fraction(0)

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """Add up the months of all records in these roles up to the end of the period."""
        day = at.judge.frame.period_end
        least = most = 0
        joined = YES
        found: list[Record] = []
        for role in self.roles:
            for one in facts.service.get(role, ()):
                one_least, one_most = _months(one, day)
                if one_most == 0:
                    continue
                least, most = least + one_least, min(MANY, most + one_most)
                if self.continuous:
                    joined = min(joined, one.continuous)
                found.append(one)
        if not (facts.coverage["service"].everything or facts.coverage["posts"].everything):
            most = MANY
        need, need_most = self.months, self.months
        if self.female_less:
            reduced = int(self.months * (1 - self.female_less))
            sex = facts.attributes.get("sex")
            need = self.months if sex == "male" else reduced
            need_most = reduced if sex == "female" else self.months
        truth = between(least >= need_most, most >= need)
        if self.under_months < MANY:
            truth = min(truth, between(most < self.under_months, least < self.under_months))
        if self.continuous:
            truth = min(truth, joined)
        return Outcome(
            truth,
            tuple(found),
            "served",
            {
                "roles": self.roles,
                "need": need_most,
                "least": least,
                "most": most,
                "under": self.under_months if self.under_months < MANY else None,
            },
        )


def _months(one: Service, day: date) -> tuple[int, int]:
    """The months of a record up to a day, as bounds."""
    if one.months != UNKNOWN:
        return one.months
    if one.start is None:
        return 0, MANY
    end = one.end or PartialDate(day, day)
    return (
        months_between(one.start.latest, min(end.earliest, day)),
        months_between(one.start.earliest, min(end.latest, day)),
    )


@dataclass(frozen=True, slots=True)
class Existed:
    """A collective founded at least so many years before the end of the period."""

    years: int

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """UNKNOWN when the founding date is not known or not exact enough."""
        end, founded = at.judge.frame.period_end, facts.founded_on
        if founded is None:
            return Outcome(MAYBE, (), "existed", {"need": self.years, "least": None})
        least = (months_between(founded.latest, end)) // 12
        most = (months_between(founded.earliest, end)) // 12
        truth = between(least >= self.years, most >= self.years)
        return Outcome(truth, (), "existed", {"need": self.years, "least": least})


@dataclass(frozen=True, slots=True)
class Present:
    """Enough of the year at work: not a new recruit, leave under a limit, long courses passed.

    recruit_months: a first recruitment must be at least so many months old (0 = not asked).
    limit: days of leave that bar, in `unit`; excused kinds do not count. course: (months, rank of
    the result, its word) for training of that length or more.
    """

    recruit_months: int = 0
    limit: int = 0
    unit: str = "working"
    excused: frozenset[str] = frozenset()
    course: tuple[int, int, str] | None = None

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """The strictest of the three questions that are asked."""
        truth, words, found = YES, "present", list[Record]()
        if self.recruit_months:
            recruited, record = self._recruited(facts, at)
            if recruited < truth:
                truth, words = recruited, "present_recruit"
            found += [record] if record else []
        if self.limit:
            absent, records = self._absent(facts, at.year)
            if absent < truth:
                truth, words = absent, "present_absent"
            found += records
        if self.course:
            passed, records = self._passed(facts, at.year)
            if passed < truth:
                truth, words = passed, "present_course"
            found += records
        return Outcome(
            truth,
            tuple(found),
            words,
            {
                "months": self.recruit_months,
                "limit": self.limit,
                "course": self.course[0] if self.course else 0,
                "result": self.course[2] if self.course else "",
                "year": at.year,
            },
        )

    def _recruited(self, facts: Facts, at: Moment) -> tuple[Truth, Record | None]:
        """A record of an earlier year shows that the person is no recruit."""
        if any(year < at.year and one.most >= 0 for year, one in facts.ratings.items()):
            return YES, None
        if any(
            one.year is not None and one.year < at.year
            for held in facts.held.values()
            for one in held
        ):
            return YES, None
        end = at.judge.frame.period_end
        best: tuple[Truth, Record] | None = None
        for services in facts.service.values():
            for one in services:
                if one.first_recruitment is YES and one.start:
                    old = between(
                        months_between(one.start.latest, end) >= self.recruit_months,
                        months_between(one.start.earliest, end) >= self.recruit_months,
                    )
                    if best is None or old > best[0]:
                        best = old, one
        if best is not None:
            return best
        return (YES if facts.coverage["service"].everything else MAYBE), None

    def _absent(self, facts: Facts, year: int) -> tuple[Truth, list[Record]]:
        least = most = 0
        found: list[Record] = []
        for one in facts.absences:
            if one.year != year or one.kind in self.excused:
                continue
            same_unit = one.unit == self.unit
            least += one.days.least if same_unit else 0
            most = min(MANY, most + one.days.most)
            found.append(one)
        if not facts.covers("absences", year):
            most = MANY
        return between(most < self.limit, least < self.limit), found

    def _passed(self, facts: Facts, year: int) -> tuple[Truth, list[Record]]:
        assert self.course is not None  # noqa: S101 - asked only with a course
        months, rank, _ = self.course
        truth = YES if facts.covers("absences", year) else MAYBE
        found: list[Record] = []
        for one in facts.absences:
            if one.year != year or one.kind != "training" or one.months.most < months:
                continue
            result = between(one.result.least >= rank, one.result.most >= rank)
            if one.months.least < months:
                result = max(result, MAYBE)
            truth = min(truth, result)
            found.append(one)
        return truth, found


@dataclass(frozen=True, slots=True)
class Registered:
    """Registered for emulation in the year."""

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """NO only when it is stated, or the list is complete and holds none."""
        one = facts.registrations.get(at.year)
        if one:
            return Outcome(one.done, (one,), "registered", {"year": at.year})
        truth = NO if facts.covers("registrations", at.year) else MAYBE
        return Outcome(truth, (), "registered", {"year": at.year})


@dataclass(frozen=True, slots=True)
class Composed:
    """A share or a count of a collective's members with a rating, title, discipline or sex."""

    name: str
    word: str
    share: Threshold | None = None
    count: Threshold | None = None

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """Compare at both ends of what the count may be."""
        record = facts.members.get(at.year)
        part = record.counts.get((self.name, self.word), UNKNOWN) if record else UNKNOWN
        total = record.total if record else UNKNOWN
        parts = {
            "name": self.name,
            "word": self.word,
            "year": at.year,
            "part": part,
            "total": total,
            "rule": self.share or self.count,
            "is_share": bool(self.share),
        }
        if self.count:
            truth = _count_truth(self.count, part)
        else:
            assert self.share is not None  # noqa: S101 - the loader asks for one of the two
            truth = _share_truth(self.share, part, total)
        return Outcome(truth, (record,) if record else (), "composed", parts)


def _count_truth(rule: Threshold, part: Span) -> Truth:
    ends = rule.holds(part.least), rule.holds(part.most)
    if rule.op == "=":
        return between(part.least == part.most and ends[0], part.least <= rule.value <= part.most)
    return between(all(ends), any(ends))


def _share_truth(rule: Threshold, part: Span, total: Span) -> Truth:
    if total.most == 0:
        return NO
    most_part = min(part.most, total.most)
    fullest = max(1, total.least, most_part)  # the number of members that makes the largest share
    if rule.op == "=":
        sure = part.least == part.most and total.least == total.most
        return between(
            sure and rule.holds(part.least, total.least),
            rule._replace(op="<=").holds(part.least, total.most)
            and rule._replace(op=">=").holds(most_part, fullest),
        )
    low = rule.holds(part.least, total.most)
    high = rule.holds(most_part, fullest)
    return between(low and high, low or high)


@dataclass(frozen=True, slots=True)
class Placed:
    """A result in a bloc or movement this year: organiser, result, how long, at which review."""

    place: str
    organisers: frozenset[str] = frozenset()
    results: frozenset[str] = frozenset()
    duration: int = 0
    reviews: frozenset[str] = frozenset()

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """YES when one record satisfies everything."""
        best: Truth = NO if facts.covers("placements", at.year) else MAYBE
        found: list[Record] = []
        for one in facts.placements:
            if one.year != at.year or one.place != self.place:
                continue
            fit = YES
            for asked, said in (
                (self.organisers, one.organised_by),
                (self.results, one.result),
                (self.reviews, one.at),
            ):
                if asked and said not in asked:
                    fit = min(fit, NO if said else MAYBE)
            if self.duration:
                fit = min(
                    fit,
                    between(
                        one.duration.least >= self.duration, one.duration.most >= self.duration
                    ),
                )
            if fit is not NO:
                found.append(one)
                best = max(best, fit)
        return Outcome(
            best,
            tuple(found),
            "placed",
            {
                "place": self.place,
                "organisers": self.organisers,
                "results": self.results,
                "duration": self.duration,
                "reviews": self.reviews,
                "year": at.year,
            },
        )


@dataclass(frozen=True, slots=True)
class Belongs:
    """The subject belongs to one of the classes."""

    classes: frozenset[str]

    def judge(self, facts: Facts, at: Moment) -> Outcome:  # noqa: ARG002 - one shape for all kinds
        """Where the subject's classes are stated, the list is complete; else UNKNOWN."""
        truth = between(bool(self.classes & facts.classes), not facts.classes_stated)
        return Outcome(truth, (), "belongs", {"classes": self.classes})


@dataclass(frozen=True, slots=True)
class Meets:
    """The subject meets the standard of one of the awards in the same year."""

    awards: tuple[str, ...]

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """The best verdict among them; an award that cannot be judged counts as UNKNOWN."""
        best, best_award, findings = NO, "", []
        for award in self.awards:
            truth, finding = at.judge.nested(award, facts, at.year)
            if finding is not None:
                findings.append(finding)
            if truth > best or not best_award:
                best, best_award = truth, award
            if best is YES:
                findings = [finding] if finding is not None else []
                break
        return Outcome(
            best,
            (),
            "meets",
            {
                "awards": self.awards,
                "award": best_award,
                "children": tuple(findings),
            },
        )


@dataclass(frozen=True, slots=True)
class Attested:
    """A human judgement: met, not met, or awaiting the one who attests it."""

    what: str
    reaches: frozenset[str] = frozenset()
    reach_word: str = ""
    by: str = ""

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """An attestation of a lower reach than asked does not count; without one it is awaited."""
        best: Truth | None = None
        found: list[Record] = []
        for one in facts.attestations.get(self.what, ()):
            if one.year != at.year:
                continue
            verdict = one.verdict
            if self.reaches and one.reach not in self.reaches:
                if one.reach:
                    continue
                verdict = min(verdict, MAYBE)
            found.append(one)
            best = verdict if best is None else max(best, verdict)
        truth: Truth
        if best is not None:
            truth = best
        else:
            truth = NO if facts.covers("attestations", at.year) else MAYBE
        return Outcome(
            truth,
            tuple(found),
            "attested",
            {
                "what": self.what,
                "reach": self.reach_word,
                "by": self.by,
                "year": at.year,
            },
        )


@dataclass(frozen=True, slots=True)
class Every:
    """All of several conditions (used inside a streak)."""

    parts: tuple[Condition, ...]

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """The lowest truth among them."""
        inner = tuple(one.judge(facts, at) for one in self.parts)
        truth = min((one.truth for one in inner), default=YES)
        return Outcome(
            truth, tuple(r for one in inner for r in one.evidence), "every", {"inner": inner}
        )


@dataclass(frozen=True, slots=True)
class Either:
    """Any of several conditions (used inside a streak)."""

    parts: tuple[Condition, ...]

    def judge(self, facts: Facts, at: Moment) -> Outcome:
        """The highest truth among them."""
        inner = tuple(one.judge(facts, at) for one in self.parts)
        truth = max((one.truth for one in inner), default=NO)
        return Outcome(
            truth, tuple(r for one in inner for r in one.evidence), "either", {"inner": inner}
        )


@dataclass(frozen=True, slots=True)
class External:
    """A standard that another body sets. UNKNOWN while no overlay of that body is loaded."""

    owner: str

    def judge(self, facts: Facts, at: Moment) -> Outcome:  # noqa: ARG002 - one shape for all kinds
        """The overlay, where loaded, stands beside this leaf in the tree and judges instead."""
        return Outcome(MAYBE, (), "external", {"owner": self.owner})
