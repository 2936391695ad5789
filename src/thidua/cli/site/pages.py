"""What each page says: the book turned into plain values for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from lawengine.amounts import NOT_ENCODED, BonusAnswer, bonus
from lawengine.book import Book, Instrument, Leaf, Standard, Version
from lawengine.cases import Case, Result, run
from lawengine.conditions import Condition
from lawengine.describe import describe
from lawengine.differences import Change, comparable, differences, standings
from lawengine.explain import Finding, flatten
from lawengine.reading import Node
from lawengine.tables import Row, Table
from lawengine.terms import Citation, Period, Threshold, Truth, parse_citation
from lawengine.vocabulary import Award
from lawengine.wording import Wording
from thidua.cli.site.fact_words import FactWords, Line
from thidua.cli.site.look import say_day, say_exact, say_number, say_threshold
from thidua.cli.site.states import DELEGATED, JUDGED, UNSEEN, Scale, periods, rows, state


class Page(NamedTuple):
    """A page to write: its path in the site, its template, what the template says."""

    path: str
    template: str
    context: Mapping[str, Any]


class GateView(NamedTuple):
    """A leaf that stands in front of a version, with each period and text that asks for it."""

    leaf: Leaf
    places: tuple[tuple[Period, Leaf], ...]


class Pay(NamedTuple):
    """What an award pays to each kind of subject while nothing changes."""

    period: Period
    answers: tuple[tuple[str, BonusAnswer], ...]


class VersionView(NamedTuple):
    """One version of a standard as its section shows it."""

    version: Version
    id: str
    state: str
    open: bool
    gates: tuple[GateView, ...]
    leaves: int
    changes: tuple[Change, ...] | None
    same: int
    before: Version | None
    cases: tuple[CaseView, ...]


class CaseView(NamedTuple):
    """A worked case: facts in words, what the book answers, and whether that is as written.

    shown: the findings worth reading; idle: how many alternatives of a yes were not needed.
    """

    case: Case
    id: str
    lines: tuple[Line, ...]
    shown: tuple[Finding, ...]
    idle: int
    differs: bool
    like: str
    refusal: str
    cites: tuple[Citation, ...]


class SubjectView(NamedTuple):
    """All versions for one kind of subject, the newest first."""

    subject: str
    label: str
    standard: Standard
    versions: tuple[VersionView, ...]


class TableRows(NamedTuple):
    """The rows of a table that speak of an award."""

    table: Table
    rows: tuple[Row, ...]


class Usage(NamedTuple):
    """Where an instrument is used."""

    awards: tuple[str, ...]
    tables: tuple[str, ...]
    rules: int


class Article(NamedTuple):
    """An article, or several, with what became of it in the book."""

    place: str
    state: str
    where: tuple[tuple[str, str], ...]
    note: str


class Covered(NamedTuple):
    """An instrument with the state of its articles, and how many rows have each state."""

    instrument: str
    name: str
    articles: tuple[Article, ...]
    counts: Mapping[str, int]


class Stretch(NamedTuple):
    """A stretch of time between two changes of the law, with what the book can answer."""

    period: Period
    counts: Mapping[str, int]
    instruments: tuple[Instrument, ...]
    reasons: tuple[tuple[str, int], ...]


class Site:
    """The book with everything that its pages ask for."""

    def __init__(
        self,
        book: Book,
        wording: Wording,
        words: Mapping[str, Any],
        cases: Iterable[Case],
        coverage: Node | None = None,
    ) -> None:
        self.book, self.wording, self.words = book, wording, words
        self.scale = Scale(book)
        self.facts = FactWords(words, wording)
        self.results = [run(case, book, wording) for case in cases]
        self.coverage = coverage

    # ------------------------------------------------------------------ for templates

    def helpers(self) -> dict[str, Any]:
        """Functions that templates call."""
        return {
            "book": self.book,
            "words": self.words,
            "label": self.book.vocabulary.label,
            "award_name": self.book.vocabulary.award_label,
            "cite": lambda one: self.wording.citation(one, self.book.instruments),
            "describe": lambda leaf: describe(leaf.condition, self.wording),
            "values": self.values,
            "papers": self.papers,
            "state_of": state,
        }

    def values(self, table: Table, row: Row) -> list[tuple[str, str]]:
        """The values of a row with their headings; none where a sentence says them already.

        Awards stand elsewhere, and a code that has no words is for the machine.
        """
        if row.vi or row.not_encoded:
            return []
        found = []
        for name, value in row.values.items():
            column = table.columns[name]
            if column.type in ("award", "awards") or name == "papers":
                continue
            if column.type == "choice" and str(value) not in self.words["columns_words"]:
                continue
            found.append((str(self.words["columns"].get(name, name)), self._said(value)))
        return found

    def papers(self, row: Row) -> list[str]:
        """The papers of a dossier that a row lists."""
        listed = row.values.get("papers")
        return [self._word(str(one)) for one in listed] if isinstance(listed, tuple) else []

    def _said(self, value: object) -> str:
        """A value of a table in words."""
        for kind, say in _SAID.items():
            if isinstance(value, kind):
                return say(value)
        if isinstance(value, tuple):
            return "; ".join(self._said(one) for one in value)
        if isinstance(value, Mapping):
            return "; ".join(f"{key}: {self._said(one)}" for key, one in value.items())
        return self._word(str(value))

    def _word(self, text: str) -> str:
        """The label of a word, whichever list of the book declares it."""
        if text in self.words["columns_words"]:
            return str(self.words["columns_words"][text])
        for terms in self.book.vocabulary.lists.values():
            if text in terms:
                return terms[text].vi
        return self.book.vocabulary.award_label(text)

    # ------------------------------------------------------------------------- pages

    def pages(self) -> Iterator[Page]:
        """Every page of the site."""
        yield Page("index.html", "index.html", self._index())
        for award in self.book.vocabulary.awards.values():
            yield Page(f"awards/{award.id}.html", "award.html", self._award(award))
        yield Page("regimes.html", "regimes.html", {"stretches": self.stretches()})
        usage = self.usage()
        yield Page(
            "instruments.html",
            "instruments.html",
            {"groups": self._instrument_groups(), "usage": usage},
        )
        yield Page("coverage.html", "coverage.html", {"coverage": self.covered()})
        yield Page("readings.html", "readings.html", {"readings": self.readings()})
        yield Page("help.html", "help.html", {})
        yield Page("tables/index.html", "tables.html", {"folders": self._folders()})
        for table in self.book.tables.values():
            context = {"table": table, "folder": Path(table.file).parent.name}
            yield Page(f"tables/{table.id}.html", "table.html", context)

    def _index(self) -> dict[str, Any]:
        groups: dict[str, list[dict[str, Any]]] = {
            group["id"]: [] for group in self.words["groups"]
        }
        for award in self.book.vocabulary.awards.values():
            standards = self._standards(award)
            found = [{"row": row, "bars": self.scale.bars(row.spans)} for row in rows(standards)]
            entry = {"award": award, "rows": found, "search": self._search(award)}
            groups[self._group(award)].append(entry)
        confidence = Counter(
            leaf.confidence for version in self._versions() for leaf in _all_leaves(version)
        )
        return {
            "groups": [(group, groups[group["id"]]) for group in self.words["groups"]],
            "numbers": {
                "awards": len(self.book.vocabulary.awards),
                "leaves": confidence.total(),
                "verified": confidence["verified"],
                "recalled": confidence["recalled"],
                "cases": len(self.results),
                "unseen": sum(
                    1 for one in self.book.standards.values() if state(one.versions[-1]) == UNSEEN
                ),
                "last": periods(self.book)[0].start,
                "standards": len(self.book.standards),
            },
        }

    def _group(self, award: Award) -> str:
        for group in self.words["groups"]:
            subjects = group.get("subjects")
            if award.kind in group["kinds"] and (
                not subjects or any(one in subjects for one in award.subjects)
            ):
                return str(group["id"])
        raise LookupError(f"no group on the front page takes an award of kind {award.kind!r}")

    def _search(self, award: Award) -> str:
        """What the filter looks through: names, id, abbreviation, kinds of subject."""
        subjects = " ".join(
            self.book.vocabulary.label("subject_kinds", one) for one in award.subjects
        )
        initials = "".join(word[0] for word in award.vi.split() if word[0].isalpha())
        spellings = " ".join(self.words["aliases"].get(award.id, ()))
        return f"{award.vi} {award.en} {award.id} {initials} {spellings} {subjects}"

    def _standards(self, award: Award) -> list[Standard]:
        found = self.book.standards
        return [found[award.id, one] for one in award.subjects if (award.id, one) in found]

    def _versions(self) -> Iterator[Version]:
        for standard in self.book.standards.values():
            yield from standard.versions

    # ------------------------------------------------------------------------- award

    def _award(self, award: Award) -> dict[str, Any]:
        standards = self._standards(award)
        return {
            "award": award,
            "rows": [{"row": row, "bars": self.scale.bars(row.spans)} for row in rows(standards)],
            "subjects": [self._subject(one) for one in standards],
            "tables": self.tables_of(award.id),
            "pay": self.pay(award),
            "general": [
                one
                for one in self.book.tables.values()
                if (one.answers or one.supports) and any(not row.awards for row in one.rows)
            ],
            "readings": [one for one in self.readings() if award.id in one["applies_to"]],
        }

    def _subject(self, standard: Standard) -> SubjectView:
        judged = [one for one in standard.versions if state(one) != UNSEEN]
        shown = judged[-1] if judged else standard.versions[-1]
        views = [
            self._version(standard, index, version, is_open=version is shown)
            for index, version in enumerate(standard.versions)
        ]
        label = self.book.vocabulary.label("subject_kinds", standard.subject)
        return SubjectView(standard.subject, label, standard, tuple(views[::-1]))

    def _version(
        self, standard: Standard, index: int, version: Version, *, is_open: bool
    ) -> VersionView:
        before = standard.versions[index - 1] if index else None
        changes = None
        if before is not None and comparable(before, version):
            changes = differences(before, version)
        start = version.in_force.start
        return VersionView(
            version,
            f"{standard.subject}-{start.isoformat() if start else 'start'}",
            state(version),
            is_open,
            self.gates(version),
            len(standings(version)),
            tuple(one for one in changes if one.kind != "same") if changes is not None else None,
            sum(1 for one in changes or () if one.kind == "same"),
            before,
            tuple(self._cases(standard, version)),
        )

    def gates(self, version: Version) -> tuple[GateView, ...]:
        """What the regime asks in front of a version; one question of several texts once."""
        if version.when is None or not version.gates:
            return ()
        found: dict[tuple[str, Condition], list[tuple[Period, Leaf]]] = {}
        for gate in self.book.gates:
            if gate.in_force.touches(version.in_force):
                shared = _shared(gate.in_force, version.in_force)
                for leaf in gate.leaves:
                    found.setdefault((leaf.vi, leaf.condition), []).append((shared, leaf))
        return tuple(GateView(places[0][1], tuple(places)) for places in found.values())

    def _cases(self, standard: Standard, version: Version) -> Iterator[CaseView]:
        here = [
            one
            for one in self.results
            if one.case.award == standard.award
            and one.case.subject == standard.subject
            and self._text_day_in(one, version)
        ]
        titles = {one.case.id: one.case.title for one in self.results}
        for result in here:
            yield self._case(result, titles, version.instrument)

    def _text_day_in(self, result: Result, version: Version) -> bool:
        choice = result.verdict.choice
        if choice.version is not None:
            return choice.version is version
        return choice.text_on in version.in_force

    def _case(self, result: Result, titles: Mapping[str, str], instrument: str) -> CaseView:
        case = result.case
        only = frozenset(path.split(".")[0] for path in case.changed) if case.like else None
        found = tuple(flatten(result.verdict.finding)) if result.verdict.finding else ()
        shown = found
        if case.like:
            shown = tuple(one for one in found if one.id in case.conditions)
        elif case.verdict == "yes":
            shown = tuple(one for one in found if one.truth is Truth.YES)
        idle = 0 if case.like else len(found) - len(shown)
        refusal = result.verdict.refusal
        return CaseView(
            case,
            f"{case.subject}-{case.id}",
            tuple(self.facts.lines(case.facts, only or None)),
            shown,
            idle,
            bool(result.differs),
            titles.get(case.like, ""),
            self.wording.refusal(refusal) if refusal else "",
            tuple(self._clauses(case.source.get("clause"), instrument)),
        )

    def _clauses(self, value: object, instrument: str) -> Iterator[Citation]:
        """The clauses that a case quotes, as citations where they are written so."""
        for text in _many(value):
            try:
                one = parse_citation(text, instrument)
            except ValueError:
                continue
            if one.instrument in self.book.instruments:
                yield one

    def tables_of(self, award: str) -> list[TableRows]:
        """The rows that name an award, by table and date, with those that speak of all awards."""
        found = []
        for table in self.book.tables.values():
            if any(award in row.awards for row in table.rows):
                named = [
                    row
                    for row in table.rows
                    if award in row.awards or not (row.awards or row.otherwise)
                ]
                named.sort(key=lambda row: row.in_force.start or date.min)
                found.append(TableRows(table, tuple(named)))
        return found

    def pay(self, award: Award) -> list[Pay]:
        """What the award pays, by the date of the decision, the newest first."""
        tables = self.book.tables
        needed = ("bonus_multipliers", "base_salary", "bonus_rounding")
        if not all(name in tables for name in (*needed, "bonus_factors")):
            return []
        starts = sorted(
            {row.in_force.start for name in needed for row in tables[name].rows}
            | {
                row.in_force.next_start()
                for name in needed
                for row in tables[name].rows
                if row.in_force.end
            },
            key=lambda day: day or date.min,
        )
        kinds = dict.fromkeys(
            str(self.book.vocabulary.words("subject_kinds")[one].extra.get("of"))
            for one in award.subjects
        )
        found: list[Pay] = []
        for index, start in enumerate(starts):
            if start is None:
                continue
            until = starts[index + 1] if index + 1 < len(starts) else None
            end = until - timedelta(1) if until else None
            answers = tuple((kind, bonus(self.book, award.id, kind, start)) for kind in kinds)
            if found and _same_pay(found[-1].answers, answers):
                found[-1] = Pay(Period(found[-1].period.start, end), found[-1].answers)
            else:
                found.append(Pay(Period(start, end), answers))
        if all(_silent(answer) for one in found for _, answer in one.answers):
            return []
        return [one for one in found if not all(_silent(answer) for _, answer in one.answers)][::-1]

    # ------------------------------------------------------------------- other pages

    def stretches(self) -> list[Stretch]:
        """Every stretch of time between two changes, the newest first."""
        found = []
        for period in periods(self.book):
            day = period.start
            assert day is not None  # noqa: S101 - a stretch begins with a version
            versions = [
                version
                for standard in self.book.standards.values()
                if (version := standard.on(day)) is not None
            ]
            counts = Counter(state(version) for version in versions)
            used = Counter(
                cite.instrument
                for version in versions
                for cite in (*version.cites, Citation(version.instrument))
            )
            reasons = Counter(one.not_encoded for one in versions if one.not_encoded)
            found.append(
                Stretch(
                    period,
                    {name: counts[name] for name in (JUDGED, DELEGATED, UNSEEN)},
                    tuple(one for one in self.book.instruments.values() if one.id in used),
                    tuple(reasons.most_common()),
                )
            )
        return found

    def usage(self) -> dict[str, Usage]:
        """Which awards and tables cite an instrument, and how many conditions."""
        awards: dict[str, dict[str, None]] = {}
        tables: dict[str, dict[str, None]] = {}
        rules: Counter[str] = Counter()
        for standard in self.book.standards.values():
            for version in standard.versions:
                awards.setdefault(version.instrument, {})[standard.award] = None
                for leaf in _all_leaves(version):
                    for cite in leaf.cites:
                        rules[cite.instrument] += 1
                        awards.setdefault(cite.instrument, {})[standard.award] = None
        for table in self.book.tables.values():
            for row in table.rows:
                for cite in row.cites:
                    tables.setdefault(cite.instrument, {})[table.id] = None
        return {
            one: Usage(tuple(awards.get(one, ())), tuple(tables.get(one, ())), rules[one])
            for one in self.book.instruments
        }

    def _instrument_groups(self) -> list[tuple[str, list[Instrument]]]:
        groups: dict[str, list[Instrument]] = {}
        for one in self.book.instruments.values():
            groups.setdefault(self._instrument_group(one), []).append(one)
        return list(groups.items())

    def _instrument_group(self, one: Instrument) -> str:
        for prefix, label in self.words["instrument_groups"].items():
            if one.id.startswith(prefix):
                return str(label)
        return str(self.words["instrument_others"])

    def _folders(self) -> list[tuple[str, list[Table]]]:
        groups: dict[str, list[Table]] = {}
        for table in self.book.tables.values():
            groups.setdefault(Path(table.file).parent.name, []).append(table)
        labels = self.words["folders"]
        return [(labels.get(name, name), found) for name, found in groups.items()]

    def readings(self) -> list[dict[str, Any]]:
        """Our own readings, with citations parsed."""
        found = []
        for one in self.book.implicit:
            applies = one.get("applies_to", ())
            found.append(
                {
                    **one,
                    "applies_to": _many(applies),
                    "cites": [parse_citation(text) for text in _many(one.get("cite"))],
                    "sources": _many(one.get("source")),
                }
            )
        return found

    def covered(self) -> list[Covered]:
        """The state of every article, by instrument, in the order of the file."""
        groups: dict[str, list[Article]] = {}
        for row in self.coverage.child("coverage").items() if self.coverage else ():
            instrument = row.child("instrument").choice(self.book.instruments)
            article = str(row.child("article").value)
            groups.setdefault(instrument, []).append(
                Article(
                    f"Điều {article.replace('-', '–')}" if article[:1].isdigit() else article,
                    row.child("state").choice(self.words["coverage"]),
                    tuple(self._place(one) for one in _many(row.child("where").value)),
                    str(row.child("note").value or ""),
                )
            )
        return [
            Covered(
                one,
                self.book.instruments[one].short_vi,
                tuple(articles),
                Counter(article.state for article in articles),
            )
            for one, articles in groups.items()
        ]

    def _place(self, word: str) -> tuple[str, str]:
        """The page and the name of an award, a table or another part of the book, if any."""
        if word in self.book.vocabulary.awards:
            return f"awards/{word}.html", self.book.vocabulary.award_label(word)
        if word in self.book.tables:
            return f"tables/{word}.html", self.book.tables[word].vi
        page, name = self.words["coverage_places"].get(word, ("", word))
        return page, name


def _silent(answer: BonusAnswer) -> bool:
    """Does the book say nothing at all, not even why?"""
    return answer.status == NOT_ENCODED and not answer.reason and not answer.alternatives


def _same_pay(
    before: tuple[tuple[str, BonusAnswer], ...], after: tuple[tuple[str, BonusAnswer], ...]
) -> bool:
    return [_pay_key(one) for _, one in before] == [_pay_key(one) for _, one in after]


def _pay_key(answer: BonusAnswer) -> object:
    steps = tuple((one.code, tuple(one.parts.items()), one.cites) for one in answer.steps)
    inner = tuple(_pay_key(one) for one in answer.alternatives)
    return answer.status, answer.each, answer.reason, answer.confidence, steps, inner


def _shared(one: Period, other: Period) -> Period:
    """The days of both; they are known to touch."""
    starts = [day for day in (one.start, other.start) if day]
    ends = [day for day in (one.end, other.end) if day]
    return Period(max(starts, default=None), min(ends, default=None))


_SAID: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "có" if value else "không",
    int: say_number,
    Threshold: say_threshold,
    Fraction: say_exact,
    date: say_day,
}


def _many(value: object) -> list[str]:
    if value in (None, ""):
        return []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)]


def _all_leaves(version: Version) -> list[Leaf]:
    return [one.leaf for one in standings(version)]
