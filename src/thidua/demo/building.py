"""The demonstration organisation, built through the acts that people use: never a fixture.

`python -m thidua.config` has made the tables; this fills them in a minute or two, once. What is here
already is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from thidua.accounts.models import User
from thidua.accounts.services import create_user, grant_role
from thidua.demo.careers import FIRST_YEAR, LAST_YEAR, Award, Career, draw_careers, read
from thidua.flows.merge_units import merge_units
from thidua.flows.split_unit import Part, split_unit
from thidua.merits.models import (
    Absence,
    AnnualRating,
    Discipline,
    InitiativeAuthor,
    LedgerScope,
)
from thidua.merits.services import draft_initiative, record_facts, record_initiatives
from thidua.organizations.models import Unit, UnitKind
from thidua.organizations.services import (
    create_kind,
    create_unit,
    rename_unit,
)
from thidua.people.models import Person, Position, PositionCategory, Post
from thidua.people.services import (
    appoint_many,
    create_category,
    create_position,
    draft_person,
    link_account,
    register_people,
    set_category_status,
)
from thidua.register.models import DecisionRecord, RegisterEntry
from thidua.register.services import draft_decision, enter_honours, record_decisions
from thidua.support.actor import Actor, Role, system

BATCH = 2000
ROLES_BEGIN = date(2017, 1, 1)
# Who decides an award that no unit decides itself, and the letters of its decisions.
_ABOVE = {
    "ministry": ("BTTTT", "ministry", "QĐ-BTTTT"),
    "prime_minister": ("Thủ tướng Chính phủ", "prime_minister", "QĐ-TTg"),
}
_LEDGERS = ("ratings", "awards", "initiatives", "discipline")

Say = Callable[[str, int], None]


@dataclass
class Building:
    """What has been built so far, by its codes. `say` hears what is being done and how much."""

    at: datetime
    say: Say
    password: str
    plan: Mapping[str, Any] = field(default_factory=lambda: read("organization.yaml"))
    scale: float = 1.0
    actor: Actor = field(default_factory=lambda: system("demo"))
    units: dict[str, Unit] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    careers: list[Career] = field(default_factory=list)

    @property
    def who(self) -> dict[str, Any]:
        """The actor and the instant, as every service asks for them."""
        return {"actor": self.actor, "at": self.at}


@transaction.atomic
def build(building: Building) -> Building:
    """Everything, in the order in which it came to be."""
    for step in (
        build_units,
        build_positions,
        build_people,
        record_years,
        enter_register,
        apply_acts,
        build_accounts,
    ):
        step(building)
    return building


def build_units(building: Building) -> None:
    """Kinds, the root, and the units as they stood in 2017."""
    plan, who = building.plan, building.who
    kinds = {
        one["code"]: create_kind(**who, code=one["code"], name=one["name"], position=rank)
        for rank, one in enumerate(plan["kinds"])
    }
    for one in (plan["root"], *plan["units"]):
        parent = None if one is plan["root"] else building.units[one.get("under", "BTTTT")]
        building.units[one["code"]] = _found(building, one, kinds, parent)
    building.say("đơn vị", len(building.units))


def _found(
    building: Building,
    one: Mapping[str, Any],
    kinds: Mapping[str, UnitKind],
    parent: Unit | None,
    on: date | None = None,
    decision: str = "",
) -> Unit:
    return create_unit(
        **building.who,
        code=one["code"],
        kind=kinds[one["kind"]],
        name=one["name"],
        short_name=one.get("short", ""),
        parent=parent,
        on=on,
        decision=decision,
    )


def build_positions(building: Building) -> None:
    """Categories with what they mean by law, and the positions in them."""
    who = building.who
    categories: dict[str, PositionCategory] = {}
    for rank, one in enumerate(building.plan["categories"]):
        made = create_category(**who, code=one["code"], name=one["name"], rank=rank)
        set_category_status(
            **who,
            category=made,
            is_leader=one["leader"],
            is_direct_worker=one["direct"],
            valid_from=date(2004, 1, 1),
            citation="Đề án vị trí việc làm của Bộ (số liệu minh họa)",
        )
        categories[one["code"]] = made
    for one in building.plan["positions"]:
        building.positions[one["code"]] = create_position(
            **who, name=one["name"], category=categories[one["category"]]
        )


def build_people(building: Building) -> None:
    """Everybody with their first post, and the account holders of `logins` among them."""
    who = building.who
    building.careers = list(draw_careers(building.plan, building.scale))
    drafts = [
        draft_person(
            full_name=one.name, sex=one.sex, birth=one.born.isoformat(), ethnicity=one.ethnicity
        )
        for one in building.careers
    ]
    for part in _parts(drafts):
        register_people(**who, people=part, reason="danh sách nhân sự")
    posts = []
    for career, person in zip(building.careers, drafts, strict=True):
        building.people[career.code] = person
        position = building.positions[career.position]
        posts.append(
            Post(
                person=person,
                unit=building.units[career.unit],
                position=position,
                category=position.category,
                valid_from=career.since,
                valid_until=career.until,
            )
        )
    for part in _parts(posts):
        appoint_many(part, **who, reason="danh sách nhân sự")
    building.say("người", len(drafts))


def record_years(building: Building) -> None:
    """Ten years of ratings, initiatives, leave and discipline, and that these lists are complete."""
    who, people = building.who, building.people
    ratings = [
        AnnualRating(person=people[one.code], year=year, level=level)
        for one in building.careers
        for year, level in one.ratings.items()
    ]
    absences = [
        Absence(
            person=people[one.code],
            year=start.year,
            kind=kind,
            absent_from=start,
            absent_until=end,
            days=(end - start).days,
            in_calendar_days=True,
        )
        for one in building.careers
        for start, end, kind in one.absences
    ]
    discipline = [
        Discipline(person=people[one.code], level=level, decided_on=on.isoformat(), year=on.year)
        for one in building.careers
        for on, level in one.discipline
    ]
    scopes = [
        LedgerScope(
            everybody_in=building.units["BTTTT"],
            ledger=ledger,
            state="complete",
            year_from=FIRST_YEAR,
            year_until=LAST_YEAR,
        )
        for ledger in _LEDGERS
    ]
    for rows in (ratings, absences, discipline, scopes):
        for part in _parts(rows):
            record_facts(part, **who, reason="sổ theo dõi của đơn vị")
    drafts = [
        (
            draft_initiative(
                kind="initiative",
                name=title,
                year=year,
                reach=reach,
                is_applied=True,
                is_accepted=True,
                recognised_by="ministry" if reach == "ministry" else "base",
            ),
            [InitiativeAuthor(person=people[one.code], share=100, is_main=True)],
        )
        for one in building.careers
        for year, title, reach in one.initiatives
    ]
    for part in _parts(drafts):
        record_initiatives(part, **who)
    building.say("xếp loại hằng năm", len(ratings))
    building.say("sáng kiến", len(drafts))


def enter_register(building: Building) -> None:
    """Each unit's decisions of each year, and the lines of the register under them."""
    who = building.who
    groups: dict[tuple[str, str, int], list[Career]] = defaultdict(list)
    for career in building.careers:
        for award in career.awards:
            groups[_decided_by(building.plan, award), award.award, award.year].append(career)
    decisions = [
        _decision(building, number, issuer, award, year)
        for number, (issuer, award, year) in enumerate(sorted(groups), start=1)
    ]
    record_decisions(decisions, **who)
    names = building.plan["awards"]
    entries = [
        RegisterEntry(
            award=award,
            award_name=names[award],
            person=building.people[one.code],
            decision=decision,
            year=year,
            holder_name=one.name,
            holder_unit=_name_in(building.plan, _unit_in(building.plan, one.unit, year), year),
            stream="merit",
        )
        for decision, key in zip(decisions, sorted(groups), strict=True)
        for award, year, one in ((key[1], key[2], one) for one in groups[key])
    ]
    for part in _parts(entries):
        enter_honours(part, **who, reason="sổ khen thưởng của đơn vị")
    building.say("quyết định khen thưởng", len(decisions))
    building.say("lượt khen thưởng trong sổ", len(entries))


def _decided_by(plan: Mapping[str, Any], award: Award) -> str:
    return award.issuer if award.issuer in _ABOVE else _unit_in(plan, award.issuer, award.year)


def _decision(
    building: Building, number: int, issuer: str, award: str, year: int
) -> DecisionRecord:
    plan = building.plan
    if issuer in _ABOVE:
        name, level, letters = _ABOVE[issuer]
        name = _name_in(plan, name, year) if name in building.units else name
    else:
        name, level, letters = _name_in(plan, issuer, year), "base", f"QĐ-{issuer}"
    month = {"base": 1, "ministry": 3}.get(level, 7)
    return draft_decision(
        number=f"{number}/{letters}",
        decided_on=date(year + 1, month, 5 + number % 20).isoformat(),
        issuer=name,
        issuer_level=level,
        abstract=f"Tặng {plan['awards'][award]} năm {year}",
    )


def apply_acts(building: Building) -> None:
    """What became of units since, each act through its own flow."""
    who = building.who
    for act in sorted(building.plan["acts"], key=lambda one: _day(one["day"])):
        on, decision = _day(act["day"]), act["decision"]
        match act["act"]:
            case "rename":
                rename_unit(
                    **who,
                    unit=building.units[act["unit"]],
                    name=act["name"],
                    short_name=act.get("short", ""),
                    on=on,
                    decision=decision,
                )
            case "merge":
                merge_units(
                    **who,
                    units=[building.units[code] for code in act["units"]],
                    into=building.units[act["into"]],
                    on=on,
                    decision=decision,
                )
            case "split":
                _split(building, act, on, decision)
    building.say("lần sáp nhập, chia tách, đổi tên", len(building.plan["acts"]))


def _split(building: Building, act: Mapping[str, Any], on: date, decision: str) -> None:
    kinds = {one.code: one for one in UnitKind.objects.all()}
    unit = building.units[act["unit"]]
    for one in act["into"]:
        building.units[one["code"]] = _found(
            building, one, kinds, building.units["BTTTT"], on, decision
        )
    inside = [building.people[one.code].pk for one in building.careers if one.unit == act["unit"]]
    cut = len(inside) * act["into"][0]["share"] // 100
    first, second = (building.units[one["code"]] for one in act["into"])
    split_unit(
        **building.who,
        unit=unit,
        parts=[Part(first, inside[:cut]), Part(second, inside[cut:])],
        on=on,
        decision=decision,
    )


def build_accounts(building: Building) -> None:
    """One login for each role, each a person of the organisation."""
    who = building.who
    for one in building.plan["logins"]:
        user: User = create_user(
            **who, email=one["email"], full_name=one["name"], password=building.password
        )
        unit = building.units[one["unit"]]
        grant_role(
            **who,
            user=user,
            role=Role(one["role"]),
            unit=unit,
            valid_from=ROLES_BEGIN,
            decision="Phân công nhiệm vụ (minh họa)",
        )
        person = draft_person(full_name=one["name"])
        register_people(**who, people=[person], reason="người dùng hệ thống")
        position = building.positions["chuyen-vien"]
        appoint_many(
            [
                Post(
                    person=person,
                    unit=unit,
                    position=position,
                    category=position.category,
                    valid_from=ROLES_BEGIN,
                )
            ],
            **who,
        )
        link_account(**who, person=person, account=user)
    building.say("tài khoản", len(building.plan["logins"]))


def _unit_in(plan: Mapping[str, Any], code: str, year: int) -> str:
    """Which unit the people of `code` were in at the end of a year."""
    for act in plan["acts"]:
        if act["act"] == "merge" and code in act["units"] and _day(act["day"]).year <= year:
            return _unit_in(plan, act["into"], year)
    return code


def _name_in(plan: Mapping[str, Any], code: str, year: int) -> str:
    """What a unit was called when the decisions about that year were signed."""
    units = (plan["root"], *plan["units"])
    name: str = next(one["name"] for one in units if one["code"] == code)
    for act in plan["acts"]:
        if act["act"] == "rename" and act["unit"] == code and _day(act["day"]).year <= year + 1:
            name = act["name"]
    return name


def _day(text: str) -> date:
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)


def _parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for row in rows:
        part.append(row)
        if len(part) == BATCH:
            yield part
            part = []
    if part:
        yield part
