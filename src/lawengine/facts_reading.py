"""Reading the records of a subject: partial dates, bounds, and one function per kind of fact."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from lawengine.reading import Node
from lawengine.records import (
    MANY,
    UNKNOWN,
    Absence,
    Attestation,
    Held,
    Mark,
    Members,
    Origin,
    PartialDate,
    Pending,
    Placement,
    Product,
    Rating,
    Registration,
    Service,
    Span,
)
from lawengine.terms import Frame, Truth
from lawengine.vocabulary import Vocabulary

_COMMON = ("source", "confirmed_by", "hypothesis", "note")


class Context(NamedTuple):
    """What reading a record needs besides the record."""

    vocabulary: Vocabulary
    frame: Frame
    today: date


def closed_period(text: str) -> tuple[date, date]:
    """Read `2024-09-01..2025-05-31`; raises ValueError for open or reversed periods."""
    start, dots, end = text.partition("..")
    if not dots or not start or not end:
        raise ValueError(f"{text!r} is not a period such as 2024-09-01..2025-05-31")
    first, last = date.fromisoformat(start.strip()), date.fromisoformat(end.strip())
    if last < first:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def partial_date(node: Node, today: date | None = None) -> PartialDate | None:
    """A date, `2017-03`, `2017`, or `unknown` (None). A start after today is refused."""
    value = node.value
    if value is None or value == "unknown":
        return None
    if isinstance(value, Mapping):
        node.mapping((), ("not_before", "not_later_than"))
        first = node.child("not_before").day() if node.has("not_before") else date(1900, 1, 1)
        last = (
            node.child("not_later_than").day() if node.has("not_later_than") else date(2200, 1, 1)
        )
        return PartialDate(first, last)
    text = value.isoformat() if isinstance(value, date) else str(value)
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    if not match:
        raise node.fault("not_a_date", found=text)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = date(year or 0, last_month, day or calendar.monthrange(year or 0, last_month)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise node.fault("not_a_date", found=text) from None
    if today and first > today:
        raise node.fault("in_the_future", found=text, today=today.isoformat())
    return PartialDate(first, last)


def span(node: Node) -> Span:
    """A whole number, `unknown`, or bounds {at_least, at_most, under, over}."""
    value = node.value
    if value is None or value == "unknown":
        return UNKNOWN
    if isinstance(value, Mapping):
        node.mapping((), ("at_least", "at_most", "under", "over"))
        least = node.child("at_least").integer(0) if node.has("at_least") else 0
        least = max(least, node.child("over").integer(0) + 1) if node.has("over") else least
        most = node.child("at_most").integer(0) if node.has("at_most") else MANY
        most = min(most, node.child("under").integer(1) - 1) if node.has("under") else most
        if most < least:
            raise node.fault("out_of_range", found=least, least=0, most=most)
        return Span(least, most)
    number = node.integer(0)
    return Span(number, number)


def years(node: Node, today: date) -> set[int]:
    """A list of years and ranges of years (`2015..2025`) in which none lies after today's."""
    found: set[int] = set()
    for item in node.one_or_many():
        text = str(item.value)
        first, dots, last = text.partition("..")
        try:
            low, high = int(first), int(last) if dots else int(first)
        except ValueError:
            raise item.fault("not_a_year", found=text) from None
        if not 1900 <= low <= high <= 2200:
            raise item.fault("not_a_year", found=text)
        if low > today.year:
            raise item.fault("in_the_future", found=text, today=today.isoformat())
        found.update(range(low, high + 1))
    return found


def truth(node: Node) -> Truth:
    """true, false, `unknown`; absent is unknown."""
    if node.value is None or node.value == "unknown":
        return Truth.UNKNOWN
    return Truth.YES if node.boolean() else Truth.NO


def _open(node: Node, required: tuple[str, ...], optional: tuple[str, ...]) -> Origin:
    node.mapping(required, (*optional, *_COMMON))
    source = node.child("source")
    place = {}
    if source.value is not None:
        source.mapping((), ("file", "sheet", "row", "cell", "page", "text"))
        place = dict(source.value)
    by = node.child("confirmed_by")
    who = on = ""
    if isinstance(by.value, Mapping):
        by.mapping(("name",), ("on",))
        who, on = by.child("name").text(), str(by.child("on").value or "")
    elif by.value is not None:
        who = by.text()
    hypothesis = node.child("hypothesis").boolean() if node.has("hypothesis") else False
    return Origin(
        **place, line=node.line or 0, confirmed_by=who, confirmed_on=on, hypothesis=hypothesis
    )


def _year(node: Node, context: Context, *, hypothesis: bool = False) -> int:
    year = node.integer(1900, 2200)
    if year > context.today.year and not hypothesis:
        raise node.fault("in_the_future", found=year, today=context.today.isoformat())
    return year


def _word(node: Node, words: Mapping[str, object]) -> str:
    """One of the words, or "" when absent or unknown."""
    if node.value is None or node.value == "unknown":
        return ""
    return node.choice(words)


def _ranks(node: Node, words: Mapping[str, object], *, none_word: bool = False) -> tuple[int, int]:
    """Bounds of rank of a word, {at_least}, {at_most}, unknown; none is (-1, -1)."""
    ranks = {word: rank for rank, word in enumerate(words)}
    value = node.value
    if value is None or value == "unknown":
        return -1 if none_word else 0, len(ranks) - 1
    if value == "none" and none_word:
        return -1, -1
    if isinstance(value, Mapping):
        node.mapping((), ("at_least", "at_most"))
        least = ranks[node.child("at_least").choice(ranks)] if node.has("at_least") else 0
        most = ranks[node.child("at_most").choice(ranks)] if node.has("at_most") else len(ranks) - 1
        if most < least:
            raise node.fault("out_of_range", found=least, least=0, most=most)
        return least, most
    rank = ranks[node.choice(ranks)]
    return rank, rank


def rating(node: Node, context: Context) -> Rating:
    """`{year, level}`; level may be {at_least}, {at_most}, none or unknown."""
    origin = _open(node, ("year", "level"), ())
    year = _year(node.child("year"), context, hypothesis=origin.hypothesis)
    least, most = _ranks(node.child("level"), context.vocabulary.words("ratings"), none_word=True)
    return Rating(year, least, most, origin)


def held(node: Node, context: Context) -> Held | None:
    """An award or title held; None for one that was withdrawn."""
    origin = _open(
        node,
        ("award",),
        (
            "year",
            "years",
            "period",
            "times",
            "decided_on",
            "decision",
            "stream",
            "issuer",
            "ground",
            "consumed",
            "used_for",
            "withdrawn",
            "era",
            "wording",
            "signer",
        ),
    )
    award = node.child("award").choice(context.vocabulary.awards)
    if node.has("withdrawn") and truth(node.child("withdrawn")) is Truth.YES:
        return None
    decided = partial_date(node.child("decided_on"), None if origin.hypothesis else context.today)
    year: int | None = None
    possible: frozenset[int] | None = None
    if node.has("year") and node.child("year").value != "unknown":
        year = _year(node.child("year"), context, hypothesis=origin.hypothesis)
    elif node.has("period"):
        year = node.child("period").parsed(closed_period)[1].year
    elif node.has("years"):
        possible = frozenset(years(node.child("years"), context.today))
        year = max(possible) if len(possible) == 1 else None
    elif decided:
        first, last = decided.earliest.year, decided.latest.year
        possible = frozenset(range(first - 1, last + 1))
    if year is not None:
        possible = frozenset((year,))
    clock = year if year is not None else decided.latest.year if decided else None
    if clock is None and possible:
        clock = max(possible)
    if decided and year is not None and decided.latest.year < year:
        raise node.child("decided_on").fault(
            "contradiction", year=year, ledger="awards", reason="decided_before_year"
        )
    words = context.vocabulary
    stream = _word(node.child("stream"), words.words("streams"))
    if not stream and words.awards[award].stream not in ("none", "stated"):
        stream = words.awards[award].stream
    consumed = (
        tuple(item.text() for item in node.child("consumed").items())
        if node.has("consumed")
        else ()
    )
    return Held(
        award,
        year,
        possible,
        clock,
        node.child("times").integer(1, 100) if node.has("times") else 1,
        stream,
        _word(node.child("issuer"), words.words("issuers")),
        str(node.child("ground").value or ""),
        consumed,
        decided,
        str(node.child("decision").value or ""),
        origin,
    )


def product(node: Node, context: Context) -> Product:
    """An initiative, research project, invention, work or combat creativity."""
    origin = _open(
        node,
        ("kind",),
        (
            "id",
            "year",
            "name",
            "recognised_by",
            "reach",
            "applied",
            "accepted",
            "used_for",
            "certified_by",
            "carried_from",
            "co_authors",
            "registered_beforehand",
            "decision",
        ),
    )
    words = context.vocabulary
    used: tuple[str, ...] | None = None
    uses = node.child("used_for")
    if uses.value == "none":
        used = ()
    elif uses.value not in (None, "unstated", "unknown"):
        used = tuple(one.choice(words.awards) for one in uses.one_or_many())
    year = node.child("year")
    return Product(
        str(node.child("id").value or node.child("name").value or ""),
        None
        if year.value in (None, "unknown")
        else _year(year, context, hypothesis=origin.hypothesis),
        node.child("kind").choice(words.words("products")),
        _word(node.child("reach"), words.words("reaches")),
        _word(node.child("recognised_by"), words.words("reaches")),
        truth(node.child("applied")),
        truth(node.child("accepted")),
        used,
        origin,
    )


def mark(node: Node, context: Context) -> Mark:
    """A disciplinary measure; its year is stated or that of the decision."""
    origin = _open(
        node,
        ("level",),
        (
            "year",
            "decided_on",
            "until",
            "cleared_on",
            "decision",
            "member",
        ),
    )
    decided = partial_date(node.child("decided_on"), context.today)
    which: frozenset[int] | None = None
    if node.has("year"):
        which = frozenset((_year(node.child("year"), context),))
    elif decided:
        which = frozenset(range(decided.earliest.year, decided.latest.year + 1))
    least, most = _ranks(node.child("level"), context.vocabulary.words("discipline"))
    return Mark(least, most, which, origin)


def pending(node: Node, context: Context) -> Pending:
    """A complaint, denunciation, inspection … with its status."""
    origin = _open(node, ("kind",), ("status", "opened_on", "closed_on", "about"))
    status = node.child("status")
    open_ = Truth.UNKNOWN
    if status.value not in (None, "unknown"):
        open_ = Truth.YES if status.choice(("open", "closed")) == "open" else Truth.NO
    closed = partial_date(node.child("closed_on"), context.today)
    if status.value is None and closed:
        open_ = Truth.NO
    return Pending(
        node.child("kind").choice(context.vocabulary.words("pending")),
        partial_date(node.child("opened_on"), context.today),
        closed,
        open_,
        origin,
    )


_VERDICTS = {"met": Truth.YES, "not_met": Truth.NO, "awaiting": Truth.UNKNOWN}


def attestation(node: Node, context: Context) -> Attestation:
    """A human judgement. Without a year it is about the case's year, unless it was given before
    that year's period began: then about the year in which it was given.
    """
    origin = _open(node, ("what", "verdict"), ("reach", "year", "by", "on", "text"))
    year = node.child("year")
    words = context.vocabulary
    on = partial_date(node.child("on"), context.today)
    about = context.frame.year
    if year.value is not None:
        about = _year(year, context, hypothesis=origin.hypothesis)
    elif on and on.latest < context.frame.period_start:
        about = on.latest.year
    return Attestation(
        node.child("what").choice(words.words("judgements")),
        _word(node.child("reach"), words.words("reaches")),
        about,
        str(node.child("by").value or ""),
        on.latest.isoformat() if on else "",
        _VERDICTS[node.child("verdict").choice(_VERDICTS)],
        origin,
    )


def placement(node: Node, context: Context) -> Placement:
    """A result in a movement or bloc."""
    origin = _open(
        node,
        ("in",),
        (
            "year",
            "organised_by",
            "launched_by",
            "name",
            "duration_years",
            "result",
            "at",
        ),
    )
    words = context.vocabulary
    by = node.child("organised_by") if node.has("organised_by") else node.child("launched_by")
    year = node.child("year")
    return Placement(
        node.child("in").choice(("movement", "bloc")),
        context.frame.year
        if year.value is None
        else _year(year, context, hypothesis=origin.hypothesis),
        _word(by, words.words("launchers")),
        span(node.child("duration_years")),
        _word(node.child("result"), words.words("placement_results")),
        _word(node.child("at"), words.words("reviews")),
        origin,
    )


def service(node: Node, context: Context) -> Service:
    """Time in a role; months are stated or counted from the dates."""
    origin = _open(
        node,
        ("role",),
        (
            "from",
            "until",
            "months",
            "years",
            "basis",
            "title",
            "era",
            "same_unit",
            "continuous",
            "first_recruitment",
            "unit",
        ),
    )
    role = node.child("role").choice(context.vocabulary.words("roles"))
    start = partial_date(node.child("from"), context.today)
    end = partial_date(node.child("until"))
    if node.child("until").value == "unknown":  # ended, nobody knows when: not "to this day"
        end = PartialDate(start.earliest if start else date.min, date.max)
    if start and end and end.latest < start.earliest:
        raise node.child("until").fault(
            "contradiction", year=end.latest.year, ledger="service", reason="ends_before_start"
        )
    if node.has("months"):
        months = span(node.child("months"))
    elif node.has("years"):
        stated = span(node.child("years"))
        months = Span(stated.least * 12, min(MANY, stated.most * 12))
    else:
        months = UNKNOWN
    return Service(
        role,
        start,
        end,
        months,
        truth(node.child("continuous")),
        truth(node.child("first_recruitment")),
        origin,
    )


def absence(node: Node, context: Context) -> Absence:
    """Leave or training in a year."""
    origin = _open(
        node,
        ("year", "kind"),
        (
            "days",
            "unit",
            "from",
            "until",
            "months",
            "result",
            "sent_by_unit",
            "part_time",
            "handed_over",
            "school_rules_kept",
        ),
    )
    words = context.vocabulary
    unit = node.child("unit")
    least, most = _ranks(node.child("result"), words.words("results"))
    return Absence(
        _year(node.child("year"), context),
        node.child("kind").choice(words.words("absences")),
        span(node.child("days")),
        "working" if unit.value is None else unit.choice(("working", "calendar")),
        span(node.child("months")),
        Span(least, most),
        origin,
    )


def registration(node: Node, context: Context) -> Registration:
    """Registration for emulation in a year; `awards: none` states that there is none."""
    origin = _open(node, ("year",), ("awards",))
    chosen = node.child("awards")
    done, awards = Truth.YES, tuple[str, ...]()
    if chosen.value == "none":
        done = Truth.NO
    elif chosen.value is not None:
        awards = tuple(one.choice(context.vocabulary.awards) for one in chosen.one_or_many())
    return Registration(_year(node.child("year"), context), done, awards, origin)


def members(node: Node, context: Context) -> Members:
    """The people of a collective in a year, counted by rating, title and discipline."""
    origin = _open(node, ("year",), ("total", "women", "rating", "awards", "discipline"))
    words = context.vocabulary
    counts: dict[tuple[str, str], Span] = {}
    if node.has("women"):
        counts["women", "true"] = span(node.child("women"))
    for name, allowed in (
        ("rating", words.words("ratings")),
        ("awards", words.awards),
        ("discipline", words.words("discipline")),
    ):
        if node.has(name):
            for key, value in node.child(name).entries():
                if key not in allowed:
                    raise value.fault("not_a_choice", found=key, near="", allowed=list(allowed))
                counts["award" if name == "awards" else name, key] = span(value)
    total = span(node.child("total"))
    for (name, key), count in counts.items():
        if count.least > total.most:
            raise node.fault(
                "contradiction",
                year=0,
                ledger="members",
                reason="more_than_total",
                what=f"{name} {key}",
            )
    return Members(
        _year(node.child("year"), context, hypothesis=origin.hypothesis), total, counts, origin
    )
