"""A synthetic public service: facts of so many people as columns, drawn from one seed.

The shares are invented, not measured: they are chosen so that every condition of the eight awards
has its yes, its no and its unknown. Years 2013–2025.
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from lawengine.facts import Facts
from lawengine.planes.columns import (
    NO_RATING_LEAST,
    NO_RATING_MOST,
    Attestations,
    Columns,
    Cover,
    Held,
    Marks,
    Pending,
    Placements,
    Products,
    Ratings,
    Registrations,
    Service,
)
from lawengine.records import (
    MANY,
    Attestation,
    Coverage,
    Mark,
    Origin,
    PartialDate,
    Placement,
    Product,
    Rating,
    Registration,
    Span,
)
from lawengine.records import Held as HeldRecord
from lawengine.records import Pending as PendingRecord
from lawengine.records import Service as ServiceRecord
from lawengine.terms import Truth

FIRST, LAST = 2013, 2025
YEARS = range(FIRST, LAST + 1)
# Award, chance per year, chance where the year was excellent.
TITLES = (
    ("grassroots-emulation-fighter", 0.05, 0.55),
    ("ministry-emulation-fighter", 0.01, 0.10),
    ("ministry-certificate-of-merit", 0.03, 0.10),
    ("prime-minister-certificate-of-merit", 0.005, 0.03),
)
# Judgement, chance of met, awaiting, not met; the rest says nothing.
JUDGEMENTS = (
    ("compliance", 0.93, 0.02, 0.02),
    ("spirit_and_participation", 0.9, 0.03, 0.02),
    ("active_learning", 0.92, 0.02, 0.02),
    ("ethics_and_lifestyle", 0.94, 0.02, 0.01),
    ("outstanding_among_eligible", 0.3, 0.05, 0.3),
    ("reach_recognised", 0.2, 0.05, 0.3),
    ("achievements_with_reach", 0.05, 0.02, 0.5),
    ("development_contribution", 0.02, 0.01, 0.6),
    ("sudden_achievement", 0.01, 0.005, 0.7),
    ("regional_prize", 0.002, 0.001, 0.9),
    ("regional_or_world_prize", 0.002, 0.001, 0.9),
    ("outstanding_work", 0.005, 0.002, 0.8),
    ("long_service", 0.02, 0.01, 0.7),
)
REACHES = ("", "base", "field", "ministry", "nation")
PRODUCTS = ("", "initiative", "research", "combat_creativity", "invention")
ROLES = ("", "department_director", "deputy_department_director", "other")
MARKS = 5


def make(count: int, seed: int = 7) -> Columns:
    """The columns of so many people."""
    random = np.random.default_rng(seed)
    columns = Columns.blank(count, "person", LAST)
    columns.words.update(
        {
            "award": ["", *(title[0] for title in TITLES)],
            "stream": ["", "merit", "sudden", "thematic"],
            "issuer": ["", "ministry", "province", "mass_organisation_central"],
            "product": list(PRODUCTS),
            "reach": list(REACHES),
            "what": ["", *(one[0] for one in JUDGEMENTS)],
            "place": ["", "movement", "bloc"],
            "launcher": ["", "ministry", "prime_minister", "unit"],
            "placement_result": ["", "leader", "outstanding", "participant"],
            "review": ["", "interim", "final"],
            "role": list(ROLES),
        }
    )
    columns.classes = {"worker": np.zeros(count, bool), "police": random.random(count) < 0.05}
    columns.classes_stated = random.random(count) < 0.9
    columns.sex = random.choice(np.array([0, 1, 2], np.uint8), count, p=[0.05, 0.45, 0.5])
    joined = random.integers(FIRST - 12, LAST + 1, count)
    columns.ratings = _ratings(random, joined, count)
    columns.held = _held(random, columns.ratings, count)
    columns.products = _products(random, count)
    _conduct(random, columns)
    _judgements(random, columns)
    _time(random, columns, joined)
    columns.cover = _cover(random, count)
    return columns


def _ratings(random: np.random.Generator, joined: np.ndarray, count: int) -> Ratings:
    ability = random.random(count)
    least = np.empty((len(YEARS), count), np.int8)
    most = np.empty((len(YEARS), count), np.int8)
    for row, year in enumerate(YEARS):
        score = 0.75 * ability + 0.25 * random.random(count)
        level = np.digitize(score, [0.08, 0.2, 0.6]).astype(np.int8)
        least[row], most[row] = level, level
        vague = random.random(count) < 0.01
        least[row, vague] = 0
        missing = (random.random(count) < 0.015) | (joined > year)
        least[row, missing], most[row, missing] = NO_RATING_LEAST, NO_RATING_MOST
    return Ratings(FIRST, least, most)


def _held(random: np.random.Generator, ratings: Ratings, count: int) -> Held:
    who, award, year = [], [], []
    for row, one in enumerate(YEARS):
        excellent = ratings.least[row] == 3
        for code, (_, rare, often) in enumerate(TITLES, start=1):
            rows = np.flatnonzero(random.random(count) < np.where(excellent, often, rare))
            who.append(rows)
            award.append(np.full(len(rows), code, np.int16))
            year.append(np.full(len(rows), one, np.int16))
    who_, award_, year_ = np.concatenate(who), np.concatenate(award), np.concatenate(year)
    size = len(who_)
    undated = random.random(size) < 0.01
    anytime = undated & (random.random(size) < 0.3)
    maybe = np.flatnonzero(undated & ~anytime)
    clock = np.where(anytime, 0, np.where(undated, year_ + 1, year_))
    form = award_ >= 3
    return Held(
        who=who_,
        award=award_,
        year=np.where(undated, 0, year_),
        clock=clock,
        times=np.ones(size, np.int64),
        stream=np.where(form, random.choice(4, size, p=[0.05, 0.7, 0.15, 0.1]), 0),
        issuer=np.where(award_ == 3, random.choice(4, size, p=[0.03, 0.6, 0.27, 0.1]), 0),
        anytime=anytime,
        maybe_record=np.repeat(maybe, 2),
        maybe_year=np.stack([year_[maybe], year_[maybe] + 1], axis=1).ravel(),
    )


def _products(random: np.random.Generator, count: int) -> Products:
    size = int(count * 1.6)
    uses = np.flatnonzero(random.random(size) < 0.2)
    return Products(
        who=random.integers(0, count, size),
        year=np.where(random.random(size) < 0.01, 0, random.integers(FIRST, LAST + 1, size)),
        kind=random.choice([1, 2, 3, 4], size, p=[0.72, 0.2, 0.05, 0.03]),
        reach=random.choice(5, size, p=[0.05, 0.4, 0.15, 0.3, 0.1]),
        recognised=random.choice(5, size, p=[0.05, 0.5, 0.1, 0.27, 0.08]),
        applied=random.choice(3, size, p=[0.1, 0.1, 0.8]),
        accepted=random.choice(3, size, p=[0.1, 0.1, 0.8]),
        used_stated=random.random(size) < 0.9,
        use_record=uses,
        use_award=random.choice([1, 2, 3, 4], len(uses)),
    )


def _conduct(random: np.random.Generator, columns: Columns) -> None:
    count = columns.count
    who = random.integers(0, count, count // 40)
    size = len(who)
    least = random.integers(0, MARKS, size)
    columns.marks = Marks(
        who,
        least,
        least,
        np.zeros(size, bool),
        np.arange(size),
        random.integers(FIRST, LAST + 1, size),
    )
    who = random.integers(0, count, count // 30)
    opened = random.integers(2020, 2026, len(who)) * 10000 + 315
    closed = np.where(random.random(len(who)) < 0.6, opened + 10000, 0)
    columns.pending = Pending(
        who, opened, opened, closed, closed, np.where(closed > 0, 0, random.choice(3, len(who)))
    )


def _judgements(random: np.random.Generator, columns: Columns) -> None:
    parts = []
    for year in (2022, 2025):
        for code, (_, met, awaiting, failed) in enumerate(JUDGEMENTS, start=1):
            draw = random.random(columns.count)
            rows = np.flatnonzero(draw < met + awaiting + failed)
            verdict = np.where(draw < met, 2, np.where(draw < met + awaiting, 1, 0))[rows]
            reach = random.choice(5, len(rows), p=[0.1, 0.2, 0.2, 0.3, 0.2])
            parts.append((rows, np.full(len(rows), code), reach, np.full(len(rows), year), verdict))
    columns.attestations = Attestations(*(np.concatenate(one) for one in zip(*parts, strict=True)))
    size = columns.count // 10
    columns.placements = Placements(
        who=random.integers(0, columns.count, size),
        place=random.choice([1, 2], size, p=[0.8, 0.2]),
        year=random.integers(2021, LAST + 1, size),
        organiser=random.choice(4, size, p=[0.05, 0.5, 0.15, 0.3]),
        years_least=(years := random.integers(1, 7, size)),
        years_most=np.where(random.random(size) < 0.1, MANY, years),
        result=random.choice(4, size, p=[0.05, 0.15, 0.4, 0.4]),
        review=random.choice(3, size, p=[0.1, 0.3, 0.6]),
    )


def _time(random: np.random.Generator, columns: Columns, joined: np.ndarray) -> None:
    count = columns.count
    day = joined * 10000 + random.integers(1, 13, count) * 100 + random.integers(1, 29, count)
    chiefs = np.flatnonzero(random.random(count) < 0.05)
    role = random.choice([1, 2], len(chiefs))
    begun = day[chiefs] + random.integers(1, 8, len(chiefs)) * 10000
    none, size = np.zeros(count, np.int64), count + len(chiefs)
    start = np.concatenate([day, begun])
    columns.service = Service(
        who=np.concatenate([np.arange(count), chiefs]),
        role=np.concatenate([none + 3, role]),
        start_first=start,
        start_last=start,
        end_first=np.zeros(size, np.int64),
        end_last=np.zeros(size, np.int64),
        months_least=np.zeros(size, np.int64),
        months_most=np.full(size, MANY),
        continuous=np.full(size, 2),
        first_recruitment=np.concatenate([none + 2, np.zeros(len(chiefs), np.int64)]),
    )
    draw = random.random((2, count))
    rows = [np.flatnonzero(one < 0.95) for one in draw]
    columns.registrations = Registrations(
        np.concatenate(rows),
        np.repeat([2022, 2025], [len(one) for one in rows]),
        np.concatenate([(one[row] < 0.93) * 2 for one, row in zip(draw, rows, strict=True)]),
    )


def _cover(random: np.random.Generator, count: int) -> dict[str, Cover]:
    """Most lists are complete; of the rest the last years only, and some of those not."""
    horizon = np.full(count, LAST, np.int16)
    found = {}
    shares = {"awards": 0.9, "initiatives": 0.88, "attestations": 0.0, "absences": 1.0}
    for ledger in Columns.blank(0, "person", LAST).cover:
        everything = random.random(count) < shares.get(ledger, 0.93)
        recent = random.random(count) < 0.6
        found[ledger] = Cover(
            everything,
            horizon,
            dict.fromkeys(range(2018, LAST + 1), recent),
            {2021: random.random(count) < 0.01},
        )
    return found


# ------------------------------------------------------------------- one person at a time


def facts_of(columns: Columns, wanted: range) -> list[Facts]:
    """The same people as facts for the reading one by one; meant for a sample."""
    people = {who: _person(columns, who) for who in wanted}
    words, here = columns.words, Origin()
    held = columns.held
    maybe = _side(held.maybe_record, held.maybe_year)
    for row in np.flatnonzero(np.isin(held.who, wanted)):
        year, award = int(held.year[row]), words["award"][held.award[row]]
        years = None if held.anytime[row] else frozenset((year,)) if year else maybe(row)
        people[int(held.who[row])].held.setdefault(award, []).append(
            HeldRecord(
                award,
                year or None,
                years,
                int(held.clock[row]) or None,
                int(held.times[row]),
                words["stream"][held.stream[row]],
                words["issuer"][held.issuer[row]],
                "",
                (),
                None,
                "",
                here,
            )
        )
    made = columns.products
    uses = _side(made.use_record, made.use_award)
    for row in np.flatnonzero(np.isin(made.who, wanted)):
        used = tuple(words["award"][code] for code in uses(row)) if made.used_stated[row] else None
        people[int(made.who[row])].products.append(
            Product(
                str(row),
                int(made.year[row]) or None,
                words["product"][made.kind[row]],
                words["reach"][made.reach[row]],
                words["reach"][made.recognised[row]],
                Truth(int(made.applied[row])),
                Truth(int(made.accepted[row])),
                used,
                here,
            )
        )
    _more_facts(columns, people, wanted)
    return list(people.values())


def _side(record: np.ndarray, value: np.ndarray) -> Callable[[int], frozenset[int]]:
    def find(row: int) -> frozenset[int]:
        return frozenset(int(one) for one in value[record == row])

    return find


def _day(first: int, last: int) -> PartialDate | None:
    def one(number: int) -> date:
        return date(number // 10000, number // 100 % 100, number % 100)

    return PartialDate(one(int(first)), one(int(last))) if first else None


def _person(columns: Columns, who: int) -> Facts:
    facts = Facts(str(who), "person", f"P{who}", "", LAST)
    facts.classes = frozenset(word for word, hit in columns.classes.items() if hit[who])
    facts.classes_stated = bool(columns.classes_stated[who])
    facts.attributes["sex"] = (None, "male", "female")[columns.sex[who]]
    for row, year in enumerate(YEARS):
        least, most = int(columns.ratings.least[row, who]), int(columns.ratings.most[row, who])
        if most != NO_RATING_MOST:
            facts.ratings[year] = Rating(year, least, most, Origin())
    for ledger, cover in columns.cover.items():
        facts.coverage[ledger] = Coverage(
            bool(cover.everything[who]),
            frozenset(year for year, hit in cover.complete.items() if hit[who]),
            frozenset(year for year, hit in cover.unknown.items() if hit[who]),
            int(cover.horizon[who]),
        )
    return facts


def _more_facts(columns: Columns, people: dict[int, Facts], wanted: range) -> None:
    words, here = columns.words, Origin()
    marks, pending, said = columns.marks, columns.pending, columns.attestations
    for row in np.flatnonzero(np.isin(marks.who, wanted)):
        people[int(marks.who[row])].marks.append(
            Mark(
                int(marks.least[row]),
                int(marks.most[row]),
                frozenset((int(marks.maybe_year[row]),)),
                here,
            )
        )
    for row in np.flatnonzero(np.isin(pending.who, wanted)):
        people[int(pending.who[row])].pending.append(
            PendingRecord(
                "complaint",
                _day(pending.opened_first[row], pending.opened_last[row]),
                _day(pending.closed_first[row], pending.closed_last[row]),
                Truth(int(pending.open_[row])),
                here,
            )
        )
    for row in np.flatnonzero(np.isin(said.who, wanted)):
        what = words["what"][said.what[row]]
        people[int(said.who[row])].attestations.setdefault(what, []).append(
            Attestation(
                what,
                words["reach"][said.reach[row]],
                int(said.year[row]),
                "",
                "",
                Truth(int(said.verdict[row])),
                here,
            )
        )
    placed, service, signed = columns.placements, columns.service, columns.registrations
    for row in np.flatnonzero(np.isin(placed.who, wanted)):
        people[int(placed.who[row])].placements.append(
            Placement(
                words["place"][placed.place[row]],
                int(placed.year[row]),
                words["launcher"][placed.organiser[row]],
                Span(int(placed.years_least[row]), int(placed.years_most[row])),
                words["placement_result"][placed.result[row]],
                words["review"][placed.review[row]],
                here,
            )
        )
    for row in np.flatnonzero(np.isin(service.who, wanted)):
        role = words["role"][service.role[row]]
        people[int(service.who[row])].service.setdefault(role, []).append(
            ServiceRecord(
                role,
                _day(service.start_first[row], service.start_last[row]),
                None,
                Span(int(service.months_least[row]), int(service.months_most[row])),
                Truth(int(service.continuous[row])),
                Truth(int(service.first_recruitment[row])),
                here,
            )
        )
    for row in np.flatnonzero(np.isin(signed.who, wanted)):
        year = int(signed.year[row])
        people[int(signed.who[row])].registrations[year] = Registration(
            year, Truth(int(signed.done[row])), (), here
        )
