"""Dates, years, codes and numbers in the shapes that people write them. Nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from thidua.screening.sheets.cells import Cell, ErrorCell, is_blank, shown
from thidua.support.text import clean, fold

FIRST_YEAR = 1900
_EARLIEST_SERIAL, _LATEST_SERIAL = 3654, 80_000  # 1910 to 2119: smaller numbers are no dates
_YEAR = re.compile(r"(?:nam\s+)?((?:19|20)\d{2})")
_MONTH = re.compile(r"(?:thang\s+)?(\d{1,2})\s*(?:[/.-]|nam)\s*((?:19|20)\d{2})")
_DAY = re.compile(
    r"(?:ngay\s+)?(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})\s*(?:[/.-]|nam)\s*(\d{4})"
    r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_ISO_MONTH = re.compile(r"((?:19|20)\d{2})[-/.](\d{1,2})")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_LOST_CODE = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
_SCHOOL_YEAR = re.compile(r"(?:nam hoc\s+)?((?:19|20)\d{2})\s*[-–]\s*((?:19|20)\d{2})")
_DATE_FIX = "Ghi ngày theo dạng 31/12/2024; nếu chỉ biết năm thì ghi năm, ví dụ 2024."


class BadValue(Exception):
    """A cell's value that cannot be taken. reason, fix: sentences for a clerk."""

    def __init__(self, reason: str, fix: str) -> None:
        self.reason, self.fix = reason, fix
        super().__init__(f"{reason} {fix}")


_ERROR_TEXT = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")


def refuse_error(cell: Cell) -> None:
    """Raise BadValue for a cell whose formula failed or was never computed (or was copied as text)."""
    if isinstance(cell, str) and _ERROR_TEXT.fullmatch(cell.strip()):
        cell = ErrorCell(cell.strip())
    if isinstance(cell, ErrorCell):
        if cell.code:
            raise BadValue(
                f"Ô báo lỗi công thức {cell.code}.", "Sửa công thức hoặc gõ thẳng giá trị vào ô."
            )
        raise BadValue(
            "Ô là công thức chưa được tính kết quả.",
            "Mở tệp bằng Excel, lưu lại, hoặc gõ thẳng giá trị vào ô.",
        )


def read_date(cell: Cell, *, dates_1904: bool = False, today: date | None = None) -> str | None:
    """`2020-05-01`, `2020-05` or `2020`, as exact as written; None for a blank cell.

    Takes a date cell, text (1/5/2020, 01-05-2020, 01.05.2020, 2020-05-01, «tháng 5 năm 2020»), a
    year, or an Excel serial number. Raises BadValue: not a date, no such day, a two-digit year, a
    date after today.
    """
    refuse_error(cell)
    if is_blank(cell):
        return None
    found = _date_of(cell, dates_1904)
    if int(found[:4]) < FIRST_YEAR:
        raise BadValue(f"Năm {found[:4]} quá xa, có thể gõ nhầm.", _DATE_FIX)
    if today and found > today.isoformat()[: len(found)]:
        raise BadValue(
            f"«{_shown_date(cell)}» nằm trong tương lai (hôm nay là {today:%d/%m/%Y}).",
            "Xem lại ngày, tháng, năm.",
        )
    return found


def _date_of(cell: Cell, dates_1904: bool) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool | time):
        raise BadValue(f"«{shown(cell)}» không phải ngày tháng.", _DATE_FIX)
    if isinstance(cell, int | float):
        return _from_number(cell, dates_1904)
    text = clean(str(cell))
    plain = fold(text).strip(" .,;")
    if match := _ISO.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _DAY.fullmatch(plain):
        return _day(int(match[3]), int(match[2]), int(match[1]), text)
    if match := _MONTH.fullmatch(plain):
        return _month(int(match[2]), int(match[1]), text)
    if match := _ISO_MONTH.fullmatch(plain):
        return _month(int(match[1]), int(match[2]), text)
    if match := _YEAR.fullmatch(plain):
        return match[1]
    if _SHORT_YEAR.fullmatch(plain):
        raise BadValue(
            f"«{text}» ghi năm bằng hai chữ số, không đoán được thế kỷ.",
            "Ghi đủ bốn chữ số của năm, ví dụ 01/02/1980.",
        )
    raise BadValue(f"«{text}» không phải ngày tháng đọc được.", _DATE_FIX)


def _from_number(number: float, dates_1904: bool) -> str:
    whole = int(number)
    if number == whole and FIRST_YEAR <= whole <= 2100:
        return str(whole)
    if not _EARLIEST_SERIAL <= number <= _LATEST_SERIAL:
        raise BadValue(f"Số {number:g} không phải ngày tháng.", _DATE_FIX)
    epoch = date(1904, 1, 1) if dates_1904 else date(1899, 12, 30)
    return (epoch + timedelta(days=whole)).isoformat()


def _day(year: int, month: int, day: int, text: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise BadValue(
            f"«{text}»: lịch không có ngày này.",
            "Xem lại ngày và tháng (ghi ngày trước, tháng sau).",
        ) from None


def _month(year: int, month: int, text: str) -> str:
    if not 1 <= month <= 12:
        raise BadValue(f"«{text}»: không có tháng {month}.", _DATE_FIX)
    return f"{year}-{month:02}"


def _shown_date(cell: Cell) -> str:
    return clean(shown(cell))


def read_year(cell: Cell, today: date | None = None) -> int | None:
    """One year; None for a blank cell. «2023-2024» and «năm học 2023-2024» are the later year."""
    years = read_years(cell, today)
    if years is None:
        return None
    if len(years) != 1:
        raise BadValue(
            f"Ô ghi nhiều năm («{shown(cell)}») trong khi cần đúng một năm.",
            "Ghi mỗi năm trên một dòng.",
        )
    return years[0]


def read_years(cell: Cell, today: date | None = None, *, ranges: bool = False) -> list[int] | None:
    """The years that a cell names: one, or several split by commas; None for a blank cell.

    ranges: is «2019-2023» every year from 2019 to 2023? Otherwise it is a school year when the
    second follows the first, and refused when not. Raises BadValue for years after today too.
    """
    refuse_error(cell)
    if is_blank(cell):
        return None
    if isinstance(cell, date):
        found = [cell.year]
    else:
        found = [
            year
            for part in re.split(r"[,;\n]|\bvà\b", clean(shown(cell)))
            if part.strip()
            for year in _years_of(part.strip(), ranges)
        ]
    for year in found:
        if not year >= FIRST_YEAR:
            raise BadValue(f"«{year}» không phải năm.", "Ghi năm bằng bốn chữ số, ví dụ 2024.")
        if today and year > today.year:
            raise BadValue(f"Năm {year} chưa đến (hôm nay là {today:%d/%m/%Y}).", "Xem lại năm.")
    if not found:
        raise BadValue(f"«{shown(cell)}» không phải năm.", "Ghi năm bằng bốn chữ số, ví dụ 2024.")
    return sorted(set(found))


def _years_of(text: str, ranges: bool) -> list[int]:
    plain = fold(text).strip(" .")
    if match := _YEAR.fullmatch(plain):
        return [int(match[1])]
    if match := re.fullmatch(r"(\d{4})\.0", plain):
        return [int(match[1])]
    span = _SCHOOL_YEAR.fullmatch(plain) or re.fullmatch(
        r"(?:tu )?(?:nam )?((?:19|20)\d{2}) (?:den|toi)(?: nam)? ((?:19|20)\d{2})", plain
    )
    if span:
        first, last = int(span[1]), int(span[2])
        if last == first + 1 and (not ranges or "hoc" in plain):
            return [last]
        if ranges and first <= last:
            return list(range(first, last + 1))
    raise BadValue(f"«{text}» không phải năm.", "Ghi năm bằng bốn chữ số, ví dụ 2024.")


def read_code(cell: Cell) -> str | None:
    """A code as text: whole numbers without a point, zeros in front kept; None for a blank cell.

    Raises BadValue for a code that Excel turned into a number and cut (1.65E+09).
    """
    refuse_error(cell)
    if is_blank(cell):
        return None
    if isinstance(cell, float):
        raise BadValue(
            f"Mã «{shown(cell)}» đã bị Excel đổi thành số.",
            "Định dạng ô là Văn bản (Text) rồi gõ lại mã.",
        )
    text = clean(shown(cell))
    if _LOST_CODE.fullmatch(text):
        raise BadValue(
            f"Mã «{text}» đã bị Excel đổi thành số và mất chữ số cuối.",
            "Định dạng ô là Văn bản (Text) rồi gõ lại mã từ bản gốc.",
        )
    return text


def read_whole(cell: Cell) -> int | None:
    """A whole number from 0 up; None for a blank cell."""
    refuse_error(cell)
    if is_blank(cell):
        return None
    if isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0:
        return cell
    text = clean(shown(cell))
    if re.fullmatch(r"\d{1,3}(?:[.\s]\d{3})+|\d+", text):
        return int(re.sub(r"\D", "", text))
    raise BadValue(f"«{text}» không phải số nguyên.", "Ghi một số, không kèm chữ.")
