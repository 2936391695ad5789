"""An own rule as the fields of a form, and as its text: one into the other and back. Pure.

The text is what is kept and judged. A form can say the rules that organisations usually make; a rule
that says more is edited as text, and `read_draft` answers None for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

# Kind of condition → (field of the form, where it stands in the text, is it needed).
SPEC: dict[str, tuple[tuple[str, tuple[str, ...], bool], ...]] = {
    "held": (
        ("award", ("award",), True),
        ("times", ("times",), False),
        ("consecutive", ("consecutive",), False),
    ),
    "rated": (("rating", ("at_least",), True), ("years", ("window", "last"), False)),
    "served": (("role", ("role",), True), ("years", ("years",), True)),
    "produced": (
        ("product", ("kind",), True),
        ("times", ("count",), False),
        ("reach", ("reach",), False),
        ("years", ("window", "last"), False),
    ),
    "unmarked": (("discipline", ("at_least",), True), ("years", ("window", "last"), False)),
    "attested": (("judgement", ("what",), True),),
    "registered": (),
    "existed": (("years", ("years",), True),),
    "meets": (("award", ("award",), True),),
}
_PLACE = re.compile(
    r"(?:điều|d)?\s*(?P<article>\d+[a-z]?)"
    r"(?:[,\s]*(?:khoản|k)\s*(?P<clause>\d+[a-z]?))?"
    r"(?:[,\s]*(?:điểm|đ)\s*(?P<point>[a-zđ]))?",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"art-(\w+)(?:\.cl-(\w+))?(?:\.pt-(\w+))?")


@dataclass(frozen=True)
class Condition:
    """One condition: its kind, the words of the document, where they stand, and its numbers."""

    kind: str
    vi: str
    cite: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """An own rule as a form shows it. share: a whole or decimal percentage, as text."""

    award: str
    subject: str
    effect: str
    symbol: str
    name: str
    signed_on: date
    starts_on: date
    ends_on: date | None = None
    joint: str = "all"
    conditions: tuple[Condition, ...] = ()
    share: str = ""
    count: int | None = None
    of: str = ""
    limit_vi: str = ""
    limit_cite: str = ""


def read_place(text: str) -> str | None:
    """«Điều 5, khoản 1, điểm a» → `art-5.cl-1.pt-a`; None for anything else."""
    said = " ".join(text.split())
    if _ANCHOR.fullmatch(said):
        return said
    found = _PLACE.fullmatch(said)
    if found is None:
        return None
    parts = [f"art-{found['article'].lower()}"]
    parts += [f"cl-{found['clause'].lower()}"] if found["clause"] else []
    point = (found["point"] or "").lower()
    parts += [f"pt-{'dd' if point == 'đ' else point}"] if point else []
    return ".".join(parts)


def say_place(anchor: str) -> str:
    """`art-5.cl-1.pt-a` → «Điều 5 khoản 1 điểm a»."""
    found = _ANCHOR.fullmatch(anchor)
    if found is None:
        return anchor
    article, clause, point = found.groups()
    said = f"Điều {article}"
    said += f" khoản {clause}" if clause else ""
    return said + (f" điểm {'đ' if point == 'dd' else point}" if point else "")


def write_draft(draft: Draft) -> str:
    """The text of a form."""
    data: dict[str, Any] = {"award": draft.award}
    if draft.effect != "limits":
        data["subject"] = draft.subject
    data |= {
        "effect": draft.effect,
        "in_force": f"{draft.starts_on}..{draft.ends_on or ''}",
        "document": {
            "symbol": draft.symbol,
            "name": draft.name,
            "signed_on": draft.signed_on.isoformat(),
        },
    }
    if draft.effect == "limits":
        data["limit"] = _limit(draft)
    else:
        leaves = [_leaf(number, one) for number, one in enumerate(draft.conditions, start=1)]
        data["when"] = {draft.joint: leaves}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=96)


def _limit(draft: Draft) -> dict[str, Any]:
    limit: dict[str, Any] = {"vi": draft.limit_vi, "cite": draft.limit_cite}
    if draft.share:
        limit["share"] = f"<= {_fraction(draft.share)}"
    if draft.count is not None:
        limit["count"] = draft.count
    if draft.of:
        limit["of"] = draft.of
    return limit


def _fraction(percent: str) -> str:
    """«12,5» per cent as a whole fraction, as the book writes shares."""
    whole, _, rest = percent.replace(",", ".").partition(".")
    return f"{int(whole + rest)}/{100 * 10 ** len(rest)}"


def _percent(share: str) -> str | None:
    found = re.fullmatch(r"<= (\d+)/(\d+)", share)
    if found is None or int(found[2]) == 0:
        return None
    scaled, rest = divmod(int(found[1]) * 100_000, int(found[2]))
    if rest:
        return None
    whole, decimals = divmod(scaled, 1000)
    return f"{whole},{decimals:03d}".rstrip("0").rstrip(",")


def _leaf(number: int, one: Condition) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    for name, path, _ in SPEC[one.kind]:
        value = one.values.get(name)
        if value in (None, "", False):
            continue
        place = asked
        for key in path[:-1]:
            place = place.setdefault(key, {})
        place[path[-1]] = value
    return {"id": f"c{number}", "vi": one.vi, "cite": one.cite, one.kind: asked}


def read_draft(text: str) -> Draft | None:
    """The form of a text that was found sound; None for what a form cannot say."""
    data = yaml.safe_load(text)
    start, _, end = str(data["in_force"]).partition("..")
    document = data["document"]
    base = Draft(
        award=data["award"],
        subject=data.get("subject", ""),
        effect=data["effect"],
        symbol=document["symbol"],
        name=document["name"],
        signed_on=date.fromisoformat(str(document["signed_on"])),
        starts_on=date.fromisoformat(start.strip()),
        ends_on=date.fromisoformat(end.strip()) if end.strip() else None,
    )
    if data["effect"] == "limits":
        found = _read_limit(base, data["limit"])
    else:
        found = _read_conditions(base, data["when"])
    return found if found is not None and _same(found, data) else None


def _read_limit(base: Draft, limit: Mapping[str, Any]) -> Draft | None:
    share = ""
    if "share" in limit:
        percent = _percent(str(limit["share"]))
        if percent is None:
            return None
        share = percent
    return Draft(
        **{
            **vars(base),
            "share": share,
            "count": limit.get("count"),
            "of": limit.get("of", ""),
            "limit_vi": limit["vi"],
            "limit_cite": limit["cite"],
        }
    )


def _read_conditions(base: Draft, when: Mapping[str, Any]) -> Draft | None:
    joint = next((word for word in ("all", "any") if word in when), "")
    leaves = when[joint] if joint else [when]
    conditions = []
    for leaf in leaves:
        kind = next((one for one in SPEC if one in leaf), None)
        if kind is None or not isinstance(leaf.get("cite"), str):
            return None
        values = {}
        for name, path, _ in SPEC[kind]:
            value: Any = leaf[kind]
            for key in path:
                value = value.get(key) if isinstance(value, Mapping) else None
            if value is not None:
                values[name] = value
        conditions.append(Condition(kind, leaf["vi"], leaf["cite"], values))
    return Draft(**{**vars(base), "joint": joint or "all", "conditions": tuple(conditions)})


def _same(draft: Draft, data: Mapping[str, Any]) -> bool:
    """Does the form say all that the text says? Else saving it would lose something."""
    again = yaml.safe_load(write_draft(draft))
    if draft.effect == "limits":
        # 3/20 and 15/100 are one share.
        mine, theirs = dict(again["limit"]), dict(data["limit"])
        if "share" in mine:
            mine["share"] = theirs.get("share")
        return mine == theirs
    when = data["when"]
    whole = when if {"all", "any", "not"} & set(when) else {"all": [when]}
    return bool(_plain(again["when"]) == _plain(whole))


def _plain(value: Any) -> Any:
    """Values as text, without the ids of conditions, which a form numbers itself."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items() if key != "id"}
    return [_plain(one) for one in value] if isinstance(value, list) else str(value)


def place_of(path: str) -> tuple[int | None, str]:
    """Where in the form a fault of the text stands: the row of a condition (from 0) and a field."""
    row = re.match(r"when\.(?:all|any)\[(\d+)\](?:\.(\w+))?(?:\.(\w+))?(?:\.(\w+))?", path)
    if row:
        kind = row[2] if row[2] in SPEC else ""
        inner = tuple(part for part in (row[3], row[4]) if part)
        names = [name for name, place, _ in SPEC.get(kind, ()) if place == inner]
        return int(row[1]), names[0] if names else (row[2] or "") if not kind else "kind"
    first, _, rest = path.partition(".")
    if first == "document":
        return None, {"symbol": "symbol", "name": "name", "signed_on": "signed_on"}.get(rest, "")
    if first == "limit":
        return None, {"cite": "limit_cite", "vi": "limit_vi"}.get(rest, rest)
    return None, {"in_force": "starts_on"}.get(first, first if first != "when" else "")
