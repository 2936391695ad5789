"""An organisation's own rules over the law: read, checked against the book, laid over it.

An overlay is one rule of one document, for its dates only. It *sets* a standard that the law leaves
to the body (the leaf `external` becomes its conditions), *adds* conditions to those of the law, or
*limits* an award more strictly than the law does. It never loosens anything: an overlay that would
is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from lawengine.book import Book, Group, Instrument, Leaf, Standard, Tree, Version, leaves
from lawengine.checks import flaws
from lawengine.conditions_more import External
from lawengine.loading import citations, read_tree
from lawengine.lookup import matching
from lawengine.reading import Node
from lawengine.tables import Row
from lawengine.terms import Citation, Period, Threshold, parse_period, parse_threshold

EFFECTS = ("sets", "adds", "limits")
_HEADER = ("award", "effect", "in_force", "document")
_QUOTAS = "quotas"


@dataclass(frozen=True, slots=True)
class Overlay:
    """One rule of an organisation. when: for `sets` and `adds`; limit: for `limits`.

    The leaves' ids begin with the overlay's own id, so that a finding shows which text said what.
    """

    id: str
    award: str
    subject: str
    effect: str
    in_force: Period
    document: Instrument
    when: Tree | None = None
    limit: Row | None = None


def read_overlay(node: Node, book: Book, overlay_id: str) -> Overlay:
    """Read one overlay and check it against the book that it will stand over. Raises `Fault`."""
    node.mapping(_HEADER, ("subject", "when", "limit"))
    effect = node.child("effect").choice(EFFECTS)
    wanted = "limit" if effect == "limits" else "when"
    for key in ("limit", "when"):
        if node.has(key) != (key == wanted):
            if key == wanted:
                raise node.fault("missing_key", key=key)
            raise node.child(key).fault("not_together", key=key, other=f"effect: {effect}")
    words = book.vocabulary
    award = node.child("award").choice(words.awards)
    in_force = node.child("in_force").parsed(parse_period)
    if in_force.start is None:
        raise node.child("in_force").fault("overlay_without_start")
    document = _document(node.child("document"), overlay_id, in_force)
    if document.id in book.instruments:
        raise node.child("document").fault("repeated_id", id=document.id)
    if effect == "limits":
        limit = _limit(node.child("limit"), book, award, in_force, document)
        return Overlay(overlay_id, award, "", effect, in_force, document, limit=limit)
    if not node.has("subject"):
        raise node.fault("missing_key", key="subject")
    subject = node.child("subject").choice(words.awards[award].subjects)
    when = read_tree(node.child("when"), words, document, book.instruments)
    for leaf in leaves(when):
        if isinstance(leaf.condition, External):
            raise node.child("when").fault("external_in_overlay", id=leaf.id)
    found = Overlay(
        overlay_id, award, subject, effect, in_force, document, when=_marked(when, overlay_id)
    )
    _check_reach(node, book, found)
    return found


def lay_over(book: Book, overlays: Iterable[Overlay], digest: str = "") -> Book:
    """The book with the overlays, each on its dates. digest: of both together."""
    laid = list(overlays)
    standards = dict(book.standards)
    for one in laid:
        if one.when is not None:
            key = one.award, one.subject
            standards[key] = _overlaid(standards[key], one)
    tables = dict(book.tables)
    limits = tuple(one.limit for one in laid if one.limit is not None)
    if limits:
        tables[_QUOTAS] = replace(tables[_QUOTAS], rows=(*tables[_QUOTAS].rows, *limits))
    return replace(
        book,
        standards=MappingProxyType(standards),
        tables=MappingProxyType(tables),
        instruments=MappingProxyType(
            {**book.instruments, **{one.document.id: one.document for one in laid}}
        ),
        digest=digest or book.digest,
    )


# ------------------------------------------------------------------------------- reading
def _document(node: Node, overlay_id: str, in_force: Period) -> Instrument:
    node.mapping(("symbol", "name", "signed_on"))
    symbol, name = node.child("symbol").text(), node.child("name").text()
    signed_on = node.child("signed_on").day()
    if in_force.start is not None and in_force.start < signed_on:
        raise node.child("signed_on").fault(
            "in_force_before_signed", start=in_force.start, found=signed_on
        )
    return Instrument(
        id=f"own-{overlay_id}",
        vi=name,
        short_vi=symbol,
        in_force=in_force,
        confidence="verified",
        source=(symbol,),
        issued=signed_on.isoformat(),
    )


def _limit(node: Node, book: Book, award: str, in_force: Period, document: Instrument) -> Row:
    node.mapping(("vi", "cite"), ("share", "count", "of"))
    if node.has("share") == node.has("count"):
        raise node.fault("one_kind", found="", allowed=["share", "count"])
    values: dict[str, object] = {"awards": (award,)}
    columns = book.tables[_QUOTAS].columns
    if node.has("share"):
        share = node.child("share").parsed(parse_threshold)
        if share.op not in ("<=", "<"):
            raise node.child("share").fault("not_an_upper_bound", found=str(share))
        _check_not_looser(node, book, award, in_force, share)
        values |= {"rule": "at_most", "share": share}
    else:
        values |= {"rule": "at_most_count", "count": node.child("count").integer(0, 1_000_000)}
    if not node.has("of"):
        raise node.fault("missing_key", key="of")
    values["of"] = node.child("of").choice(columns["of"].choices)
    known = {**book.instruments, document.id: document}
    return Row(
        in_force=in_force,
        values=MappingProxyType(values),
        cites=citations(node, "cite", document.id, known),
        confidence=document.confidence,
        source=document.source,
        vi=node.child("vi").text(),
    )


def _check_not_looser(
    node: Node, book: Book, award: str, in_force: Period, share: Threshold
) -> None:
    for row in book.tables[_QUOTAS].rows:
        law = row.values.get("share")
        applies = not row.owner and award in row.awards and row.in_force.touches(in_force)
        if applies and isinstance(law, Threshold) and share.value > law.value:
            raise node.child("share").fault(
                "limit_above_law", found=str(share), law=str(law), start=row.in_force.start
            )


def _marked(tree: Tree, overlay_id: str) -> Tree:
    if isinstance(tree, Leaf):
        return replace(tree, id=f"{overlay_id}.{tree.id}")
    return replace(tree, parts=tuple(_marked(part, overlay_id) for part in tree.parts))


def _check_reach(node: Node, book: Book, overlay: Overlay) -> None:
    """The overlay meets a text that it can stand over, and makes no standard lead to itself."""
    standard = book.standards.get((overlay.award, overlay.subject))
    met = [
        version
        for version in (standard.versions if standard else ())
        if version.when is not None and version.in_force.touches(overlay.in_force)
    ]
    if not met:
        raise node.child("in_force").fault("overlay_meets_no_text", award=overlay.award)
    if overlay.effect == "sets" and not any(_has_external(one.when) for one in met):
        raise node.child("effect").fault("nothing_to_set", award=overlay.award)
    for flaw in flaws(lay_over(book, [overlay])):
        if flaw.code == "circle":
            raise node.child("when").fault("overlay_circle", award=flaw.where)


def _has_external(tree: Tree | None) -> bool:
    return tree is not None and any(isinstance(one.condition, External) for one in leaves(tree))


# ------------------------------------------------------------------------------- laying
def _overlaid(standard: Standard, overlay: Overlay) -> Standard:
    """The standard with its versions cut where the overlay begins and ends."""
    versions: list[Version] = []
    for version in standard.versions:
        for piece in _cut(version, overlay.in_force):
            inside = overlay.in_force.touches(piece.in_force)
            versions.append(_joined(piece, overlay) if inside and piece.when else piece)
    return replace(standard, versions=tuple(versions))


def _cut(version: Version, period: Period) -> list[Version]:
    """A version in up to three pieces: before, within and after a period."""
    cuts = (period.start, period.next_start())
    inner = [day for day in cuts if day is not None and _strictly_inside(day, version.in_force)]
    starts = [version.in_force.start, *inner]
    ends = [*(day - timedelta(days=1) for day in inner), version.in_force.end]
    return [
        replace(version, in_force=Period(start, end))
        for start, end in zip(starts, ends, strict=True)
    ]


def _strictly_inside(day: date, period: Period) -> bool:
    return day in period and day != period.start


def _joined(version: Version, overlay: Overlay) -> Version:
    assert version.when is not None and overlay.when is not None  # noqa: S101, PT018 - checked
    if overlay.effect == "sets":
        when = _set(version.when, overlay.when)
    else:
        law = version.when
        parts = law.parts if isinstance(law, Group) and law.word == "all" else (law,)
        when = Group("all", (*parts, overlay.when))
    return replace(
        version,
        when=when,
        cites=(*version.cites, Citation(overlay.document.id)),
        owner=overlay.document.short_vi,
    )


def _set(tree: Tree, own: Tree) -> Tree:
    """The tree with the body's own conditions where the law leaves them to it."""
    if isinstance(tree, Leaf):
        return own if isinstance(tree.condition, External) else tree
    return replace(tree, parts=tuple(_set(part, own) for part in tree.parts))


def limits_on(book: Book, award: str, day: date) -> tuple[Row, ...]:
    """The limits of an award on a day, of the law and of the organisation: all of them bind."""
    rows = matching(book.tables[_QUOTAS], award, day)
    return tuple(row for row in rows if not row.owner and not row.not_encoded)
