"""How each condition kind is written in YAML: one small reader per kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from lawengine import conditions as basic
from lawengine import conditions_more as more
from lawengine.conditions import Condition
from lawengine.reading import Node
from lawengine.records import MANY
from lawengine.terms import parse_threshold
from lawengine.vocabulary import Vocabulary
from lawengine.windows import EVER, SIZED, THIS_YEAR, WORDS, Window


def read_condition(
    kind: str, node: Node, words: Vocabulary, *, in_streak: bool = False
) -> Condition:
    """Read the value under a kind's key. Faults name the place and the fix."""
    return KINDS[kind](node, words, in_streak)


def _window(node: Node, default: Window, in_streak: bool) -> Window:
    if not node.has("window"):
        return Window("streak") if in_streak else default
    value = node.child("window")
    if isinstance(value.value, Mapping):
        value.mapping((), SIZED)
        for word in SIZED:
            if value.has(word):
                return Window(word, value.child(word).integer(1, 60))
        raise value.fault("missing_key", key="last")
    word = value.choice(WORDS)
    if word == "streak" and not in_streak:
        raise value.fault("streak_outside")
    return Window(word)


def _awards(node: Node, words: Vocabulary) -> tuple[str, ...]:
    return tuple(one.choice(words.awards) for one in node.one_or_many())


def _choices(node: Node, key: str, words: Mapping[str, object]) -> tuple[str, ...]:
    if not node.has(key):
        return ()
    return tuple(one.choice(words) for one in node.child(key).one_or_many())


def _selection(node: Node, words: Vocabulary) -> basic.Selection:
    stated = frozenset(a.id for a in words.awards.values() if a.stream != "none")
    return basic.Selection(
        _awards(node.child("award"), words),
        _choices(node, "stream", words.words("streams")),
        _choices(node, "issuer", words.words("issuers")),
        stated,
    )


def _at_least(node: Node, key: str, words: Vocabulary) -> tuple[frozenset[str], str]:
    """The reaches that satisfy: the same or a higher rank; special ones only themselves."""
    if not node.has(key):
        return frozenset(), ""
    reaches = words.words("reaches")
    satisfying: set[str] = set()
    asked = [one.choice(reaches) for one in node.child(key).one_or_many()]
    for word in asked:
        term = reaches[word]
        satisfying.add(word)
        if not term.extra.get("special"):
            satisfying.update(
                other.id
                for other in reaches.values()
                if other.rank >= term.rank and not other.extra.get("special")
            )
    return frozenset(satisfying), asked[0]


def _flag(node: Node, key: str) -> bool:
    return node.child(key).boolean() if node.has(key) else False


def _rated(node: Node, words: Vocabulary, in_streak: bool) -> Condition:
    node.mapping(("at_least",), ("window", "times", "of"))
    window = _window(node, THIS_YEAR, in_streak)
    times = node.child("times").integer(1, 60) if node.has("times") else None
    if window.word == "ever" and times is None:
        raise node.fault("missing_key", key="times")
    level = node.child("at_least").choice(words.words("ratings"))
    return basic.Rated(words.words("ratings")[level].rank, level, window, times)


def _held(node: Node, words: Vocabulary, in_streak: bool) -> Condition:
    node.mapping(
        ("award",),
        (
            "times",
            "consecutive",
            "ending",
            "window",
            "stream",
            "issuer",
        ),
    )
    consecutive = _flag(node, "consecutive")
    if consecutive and node.has("window"):
        raise node.child("window").fault("not_together", key="window", other="consecutive")
    if node.has("ending") and not consecutive:
        raise node.child("ending").fault("not_together", key="ending", other="not consecutive")
    ending = "either"
    if node.has("ending"):
        ending = node.child("ending").choice(("either", "this_year", "previous_year"))
    return basic.HeldAward(
        _selection(node, words),
        node.child("times").integer(1, 60) if node.has("times") else 1,
        consecutive,
        ending,
        _window(node, EVER, in_streak),
    )


def _streak(node: Node, words: Vocabulary, in_streak: bool) -> Condition:
    if in_streak:
        raise node.fault("streak_inside")
    node.mapping(("years",), ("since", "rated", "including", "of"))
    since = None
    if node.has("since"):
        since = _selection(node.child("since").mapping(("award",), ("stream", "issuer")), words)
    level_word, level = "", None
    if node.has("rated"):
        level_word = node.child("rated").choice(words.words("ratings"))
        level = words.words("ratings")[level_word].rank
    including: tuple[Condition, ...] = ()
    if node.has("including"):
        including = tuple(_inner(one, words) for one in node.child("including").items())
    return basic.Streak(
        node.child("years").integer(1, 60),
        since,
        level,
        level_word,
        including,
        max([1, *(_reach_back(one) for one in including)]),
    )


def _inner(node: Node, words: Vocabulary) -> Condition:
    """A condition inside a streak: one kind, or `all` / `any` of several."""
    node.mapping((), (*KINDS, "all", "any"))
    if len(node.value) != 1:
        raise node.fault("one_kind", found=", ".join(map(str, node.value)), allowed=list(KINDS))
    kind = next(iter(node.value))
    if kind in ("all", "any"):
        parts = tuple(_inner(one, words) for one in node.child(kind).items())
        return more.Every(parts) if kind == "all" else more.Either(parts)
    return read_condition(kind, node.child(kind), words, in_streak=True)


def _reach_back(condition: Condition) -> int:
    """How many empty years before the first record may still change a condition from no."""
    if isinstance(condition, more.Every | more.Either):
        return max([1, *(_reach_back(one) for one in condition.parts)])
    if isinstance(condition, basic.HeldAward):
        return condition.times
    if isinstance(condition, basic.Rated):
        return condition.times or 1
    return 1


def _produced(node: Node, words: Vocabulary, in_streak: bool) -> Condition:
    node.mapping(
        ("kind",),
        (
            "count",
            "reach",
            "recognised_by",
            "applied",
            "accepted",
            "window",
            "free_of",
        ),
    )
    kinds = frozenset(
        one.choice(words.words("products")) for one in node.child("kind").one_or_many()
    )
    reaches, reach_word = _at_least(node, "reach", words)
    recognised, recognised_word = _at_least(node, "recognised_by", words)
    return basic.Produced(
        kinds,
        node.child("count").integer(1, 60) if node.has("count") else 1,
        reaches,
        recognised,
        _flag(node, "applied"),
        _flag(node, "accepted"),
        _window(node, THIS_YEAR, in_streak),
        frozenset(_choices(node, "free_of", {"title": 0, "form": 0})),
        {award.id: award.family for award in words.awards.values()},
        reach_word,
        recognised_word,
    )


def _unmarked(node: Node, words: Vocabulary, in_streak: bool) -> Condition:
    node.mapping(("at_least",), ("of", "window"))
    level = node.child("at_least").choice(words.words("discipline"))
    of = node.child("of").choice(("subject", "members")) if node.has("of") else "subject"
    return basic.Unmarked(
        words.words("discipline")[level].rank,
        level,
        of == "members",
        _window(node, THIS_YEAR, in_streak),
    )


def _clear(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping()
    return basic.Clear()


def _served(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(
        ("role",),
        (
            "years",
            "months",
            "under_years",
            "continuous",
            "female_less",
        ),
    )
    months = node.child("years").integer(0, 60) * 12 if node.has("years") else 0
    months += node.child("months").integer(0, 720) if node.has("months") else 0
    if not months and not node.has("under_years"):
        raise node.fault("missing_key", key="years")
    return more.Served(
        tuple(one.choice(words.words("roles")) for one in node.child("role").one_or_many()),
        months,
        node.child("under_years").integer(1, 60) * 12 if node.has("under_years") else MANY,
        _flag(node, "continuous"),
        node.child("female_less").parsed(Fraction) if node.has("female_less") else Fraction(0),
    )


def _existed(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("years",))
    return more.Existed(node.child("years").integer(1, 200))


def _present(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping((), ("recruit_months", "limit", "excused", "long_course"))
    limit, unit, course = 0, "working", None
    if node.has("limit"):
        part = node.child("limit").mapping(("days", "unit"))
        limit = part.child("days").integer(1, 366)
        unit = part.child("unit").choice(("working", "calendar"))
    if node.has("long_course"):
        part = node.child("long_course").mapping(("months", "result"))
        result = part.child("result").choice(words.words("results"))
        course = (part.child("months").integer(1, 60), words.words("results")[result].rank, result)
    recruit = node.child("recruit_months").integer(1, 24) if node.has("recruit_months") else 0
    if not (recruit or limit or course):
        raise node.fault("missing_key", key="recruit_months")
    excused = frozenset(_choices(node, "excused", words.words("absences")))
    return more.Present(recruit, limit, unit, excused, course)


def _registered(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping()
    return more.Registered()


def _composed(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("having",), ("share", "count"))
    having = node.child("having").mapping((), ("rating", "award", "discipline", "women"))
    lists: dict[str, Mapping[str, object]] = {
        "rating": words.words("ratings"),
        "award": words.awards,
        "discipline": words.words("discipline"),
    }
    if len(having.value) != 1 or node.has("share") == node.has("count"):
        raise node.fault(
            "one_kind", found=", ".join(map(str, node.value)), allowed=["share", "count"]
        )
    name = next(iter(having.value))
    word = "true" if name == "women" else having.child(name).choice(lists[name])
    rule = node.child("share" if node.has("share") else "count").parsed(parse_threshold)
    return more.Composed(
        name, word, rule if node.has("share") else None, rule if node.has("count") else None
    )


def _placed(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("in",), ("organised_by", "result", "duration_years", "at", "window"))
    return more.Placed(
        node.child("in").choice(("bloc", "movement")),
        frozenset(_choices(node, "organised_by", words.words("launchers"))),
        frozenset(_choices(node, "result", words.words("placement_results"))),
        node.child("duration_years").integer(1, 20) if node.has("duration_years") else 0,
        frozenset(_choices(node, "at", words.words("reviews"))),
    )


def _belongs(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("to",))
    return more.Belongs(frozenset(_choices(node, "to", words.words("classes"))))


def _meets(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("award",))
    return more.Meets(_awards(node.child("award"), words))


def _attested(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("what",), ("reach", "by"))
    what = node.child("what").choice(words.words("judgements"))
    reaches, reach_word = _at_least(node, "reach", words)
    by = str(words.words("judgements")[what].extra.get("by", ""))
    return more.Attested(
        what, reaches, reach_word, node.child("by").text() if node.has("by") else by
    )


def _external(node: Node, words: Vocabulary, in_streak: bool) -> Condition:  # noqa: ARG001
    node.mapping(("owner",))
    return more.External(node.child("owner").choice(words.words("owners")))


KINDS: dict[str, Callable[[Node, Vocabulary, bool], Condition]] = {
    "rated": _rated,
    "held": _held,
    "streak": _streak,
    "produced": _produced,
    "unmarked": _unmarked,
    "clear": _clear,
    "served": _served,
    "existed": _existed,
    "present": _present,
    "registered": _registered,
    "composed": _composed,
    "placed": _placed,
    "belongs": _belongs,
    "meets": _meets,
    "attested": _attested,
    "external": _external,
}
