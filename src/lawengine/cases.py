"""Golden cases: read, run against the book, and the set that the book still asks for.

A case is written by hand from a published text or answer. A «no» is a «yes» with one fact changed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lawengine.book import Book, Leaf, Standard, Version, leaves
from lawengine.conditions_more import External
from lawengine.explain import Finding, Judge, Verdict, flatten
from lawengine.facts import closed_period, read_subject
from lawengine.reading import Node, read_file
from lawengine.terms import Frame, Truth
from lawengine.wording import Wording

VERDICTS = ("yes", "no", "unknown", "refused")
_DATES = ("year", "period", "decided_on", "received_on", "meeting_on")
_CASE = ("title", "source", "subject", "facts", "like", "change", "note", "provisional", *_DATES)


@dataclass(frozen=True, slots=True)
class Case:
    """A resolved case. facts: plain data of the subject. changed: the paths that differ from
    `like`.
    """

    id: str
    award: str
    title: str
    subject: str
    frame: Frame
    facts: Mapping[str, Any]
    verdict: str
    conditions: Mapping[str, str]
    source: Mapping[str, Any]
    like: str
    changed: tuple[str, ...]
    node: Node = field(repr=False, compare=False)
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A case with what the book answered, and what differs from what the case expects."""

    case: Case
    verdict: Verdict
    differs: tuple[str, ...]


def read_cases(folder: Path, book: Book) -> list[Case]:
    """All cases of a folder, one file per award, `like` resolved. Faults name the place."""
    found: list[Case] = []
    for file in sorted(folder.glob("*.yaml")):
        node = read_file(file)
        node.mapping(("award", "cases"), ("note", "facts"))
        award = node.child("award").choice(book.vocabulary.awards)
        raw: dict[str, Node] = {}
        for item in node.child("cases").items():
            item.mapping(("id", "expect"), _CASE)
            identity = item.child("id").text()
            if identity in raw:
                raise item.fault("repeated_id", id=identity)
            raw[identity] = item
        found += [_case(award, raw, item, book) for item in raw.values()]
    return found


def _chain(raw: Mapping[str, Node], item: Node) -> list[Node]:
    """A case and those that it is like, the first ancestor first."""
    chain = [item]
    while chain[0].has("like"):
        base = raw.get(chain[0].child("like").text())
        if base is None or base in chain or len(chain) > len(raw):
            raise chain[0].child("like").fault("unknown_case", found=chain[0].child("like").value)
        chain.insert(0, base)
    return chain


def _case(award: str, raw: Mapping[str, Node], item: Node, book: Book) -> Case:
    chain = _chain(raw, item)
    source = item.child("source")
    if not isinstance(source.value, Mapping) or not source.value.get("quote"):
        raise item.fault("no_source")
    source.mapping(("quote",), ("ref", "clause", "url", "note"))
    facts: dict[str, Any] = {}
    dates: dict[str, Node] = {}
    subject = title = ""
    for node in chain:
        if node.has("facts"):
            facts = copy.deepcopy(node.child("facts").value) or {}
        if node.has("change"):
            for path, value in node.child("change").entries():
                _apply(facts, path.split("."), value)
        dates.update({key: node.child(key) for key in _DATES if node.has(key)})
        if "year" in dates and "period" in dates:
            dates.pop("year" if node.has("period") else "period")
        subject = node.child("subject").text() if node.has("subject") else subject
        title = node.child("title").text() if node.has("title") else title
    kinds = book.vocabulary.words("subject_kinds")
    if subject not in kinds:
        raise item.fault("not_a_choice", found=subject, near="", allowed=list(kinds))
    expect = item.child("expect").mapping(("verdict",), ("conditions", "earliest_year", "missing"))
    conditions = {
        key: value.choice(("yes", "no", "unknown"))
        for key, value in (expect.child("conditions").entries() if expect.has("conditions") else ())
    }
    return Case(
        item.child("id").text(),
        award,
        title,
        subject,
        _frame(dates),
        {"id": item.child("id").text(), "kind": kinds[subject].extra["of"], **facts},
        expect.child("verdict").choice(VERDICTS),
        conditions,
        source.value,
        item.child("like").text() if item.has("like") else "",
        tuple(path for path, _ in item.child("change").entries()) if item.has("change") else (),
        item,
        item.child("provisional").boolean() if item.has("provisional") else False,
    )


def _frame(dates: Mapping[str, Node]) -> Frame:
    """Decided on 31 March after the period and received a month before, unless said."""
    if "period" in dates:
        start, end = dates["period"].parsed(closed_period)
    else:
        year = dates["year"].integer(1945, 2200) if "year" in dates else 2025
        start, end = date(year, 1, 1), date(year, 12, 31)
    following = date(end.year + 1, 3, 31) if end.month > 3 else date(end.year, 12, 31)
    decided = dates["decided_on"].day() if "decided_on" in dates else following
    received = dates["received_on"].day() if "received_on" in dates else decided - timedelta(31)
    meeting = dates["meeting_on"].day() if "meeting_on" in dates else decided
    return Frame(start, end, decided, received, meeting)


def _apply(data: Any, path: list[str], value: Node) -> None:
    """Set, replace or (value `absent`) remove the fact at a path."""
    for part in path[:-1]:
        data, key = _place(data, part)
        if key is None or (isinstance(data, dict) and key not in data):
            raise value.fault("unknown_path", found=".".join(path))
        data = data[key]
    data, key = _place(data, path[-1])
    if key is None:
        raise value.fault("unknown_path", found=".".join(path))
    if value.value != "absent":
        data[key] = copy.deepcopy(value.value)
    elif isinstance(data, list) or key in data:
        del data[key]
    else:
        raise value.fault("unknown_path", found=".".join(path))


def _place(data: Any, part: str) -> tuple[Any, Any]:
    """The container and the key that one step of a path means; the key is None for no such step."""
    if isinstance(data, dict) and part not in data and isinstance(data.get("records"), list):
        data = data["records"]
    if isinstance(data, dict):
        return data, part
    return data, _position(data, part) if isinstance(data, list) else None


_NAMES = ("id", "what", "award", "role", "kind", "in", "level")


def _position(records: list[Any], part: str) -> int | None:
    """The one record that a path means: a year, a name, `name@year`, or an index."""
    name, _, year = part.partition("@")
    hits = []
    for index, record in enumerate(records):
        if not isinstance(record, dict):
            continue
        named = part == str(record.get("year")) or any(record.get(key) == name for key in _NAMES)
        if named and (not year or str(record.get("year")) == year):
            hits.append(index)
    if len(hits) == 1:
        return hits[0]
    if not hits and part.isdigit() and int(part) < len(records):
        return int(part)
    return None


def run(case: Case, book: Book, wording: Wording) -> Result:
    """Judge a case and compare."""
    judge = Judge(book, case.frame, wording, provisional=case.provisional)
    node = Node(case.facts, case.node.file, case.node.lines, case.node.path)
    facts = read_subject(node, book.vocabulary, case.frame, date(2200, 1, 1))
    verdict = judge.judge(case.award, facts)
    differs = []
    if verdict.word != case.verdict:
        differs.append(f"verdict: expected {case.verdict}, found {verdict.word}")
    if verdict.choice.subject != case.subject:
        differs.append(f"subject: expected {case.subject}, judged as {verdict.choice.subject}")
    truths = _truths(verdict.finding) if verdict.finding else {}
    for identity, expected in case.conditions.items():
        found = truths.get(identity)
        if found is None or found.word != expected:
            said = found.word if found is not None else "no such condition"
            differs.append(f"{identity}: expected {expected}, found {said}")
    expect = case.node.child("expect")
    if expect.has("earliest_year"):
        year = expect.child("earliest_year").value
        if (verdict.earliest_year or "none") != year:
            differs.append(f"earliest_year: expected {year}, found {verdict.earliest_year}")
    if expect.has("missing"):
        wanted = sorted(str(one) for one in expect.child("missing").value)
        have = sorted(one.id for one in verdict.missing)
        if wanted != have:
            differs.append(f"missing: expected {wanted}, found {have}")
    return Result(case, verdict, tuple(differs))


def _truths(finding: Finding) -> dict[str, Truth]:
    truths = {leaf.id: leaf.truth for leaf in flatten(finding)}
    if finding.id:
        truths.setdefault(finding.id, finding.truth)
    for child in finding.children:
        if child.kind in ("all", "any", "not"):
            for key, value in _truths(child).items():
                truths.setdefault(key, value)
    return truths


def run_all(folder: Path, book: Book, wording: Wording) -> list[Result]:
    """Read and judge every case."""
    return [run(case, book, wording) for case in read_cases(folder, book)]


@dataclass(frozen=True, slots=True)
class Missing:
    """A case that the rule asks for: the standard, the period, which kind, which leaf."""

    award: str
    subject: str
    version: Version
    kind: str
    leaf: str = ""
    day: date | None = None


def missing(results: list[Result], book: Book) -> list[Missing]:
    """The required set that no case fills: per version a yes, a no for each leaf, an unknown;
    per boundary one case on each side; per text not seen a refusal; per gate a no.
    """
    by_standard: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        by_standard.setdefault((result.case.award, result.case.subject), []).append(result)
    found: list[Missing] = []
    for key, standard in book.standards.items():
        found += _missing_of(standard, by_standard.get(key, []))
    refused = {leaf for result in results for leaf in _gate_noes(result, book)}
    for gate in book.gates:
        for leaf in gate.leaves:
            if (gate.in_force, leaf.id) not in refused:
                version = Version(gate.in_force, leaf.cites[0].instrument, leaf.cites, "", (), None)
                found.append(Missing("gates", "", version, "no", leaf.id))
    return found


def _gate_noes(result: Result, book: Book) -> Iterator[tuple[object, str]]:
    finding = result.verdict.finding
    if finding is None or result.verdict.truth is not Truth.NO:
        return
    noes = {leaf.id for leaf in flatten(finding) if leaf.truth is Truth.NO}
    for gate in book.gates:
        if result.verdict.choice.text_on in gate.in_force:
            for leaf in gate.leaves:
                if leaf.id in noes:
                    yield gate.in_force, leaf.id


def _missing_of(standard: Standard, results: list[Result]) -> Iterator[Missing]:
    by_id = {result.case.id: result for result in results}
    days = {result.verdict.choice.text_on for result in results}
    for index, version in enumerate(standard.versions):
        here = [r for r in results if r.verdict.choice.text_on in version.in_force]

        def ask(
            kind: str, leaf: str = "", day: date | None = None, *, v: Version = version
        ) -> Missing:
            return Missing(standard.award, standard.subject, v, kind, leaf, day)

        if version.when is None:
            if not any(r.verdict.truth is None for r in here):
                yield ask("refused")
        else:
            yield from (ask(kind, leaf) for kind, leaf in _missing_truths(version, here, by_id))
        if index:
            start = version.in_force.start
            assert start is not None  # noqa: S101 - the loader joins the dates
            for day in (start - timedelta(1), start):
                if day not in days:
                    yield ask("boundary", day=day)


def _missing_truths(
    version: Version, here: list[Result], by_id: Mapping[str, Result]
) -> Iterator[tuple[str, str]]:
    assert version.when is not None  # noqa: S101 - asked of encoded versions
    best = _best(version)
    if best is Truth.YES and not any(r.verdict.truth is Truth.YES for r in here):
        yield "yes", ""
    if not any(r.verdict.truth is Truth.UNKNOWN for r in here):
        yield "unknown", ""
    for leaf in leaves(version.when):
        if not isinstance(leaf.condition, External) and not any(
            _shows_no(leaf, result, by_id, best) for result in here
        ):
            yield "no", leaf.id


def _best(version: Version) -> Truth:
    """The best verdict that the version can give: UNKNOWN where an outside standard is required."""

    def best(tree: Any) -> Truth:
        if isinstance(tree, Leaf):
            return Truth.UNKNOWN if isinstance(tree.condition, External) else Truth.YES
        if tree.word == "not":
            return Truth.YES
        truths = [best(part) for part in tree.parts]
        return min(truths) if tree.word == "all" else max(truths)

    return best(version.when)


def _shows_no(leaf: Leaf, result: Result, by_id: Mapping[str, Result], best: Truth) -> bool:
    """Is the leaf a no, the verdict a no, and was it a yes before one fact was changed?"""
    base = by_id.get(result.case.like)
    if result.verdict.truth is not Truth.NO or base is None or len(result.case.changed) != 1:
        return False
    now, before = _truth_of(leaf, result), _truth_of(leaf, base)
    return now is Truth.NO and before is Truth.YES and base.verdict.truth is best


def _truth_of(leaf: Leaf, result: Result) -> Truth | None:
    finding = result.verdict.finding
    if finding is None:
        return None
    return next((one.truth for one in flatten(finding) if one.id == leaf.id), None)
