"""One row of a list: who it names, and what is proposed. Problems are told, never passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from thidua.screening.sheets.candidates import Candidate, Context, Row
from thidua.screening.sheets.cells import Cell, is_blank, shown
from thidua.screening.sheets.columns import LABELS
from thidua.screening.sheets.headers import Column
from thidua.screening.sheets.ledger import Problem
from thidua.screening.sheets.values import BadValue, read_code, read_year, refuse_error
from thidua.support.text import clean

_KINDS = ("person", "collective", "household")
_KIND_WORDS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
_DASH = re.compile(r"^[-–—./]*$")


def read_row(
    row: int, cells: Sequence[Cell], context: Context
) -> tuple[Candidate | None, list[Problem]]:
    """Read one row; the candidate is None when there are problems, and then they say why."""
    line = Row(row, cells, context)
    name = _name(line)
    awards = _awards(line)
    kind = _kind(line, awards)
    position, unit = _position_and_unit(line)
    sex, birth = _sex_and_birth(line)
    founded = line.day("founded_on")
    code = _code(line)
    year = _year(line)
    stream_text = line.text("stream")
    stream = context.aliases.word("streams", stream_text) or "" if stream_text else ""
    yearly = _yearly(line)
    if kind:
        for award in awards:
            if not context.aliases.fits(award, kind):
                column = context.header.first("award") or context.header.first("award_code")
                line.refuse(
                    column,
                    f"«{context.aliases.labels[award]}» không dành cho {_KIND_WORDS[kind]}.",
                    "Xem lại danh hiệu, hoặc cột phân loại cá nhân / tập thể / hộ gia đình.",
                )
    if line.problems:
        return None, line.problems
    return Candidate(
        row,
        kind,
        name,
        unit,
        awards,
        sex,
        birth,
        position,
        line.text("subunit"),
        code,
        founded,
        stream,
        year,
        line.places,
        yearly,
        tuple(line.failed_lookups),
    ), []


def _name(line: Row) -> str:
    parts = (
        [line.text("family_name"), line.text("given_name")]
        if line.context.header.first("family_name")
        else [line.text("name")]
    )
    name = " ".join(part for part in parts if part)
    column = line.context.header.first("name") or line.context.header.first("family_name")
    if column and not name and not line.problems:
        line.refuse(
            column, "Dòng này không có tên.", f"Ghi tên vào cột «{column.title}», hoặc xóa cả dòng."
        )
    elif name and not re.search(r"[^\W\d_]", name):
        line.refuse(column, f"«{name}» không phải tên người hay tập thể.", "Ghi lại tên.")
    return name


def _awards(line: Row) -> tuple[str, ...]:
    header, aliases = line.context.header, line.context.aliases
    found: list[str] = []
    refused = False
    for column in header.all("award"):
        value = line.value(column)
        if is_blank(value) or _DASH.match(shown(value)) or aliases.says("none", shown(value)):
            continue
        try:
            refuse_error(value)
        except BadValue as bad:
            line.refuse(column, bad.reason, bad.fix)
            refused = True
            continue
        line.places.setdefault("award", line.place(column))
        read = aliases.read_awards(shown(value))
        found += read.awards
        for text, fix in read.unknown:
            refused = True
            line.refuse(column, f"Không nhận ra danh hiệu «{text}».", fix)
    for column in header.all("award_tick"):
        value = line.value(column)
        if not is_blank(value) and not aliases.says("false", shown(value)):
            line.places.setdefault("award", line.place(column))
            found.append(column.award)
    if not found and not refused:
        for column in header.all("award_code"):
            found += _by_code(line, column)
    if header.title_award:
        found.append(header.title_award)
    if not found and not refused and not line.problems:
        place = header.first("award") or header.first("award_code") or header.first("award_tick")
        line.refuse(
            place,
            "Dòng này không ghi danh hiệu hoặc hình thức khen thưởng đề nghị.",
            f"Ghi vào cột «{column.title if column else LABELS['award']}».",
        )
    return tuple(dict.fromkeys(found))


def _by_code(line: Row, column: Column) -> list[str]:
    """The award of a code, by the workbook's own catalogue."""
    try:
        code = read_code(line.value(column))
    except BadValue as bad:
        line.refuse(column, bad.reason, bad.fix)
        return []
    if code is None:
        return []
    line.places.setdefault("award", line.place(column))
    name = line.context.codes.get(code)
    if name is None:
        line.refuse(
            column,
            f"Mã «{code}» không có trong trang danh mục của tệp.",
            "Xem lại mã, hoặc thêm cột ghi tên danh hiệu.",
        )
        return []
    read = line.context.aliases.read_awards(name)
    for text, fix in read.unknown:
        line.refuse(column, f"Mã «{code}» là «{text}», chưa rõ là danh hiệu nào.", fix)
    return list(read.awards)


def _kind(line: Row, awards: tuple[str, ...]) -> str:
    header, aliases = line.context.header, line.context.aliases
    said = line.text("kind")
    if said:
        kind = aliases.choose(_KINDS, said)
        if kind:
            return kind
    if header.named:
        return header.named
    fitting = [kind for kind in _KINDS if awards and all(aliases.fits(a, kind) for a in awards)]
    if len(fitting) == 1:
        return fitting[0]
    if line.text("honorific") or line.text("sex") or header.first("given_name"):
        return "person"
    if header.first("birth") or header.first("birth_male"):
        return "person"
    if awards and not line.problems:
        line.refuse(
            header.first("kind"),
            "Không rõ dòng này là cá nhân, tập thể hay hộ gia đình.",
            "Thêm cột «Phân loại khen thưởng» và ghi cá nhân, tập thể hoặc hộ gia đình.",
        )
    return ""


def _position_and_unit(line: Row) -> tuple[str, str]:
    position, unit = line.text("position"), line.text("unit")
    both = line.text("position_unit")
    if both:
        first, comma, rest = both.partition(",")
        position = position or (first.strip() if comma else "")
        unit = unit or (rest.strip() if comma else both)
        line.places.setdefault("unit", line.places.get("position_unit", ""))
    return position, unit or line.context.unit or line.text("subunit")


def _sex_and_birth(line: Row) -> tuple[str, str]:
    """Sex and birth; in two columns Nam | Nữ the column that is filled says the sex."""
    aliases = line.context.aliases
    birth, sex = line.day("birth"), ""
    said = line.text("sex")
    if said:
        sex = aliases.choose(("male", "female"), said) or ""
        if not sex and not aliases.says("unknown", said):
            line.refuse(
                line.context.header.first("sex"),
                f"«{said}» không phải giới tính.",
                "Ghi «Nam» hoặc «Nữ».",
            )
    for word in ("male", "female"):
        in_birth = line.day(f"birth_{word}")
        ticked = line.text(f"sex_{word}")
        if in_birth or (ticked and not aliases.says("false", ticked)):
            if sex and sex != word:
                line.refuse(
                    line.context.header.first(f"birth_{word}")
                    or line.context.header.first(f"sex_{word}"),
                    "Dòng này đánh dấu cả Nam và Nữ.",
                    "Chỉ để một cột có chữ.",
                )
            sex, birth = word, birth or in_birth
    return sex, birth


def _code(line: Row) -> str:
    column = line.context.header.first("code")
    if column is None:
        return ""
    try:
        code = read_code(line.value(column)) or ""
    except BadValue as bad:
        line.refuse(column, bad.reason, bad.fix)
        return ""
    if code:
        line.places["code"] = line.place(column)
    return code


def _year(line: Row) -> int | None:
    column = line.context.header.first("year")
    if column is None:
        return None
    try:
        return read_year(line.value(column), line.context.today)
    except BadValue as bad:
        line.refuse(column, bad.reason, bad.fix)
        return None


def _yearly(line: Row) -> list[tuple[str, int | None, str, str]]:
    """Ratings, initiatives and discipline that the list itself states."""
    aliases, found = line.context.aliases, []
    for column in line.context.header.all("rating"):
        text = clean(shown(line.optional(column)))
        if not text or _DASH.match(text):
            continue
        if not (
            aliases.word("ratings", text)
            or aliases.says("none", text)
            or aliases.says("unknown", text)
        ):
            line.refuse(
                column,
                f"Không nhận ra mức xếp loại «{text}».",
                "Ghi «Hoàn thành xuất sắc nhiệm vụ», «Hoàn thành tốt nhiệm vụ», "
                "«Hoàn thành nhiệm vụ» hoặc «Không hoàn thành nhiệm vụ».",
            )
            continue
        found.append(("ratings", column.year, text, line.place(column)))
    for meaning, ledger in (("initiative", "initiatives"), ("discipline", "discipline")):
        for column in line.context.header.all(meaning):
            text = clean(shown(line.optional(column)))
            if text and not _DASH.match(text):
                found.append((ledger, column.year, text, line.place(column)))
    return found
