"""Condition → what is checked, in a sentence that names no subject.

The findings say what was found for one person; this says what a rule asks of anybody. The words
are the book's (`wording/conditions.yaml`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from lawengine import conditions as basic
from lawengine import conditions_more as more
from lawengine.conditions import Condition
from lawengine.records import MANY
from lawengine.terms import Threshold
from lawengine.windows import Window
from lawengine.wording import Wording


def describe(condition: Condition, wording: Wording) -> str:
    """What a condition asks, as a sentence."""
    return _DESCRIBERS[type(condition)](condition, wording)


def _say(w: Wording, key: str, **parts: object) -> str:
    return w.say[f"check.{key}"](**parts)


def _when(w: Wording, window: Window) -> str:
    if window.word == "last" and window.size == 1:
        return _say(w, "when.this_year")
    if window.word == "last" and window.size == 2:
        return _say(w, "when.last_two")
    return _say(w, f"when.{window.word}", size=window.size)


def _inner(w: Wording, parts: Iterable[Condition], joint: str) -> str:
    """Several conditions in one sentence: without their stops, in small first letters."""
    said = [describe(one, w).rstrip(".") for one in parts]
    return _say(w, joint).join(one[:1].lower() + one[1:] for one in said)


def _which(w: Wording, which: basic.Selection) -> dict[str, str]:
    streams = w.listed("streams", which.stream)
    issuers = w.listed("issuers", which.issuer)
    return {
        "award": w.award_names(which.awards),
        "stream": _say(w, "stream", stream=streams) if streams else "",
        "issuer": _say(w, "issuer", issuer=issuers) if issuers else "",
    }


def _rated(one: basic.Rated, w: Wording) -> str:
    parts = {"level": w.labels["ratings"][one.level_word], "when": _when(w, one.window)}
    if one.times is not None:
        return _say(w, "rated.times", times=one.times, **parts)
    single = one.window.word in ("this_year", "previous_year") or one.window.size == 1
    if single and one.window.word not in ("ever", "streak"):
        return _say(w, "rated.one", **parts)
    return _say(w, "rated.all", **parts)


def _held(one: basic.HeldAward, w: Wording) -> str:
    which = _which(w, one.which)
    if one.consecutive:
        ending = _say(w, f"ending.{one.ending}")
        return _say(w, "held.consecutive", times=one.times, ending=ending, **which)
    when = _when(w, one.window)
    if one.times == 1:
        return _say(w, "held.once", when=when, **which)
    return _say(w, "held.times", times=one.times, when=when, **which)


def _streak(one: basic.Streak, w: Wording) -> str:
    since = _say(w, "streak.since", **_which(w, one.since)) if one.since else ""
    level = w.labels["ratings"].get(one.level_word, "")
    inner = _inner(w, one.including, "and")
    return _say(
        w,
        "streak",
        years=one.years,
        since=since,
        rated=_say(w, "streak.rated", level=level) if one.level is not None else "",
        including=_say(w, "streak.including", inner=inner) if inner else "",
    )


def _produced(one: basic.Produced, w: Wording) -> str:
    reaches = w.labels["reaches"]
    extra = ""
    if one.applied:
        extra += _say(w, "produced.applied")
    if one.accepted:
        extra += _say(w, "produced.accepted")
    if one.blocked_by:
        key = "both" if len(one.blocked_by) > 1 else next(iter(one.blocked_by))
        extra += _say(w, f"produced.free.{key}")
    parts = {
        "kind": w.listed("products", _ordered(w, "products", one.kinds)),
        "reach": w.say["of_reach"](reach=reaches[one.reach_word]) if one.reach_word else "",
        "recognised": (
            w.say["recognised_by"](by=reaches[one.recognised_word]) if one.recognised_word else ""
        ),
        "more": extra,
        "when": _when(w, one.window),
    }
    if one.count == 1:
        return _say(w, "produced.one", **parts)
    return _say(w, "produced.many", count=one.count, **parts)


def _ordered(w: Wording, name: str, words: Iterable[str]) -> list[str]:
    """Words of a list in the order in which the book declares them."""
    order = list(w.labels.get(name, {}))
    return sorted(words, key=lambda word: order.index(word) if word in order else len(order))


def _unmarked(one: basic.Unmarked, w: Wording) -> str:
    level = w.labels["discipline"][one.level_word].lower()
    key = "unmarked.members" if one.members else "unmarked"
    return _say(w, key, level=level, when=_when(w, one.window))


def _clear(one: basic.Clear, w: Wording) -> str:  # noqa: ARG001 - one shape for all kinds
    return _say(w, "clear")


def _span(w: Wording, months: int) -> str:
    years, rest = divmod(months, 12)
    if not rest:
        return w.say["years_long"](years=years)
    if years:
        return w.say["months_long"](years=years, months=rest)
    return w.say["months_only"](months=rest)


def _served(one: more.Served, w: Wording) -> str:
    bounded = one.under_months < MANY
    return _say(
        w,
        "served",
        roles=w.listed("roles", one.roles),
        need=_say(w, "served.need", span=_span(w, one.months)) if one.months else "",
        under=_say(w, "served.under", span=_span(w, one.under_months)) if bounded else "",
        continuous=_say(w, "served.continuous") if one.continuous else "",
        female=_say(w, "served.female", share=one.female_less) if one.female_less else "",
    )


def _existed(one: more.Existed, w: Wording) -> str:
    return _say(w, "existed", years=one.years)


def _present(one: more.Present, w: Wording) -> str:
    said = []
    if one.recruit_months:
        said.append(_say(w, "present.recruit", months=one.recruit_months))
    if one.limit:
        said.append(_say(w, f"present.limit.{one.unit}", days=one.limit))
    if one.course:
        months, _, result = one.course
        label = w.labels["results"][result].lower()
        said.append(_say(w, "present.course", months=months, result=label))
    if one.excused and one.limit:
        labels = w.labels["absences"]
        kinds = ", ".join(labels[word] for word in _ordered(w, "absences", one.excused))
        said.append(_say(w, "present.excused", kinds=kinds))
    return " ".join(said)


def _registered(one: more.Registered, w: Wording) -> str:  # noqa: ARG001 - one shape for all
    return _say(w, "registered")


_RULES = {">=": "at_least", ">": "over", "=": "equal", "<=": "at_most", "<": "under"}


def _percent(value: Fraction) -> str:
    """A share as the law writes it: a whole percentage, else the fraction."""
    hundred = value * 100
    return f"{hundred.numerator}%" if hundred.denominator == 1 else str(value)


def _composed(one: more.Composed, w: Wording) -> str:
    if one.name == "award":
        who = w.say["with_award"](award=w.awards[one.word])
    elif one.name == "rating":
        who = w.say["with_rating"](level=w.labels["ratings"][one.word])
    elif one.name == "discipline":
        who = w.say["with_discipline"](level=w.labels["discipline"][one.word].lower())
    else:
        who = w.say["who_are_women"]()
    if one.share == Threshold("=", Fraction(1)):
        return _say(w, "composed.all", who=who)
    if one.count == Threshold("=", Fraction(0)):
        return _say(w, "composed.none", who=who)
    rule = one.share or one.count
    assert rule is not None  # noqa: S101 - the loader asks for one of the two
    value = _percent(rule.value) if one.share else str(rule.value)
    need = w.say[f"rule.{_RULES[rule.op]}"](value=value)
    return _say(w, "composed.share" if one.share else "composed.count", who=who, need=need)


def _placed(one: more.Placed, w: Wording) -> str:
    organisers = w.listed("launchers", _ordered(w, "launchers", one.organisers))
    results = w.listed("placement_results", _ordered(w, "placement_results", one.results))
    reviews = w.listed("reviews", _ordered(w, "reviews", one.reviews))
    return _say(
        w,
        "placed",
        result=results or w.templates["any_result"],
        place=w.templates[f"place.{one.place}"],
        by=w.say["organised_by"](by=organisers) if organisers else "",
        duration=w.say["lasting"](years=one.duration) if one.duration else "",
        at=_say(w, "placed.at", at=reviews) if reviews else "",
    )


def _belongs(one: more.Belongs, w: Wording) -> str:
    return _say(w, "belongs", classes=w.listed("classes", _ordered(w, "classes", one.classes)))


def _meets(one: more.Meets, w: Wording) -> str:
    return _say(w, "meets", award=w.award_names(one.awards))


def _attested(one: more.Attested, w: Wording) -> str:
    reach = w.labels["reaches"][one.reach_word] if one.reach_word else ""
    return _say(
        w,
        "attested",
        by=one.by or w.templates["someone"],
        what=w.labels["judgements"][one.what],
        reach=_say(w, "attested.reach", reach=reach) if reach else "",
    )


def _external(one: more.External, w: Wording) -> str:
    return _say(w, "external", owner=w.labels["owners"][one.owner])


def _every(one: more.Every, w: Wording) -> str:
    return _inner(w, one.parts, "both")


def _either(one: more.Either, w: Wording) -> str:
    return _inner(w, one.parts, "or")


_DESCRIBERS: dict[type, Callable[[Any, Wording], str]] = {
    basic.Rated: _rated,
    basic.HeldAward: _held,
    basic.Streak: _streak,
    basic.Produced: _produced,
    basic.Unmarked: _unmarked,
    basic.Clear: _clear,
    more.Served: _served,
    more.Existed: _existed,
    more.Present: _present,
    more.Registered: _registered,
    more.Composed: _composed,
    more.Placed: _placed,
    more.Belongs: _belongs,
    more.Meets: _meets,
    more.Attested: _attested,
    more.External: _external,
    more.Every: _every,
    more.Either: _either,
}
