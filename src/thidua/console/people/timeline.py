"""The records of a person as a timeline: honours with ribbons, years of work, posts, new names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from thidua.console.people.words import STATUSES, Ribbon, ribbon_of, say, say_award
from thidua.documents.models import Location
from thidua.merits.models import (
    Absence,
    AnnualRating,
    Attestation,
    BlocStanding,
    Discipline,
    Fact,
    Investigation,
    LedgerScope,
    MovementResult,
    Registration,
    ServicePeriod,
)
from thidua.merits.selectors import KINDS, SENSITIVE
from thidua.organizations.selectors import list_names
from thidua.people.lifecycle import write_partial
from thidua.people.models import Post
from thidua.register.lifecycle import Status
from thidua.register.selectors import Honour
from thidua.screening.gathering import Records
from thidua.web.chips import Chip
from thidua.web.words import say_day

_ADDRESSES = {model: kind for kind, model in KINDS.items()}


class Moment(NamedTuple):
    """One line. `when` sorts it (ISO text); `url` opens it for mending."""

    when: str
    title: str
    meta: tuple[str, ...] = ()
    source: Location | None = None
    ribbon: Ribbon | None = None
    chip: Chip | None = None
    url: str = ""


class Year(NamedTuple):
    """The lines of one year, the newest first; "" where no year is known."""

    year: str
    moments: list[Moment]


def make_timeline(records: Records, *, sensitive: bool) -> list[Year]:
    """Newest year first. `sensitive`: with discipline and pending matters."""
    person = records.person.pk
    moments = [_honour(one, person) for one in records.honours]
    for fact in records.facts:
        if isinstance(fact, LedgerScope) or (isinstance(fact, SENSITIVE) and not sensitive):
            continue
        moments.append(_fact(fact, person))
    for author in records.authorships:
        one = author.initiative
        meta = [say("products", one.kind)]
        if one.reach:
            meta.append(_("ảnh hưởng: %(reach)s") % {"reach": say("reaches", one.reach)})
        if author.share:
            meta.append(_("đóng góp %(share)s%%") % {"share": author.share})
        url = reverse("console:initiative-edit", args=[person, one.pk])
        moments.append(
            Moment(str(one.year or ""), f"«{one.name}»", tuple(meta), one.source, url=url)
        )
    for post in records.posts:
        moments += _post(post, person)
    moments += _renames(records.posts)
    moments.sort(key=lambda one: one.when, reverse=True)
    return [
        Year(year, list(those)) for year, those in groupby(moments, key=lambda one: one.when[:4])
    ]


def _honour(honour: Honour, person: int) -> Moment:
    said, meta = honour.said, []
    if said.wording:
        meta.append(said.wording)
    decision = said.decision
    if decision is not None:
        day = write_partial(decision.decided_on)
        number = decision.number or _("không rõ số")
        meta.append(_("Quyết định %(number)s, %(day)s") % {"number": number, "day": day or "–"})
        meta.append(decision.issuer)
    when = said.year or (said.period_until.year if said.period_until else None)
    if when is None and decision is not None and decision.decided_on:
        when = int(decision.decided_on[:4])
    times = _(" (%(times)s lần)") % {"times": said.times} if said.times > 1 else ""
    chip = None if honour.status is Status.VALID else STATUSES[honour.status]
    source = said.source or (decision.source if decision else None)
    url = reverse("console:honour-detail", args=[person, honour.grant.pk])
    name = said.award_name or say_award(said.award)
    return Moment(
        f"{when}-12-31z" if when else "",
        name + times,
        tuple(meta),
        source,
        ribbon_of(said.award),
        chip,
        url,
    )


def _fact(fact: Fact, person: int) -> Moment:
    when, title, meta = _SAYERS[type(fact)](fact)
    url = reverse("console:fact-edit", args=[person, _ADDRESSES[type(fact)], fact.pk])
    return Moment(when, title, tuple(one for one in meta if one), fact.source, url=url)


def _rating(fact: AnnualRating) -> tuple[str, str, list[str]]:
    level = _("Không xếp loại") if fact.level == "none" else say("ratings", fact.level)
    return (
        f"{fact.year}-12-31",
        level,
        [_("ít nhất là mức này") if fact.at_least else "", fact.decision],
    )


def _registration(fact: Registration) -> tuple[str, str, list[str]]:
    said = _("Đăng ký thi đua") if fact.is_registered else _("Không đăng ký thi đua")
    return f"{fact.year}-01-01", said, [", ".join(say_award(one) for one in fact.awards)]


def _discipline(fact: Discipline) -> tuple[str, str, list[str]]:
    when = fact.decided_on or str(fact.year or "")
    cleared = (
        _("đã xóa %(day)s") % {"day": write_partial(fact.cleared_on)} if fact.cleared_on else ""
    )
    level = say("discipline", fact.level) if fact.level else _("chưa rõ hình thức")
    return when, _("Kỷ luật: %(level)s") % {"level": level}, [fact.decision, fact.about, cleared]


def _investigation(fact: Investigation) -> tuple[str, str, list[str]]:
    state = {True: _("đang xem xét"), False: _("đã kết thúc"), None: ""}[fact.is_open]
    return fact.opened_on or fact.closed_on, say("pending", fact.kind), [state, fact.about]


def _attestation(fact: Attestation) -> tuple[str, str, list[str]]:
    verdict = {"met": _("đạt"), "not_met": _("không đạt"), "awaiting": _("chờ ý kiến")}[
        fact.verdict
    ]
    title = f"{say('judgements', fact.what)}: {verdict}"
    return (
        f"{fact.year}-12-30",
        title,
        [fact.attested_by, write_partial(fact.attested_on), fact.text],
    )


def _movement(fact: MovementResult) -> tuple[str, str, list[str]]:
    title = _("Phong trào %(name)s") % {"name": f"«{fact.name}»" if fact.name else ""}
    return (
        f"{fact.year}-12-29",
        title,
        [say("placement_results", fact.result), say("launchers", fact.launched_by)],
    )


def _bloc(fact: BlocStanding) -> tuple[str, str, list[str]]:
    title = _("Cụm, khối %(name)s") % {"name": f"«{fact.name}»" if fact.name else ""}
    return f"{fact.year}-12-29", title, [say("placement_results", fact.result)]


def _absence(fact: Absence) -> tuple[str, str, list[str]]:
    days = _("%(days)s ngày") % {"days": fact.days} if fact.days else ""
    months = _("%(months)s tháng") % {"months": fact.months} if fact.months else ""
    first = fact.absent_from.isoformat() if fact.absent_from else f"{fact.year}-06-30"
    return first, say("absences", fact.kind), [days, months, say("results", fact.result)]


def _service(fact: ServicePeriod) -> tuple[str, str, list[str]]:
    until = write_partial(fact.ended_on) or (_("đã kết thúc") if fact.has_ended else _("đến nay"))
    span = f"{write_partial(fact.started_on) or '–'} – {until}"
    months = _("%(months)s tháng") % {"months": fact.months} if fact.months else ""
    return fact.started_on, fact.title or say("roles", fact.role), [fact.place, span, months]


_SAYERS: Mapping[type[Fact], Callable[[Any], tuple[str, str, list[str]]]] = {
    AnnualRating: _rating,
    Registration: _registration,
    Discipline: _discipline,
    Investigation: _investigation,
    Attestation: _attestation,
    MovementResult: _movement,
    BlocStanding: _bloc,
    Absence: _absence,
    ServicePeriod: _service,
}


def _post(post: Post, person: int) -> Iterator[Moment]:
    url = reverse("console:post-edit", args=[person, post.pk])
    kind = "" if post.is_main else _("kiêm nhiệm")
    meta = tuple(one for one in (post.unit.name, kind, post.decision) if one)
    source = post.source
    yield Moment(
        post.valid_from.isoformat(),
        _("Giữ chức danh %(position)s từ %(day)s")
        % {"position": post.position.name, "day": say_day(post.valid_from)},
        meta,
        source,
        url=url,
    )
    if post.valid_until is not None:
        yield Moment(
            post.valid_until.isoformat(),
            _("Thôi giữ chức danh %(position)s, ngày cuối %(day)s")
            % {"position": post.position.name, "day": say_day(post.valid_until)},
            meta,
            source,
            url=url,
        )


def _renames(posts: Iterable[Post]) -> Iterator[Moment]:
    """New names that a unit took while the person stood in it."""
    for post in posts:
        for old, new in pairwise(reversed(list_names(post.unit))):
            day = new.valid_from
            if (
                day is None
                or day <= post.valid_from
                or (post.valid_until and day > post.valid_until)
            ):
                continue
            yield Moment(
                day.isoformat(),
                _("Đơn vị đổi tên thành %(name)s") % {"name": new.name},
                (
                    _("trước là %(name)s, đổi từ %(day)s; quá trình được giữ nguyên")
                    % {"name": old.name, "day": say_day(day)},
                ),
            )


def find_source(records: Records, pk: int, *, sensitive: bool) -> Location | None:
    """A place from which something of a person is known, among what the reader may see."""
    decisions = [one.said.decision for one in records.honours if one.said.decision is not None]
    entries = [entry for one in records.honours for entry in (one.grant, *one.later)]
    facts = [one for one in records.facts if sensitive or not isinstance(one, SENSITIVE)]
    initiatives = [one.initiative for one in records.authorships]
    told: tuple[Any, ...] = (
        records.person,
        *records.posts,
        *facts,
        *initiatives,
        *entries,
        *decisions,
    )
    return next((one.source for one in told if one.source_id == pk), None)


def initials(name: str) -> str:
    """NH for «Nguyễn Thị Hồng Huyên»: the family name and the given name."""
    words = name.split()
    return "".join(word[0] for word in dict.fromkeys((words[0], words[-1]))).upper()


def say_scopes(facts: Iterable[Fact], person: int) -> list[dict[str, str]]:
    """What is said of whole ledgers: complete, none, unknown, for which years."""
    states = {"complete": _("đã ghi đủ"), "none": _("không có"), "unknown": _("chưa rõ")}
    said = []
    for one in facts:
        if not isinstance(one, LedgerScope):
            continue
        text = f"{say('ledgers', one.ledger)}: {states[one.state]}"
        if one.year_from and one.year_until:
            text += _(", %(first)s đến %(last)s") % {"first": one.year_from, "last": one.year_until}
        own = one.person_id == person
        url = reverse("console:fact-edit", args=[person, "pham-vi", one.pk]) if own else ""
        said.append({"text": text, "url": url})
    return said
