"""Numbers of papers: how one is written, and when one may be taken. Pure.

Nghị định 30/2020/NĐ-CP, Điều 15: numbers follow the order of issue, from 01 on the first of January
to the last of December, each once; Phụ lục I: a number below ten has a zero before it.
"""

from __future__ import annotations

import re
from datetime import date

NUMBER, YEAR = "{số}", "{năm}"
_PLACE = re.compile(r"\{[^{}]*\}")
_SYMBOL = re.compile(r"[\w./\- ]*", re.UNICODE)


def write_symbol(pattern: str, number: int, year: int) -> str:
    """The number as it stands on the paper: `{số}/QĐ-BTTTT`, 7 → `07/QĐ-BTTTT`."""
    if number < 1:
        raise ValueError(f"numbers begin at 1, not {number}")
    return pattern.replace(NUMBER, f"{number:02d}").replace(YEAR, str(year))


def pattern_problem(pattern: str) -> str:
    """What is wrong with a pattern, as a sentence with its fix; empty when nothing is."""
    if pattern.count(NUMBER) != 1:
        return f"Mẫu số, ký hiệu phải có đúng một chỗ {NUMBER}, ví dụ {NUMBER}/QĐ-BTTTT."
    strange = [one for one in _PLACE.findall(pattern) if one not in (NUMBER, YEAR)]
    if strange:
        return f"Không có chỗ điền {strange[0]}. Chỉ dùng {NUMBER} và {YEAR}."
    if not _SYMBOL.fullmatch(_PLACE.sub("", pattern)):
        return "Ký hiệu chỉ gồm chữ, số, dấu gạch chéo, gạch nối, dấu chấm, dấu cách."
    return ""


def symbol_pattern(abbreviation: str, body: str, drafter: str = "") -> str:
    """The pattern of a kind of paper: `{số}/QĐ-BTTTT`; a công văn, without one: `{số}/BNV-VP`."""
    parts = [part for part in (abbreviation, body, drafter) if part]
    return f"{NUMBER}/{'-'.join(parts)}"


def date_problem(day: date, book_year: int, last_on: date | None) -> str:
    """Why no number can be given on a day; empty when one can.

    last_on: the day of the last number of the book: numbers follow the order of issue.
    """
    if day.year != book_year:
        return (
            f"Sổ này của năm {book_year}, còn văn bản ghi ngày {day:%d/%m/%Y}. "
            f"Mở sổ của năm {day.year} rồi lấy số ở đó."
        )
    if last_on is not None and day < last_on:
        return (
            f"Số gần nhất của sổ đã lấy cho ngày {last_on:%d/%m/%Y}, nên không lấy được số cho "
            f"ngày {day:%d/%m/%Y} trước đó. Ghi ngày ban hành từ {last_on:%d/%m/%Y} trở đi."
        )
    return ""
