"""Invented people and ten years of their work, drawn once and for all from a fixed seed. Pure.

The draw knows the shape of a real organisation, not the law: most are rated well, few excellently,
some are new, some left, a few were disciplined. What they may receive is for the book to say.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

FIRST_YEAR, LAST_YEAR = 2016, 2025
_FOLDER = Path(__file__).parent
# How a year of work was rated, in percent: (excellent, good, completed, not completed).
_LEVELS = ("excellent", "good", "completed", "not_completed")
_LEVEL_ODDS = (18, 66, 14, 2)
_REACH_ODDS = {"base": 80, "ministry": 18, "nation": 2}


@dataclass(frozen=True)
class Award:
    """A title or form received: by whom it was decided and for which year."""

    award: str
    year: int
    issuer: str  # code of the unit, or `ministry`, `prime_minister`, `president`


@dataclass(frozen=True)
class Career:
    """One invented person. `unit` is the unit in which they began; years are those at work."""

    code: str
    name: str
    sex: str
    born: date
    ethnicity: str
    unit: str
    position: str
    since: date
    until: date | None
    ratings: Mapping[int, str]
    initiatives: tuple[tuple[int, str, str], ...] = ()  # year, title, reach
    discipline: tuple[tuple[date, str], ...] = ()
    absences: tuple[tuple[date, date, str], ...] = ()
    awards: tuple[Award, ...] = field(default=())


def read(name: str) -> dict[str, Any]:
    """One of the data files of the demonstration."""
    loaded: dict[str, Any] = yaml.safe_load((_FOLDER / name).read_text("utf-8"))
    return loaded


def draw_careers(organization: Mapping[str, Any], scale: float = 1.0) -> Iterator[Career]:
    """All careers, unit by unit; `scale` shrinks the organisation for a quick test."""
    rng = random.Random(2017)  # noqa: S311 - the same people on every machine
    names = read("names.yaml")
    number = 0
    for unit in (organization["root"], *organization["units"]):
        for rank in range(max(1, round(unit["size"] * scale))):
            number += 1
            yield _draw(rng, names, unit, rank, f"CB{number:05}")


def _draw(
    rng: random.Random, names: Mapping[str, Any], unit: Mapping[str, Any], rank: int, code: str
) -> Career:
    sex = "female" if rng.random() < 0.44 else "male"
    born = date(rng.randint(1963, 2000), rng.randint(1, 12), rng.randint(1, 28))
    since = date(max(born.year + 23, rng.choice((1998, 2005, 2010, 2014, 2018, 2022))), 3, 1)
    left = date(rng.randint(2019, 2024), 6, 30) if rng.random() < 0.06 else None
    until = left if left and left > since else None
    years = range(
        max(FIRST_YEAR, since.year + 1), min(LAST_YEAR, until.year - 1 if until else LAST_YEAR) + 1
    )
    skill = rng.choices((0, 1, 2), (35, 50, 15))[0]
    ratings = {year: _rate(rng, skill) for year in years}
    initiatives = tuple(
        (year, _title(rng, names["initiatives"]), _pick(rng, _REACH_ODDS))
        for year, level in ratings.items()
        if rng.random() < {"excellent": 0.7, "good": 0.18}.get(level, 0.02)
    )
    absences: tuple[tuple[date, date, str], ...] = ()
    if sex == "female" and years and rng.random() < 0.25:
        start = date(rng.choice(list(years)), rng.randint(1, 6), 1)
        absences = ((start, date(start.year, start.month + 5, 28), "maternity"),)
    bad = [year for year, level in ratings.items() if level == "not_completed"]
    discipline = tuple(
        (date(year, 9, 15), rng.choice(("reprimand", "warning"))) for year in bad[:1]
    )
    return Career(
        code=code,
        name=_name(rng, names, sex),
        sex=sex,
        born=born,
        ethnicity=_pick(rng, names["ethnicities"]),
        unit=unit["code"],
        position=_position(rng, unit, rank),
        since=since,
        until=until,
        ratings=ratings,
        initiatives=initiatives,
        discipline=discipline,
        absences=absences,
        awards=_awards(rng, ratings, initiatives, unit["code"]),
    )


def _awards(
    rng: random.Random,
    ratings: Mapping[int, str],
    initiatives: tuple[tuple[int, str, str], ...],
    unit: str,
) -> tuple[Award, ...]:
    """What the units gave in those years, as units do: good years, then runs of them."""
    creative = {year for year, _, _ in initiatives}
    found: list[Award] = []
    run = fighters = 0
    for year, level in sorted(ratings.items()):
        if level not in {"good", "excellent"} or rng.random() < 0.08:
            run = 0
            continue
        run += 1
        found.append(Award("advanced-worker", year, unit))
        if level == "excellent" and year in creative and rng.random() < 0.75:
            fighters += 1
            found.append(Award("grassroots-emulation-fighter", year, unit))
            if fighters % 3 == 0:
                found.append(Award("ministry-emulation-fighter", year, "ministry"))
        if run >= 2 and rng.random() < 0.12:
            found.append(Award("certificate-of-commendation", year, unit))
        if run >= 3 and fighters and rng.random() < 0.1:
            found.append(Award("ministry-certificate-of-merit", year, "ministry"))
        if run >= 6 and fighters >= 2 and rng.random() < 0.08:
            found.append(Award("prime-minister-certificate-of-merit", year, "prime_minister"))
    return tuple(found)


def _rate(rng: random.Random, skill: int) -> str:
    excellent, good, completed, failed = _LEVEL_ODDS
    odds = (excellent * (0.4 + 0.6 * skill), good, completed / (1 + skill), failed / (1 + skill))
    return rng.choices(_LEVELS, odds)[0]


def _position(rng: random.Random, unit: Mapping[str, Any], rank: int) -> str:
    if unit["kind"] == "bo":
        return (
            ("bo-truong", "thu-truong", "thu-truong", "thu-truong")[rank]
            if rank < 4
            else ("chuyen-vien")
        )
    if rank == 0:
        return "truong"
    if rank <= 1 + unit["size"] // 40:
        return "pho"
    direct = {
        "vien": "giang-vien",
        "bao-chi": "phong-vien",
        "doanh-nghiep": "cong-nhan",
        "trung-tam": "ky-su",
    }.get(unit["kind"], "chuyen-vien")
    return direct if rng.random() * 100 < unit["direct"] else rng.choice(("chuyen-vien", "phuc-vu"))


def _name(rng: random.Random, names: Mapping[str, Any], sex: str) -> str:
    own = names[sex]
    return " ".join(
        (_pick(rng, names["family"]), rng.choice(own["middle"]), rng.choice(own["given"]))
    )


def _title(rng: random.Random, parts: Mapping[str, Any]) -> str:
    return f"{rng.choice(parts['what'])} {rng.choice(parts['where'])}"


def _pick(rng: random.Random, odds: Mapping[str, int]) -> str:
    return rng.choices(list(odds), list(odds.values()))[0]
