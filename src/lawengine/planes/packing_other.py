"""Elementary facts of the condition kinds that look at one moment only: pairs (certain, possible).

Each function is `judge` of the condition's class for all subjects at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from lawengine.conditions import Clear
from lawengine.conditions_more import (
    Attested,
    Belongs,
    Composed,
    Existed,
    Placed,
    Present,
    Registered,
    Served,
)
from lawengine.planes.columns import (
    NO_RATING_MOST,
    Attestations,
    Bools,
    Columns,
    Ints,
    Service,
    count_word,
)
from lawengine.records import MANY, UNKNOWN
from lawengine.terms import Threshold


class Days(NamedTuple):
    """The case: its year, the last day of the period and the decision date as yyyymmdd."""

    year: int
    period_end: int
    decided_on: int


def months_between(start: Ints, end: Ints) -> Ints:
    """Whole months from one day to another (the last day counts); days as yyyymmdd."""
    month = (end // 10000 - 1970) * 12 + end // 100 % 100 - 1
    after = month.astype("M8[M]").astype("M8[D]") + (end % 100).astype("m8[D]")
    month_after = after.astype("M8[M]")
    day_after = (after - month_after.astype("M8[D]")).astype(np.int64) + 1
    months = month_after.astype(np.int64) - (start // 10000 - 1970) * 12 - start // 100 % 100 + 1
    whole: Ints = np.maximum(0, months - (day_after < start % 100))
    return whole


def _any(columns: Columns, who: Ints) -> Bools:
    hit = np.zeros(columns.count, bool)
    hit[who] = True
    return hit


def _sum(columns: Columns, who: Ints, weights: Ints) -> Ints:
    return np.bincount(who, weights, columns.count).astype(np.int64)


def clear(columns: Columns, condition: Clear, days: Days) -> tuple[Bools, Bools]:  # noqa: ARG001
    """No pending matter open on the decision date."""
    table, day = columns.pending, days.decided_on
    open_ = table.open_.astype(np.int64)
    closed = table.closed_first > 0
    by_day = np.where(table.closed_first > day, 2, np.where(table.closed_last > day, 1, 0))
    later = (table.opened_first > 0) & (table.opened_last > day)
    open_ = np.where(closed, np.where(later, np.minimum(by_day, 1), by_day), open_)
    open_ = np.where((table.opened_first > 0) & (table.opened_first > day), 0, open_)
    certain = ~_any(columns, table.who[open_ > 0])
    covered = columns.cover["pending"].covers(days.year)
    return certain & covered, ~_any(columns, table.who[open_ == 2])


def served(columns: Columns, condition: Served, days: Days) -> tuple[Bools, Bools]:
    """Months in roles up to the end of the period."""
    table, day = columns.service, days.period_end
    wanted = columns.has_word("role", condition.roles)[table.role]
    table = Service._make(column[wanted] for column in table)
    stated = (table.months_least != UNKNOWN.least) | (table.months_most != UNKNOWN.most)
    dated = table.start_first > 0
    end_first = np.where(table.end_first > 0, table.end_first, day)
    end_last = np.where(table.end_last > 0, table.end_last, day)
    least = np.where(
        stated,
        table.months_least,
        np.where(dated, months_between(table.start_last, np.minimum(end_first, day)), 0),
    )
    most = np.where(
        stated,
        table.months_most,
        np.where(dated, months_between(table.start_first, np.minimum(end_last, day)), MANY),
    )
    rows = most > 0
    total_least = _sum(columns, table.who[rows], least[rows])
    total_most = np.minimum(MANY, _sum(columns, table.who[rows], most[rows]))
    cover = columns.cover
    listed = cover["service"].everything | cover["posts"].everything
    total_most = np.where(listed, total_most, MANY)
    need = need_most = np.full(columns.count, condition.months)
    if condition.female_less:
        reduced = int(condition.months * (1 - condition.female_less))
        need = np.where(columns.sex == 1, condition.months, reduced)
        need_most = np.where(columns.sex == 2, reduced, condition.months)
    certain, possible = total_least >= need_most, total_most >= need
    if condition.under_months < MANY:
        certain &= total_most < condition.under_months
        possible &= total_least < condition.under_months
    if condition.continuous:
        certain &= ~_any(columns, table.who[rows & (table.continuous < 2)])
        possible &= ~_any(columns, table.who[rows & (table.continuous < 1)])
    return certain & possible, possible


def existed(columns: Columns, condition: Existed, days: Days) -> tuple[Bools, Bools]:
    """Founded so many years before the end of the period."""
    end = np.full(columns.count, days.period_end)
    known = columns.founded_first > 0
    least = months_between(columns.founded_last, end) // 12
    most = months_between(columns.founded_first, end) // 12
    return known & (least >= condition.years), ~known | (most >= condition.years)


def present(columns: Columns, condition: Present, days: Days) -> tuple[Bools, Bools]:
    """No new recruit, leave under the limit, long courses passed."""
    certain, possible = np.ones(columns.count, bool), np.ones(columns.count, bool)
    for asked, ask in (
        (condition.recruit_months, _recruited),
        (condition.limit, _absent),
        (condition.course, _passed),
    ):
        if asked:
            sure, maybe = ask(columns, condition, days)
            certain &= sure
            possible &= maybe
    return certain, possible


def _recruited(columns: Columns, condition: Present, days: Days) -> tuple[Bools, Bools]:
    ratings, held, table = columns.ratings, columns.held, columns.service
    before = max(0, min(len(ratings.most), days.year - ratings.first))
    most = ratings.most[:before]
    old = ((most >= 0) & (most != NO_RATING_MOST)).any(axis=0)
    old |= _any(columns, held.who[(held.year > 0) & (held.year < days.year)])
    wanted = (table.first_recruitment == 2) & (table.start_first > 0) & ~old[table.who]
    table = Service._make(column[wanted] for column in table)
    end = np.full(len(table.who), days.period_end)
    sure = months_between(table.start_last, end) >= condition.recruit_months
    maybe = months_between(table.start_first, end) >= condition.recruit_months
    stated = _any(columns, table.who)
    everything = columns.cover["service"].everything
    return (
        old | np.where(stated, _any(columns, table.who[sure]), everything),
        old | ~stated | _any(columns, table.who[maybe]),
    )


def _absent(columns: Columns, condition: Present, days: Days) -> tuple[Bools, Bools]:
    table = columns.absences
    rows = (table.year == days.year) & ~columns.has_word("absence", condition.excused)[table.kind]
    same = rows & columns.has_word("unit", (condition.unit,))[table.unit]
    least = _sum(columns, table.who[same], table.days_least[same])
    most = np.minimum(MANY, _sum(columns, table.who[rows], table.days_most[rows]))
    most = np.where(columns.cover["absences"].covers(days.year), most, MANY)
    return most < condition.limit, least < condition.limit


def _passed(columns: Columns, condition: Present, days: Days) -> tuple[Bools, Bools]:
    table = columns.absences
    months, rank, _ = condition.course or (0, 0, "")
    rows = (
        (table.year == days.year)
        & columns.has_word("absence", ("training",))[table.kind]
        & (table.months_most >= months)
    )
    failed = rows & (table.result_most < rank) & (table.months_least >= months)
    doubtful = rows & (table.result_least < rank)
    covered = columns.cover["absences"].covers(days.year)
    return covered & ~_any(columns, table.who[doubtful]), ~_any(columns, table.who[failed])


def registered(
    columns: Columns,
    condition: Registered,  # noqa: ARG001 - one shape for all kinds
    days: Days,
) -> tuple[Bools, Bools]:
    """Registered for emulation in the year."""
    table = columns.registrations
    rows = table.year == days.year
    stated = _any(columns, table.who[rows])
    covered = columns.cover["registrations"].covers(days.year)
    return (
        _any(columns, table.who[rows & (table.done == 2)]),
        _any(columns, table.who[rows & (table.done > 0)]) | ~(stated | covered),
    )


def member_counts(columns: Columns, name: str, word: str, year: int) -> tuple[Ints, Ints, Ints]:
    """How many members with a rating, title, discipline: (row of `members` or -1, least, most)."""
    table = columns.members
    row = np.full(columns.count, -1)
    rows = np.flatnonzero(table.year == year)
    row[table.who[rows]] = rows
    named = columns.has_word("count", (count_word(name, word),))[table.count_name]
    least_of = np.zeros(len(table.who) + 1, np.int64)
    most_of = np.full(len(table.who) + 1, MANY)
    least_of[table.count_record[named]] = table.count_least[named]
    most_of[table.count_record[named]] = table.count_most[named]
    return row, least_of[row], most_of[row]


def composed(columns: Columns, condition: Composed, days: Days) -> tuple[Bools, Bools]:
    """A share or a count of the members."""
    row, least, most = member_counts(columns, condition.name, condition.word, days.year)
    if condition.count:
        return _count(condition.count, least, most)
    table = columns.members
    total_least = np.append(table.total_least, UNKNOWN.least)[row]
    total_most = np.append(table.total_most, UNKNOWN.most)[row]
    assert condition.share is not None  # noqa: S101 - the loader asks for one of the two
    certain, possible = _share(condition.share, (least, most), (total_least, total_most))
    nobody = total_most == 0
    return certain & ~nobody, possible & ~nobody


def _holds(rule: Threshold, part: Ints, whole: Ints) -> Bools:
    left, right = part * rule.value.denominator, rule.value.numerator * whole
    held: Bools = {
        ">=": np.greater_equal,
        ">": np.greater,
        "<=": np.less_equal,
        "<": np.less,
        "=": np.equal,
    }[rule.op](left, right)
    return held


def _count(rule: Threshold, least: Ints, most: Ints) -> tuple[Bools, Bools]:
    one = np.ones_like(least)
    low, high = _holds(rule, least, one), _holds(rule, most, one)
    if rule.op == "=":
        possible = _holds(rule._replace(op="<="), least, one)
        possible &= _holds(rule._replace(op=">="), most, one)
        return (least == most) & low, possible
    return low & high, low | high


def _share(
    rule: Threshold, part: tuple[Ints, Ints], total: tuple[Ints, Ints]
) -> tuple[Bools, Bools]:
    most_part = np.minimum(part[1], total[1])
    fullest = np.maximum(1, np.maximum(total[0], np.minimum(most_part, total[1])))
    if rule.op == "=":
        exact = (part[0] == part[1]) & (total[0] == total[1])
        possible = _holds(rule._replace(op="<="), part[0], total[1])
        possible &= _holds(rule._replace(op=">="), most_part, fullest)
        return exact & _holds(rule, part[0], total[0]), possible
    low, high = _holds(rule, part[0], total[1]), _holds(rule, most_part, fullest)
    return low & high, low | high


def placed(columns: Columns, condition: Placed, days: Days) -> tuple[Bools, Bools]:
    """A result in a bloc or movement this year."""
    table = columns.placements
    fit = (table.year == days.year) & columns.has_word("place", (condition.place,))[table.place]
    level = fit.astype(np.int8) * 2
    for asked, name, said in (
        (condition.organisers, "launcher", table.organiser),
        (condition.results, "placement_result", table.result),
        (condition.reviews, "review", table.review),
    ):
        if asked:
            good = columns.has_word(name, asked)[said]
            level = np.where(good, level, np.where(said != 0, 0, np.minimum(level, 1)))
    if condition.duration:
        level = np.where(table.years_least >= condition.duration, level, np.minimum(level, 1))
        level = np.where(table.years_most >= condition.duration, level, 0)
    covered = columns.cover["placements"].covers(days.year)
    return _any(columns, table.who[level == 2]), ~covered | _any(columns, table.who[level > 0])


def belongs(columns: Columns, condition: Belongs, days: Days) -> tuple[Bools, Bools]:  # noqa: ARG001
    """The subject is of one of the classes."""
    certain = np.zeros(columns.count, bool)
    for word in condition.classes:
        if word in columns.classes:
            certain |= columns.classes[word]
    return certain, certain | ~columns.classes_stated


def attested(columns: Columns, condition: Attested, days: Days) -> tuple[Bools, Bools]:
    """A human judgement of the year, of a reach at least as asked."""
    code = np.flatnonzero(columns.has_word("what", (condition.what,)))
    if len(code):
        rows = columns.rows_of_judgement(int(code[0]), days.year)
    else:
        rows = np.zeros(0, np.int64)
    table = Attestations._make(column[rows] for column in columns.attestations)
    verdict = table.verdict.astype(np.int64)
    rows = np.ones(len(verdict), bool)
    if condition.reaches:
        good = columns.has_word("reach", condition.reaches)[table.reach]
        rows = good | (table.reach == 0)
        verdict = np.where(good, verdict, np.minimum(verdict, 1))
    said = _any(columns, table.who[rows])
    covered = columns.cover["attestations"].covers(days.year)
    return (
        _any(columns, table.who[rows & (verdict == 2)]),
        _any(columns, table.who[rows & (verdict > 0)]) | ~(said | covered),
    )


ASK: dict[type, Callable[[Columns, Any, Days], tuple[Bools, Bools]]] = {
    Clear: clear,
    Served: served,
    Existed: existed,
    Present: present,
    Registered: registered,
    Composed: composed,
    Placed: placed,
    Belongs: belongs,
    Attested: attested,
}
