"""Random books and random facts, for tests that compare the two readings of the law.

Everything is drawn from a `random.Random`: hypothesis gives one that it can shrink, a seed gives
one for a large sample.
"""

from datetime import date, timedelta
from fractions import Fraction
from random import Random
from types import MappingProxyType

from lawengine import conditions as basic
from lawengine import conditions_more as more
from lawengine.book import Book, Gate, Group, Leaf, Standard, Version
from lawengine.facts import LEDGERS, Facts
from lawengine.records import (
    MANY,
    UNKNOWN,
    Absence,
    Attestation,
    Coverage,
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
from lawengine.terms import Citation, Frame, Period, Threshold, Truth
from lawengine.vocabulary import Award, Term, Vocabulary
from lawengine.windows import EVER, Window

AWARDS = ("a", "b", "c", "d")
FAMILY = {"a": "title", "b": "title", "c": "form", "d": "form"}
RATINGS = ("poor", "fair", "good", "best")
MARKS = ("light", "heavy", "worst")
REACHES = ("base", "field", "nation", "army")
CITE = (Citation("law", "art-1"),)
HERE = Origin(line=1)


def vocabulary() -> Vocabulary:
    """A small vocabulary with two kinds of subject and two special standards."""

    def terms(*words, **extras):
        return {
            word: Term(word, word, word, rank, extras.get(word, {}))
            for rank, word in enumerate(words)
        }

    return Vocabulary(
        MappingProxyType(
            {
                "subject_kinds": terms(
                    "person",
                    "farmer",
                    "artist",
                    "collective",
                    person={"of": "person"},
                    farmer={"of": "person", "classes": ["farming", "fishing"]},
                    artist={"of": "person", "classes": ["art"]},
                    collective={"of": "collective"},
                ),
                "ratings": terms(*RATINGS),
                "discipline": terms(*MARKS),
                "reaches": terms(*REACHES),
            }
        ),
        MappingProxyType(
            {
                one: Award(one, one, one, "title", FAMILY[one], "base", ("person",), "stated")
                for one in AWARDS
            }
        ),
    )


WORDS = vocabulary()


def some(random: Random, words, least=1):
    """A few of the words, in their order."""
    chosen = [word for word in words if random.randrange(2)]
    return tuple(chosen) if len(chosen) >= least else tuple(random.sample(list(words), least))


# ------------------------------------------------------------------------------------- rules


def selection(random: Random) -> basic.Selection:
    return basic.Selection(
        some(random, AWARDS[:2]) if random.randrange(3) else (random.choice(AWARDS),),
        some(random, ("merit", "sudden")) if random.randrange(3) == 0 else (),
        some(random, ("ministry", "province")) if random.randrange(4) == 0 else (),
        frozenset(some(random, AWARDS, 0)),
    )


def window(random: Random, *, streak: bool) -> Window:
    if streak and random.randrange(3):
        return Window("streak")
    word = random.choice(("this_year", "previous_year", "last", "preceding", "ever"))
    return Window(word, random.randrange(1, 5))


def rated(random, *, streak=False):
    level = random.randrange(4)
    where = window(random, streak=streak)
    times = random.randrange(1, 4) if where.word == "ever" or random.randrange(2) else None
    return basic.Rated(level, RATINGS[level], where, times)


def held(random, *, streak=False):
    if random.randrange(3) == 0:
        ending = random.choice(("either", "this_year", "previous_year"))
        return basic.HeldAward(selection(random), random.randrange(1, 4), True, ending, EVER)
    where = window(random, streak=streak)
    return basic.HeldAward(selection(random), random.randrange(1, 5), window=where)


def produced(random, *, streak=False):
    return basic.Produced(
        frozenset(some(random, ("idea", "study"))),
        random.randrange(1, 4),
        frozenset(some(random, REACHES)) if random.randrange(2) else frozenset(),
        frozenset(some(random, REACHES)) if random.randrange(3) == 0 else frozenset(),
        random.randrange(3) == 0,
        random.randrange(3) == 0,
        window(random, streak=streak),
        frozenset(some(random, ("title", "form"), 0)) if random.randrange(3) == 0 else frozenset(),
        FAMILY,
    )


def unmarked(random, *, streak=False):
    level = random.randrange(3)
    members = random.randrange(4) == 0
    return basic.Unmarked(level, MARKS[level], members, window(random, streak=streak))


def clear(random, *, streak=False):
    return basic.Clear()


def served(random, *, streak=False):
    return more.Served(
        some(random, ("teaching", "army")),
        random.randrange(0, 130),
        random.randrange(60, 200) if random.randrange(3) == 0 else MANY,
        random.randrange(3) == 0,
        random.choice((Fraction(0), Fraction(1, 3), Fraction(1, 5))),
    )


def existed(random, *, streak=False):
    return more.Existed(random.randrange(1, 12))


def present(random, *, streak=False):
    return more.Present(
        random.choice((0, 6, 10)),
        random.choice((0, 20, 40)),
        random.choice(("working", "calendar")),
        frozenset(some(random, ("maternity", "own"), 0)),
        (random.randrange(1, 14), random.randrange(3), "fair") if random.randrange(2) else None,
    )


def registered(random, *, streak=False):
    return more.Registered()


def composed(random, *, streak=False):
    name, words = random.choice(
        (("rating", RATINGS), ("award", AWARDS), ("discipline", MARKS), ("women", ("true",)))
    )
    op = random.choice((">=", ">", "<=", "<", "="))
    if random.randrange(2):
        value = random.choice((Fraction(0), Fraction(1, 2), Fraction(7, 10), Fraction(1)))
        return more.Composed(name, random.choice(words), share=Threshold(op, value))
    count = Threshold(op, Fraction(random.randrange(0, 6)))
    return more.Composed(name, random.choice(words), count=count)


def placed(random, *, streak=False):
    return more.Placed(
        random.choice(("bloc", "movement")),
        frozenset(some(random, ("ministry", "unit"))) if random.randrange(2) else frozenset(),
        frozenset(some(random, ("leader", "joined"))) if random.randrange(2) else frozenset(),
        random.choice((0, 3, 5)),
        frozenset(some(random, ("interim", "final"))) if random.randrange(2) else frozenset(),
    )


def belongs(random, *, streak=False):
    return more.Belongs(frozenset(some(random, ("farming", "fishing", "art", "army"))))


def attested(random, *, streak=False):
    reaches = frozenset(some(random, REACHES)) if random.randrange(2) else frozenset()
    return more.Attested(random.choice(("effort", "law")), reaches)


def external(random, *, streak=False):
    return more.External("ministry")


INSIDE = (rated, held, produced, unmarked, belongs, attested, placed, registered, served)
PLAIN = (*INSIDE, clear, existed, present, composed, external)


def inner(random: Random, depth: int = 1):
    """A condition inside a streak, perhaps `all` or `any` of several."""
    if depth and random.randrange(4) == 0:
        parts = tuple(inner(random, depth - 1) for _ in range(random.randrange(1, 4)))
        return more.Every(parts) if random.randrange(2) else more.Either(parts)
    return random.choice(INSIDE)(random, streak=True)


def reach_back(condition) -> int:
    """As the loader computes it."""
    from lawengine.condition_loading import _reach_back

    return _reach_back(condition)


def streak(random: Random):
    including = tuple(inner(random) for _ in range(random.randrange(0, 3)))
    level = random.randrange(4) if random.randrange(3) else None
    return basic.Streak(
        random.randrange(1, 6),
        selection(random) if random.randrange(2) else None,
        level,
        RATINGS[level] if level is not None else "",
        including,
        max([1, *(reach_back(one) for one in including)]),
    )


def leaf(random: Random, id_: str, meets: tuple[str, ...]) -> Leaf:
    kind = random.randrange(8)
    if kind == 0 and meets:
        word, condition = "meets", more.Meets(some(random, meets))
    elif kind <= 2:
        word, condition = "streak", streak(random)
    else:
        make = random.choice(PLAIN)
        word, condition = make.__name__, make(random)
    return Leaf(id_, id_, word, condition, CITE, "verified", ("x",))


def tree(random: Random, meets: tuple[str, ...], prefix: str = "c", depth: int = 3):
    """A tree of `all`, `any` and `not` with leaves of every kind; ids are unique."""
    if depth == 0 or random.randrange(3) == 0:
        return leaf(random, prefix, meets)
    word = random.choice(("all", "all", "any", "any", "not"))
    size = 1 if word == "not" else random.randrange(1, 4)
    parts = tuple(tree(random, meets, f"{prefix}{index}", depth - 1) for index in range(size))
    return Group(word, parts, prefix if random.randrange(2) else "")


def version(random: Random, start, end, meets) -> Version:
    unseen = random.randrange(6) == 0
    return Version(
        Period(start, end),
        "law",
        CITE,
        "verified",
        ("x",),
        None if unseen else tree(random, meets),
        "not seen" if unseen else "",
        gates=random.randrange(3) > 0,
    )


def book(random: Random) -> Book:
    """Standards of every award, for several kinds of subject, in two versions each."""
    standards = {}
    for index, award in enumerate(AWARDS):
        for subject in ("person", "collective", "farmer", "artist"):
            if subject in ("farmer", "artist") and random.randrange(3):
                continue
            meets = AWARDS[:index]  # an award refers to earlier ones only: no circles
            standards[award, subject] = Standard(
                award,
                subject,
                (
                    version(random, date(2015, 1, 1), date(2020, 12, 31), meets),
                    version(random, date(2021, 1, 1), None, meets),
                ),
            )
    gate = tuple(leaf(random, f"g{index}", ()) for index in range(random.randrange(0, 3)))
    return Book(
        vocabulary=WORDS,
        standards=MappingProxyType(standards),
        gates=(Gate(Period(None, date(2022, 12, 31)), gate),),
        transitions=(),
        instruments=MappingProxyType({}),
        tables=MappingProxyType({}),
        wording=MappingProxyType({}),
    )


def frame(random: Random) -> Frame:
    year = random.randrange(2018, 2025)
    end = date(year, 12, 31) if random.randrange(3) else date(year, 5, 31)
    decided = end + timedelta(random.randrange(1, 200))
    return Frame(date(year, 1, 1), end, decided, decided, decided)


# ------------------------------------------------------------------------------------- facts


def partial(random: Random, year: int, before: int = 12) -> PartialDate | None:
    """A day, a month, a year or nothing, around a year."""
    shape = random.randrange(4)
    if shape == 0:
        return None
    first = date(
        year + random.randrange(-before, 2), random.randrange(1, 13), random.randrange(1, 29)
    )
    length = (0, 30, 400)[shape - 1]
    return PartialDate(first, first + timedelta(length))


def span(random: Random, most: int) -> Span:
    if random.randrange(4) == 0:
        return UNKNOWN
    least = random.randrange(most + 1)
    if random.randrange(2):
        return Span(least, least)
    return Span(least, random.choice((MANY, least + random.randrange(1, most + 1))))


def truth(random: Random) -> Truth:
    return random.choice((Truth.YES, Truth.YES, Truth.UNKNOWN, Truth.NO))


def possible_years(random: Random, year: int) -> frozenset[int] | None:
    if random.randrange(3) == 0:
        return None
    return frozenset(year + random.randrange(-7, 2) for _ in range(random.randrange(1, 4)))


def held_record(random: Random, year: int) -> Held:
    stated, years, clock = None, None, None
    if random.randrange(3):
        stated = year + random.randrange(-8, 2)
        years, clock = frozenset((stated,)), stated
    else:
        years = possible_years(random, year)
        clock = max(years) if years else None
    return Held(
        random.choice(AWARDS),
        stated,
        years,
        clock,
        random.choice((1, 1, 1, 2, 3)),
        random.choice(("", "merit", "sudden")),
        random.choice(("", "ministry", "base")),
        "",
        (),
        None,
        "",
        HERE,
    )


def coverage(random: Random, year: int) -> Coverage:
    nothing: frozenset[int] = frozenset()
    shape = random.randrange(4)
    complete = frozenset(year - n for n in range(random.randrange(0, 9))) if shape else nothing
    unknown = frozenset(year - random.randrange(0, 6) for _ in range(random.randrange(0, 2)))
    return Coverage(shape == 1, complete, unknown if shape > 1 or not shape else nothing, year)


def subject(random: Random, id_: str, year: int) -> Facts:
    """One subject with a bit of everything, much of it uncertain."""
    facts = Facts(
        id=id_,
        kind=random.choice(("person", "person", "collective")),
        name=id_,
        unit="",
        year=year,
        classes=frozenset(some(random, ("farming", "fishing", "art", "army"), 0))
        if random.randrange(2)
        else frozenset(),
        classes_stated=random.randrange(2) > 0,
        founded_on=partial(random, year),
    )
    facts.attributes["sex"] = random.choice(("male", "female", None))
    facts.coverage = {ledger: coverage(random, year) for ledger in LEDGERS}
    fresh = random.randrange(4) == 0  # nothing is known of earlier years
    for back in range(-1, 1 if fresh else random.randrange(0, 9)):
        if random.randrange(6):
            shape = random.randrange(8)
            least = random.randrange(1, 4)
            pair = {0: (-1, -1), 1: (-1, 3), 2: (0, least), 3: (least, 3)}.get(shape, (least,) * 2)
            facts.ratings[year - back] = Rating(year - back, *pair, HERE)
    for _ in range(0 if fresh else random.randrange(0, 6)):
        record = held_record(random, year)
        facts.held.setdefault(record.award, []).append(record)
    _deeds(random, facts, year)
    _time(random, facts, year, 1 if fresh else 12)
    return facts


def _near(random: Random, year: int) -> int:
    return year - random.choice((0, 0, 0, 1, 2, 5, -1))


def _deeds(random: Random, facts: Facts, year: int) -> None:
    for _ in range(random.randrange(0, 4)):
        used = random.choice((None, (), some(random, AWARDS)))
        facts.products.append(
            Product(
                "",
                None if random.randrange(5) == 0 else year - random.randrange(-1, 6),
                random.choice(("idea", "study")),
                random.choice(("", *REACHES)),
                random.choice(("", *REACHES)),
                truth(random),
                truth(random),
                used,
                HERE,
            )
        )
    for _ in range(random.choice((0, 0, 0, 1, 2))):
        least = random.randrange(3)
        facts.marks.append(
            Mark(least, random.randrange(least, 3), possible_years(random, year), HERE)
        )
    for _ in range(random.choice((0, 0, 1, 2))):
        opened, closed = partial(random, year + 1), partial(random, year + 1)
        facts.pending.append(Pending("case", opened, closed, truth(random), HERE))
    for _ in range(random.randrange(0, 5)):
        what = random.choice(("effort", "law"))
        reach = random.choice(("", *REACHES))
        facts.attestations.setdefault(what, []).append(
            Attestation(what, reach, _near(random, year), "", "", truth(random), HERE)
        )
    for _ in range(random.randrange(0, 3)):
        facts.placements.append(
            Placement(
                random.choice(("bloc", "movement")),
                _near(random, year),
                random.choice(("", "ministry", "unit")),
                span(random, 6),
                random.choice(("", "leader", "joined")),
                random.choice(("", "interim", "final")),
                HERE,
            )
        )


def _time(random: Random, facts: Facts, year: int, before: int) -> None:
    for _ in range(random.randrange(0, 3)):
        role = random.choice(("teaching", "army", "other"))
        months = span(random, 150) if random.randrange(2) else UNKNOWN
        facts.service.setdefault(role, []).append(
            Service(
                role,
                partial(random, year, before),
                partial(random, year + 1),
                months,
                truth(random),
                truth(random),
                HERE,
            )
        )
    for _ in range(random.randrange(0, 3)):
        result = random.randrange(3)
        facts.absences.append(
            Absence(
                _near(random, year),
                random.choice(("maternity", "own", "training")),
                span(random, 50),
                random.choice(("working", "calendar")),
                span(random, 14),
                Span(result, random.randrange(result, 3)),
                HERE,
            )
        )
    for back in range(-1, 2):
        if random.randrange(3) == 0:
            facts.registrations[year - back] = Registration(year - back, truth(random), (), HERE)
    for back in range(random.randrange(0, 4)):
        counts = {}
        for name, words in (
            ("rating", RATINGS),
            ("award", AWARDS),
            ("discipline", MARKS),
            ("women", ("true",)),
        ):
            for word in words:
                if random.randrange(3) == 0:
                    counts[name, word] = span(random, 5)
        facts.members[year - back] = Members(year - back, span(random, 8), counts, HERE)
