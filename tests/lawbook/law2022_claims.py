"""What a formula of law2022.yaml claims of the book: each claim is held by one leaf at least.

Every parameter of a formula is taken by somebody; what nobody takes is itself a disagreement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from fact_base import IDS

from lawengine import conditions as basic
from lawengine import conditions_more as more
from lawengine.book import Book, Version, leaves
from lawengine.windows import Window

MAP = yaml.safe_load(Path(__file__).with_name("law2022_map.yaml").read_text(encoding="utf-8"))
LEVELS = {"HTNV": "completed", "HTTNV": "good", "HTXSNV": "excellent"}
STREAK, YEAR, EVER = Window("streak"), Window("this_year"), Window("ever")


class Claim(NamedTuple):
    """Words of the claim, and whether a condition of the book satisfies it."""

    words: str
    holds: Callable[[Any], bool]


class Formula:
    """Hands out the parameters of a formula, each once."""

    def __init__(self, values: Mapping[str, Any], where: str, text: str) -> None:
        self.values = dict(values)
        self.where, self.text = where, text

    def take(self, key: str, default: Any = None) -> Any:
        return self.values.pop(key, default)

    def inner(self, values: Mapping[str, Any]) -> Formula:
        return Formula(values, self.where, self.text)


class Asked(NamedTuple):
    """One condition of the fact base and where the book answers it."""

    award: Mapping[str, Any]
    condition: Mapping[str, Any]
    book: Book
    version: Version

    @property
    def where(self) -> str:
        return f"{self.award['id']}/{self.condition['id']}"

    @property
    def unread(self) -> bool:
        return bool(self.condition.get("numbers_unverified"))

    @property
    def text(self) -> str:
        """The words of the condition; YAML takes those after an unquoted comma for empty keys."""
        more = [key for key, value in self.condition.items() if value is None]
        return ", ".join([self.condition["text_vi"], *more])


def claims(asked: Asked) -> tuple[list[Claim], list[str]]:
    """The claims of a condition, and the parameters that nothing compares."""
    formula = Formula(asked.condition["formula"], asked.where, asked.text)
    found = by_type(formula, asked)
    for key in ("note_vi",):
        formula.take(key)
    return found, sorted(formula.values)


def by_type(formula: Formula, asked: Asked) -> list[Claim]:
    return TYPES[formula.take("type")](formula, asked)


def words_of(value: str | None) -> list[str]:
    return str(value).split("|") if value else []


def award_ids(*references: str | None) -> set[str]:
    """A reference means an award, or any member of a family; the text may name one more."""
    found: set[str] = set()
    for one in (word for reference in references for word in words_of(reference)):
        if one in IDS["families"]:
            found.add(IDS["families"][one])
        else:
            found.add(IDS["law2022"][one][0])
        found |= set(MAP["also"].get(one, ()))
    return found


def at_least(words: list[str], book: Book) -> set[str]:
    """The reaches that satisfy: the same or a higher rank; special ones only themselves."""
    terms = book.vocabulary.words("reaches")
    found = set()
    for word in words:
        found.add(word)
        if not terms[word].extra.get("special"):
            found |= {
                one.id
                for one in terms.values()
                if one.rank >= terms[word].rank and not one.extra.get("special")
            }
    return found


def reach_of(formula: Formula, book: Book) -> set[str]:
    return at_least([MAP["reaches"][one] for one in words_of(formula.take("scope"))], book)


def attested(what: str, reaches: set[str] | None = None) -> Claim:
    wanted = reaches or set()
    return Claim(
        f"attested {what} {sorted(wanted)}",
        lambda c: isinstance(c, more.Attested) and c.what == what and set(c.reaches) == wanted,
    )


# ------------------------------------------------------------------ awards and ratings


def held(f: Formula, asked: Asked) -> list[Claim]:
    awards = award_ids(f.take("award"), f.take("or_award"))
    times, consecutive = f.take("min", 1), bool(f.take("consecutive"))
    window = STREAK if f.take("within_window_of") == "streak" else EVER
    return [
        Claim(
            f"held {sorted(awards)} x{times} consecutive={consecutive}",
            lambda c: (
                isinstance(c, basic.HeldAward)
                and set(c.which.awards) == awards
                and (c.times, c.consecutive, c.ending) == (times, consecutive, "either")
                and c.window == window
            ),
        )
    ]


def selection(f: Formula, asked: Asked) -> list[Claim]:
    pool = f.inner(f.take("pool_condition"))
    assert f.take("judgement") == "most_outstanding"
    return [*by_type(pool, asked), *left(pool), attested("outstanding_among_eligible")]


def left(inner: Formula) -> list[Claim]:
    """A parameter of an inner formula that nobody took can be held by nothing."""
    return [Claim(f"not compared: {key}", lambda c: False) for key in inner.values]


def rating(f: Formula, asked: Asked) -> list[Claim]:
    level, period = LEVELS[f.take("min_rating")], f.take("period")
    if f.take("of"):
        assert IDS["law2022"][asked.award["id"]][1] == "collective"
    if period == "whole_service":  # no yearly rating says it: somebody attests it
        assert level == "good"
        return [attested("service_completed_well")]
    return [
        Claim(
            f"rated {level} in the year",
            lambda c: (
                isinstance(c, basic.Rated)
                and (c.level_word, c.window, c.times) == (level, YEAR, None)
            ),
        )
    ]


def streak(f: Formula, asked: Asked) -> list[Claim]:
    level, years = f.take("min_rating"), f.take("min_years")
    assert f.take("consecutive")
    f.take("until")  # every streak of the book runs to the year of the case
    if f.take("of"):
        assert IDS["law2022"][asked.award["id"]][1] == "collective"
    after, mode, subs = f.take("after_award"), f.take("after_award_mode"), f.take("sub", ())
    found = []
    if years is None:  # nothing was read but the award that stands before
        return held(f.inner({"award": after}), asked)
    since = award_ids(after) if after and mode != "held_and" else set()
    if mode == "held_and":
        found += held(f.inner({"award": after}), asked)
    if level not in LEVELS:
        assert level == "dac-biet-xuat-sac"
        found.append(attested("specially_outstanding_run"))
    inside = [claim for sub in subs for claim in within(f.inner(sub), asked)]
    return [
        Claim(
            f"streak of {years} {level} since {sorted(since)} with {[one.words for one in inside]}",
            lambda c: (
                isinstance(c, basic.Streak)
                and c.years == years
                and c.level_word == LEVELS.get(level, "")
                and (set(c.since.awards) if c.since else set()) == since
                and len(c.including) == len(inside)
                and all(any(one.holds(part) for part in c.including) for one in inside)
            ),
        ),
        *found,
    ]


def within(sub: Formula, asked: Asked) -> list[Claim]:
    """The conditions inside a streak."""
    if sub.values["type"] == "rating":
        sub.take("type")
        level, times = LEVELS[sub.take("min_rating")], sub.take("min_years")
        found = [
            Claim(
                f"{times} years {level}",
                lambda c: (
                    isinstance(c, basic.Rated)
                    and (c.level_word, c.times, c.window) == (level, times, STREAK)
                ),
            )
        ]
    else:
        found = by_type(sub, asked)
    return [*found, *left(sub)]


def meets(f: Formula, asked: Asked) -> list[Claim]:
    awards = award_ids(f.take("award"), f.take("or_award"))
    assert f.take("before_year") == "same"
    return [
        Claim(
            f"meets {sorted(awards)}",
            lambda c: isinstance(c, more.Meets) and set(c.awards) == awards,
        )
    ]


# ------------------------------------------------------------------ products and members


def produced(f: Formula, asked: Asked) -> list[Claim]:
    kinds = {MAP["products"][one] for one in words_of(f.take("kind"))}
    also = set(MAP["also_products"].get(asked.where, ()))
    count, accepted = f.take("min", 1), bool(f.take("accepted"))
    applied, in_streak = bool(f.take("applied")), f.take("within_window_of") == "streak"
    base = at_least(["base"], asked.book)
    reaches, recognised = reach_of(f, asked.book), set()
    if f.take("recognised_by"):
        recognised = base
    if reaches == base:  # the lowest reach: what was applied, or recognised, has it
        reaches = set()

    def right(c: Any) -> bool:
        return (
            isinstance(c, basic.Produced)
            and c.kinds <= kinds | also
            and (c.count, c.applied, c.accepted) == (count, applied, accepted)
            and (c.window == STREAK) == in_streak
            and set(c.reaches) == reaches
            and (set(c.recognised) == recognised or (not reaches and set(c.recognised) == base))
        )

    def claim(kind: str) -> Claim:
        opus = attested("outstanding_work", reaches)
        return Claim(
            f"{count} {kind} applied={applied} accepted={accepted} {sorted(reaches)}",
            lambda c: (right(c) and kind in c.kinds) or (kind == "work" and opus.holds(c)),
        )

    return [claim(kind) for kind in sorted(kinds)]


METRICS = {
    "members_rating_at_least_HTNV": ("rating", "completed"),
    "members_with_lao-dong-tien-tien": ("award", "advanced-worker"),
    "members_with_chien-si-tien-tien": ("award", "advanced-soldier"),
    "members_with_cstd-co-so": ("award", "grassroots-emulation-fighter"),
}


def composed(share: bool) -> Callable[[Formula, Asked], list[Claim]]:
    def read(f: Formula, asked: Asked) -> list[Claim]:
        name, word = METRICS[f.take("metric")]
        op, value = f.take("op"), f.take("value")
        if value is None:
            assert asked.version.when is None, f"{asked.where} is judged without its number"
            return [attested("unread_ground")]

        def right(c: Any) -> bool:
            rule = (c.share if share else c.count) if isinstance(c, more.Composed) else None
            return (
                rule is not None
                and (c.name, c.word) == (name, word)
                and (rule.op, rule.value) == (op, Fraction(str(value)))
            )

        return [Claim(f"members {word} {op} {value}", right)]

    return read


def unmarked(f: Formula, asked: Asked) -> list[Claim]:
    level = {"canh-cao": "warning", "khien-trach": "reprimand"}[f.take("level_at_least")]
    assert f.take("subject") == "members"
    return [
        Claim(
            f"no member at {level}",
            lambda c: (
                isinstance(c, more.Composed)
                and (c.name, c.word) == ("discipline", level)
                and c.count is not None
                and (c.count.op, c.count.value) == ("=", 0)
            ),
        )
    ]


# ------------------------------------------------------------------ service and movements


def served(f: Formula, asked: Asked) -> list[Claim]:
    role, years, continuous = f.take("role"), f.take("min_years"), bool(f.take("continuous"))
    classes, sub = f.take("classes"), f.take("sub")
    if years == "per_decree":
        assert (role, f.take("domain")) == ("lanh-dao-quan-ly", "cong-hien")
        return [attested("long_service")]
    roles = {MAP["roles"][one] for one in words_of(role)}

    def term(wanted: set[str], number: int, unbroken: bool) -> Claim:
        return Claim(
            f"{sorted(wanted)} {number} years",
            lambda c: (
                isinstance(c, more.Served)
                and set(c.roles) == wanted
                and (c.months, c.continuous) == (number * 12, unbroken)
            ),
        )

    found = [term(roles, number, continuous) for number in (classes or {"": years}).values()]
    if sub:
        found.append(term({MAP["roles"][sub["role"]]}, sub["min_years"], False))
    if role == "quan-ly-nghien-cuu-giao-duc":
        found.append(belongs({"education_manager"}))
    return found


def placed(bloc: bool) -> Callable[[Formula, Asked], list[Claim]]:
    def read(f: Formula, asked: Asked) -> list[Claim]:
        who = words_of(f.take("organised_by") or f.take("launched_by"))
        organisers = {MAP["launchers"][one] for one in who if one != "any"}
        reviews = {MAP["reviews"][one] for one in words_of(f.take("at"))}
        years = f.take("min_duration_years") or 0
        assert f.take("period", "year") == "year"
        best = bloc or f.take("result") == "leader"
        results = {"leader"} if best else {"leader", "outstanding"}  # a leader is outstanding
        # Điều 29 is a «cluster leader» whose words speak of the movement of the district.
        place = "bloc" if any(word in f.text for word in ("cụm", "khối")) else "movement"
        found = [
            Claim(
                f"{place} of {sorted(organisers)}: {sorted(results)}, {years} years, {reviews}",
                lambda c: (
                    isinstance(c, more.Placed)
                    and c.place == place
                    and (set(c.organisers), set(c.results)) == (organisers, results)
                    and (c.duration, set(c.reviews)) == (years, reviews)
                ),
            )
        ]
        if f.take("plus") == "selection_most_outstanding":
            found.append(attested("outstanding_among_bloc_leaders"))
        if asked.unread:
            found.append(attested("movement_duration"))
        return found

    return read


# ------------------------------------------------------------------ what people attest


def belongs(classes: set[str]) -> Claim:
    return Claim(
        f"belongs to {sorted(classes)}",
        lambda c: isinstance(c, more.Belongs) and set(c.classes) == classes,
    )


def subject_class(f: Formula, asked: Asked) -> list[Claim]:
    named = f.take("classes")
    if named == ["liet-si-tnxp"]:
        return [belongs({"martyr"}), belongs({"youth_volunteer"})]
    return [belongs({one for name in named for one in MAP["classes"][name]})]


def qualitative(f: Formula, asked: Asked) -> list[Claim]:
    assert f.take("period", "year") == "year"
    what = MAP["qualities"][f.take("key")]
    reaches = set()
    if "tiêu biểu trong Bộ/tỉnh" in asked.text:
        reaches = at_least(["ministry"], asked.book)
    return [attested(what, reaches)]


def compliance(f: Formula, asked: Asked) -> list[Claim]:
    f.take("scope")
    return [attested(MAP["compliance"].get(asked.where, "compliance"))]


def achievement(f: Formula, asked: Asked) -> list[Claim]:
    found = [attested(MAP["natures"][f.take("nature")], reach_of(f, asked.book))]
    people = f.take("for_class")
    if people:
        found.append(belongs({one for name in people for one in MAP["classes"][name]}))
    return found


def contribution(f: Formula, asked: Asked) -> list[Claim]:
    degree = f.take("degree")
    key = ", ".join([*f.take("fields"), *([degree] if degree else [])])
    recognised = f.take("recognised_by")
    if not recognised:
        return [attested(MAP["contributions"][key])]
    if "đề nghị" in f.text:  # recognised and proposed: a leaf of its own
        return [attested(MAP["contributions"][key]), attested("ministry_proposal")]
    wanted = at_least([MAP["reaches"][recognised]], asked.book)
    return [attested(MAP["contributions"][key], wanted)]


def prize(f: Formula, asked: Asked) -> list[Claim]:
    return [attested(MAP["prizes"][f.take("level")])]


def recognition(f: Formula, asked: Asked) -> list[Claim]:
    word = {"scope_toan_quoc": "nation", "scope_bo_nganh_tinh": "ministry"}[f.take("what")]
    assert f.take("by") == "head_of_bo_nganh_tinh"
    special = {"whole_army", "whole_police"} if word == "ministry" else set()
    wanted = at_least([word], asked.book) | special
    by = "người đứng đầu bộ, ban, ngành, tỉnh"
    claim = attested("reach_recognised", wanted)
    return [Claim(claim.words, lambda c: claim.holds(c) and c.by == by)]


def external(f: Formula, asked: Asked) -> list[Claim]:
    owner = MAP["owners"][f.take("owner")]
    return [Claim(f"external {owner}", lambda c: isinstance(c, more.External) and c.owner == owner)]


def any_of(f: Formula, asked: Asked) -> list[Claim]:
    found = []
    for item in f.take("items"):
        inner = f.inner(item)
        found += [*by_type(inner, asked), *left(inner)]
    return found


def reuse(f: Formula, asked: Asked) -> list[Claim]:
    """The conditions of another award, word for word; or, on a sudden feat, of the same one."""
    other, named, people = f.take("award"), f.take("conditions"), f.take("for_class")
    if people == "dot-xuat-dac-biet-xuat-sac":  # the named conditions stand in the logic
        return [attested("sudden_specially_outstanding")]
    name, subject = IDS["law2022"][other]
    version = asked.book.standards[name, subject].on(asked.version.in_force.start)
    assert version is not None
    assert version.when is not None
    theirs = {leaf.id: leaf.condition for leaf in leaves(version.when)}
    if named == "any":
        kind = asked.book.vocabulary.words("subject_kinds")[IDS["law2022"][asked.award["id"]][1]]
        wanted = {one for word in words_of(people) for one in MAP["classes"][word]}
        assert set(kind.extra["classes"]) == wanted
        # c0 is the gate of that clause, c7 is for workers alone.
        named = [one for one in theirs if one not in ("c0", "c7", "c7k")]
    return [Claim(f"{one} of {other}", lambda c, wanted=theirs[one]: c == wanted) for one in named]


TYPES: dict[str, Callable[[Formula, Asked], list[Claim]]] = {
    "prior_award_count": held,
    "held_award": held,
    "selection_from": selection,
    "rating": rating,
    "rating_streak": streak,
    "meets_title_standard": meets,
    "initiative": produced,
    "composition_ratio": composed(share=True),
    "composition_count": composed(share=False),
    "no_discipline": unmarked,
    "tenure": served,
    "movement_result": placed(bloc=False),
    "cluster_leader": placed(bloc=True),
    "subject_class": subject_class,
    "qualitative": qualitative,
    "compliance_attestation": compliance,
    "achievement": achievement,
    "contribution": contribution,
    "prize": prize,
    "recognition": recognition,
    "external_ruleset": external,
    "any_of": any_of,
    "reuse": reuse,
}
