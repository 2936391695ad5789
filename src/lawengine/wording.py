"""Outcome → sentence. The words are the book's (`wording/vi.yaml`); here is what goes where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from lawengine.records import MANY, Product, Rating
from lawengine.terms import Truth

if TYPE_CHECKING:
    from lawengine.book import Instrument, Refusal
    from lawengine.conditions import Outcome
    from lawengine.terms import Citation
    from lawengine.vocabulary import Vocabulary

YES, NO, MAYBE = Truth.YES, Truth.NO, Truth.UNKNOWN
Parts = Mapping[str, Any]


class Wording:
    """Sentences in one language.

    templates: key → text with {placeholders}; a missing key is a KeyError at once, so that the
    book's own check finds it.
    """

    def __init__(self, templates: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self.say = {key: text.format for key, text in templates.items()}
        self.templates, self.vocabulary = templates, vocabulary
        self.labels = {
            name: {term.id: term.vi for term in terms.values()}
            for name, terms in vocabulary.lists.items()
        }
        self.awards = {award.id: award.vi for award in vocabulary.awards.values()}
        self.rating_labels = [term.vi for term in vocabulary.words("ratings").values()]

    def sentence(self, outcome: Outcome) -> str:
        """The sentence of an outcome."""
        return _SENTENCES[outcome.words](self, outcome.truth, outcome.parts)

    def fault(self, code: str, parts: Mapping[str, object]) -> str:
        """What is wrong and how to mend it, for a fault of the strict reader."""
        say = self.say.get(f"fault.{code}")
        if say is None:
            return code
        return say(**{key: self._plain(value) for key, value in parts.items()})

    def _plain(self, value: object) -> str:
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(str(one) for one in value)
        return self.day(value) if isinstance(value, date) else str(value)

    def day(self, value: date) -> str:
        """dd/mm/yyyy."""
        return f"{value.day:02d}/{value.month:02d}/{value.year}"

    def years(self, years: Iterable[int]) -> str:
        """`năm 2024`, `các năm 2020–2024`, `các năm 2020, 2022`, by the book's words."""
        found = sorted(years)
        if not found:
            return ""
        if len(found) == 1:
            return self.say["year"](year=found[0])
        if found[-1] - found[0] == len(found) - 1 and len(found) > 2:
            return self.say["years"](years=f"{found[0]}–{found[-1]}")
        return self.say["years"](years=", ".join(map(str, found)))

    def listed(self, name: str, words: Iterable[str]) -> str:
        """Labels of words, joined with "or"."""
        labels = self.labels.get(name, {})
        return self.templates["or"].join(labels.get(word, word) for word in words)

    def award_names(self, awards: Iterable[str]) -> str:
        """Labels of awards, joined with "or"."""
        awards = tuple(awards)
        if len(awards) == 1:
            return self.awards.get(awards[0], awards[0])
        return self.templates["or"].join(self.awards.get(one, one) for one in awards)

    def citation(self, cite: Citation, instruments: Mapping[str, Instrument]) -> str:
        """`Điều 23 khoản 1 điểm a Luật …`, by the book's words."""
        said = []
        for piece in cite.anchor.split("."):
            kind, _, value = piece.partition("-")
            if kind == "art":
                said.append(self.say["cite.article"](number=value))
            elif kind == "cl":
                said.append(self.say["cite.clause"](number=value))
            elif kind == "pt":
                said.append(
                    self.say["cite.point"](
                        letter=self.templates["cite.dd"] if value == "dd" else value
                    )
                )
        found = instruments.get(cite.instrument)
        return " ".join([*said, found.short_vi if found else cite.instrument])

    def refusal(self, refusal: Refusal) -> str:
        """Why no verdict is given, in one sentence."""
        parts = refusal.parts
        day, start = parts.get("day"), parts.get("from")
        return self.say[f"refusal.{refusal.code}"](
            award=self.awards.get(str(parts.get("award")), ""),
            day=self.day(day) if isinstance(day, date) else "",
            start=self.day(start) if isinstance(start, date) else "",
            reason=str(parts.get("reason", "")).rstrip("."),
        )


def _rated(w: Wording, truth: Truth, p: Parts) -> str:
    level = w.labels["ratings"][p["level"]]
    if truth is YES:
        return w.say["rated.yes"](when=w.years(range(p["first"], p["last"] + 1)), level=level)
    low: list[Rating] = p["low"]
    if truth is NO and low:
        worst = low[-1]
        if worst.most < 0:
            return w.say["rated.none"](when=w.years([worst.year]), level=level)
        return w.say["rated.no"](
            when=w.years(one.year for one in low), level=level, found=w.rating_labels[worst.most]
        )
    if truth is NO:
        return w.say["rated.few"](have=p["have"], times=p["times"], level=level)
    return w.say["rated.unknown"](when=w.years(p["missing"]), level=level)


def _held_consecutive(w: Wording, truth: Truth, p: Parts) -> str:
    parts = {
        "award": w.award_names(p["awards"]),
        "times": p["times"],
        "have": w.years(p["have"]),
        "missing": w.years(p["missing"]),
        "last": p["last"],
    }
    if truth is YES:
        return w.say["held_consecutive.yes"](**parts)
    if truth is MAYBE:
        return w.say["held_consecutive.unknown"](**parts)
    return w.say["held_consecutive.no" if p["have"] else "held_consecutive.never"](**parts)


def _left_out(w: Wording, p: Parts) -> str:
    """« Không tính …» for each record that is there and does not count; empty when there is none."""
    said = dict[str, None]()
    for record, (code, word) in p["unfit"]:
        product = isinstance(record, Product)
        names = {
            "stream": w.labels["streams"],
            "issuer": w.labels["issuers"],
            "reach": w.labels["reaches"],
            "recognised": w.labels["reaches"],
            "used": w.awards,
        }
        kind = w.labels["products"].get(record.kind, "") if product else w.awards[record.award]
        said[
            w.say["unfit"](
                what=kind,
                when=w.say["in_year"](year=record.year) if record.year else "",
                why=w.say[f"unfit.{code}"](word=names.get(code, {}).get(word, word)),
            )
        ] = None
    return "".join(said)


def _held_count(w: Wording, truth: Truth, p: Parts) -> str:
    first = p["first"]
    when = w.say["since_year"](year=first) if first is not None else ""
    parts = {
        "award": w.award_names(p["awards"]),
        "times": p["times"],
        "have": p["have"],
        "when": when,
        "missing": w.years(p["missing"]),
    }
    if truth is YES:
        return w.say["held_count.yes"](**parts)
    if truth is MAYBE:
        if p["stream"] and p["have"] < p["times"] and not p["missing"] and first is not None:
            return w.say["held_count.stream"](**parts)
        return w.say["held_count.unknown"](**parts)
    never = "held_count.unfit" if p["unfit"] else "held_count.never"
    return w.say["held_count.no" if p["have"] else never](**parts) + _left_out(w, p)


def _streak(w: Wording, truth: Truth, p: Parts) -> str:
    level = w.labels["ratings"].get(p["level"], "")
    length = p["last"] - p["start"] + 1
    said = []
    if p["since"]:
        parts = {"award": w.award_names(p["since"]), "year": p["since_year"], "start": p["start"]}
        key = {YES: "streak.since_yes", NO: "streak.since_no", MAYBE: "streak.since_unknown"}
        unfit = p["since_truth"] is NO and p["unfit"]
        said.append(
            w.say["streak.since_unfit" if unfit else key[p["since_truth"]]](**parts)
            + _left_out(w, p)
        )
    if p["level"] and p["since_truth"] is not NO:
        key = {YES: "streak.rated_yes", NO: "streak.rated_no", MAYBE: "streak.rated_unknown"}
        said.append(
            w.say[key[p["rated"]]](
                start=p["start"], last=p["last"], length=length, years=p["years"], level=level
            )
        )
    if p["rated"] is not NO and p["since_truth"] is not NO:
        said += [w.sentence(one) for one in p["inner"] if truth is YES or one.truth is not YES]
    return " ".join(said)


def _produced(w: Wording, truth: Truth, p: Parts) -> str:
    first, last = p["first"], p["last"]
    if first is None:
        when = ""
    elif first == last:
        when = w.say["in_year"](year=last)
    else:
        when = w.say["from_to"](first=first, last=last)
    parts = {
        "kind": w.listed("products", sorted(p["kinds"])),
        "count": p["count"],
        "have": p["have"],
        "when": when,
        "reach": w.say["of_reach"](reach=w.labels["reaches"][p["reach"]]) if p["reach"] else "",
        "recognised": w.say["recognised_by"](by=w.labels["reaches"][p["recognised"]])
        if p["recognised"]
        else "",
    }
    if truth is YES:
        return w.say["produced.yes"](**parts)
    if truth is NO:
        none = "produced.unfit" if p["unfit"] else "produced.none"
        return w.say["produced.no" if p["have"] else none](**parts) + _left_out(w, p)
    return w.say["produced.doubtful" if p["doubtful"] else "produced.unknown"](**parts)


def _unmarked(w: Wording, truth: Truth, p: Parts) -> str:
    first = p["last"] if p["first"] is None else p["first"]
    when = w.years(p["missing"] or range(first, p["last"] + 1))
    level = w.labels["discipline"][p["level"]].lower()
    return w.say[f"unmarked.{truth.word}"](when=when, level=level)


def _unmarked_members(w: Wording, truth: Truth, p: Parts) -> str:
    level = w.labels["discipline"][p["level"]].lower()
    return w.say[f"unmarked_members.{truth.word}"](when=w.years([p["last"]]), level=level)


def _clear(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"clear.{truth.word}"](on=w.day(p["on"]))


def _span(w: Wording, months: int) -> str:
    years, rest = divmod(months, 12)
    if not rest:
        return w.say["years_long"](years=years)
    return (
        w.say["months_long"](years=years, months=rest)
        if years
        else w.say["months_only"](months=rest)
    )


def _served(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"served.{truth.word}"](
        roles=w.listed("roles", p["roles"]),
        need=_span(w, p["need"]),
        have=_span(w, p["least"]),
        under=w.say["under"](span=_span(w, p["under"])) if p["under"] else "",
    )


def _existed(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"existed.{truth.word}"](need=p["need"], have=p["least"])


def _present(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"present.{truth.word}"](year=p["year"])


def _present_recruit(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"present_recruit.{truth.word}"](months=p["months"], year=p["year"])


def _present_absent(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"present_absent.{truth.word}"](limit=p["limit"], year=p["year"])


def _present_course(w: Wording, truth: Truth, p: Parts) -> str:
    result = w.labels["results"][p["result"]].lower()
    return w.say[f"present_course.{truth.word}"](months=p["course"], result=result, year=p["year"])


def _registered(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"registered.{truth.word}"](year=p["year"])


def _composed(w: Wording, truth: Truth, p: Parts) -> str:
    part, total, rule = p["part"], p["total"], p["rule"]
    if p["name"] == "award":
        who = w.say["with_award"](award=w.awards[p["word"]])
    elif p["name"] == "rating":
        who = w.say["with_rating"](level=w.labels["ratings"][p["word"]])
    elif p["name"] == "discipline":
        who = w.say["with_discipline"](level=w.labels["discipline"][p["word"]].lower())
    else:
        who = w.say["who_are_women"]()
    share = p["is_share"]
    value = _percent(rule.value.numerator, rule.value.denominator) if share else rule.value
    need = w.say["rule.none" if rule.op == "=" and not rule.value else f"rule.{_RULES[rule.op]}"](
        value=value
    )
    if truth is MAYBE:
        part_known = share and part.least == part.most
        key = "composed.unknown_total" if part_known else "composed.unknown"
    else:
        key = f"composed.{truth.word}" if share else f"composed_count.{truth.word}"
    exact_total = total.least if total.most < MANY else 0
    return w.say[key](
        who=who,
        year=p["year"],
        need=need,
        part=part.least,
        total=exact_total,
        percent=_percent(part.least, exact_total) if exact_total else "",
    )


_RULES = {">=": "at_least", ">": "over", "=": "equal", "<=": "at_most", "<": "under"}


def _percent(part: int, whole: int) -> str:
    tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}%"


def _placed(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"placed.{truth.word}"](
        result=w.listed("placement_results", sorted(p["results"])) or w.templates["any_result"],
        place=w.templates[f"place.{p['place']}"],
        year=p["year"],
        by=w.say["organised_by"](by=w.listed("launchers", sorted(p["organisers"])))
        if p["organisers"]
        else "",
        duration=w.say["lasting"](years=p["duration"]) if p["duration"] else "",
    )


def _belongs(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"belongs.{truth.word}"](classes=w.listed("classes", sorted(p["classes"])))


def _meets(w: Wording, truth: Truth, p: Parts) -> str:
    if truth is YES:
        return w.say["meets.yes"](award=w.awards[p["award"]])
    awards = w.award_names(p["awards"])
    if truth is MAYBE and not p["children"]:
        return w.say["meets.refused"](award=awards)
    return w.say[f"meets.{truth.word}"](award=awards)


def _attested(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"attested.{truth.word}"](
        what=w.labels["judgements"][p["what"]],
        by=p["by"] or w.templates["someone"],
        reach=w.say["within_reach"](reach=w.labels["reaches"][p["reach"]]) if p["reach"] else "",
    )


def _external(w: Wording, truth: Truth, p: Parts) -> str:
    return w.say[f"external.{truth.word}"](owner=w.labels["owners"][p["owner"]])


def _every(w: Wording, truth: Truth, p: Parts) -> str:
    return " ".join(w.sentence(one) for one in p["inner"] if truth is YES or one.truth is not YES)


def _either(w: Wording, truth: Truth, p: Parts) -> str:
    inner: tuple[Outcome, ...] = p["inner"]
    if truth is NO:
        return w.templates["or_else"].join(w.sentence(one).rstrip(".") for one in inner) + "."
    return next(w.sentence(one) for one in inner if one.truth is truth)


_SENTENCES: dict[str, Callable[[Wording, Truth, Parts], str]] = {
    "rated": _rated,
    "held_consecutive": _held_consecutive,
    "held_count": _held_count,
    "streak": _streak,
    "produced": _produced,
    "unmarked": _unmarked,
    "unmarked_members": _unmarked_members,
    "clear": _clear,
    "served": _served,
    "existed": _existed,
    "present": _present,
    "present_recruit": _present_recruit,
    "present_absent": _present_absent,
    "present_course": _present_course,
    "registered": _registered,
    "composed": _composed,
    "placed": _placed,
    "belongs": _belongs,
    "meets": _meets,
    "attested": _attested,
    "external": _external,
    "every": _every,
    "either": _either,
}


# Every sentence that the engine may ask for, with the placeholders that it fills.
REQUIRED: dict[str, str] = {
    "year": "year",
    "years": "years",
    "in_year": "year",
    "from_to": "first last",
    "since_year": "year",
    "or": "",
    "or_else": "",
    "years_long": "years",
    "months_long": "years months",
    "months_only": "months",
    "under": "span",
    "of_reach": "reach",
    "within_reach": "reach",
    "recognised_by": "by",
    "organised_by": "by",
    "lasting": "years",
    "with_award": "award",
    "with_rating": "level",
    "with_discipline": "level",
    "who_are_women": "",
    "any_result": "",
    "someone": "",
    "place.bloc": "",
    "place.movement": "",
    **{f"rule.{rule}": "value" for rule in (*_RULES.values(), "none")},
    **{f"rated.{truth}": "when level found" for truth in ("yes", "no", "unknown", "none")},
    "rated.few": "have times level",
    **{
        f"held_consecutive.{truth}": "award times have missing last"
        for truth in ("yes", "no", "never", "unknown")
    },
    **{
        f"held_count.{truth}": "award times have when missing"
        for truth in ("yes", "no", "never", "unfit", "unknown", "stream")
    },
    **{f"streak.since_{truth}": "award year start" for truth in ("yes", "no", "unfit", "unknown")},
    "unfit": "what when why",
    **{
        f"unfit.{code}": "word"
        for code in ("stream", "issuer", "reach", "recognised", "applied", "accepted", "used")
    },
    **{
        f"streak.rated_{truth}": "start last length years level"
        for truth in ("yes", "no", "unknown")
    },
    **{
        f"produced.{truth}": "kind count have when reach recognised"
        for truth in ("yes", "no", "none", "unfit", "doubtful", "unknown")
    },
    **{
        f"{kind}.{truth}": fields
        for kind, fields in {
            "unmarked": "when level",
            "unmarked_members": "when level",
            "clear": "on",
            "served": "roles need have under",
            "existed": "need have",
            "registered": "year",
            "placed": "result place year by duration",
            "belongs": "classes",
            "meets": "award",
            "attested": "what by reach",
        }.items()
        for truth in ("yes", "no", "unknown")
    },
    "meets.refused": "award",
    "present.yes": "year",
    "present_recruit.no": "months year",
    "present_recruit.unknown": "months year",
    "present_absent.no": "limit year",
    "present_absent.unknown": "limit year",
    "present_course.no": "months result year",
    "present_course.unknown": "months result year",
    **{
        f"composed.{truth}": "who year need part total percent"
        for truth in ("yes", "no", "unknown", "unknown_total")
    },
    "composed_count.yes": "who year need part total percent",
    "composed_count.no": "who year need part total percent",
    "external.unknown": "owner",
    "cite.article": "number",
    "cite.clause": "number",
    "cite.point": "letter",
    "cite.dd": "",
    "refusal.not_encoded": "day reason award start",
    "refusal.not_covered": "day start award reason",
    "refusal.no_standard_for_subject": "award day start reason",
}
