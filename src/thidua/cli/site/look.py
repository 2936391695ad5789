"""Templates, filters, icons and the files that every page needs beside it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import yaml

from lawengine.terms import Frame, Period, Threshold

HERE = Path(__file__).parent
# The theme is copied, never imported: the site knows no framework.
THEME = HERE.parents[1] / "web" / "static" / "thidua"
VENDOR = THEME / "vendor"


def words() -> dict[str, Any]:
    """The site's own words."""
    return dict(yaml.safe_load((HERE / "templates" / "words.yaml").read_text(encoding="utf-8")))


@cache
def symbols() -> Mapping[str, str]:
    """The icons of the sprite by name, each as one `<symbol>`."""
    sprite = (VENDOR / "icons.svg").read_text(encoding="utf-8")
    found = re.findall(r'<symbol id="i-([^"]+)".*?</symbol>', sprite, re.DOTALL)
    texts = re.findall(r"<symbol .*?</symbol>", sprite, re.DOTALL)
    return dict(zip(found, texts, strict=True))


def with_icons(html: str) -> str:
    """Put the icons that a page uses into it: `<use>` of another file is refused from a disk."""
    used = sorted(set(re.findall(r'href="#i-([a-z0-9-]+)"', html)))
    inline = "".join(symbols()[name] for name in used)
    return html.replace("<!--icons-->", f'<svg class="law-sprite" hidden>{inline}</svg>')


def say_day(day: date) -> str:
    """dd/mm/yyyy."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def say_period(period: Period) -> str:
    """`01/01/2024–30/09/2026`, or the open side in words."""
    if period.start and period.end:
        return f"{say_day(period.start)}–{say_day(period.end)}"
    if period.start:
        return f"từ {say_day(period.start)}"
    return f"đến {say_day(period.end)}" if period.end else "không ghi ngày"


def say_term(frame: Frame) -> str:
    """The achievement period of a case: a calendar year by its number, else its two days."""
    start, end = frame.period_start, frame.period_end
    if (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, end.year):
        return f"năm {end.year}"
    return say_period(Period(start, end))


def say_iso(text: str) -> str:
    """A date written 2022-06-15 in words; other texts as they are."""
    try:
        return say_day(date.fromisoformat(text))
    except ValueError:
        return text


def say_number(value: int) -> str:
    """1.846, as in Viet Nam."""
    return f"{value:,}".replace(",", ".")


def say_exact(value: Fraction) -> str:
    """A decimal with a comma where it ends, else the fraction as the law writes it."""
    if value.denominator == 1:
        return say_number(value.numerator)
    if 10_000 % value.denominator == 0 and value > 1:
        return f"{float(value):.4f}".rstrip("0").replace(".", ",")
    percent = value * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else str(value)


_OPS = {
    ">=": "từ {} trở lên",
    ">": "trên {}",
    "=": "đúng {}",
    "<=": "nhiều nhất {}",
    "<": "dưới {}",
}


def say_threshold(rule: Threshold) -> str:
    """A threshold in words."""
    return _OPS[rule.op].format(say_exact(rule.value))


_VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9àáãèéìíĩòóõùúũýÀÁÃÈÉÌÍĨÒÓÕÙÚŨÝ]")


def is_english(text: str) -> bool:
    """Are nearly all words of a quotation written without Vietnamese letters?"""
    found = text.split()
    return sum(1 for word in found if _VIETNAMESE.search(word)) * 5 < len(found)


def environment() -> jinja2.Environment:
    """Templates that escape by themselves and stop at a name that is not there."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=say_day,
        period=say_period,
        number=say_number,
        iso=say_iso,
        exact=say_exact,
        english=is_english,
        term=say_term,
    )
    return made


def write_assets(folder: Path) -> None:
    """Style, fonts, script and pictures, with their licences."""
    shutil.copytree(VENDOR, folder / "vendor", ignore=shutil.ignore_patterns("icons.svg"))
    shutil.copyfile(THEME / "theme.css", folder / "theme.css")
    for file in sorted((HERE / "static").iterdir()):
        shutil.copyfile(file, folder / file.name)
    (folder / "dark.css").write_text(dark_style(), encoding="utf-8")


def dark_style() -> str:
    """The dark colours of Bootstrap and the theme for a system that asks for them.

    Both wait for an attribute that a script would have to set; a page without scripts follows
    the system by this copy under a media query.
    """
    blocks = []
    for file in (VENDOR / "bootstrap.min.css", THEME / "theme.css"):
        text = file.read_text(encoding="utf-8")
        match = re.search(r'\[data-bs-theme="?dark"?\]\s*\{([^}]*)\}', text)
        if match is None:
            raise LookupError(f"no dark colours in {file.name}")
        blocks.append(":root {" + match.group(1).strip() + "}")
    inner = "\n".join(blocks)
    return f"@media screen and (prefers-color-scheme: dark) {{\n{inner}\n}}\n"
