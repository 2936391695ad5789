"""What an award pays: whole numbers only, every step cited.

amount = ceil(multiplier × base salary / unit) × unit. Multipliers, base salary, unit and the
factor of a household are rows of the book, chosen by the date of the decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from lawengine.tables import Row, Table

if TYPE_CHECKING:
    from lawengine.book import Book
    from lawengine.terms import Citation

PAID, CEILING, BY_RANK, GIFT = "paid", "ceiling", "by_rank", "gift"
SET_BY_OWNER, NOT_ENCODED = "set_by_owner", "not_encoded"


def rounded_up(exact: Fraction, unit: int) -> int:
    """The least multiple of the unit that is not under the exact amount."""
    units = exact / unit
    return -(-units.numerator // units.denominator) * unit


class Step(NamedTuple):
    """One line of the arithmetic: a code of the wording with its parts, and where it stands."""

    code: str
    parts: Mapping[str, object]
    cites: tuple[Citation, ...]
    confidence: str
    source: tuple[str, ...]
    note: str

    def as_json(self) -> dict[str, Any]:
        """Stable JSON."""
        parts = {
            key: str(value) if isinstance(value, Fraction) else value
            for key, value in self.parts.items()
        }
        return {
            "step": self.code,
            **parts,
            "cite": [cite.as_json() for cite in self.cites],
            "confidence": self.confidence,
            "source": list(self.source),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class BonusAnswer:
    """What an award pays on a day.

    status: "paid" (each and total say how much), "ceiling" (at most so much, the owner sets the
    figure), "by_rank" (the award has ranks that pay differently: see alternatives), "gift",
    "set_by_owner", or "not_encoded" with the reason in the book's words (empty when the book has
    no row at all). confidence: the weakest of the steps. doubts: why the day lowers it.
    """

    award: str
    subject: str
    on: date
    count: int
    status: str
    each: int | None = None
    steps: tuple[Step, ...] = ()
    confidence: str = "verified"
    doubts: tuple[str, ...] = ()
    reason: str = ""
    rank: str = ""
    artefacts: str = ""
    alternatives: tuple[BonusAnswer, ...] = ()

    @property
    def total(self) -> int | None:
        """The sum for all recipients."""
        return None if self.each is None else self.each * self.count

    def as_json(self) -> dict[str, Any]:
        """Stable JSON."""
        return {
            "award": self.award,
            "subject": self.subject,
            "rank": self.rank or None,
            "on": self.on.isoformat(),
            "status": self.status,
            "count": self.count,
            "each": self.each,
            "total": self.total,
            "steps": [step.as_json() for step in self.steps],
            "confidence": self.confidence,
            "doubts": list(self.doubts),
            "reason": self.reason,
            "artefacts": self.artefacts,
            "alternatives": [one.as_json() for one in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class _Place:
    """The question: what is asked, on which day, for whom."""

    book: Book
    award: str
    subject: str
    on: date
    count: int

    def answer(self, status: str, **more: Any) -> BonusAnswer:
        return BonusAnswer(self.award, self.subject, self.on, self.count, status, **more)


def bonus(
    book: Book, award: str, subject: str, on: date, count: int = 1, rank: str = ""
) -> BonusAnswer:
    """What an award pays to a subject when the decision is dated `on`.

    rank: one of the ranks that the book keeps under a single award, where they pay differently.
    Raises ValueError for a count under one.
    """
    if count < 1:
        raise ValueError("count must be at least 1")
    place = _Place(book, award, subject, on, count)
    table = book.tables["bonus_multipliers"]
    rows = _rows(table, place, subject, rank)
    factor: Row | None = None
    if not rows:
        factor = _factor(place)
        if factor is not None and not factor.not_encoded:
            rows = _rows(table, place, factor.text("of"), rank)
    if not rows:
        reason = factor.not_encoded if factor else ""
        return place.answer(NOT_ENCODED, reason=reason)
    if len(rows) > 1:
        alternatives = tuple(_one(place, table, row, factor) for row in rows)
        return place.answer(BY_RANK, alternatives=alternatives)
    return _one(place, table, rows[0], factor)


def _rows(table: Table, place: _Place, subject: str, rank: str) -> list[Row]:
    """The rows of the day for a subject: those that name the award, else those that name none."""
    wanted = [subject]
    term = place.book.vocabulary.words("subject_kinds").get(subject)
    if term is not None:
        wanted.append(str(term.extra.get("of")))
    today = [row for row in table.on(place.on) if not row.owner]
    named = [
        row
        for row in today
        if place.award in row.awards and (not rank or row.text("rank") in ("", rank))
    ]
    for kind in dict.fromkeys(wanted):
        fitting = [row for row in named if row.text("subject") == kind]
        if fitting:
            return fitting
    return [row for row in named if not row.text("subject")] or [
        row for row in today if not row.awards
    ]


def _factor(place: _Place) -> Row | None:
    """The row by which a subject gets a multiple of what another kind of subject gets."""
    for row in place.book.tables["bonus_factors"].on(place.on):
        if place.award in row.awards and row.text("subject") == place.subject:
            return row
    return None


def _one(place: _Place, table: Table, row: Row, factor: Row | None) -> BonusAnswer:
    rank, artefacts = row.text("rank"), row.text("artefacts")
    doubts = table.doubts_on(place.on)
    if row.not_encoded:
        return place.answer(NOT_ENCODED, reason=row.not_encoded, rank=rank)
    confidence = table.confidence_on(row, place.on)
    if row.set_by:
        return place.answer(
            SET_BY_OWNER,
            rank=rank,
            confidence=confidence,
            doubts=doubts,
            steps=(_step("bonus.set_by", {"owner": row.set_by}, row, confidence),),
        )
    pays = row.text("pays") or "multiplier"
    multiplier = row.exact("multiplier")
    if pays == GIFT or multiplier is None:
        return place.answer(
            GIFT,
            rank=rank,
            confidence=confidence,
            doubts=doubts,
            steps=(_step("bonus.gift", {}, row, confidence),),
        )
    base, unit = _single(place, "base_salary"), _single(place, "bonus_rounding")
    for needed in (base, unit):
        if needed is None or needed.not_encoded:
            return place.answer(NOT_ENCODED, reason=needed.not_encoded if needed else "", rank=rank)
    assert base is not None  # noqa: S101 - narrows the type for mypy
    assert unit is not None  # noqa: S101 - same
    return _paid(
        place,
        _Parts(row, factor, base, unit, confidence, multiplier),
        status=CEILING if pays == CEILING else PAID,
        doubts=doubts,
        rank=rank,
        artefacts=artefacts,
    )


class _Parts(NamedTuple):
    """The rows that make an amount."""

    row: Row
    factor: Row | None
    base: Row
    unit: Row
    confidence: str
    multiplier: Fraction


def _paid(place: _Place, parts: _Parts, *, status: str, **more: Any) -> BonusAnswer:
    """The arithmetic of one amount."""
    salary, unit = parts.base.number("amount") or 0, parts.unit.number("unit") or 1
    steps = [
        _step(
            "bonus.ceiling" if status == CEILING else "bonus.multiplier",
            {"multiplier": parts.multiplier},
            parts.row,
            parts.confidence,
        )
    ]
    product = parts.multiplier
    if parts.factor is not None:
        share = parts.factor.exact("factor") or Fraction(1)
        product *= share
        steps.append(
            _step(
                "bonus.factor",
                {"factor": share, "of": parts.factor.text("of"), "multiplier": product},
                parts.factor,
                parts.factor.confidence,
            )
        )
    exact = product * salary
    each = rounded_up(exact, unit)
    steps.append(_step("bonus.base", {"amount": salary}, parts.base, parts.base.confidence))
    steps.append(
        _step(
            "bonus.rounding",
            {
                "multiplier": product,
                "base": salary,
                "product": exact,
                "unit": unit,
                "amount": each,
            },
            parts.unit,
            parts.unit.confidence,
        )
    )
    if place.count > 1:
        steps.append(
            Step(
                "bonus.count",
                {"amount": each, "count": place.count, "total": each * place.count},
                (),
                "verified",
                (),
                "",
            )
        )
    weakest = "recalled" if any(one.confidence == "recalled" for one in steps) else "verified"
    return place.answer(status, each=each, steps=tuple(steps), confidence=weakest, **more)


def _single(place: _Place, table: str) -> Row | None:
    rows = place.book.tables[table].on(place.on)
    return rows[0] if rows else None


def _step(code: str, parts: Mapping[str, object], row: Row, confidence: str) -> Step:
    return Step(code, parts, row.cites, confidence, row.source, row.note)


# ------------------------------------------------------------------------------- several


class Claim(NamedTuple):
    """One of several awards that are paid at one time. counted: the period or achievement that it
    rewards; awards with the same text here rest on the same one.
    """

    award: str
    subject: str
    counted: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """What several awards of one recipient pay together.

    paid: each claim that is paid with its answer. dropped: claims that a higher one takes in.
    unsettled: forms that rest on one achievement; whether both may be given at all is for
    somebody to decide. rules: the rows applied. reason: why the day has no rule.
    """

    paid: tuple[tuple[Claim, BonusAnswer], ...]
    dropped: tuple[tuple[Claim, BonusAnswer], ...]
    unsettled: tuple[tuple[Claim, BonusAnswer], ...]
    rules: tuple[Row, ...]
    status: str
    reason: str = ""

    @property
    def total(self) -> int:
        """The sum of what is paid."""
        return sum(answer.total or 0 for _claim, answer in self.paid)


def stack(book: Book, claims: Sequence[Claim], on: date) -> Stack:
    """What several awards pay that one recipient gets at one time."""
    answers = [(one, bonus(book, one.award, one.subject, on, rank=one.rank)) for one in claims]
    rules = book.tables["bonus_stacking"].on(on)
    if not rules or rules[0].not_encoded:
        return Stack((), (), (), (), NOT_ENCODED, rules[0].not_encoded if rules else "")
    titles = [pair for pair in answers if _is_title(book, pair[0])]
    forms = [pair for pair in answers if not _is_title(book, pair[0])]
    pays = {row.text("case"): row for row in rules}
    paid: list[tuple[Claim, BonusAnswer]] = []
    dropped: list[tuple[Claim, BonusAnswer]] = []
    unsettled: list[tuple[Claim, BonusAnswer]] = []
    used: list[Row] = []
    by_period = _grouped(titles)
    for group in by_period:
        if len(group) > 1 and "titles_same_period" in pays:
            used.append(pays["titles_same_period"])
            best = max(group, key=lambda pair: pair[1].total or 0)
            paid.append(best)
            dropped.extend(pair for pair in group if pair is not best)
        else:
            paid.extend(group)
    if len(by_period) > 1 and "titles_other_period" in pays:
        used.append(pays["titles_other_period"])
    by_achievement = _grouped(forms)
    for group in by_achievement:
        (paid if len(group) == 1 else unsettled).extend(group)
    if len(by_achievement) > 1 and "forms_other_achievement" in pays:
        used.append(pays["forms_other_achievement"])
    if titles and forms and "title_and_form" in pays:
        used.append(pays["title_and_form"])
    return Stack(tuple(paid), tuple(dropped), tuple(unsettled), tuple(used), PAID)


def _is_title(book: Book, claim: Claim) -> bool:
    return book.vocabulary.awards[claim.award].family == "title"


def _grouped(
    pairs: Iterable[tuple[Claim, BonusAnswer]],
) -> list[list[tuple[Claim, BonusAnswer]]]:
    groups: dict[str, list[tuple[Claim, BonusAnswer]]] = {}
    for pair in pairs:
        groups.setdefault(pair[0].counted, []).append(pair)
    return list(groups.values())


# ----------------------------------------------------------------------------- sentences


def sentences(
    answer: BonusAnswer, say: Mapping[str, Callable[..., str]], labels: Mapping[str, str]
) -> list[str]:
    """The steps as sentences in the book's words. labels: kinds of subject and owners by id."""
    thousands, decimal = say["number.thousands"](), say["number.decimal"]()

    def shown(value: object) -> str:
        if isinstance(value, int):
            return f"{value:,}".replace(",", thousands)
        if isinstance(value, Fraction):
            if value.denominator == 1:
                return shown(value.numerator)
            whole, _dot, rest = f"{float(value):.4f}".rstrip("0").partition(".")
            return shown(int(whole)) + (decimal + rest if rest else "")
        return labels.get(str(value), str(value))

    return [
        say[step.code](**{key: shown(value) for key, value in step.parts.items()})
        for step in answer.steps
    ]
