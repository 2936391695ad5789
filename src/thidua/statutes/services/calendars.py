"""Write the organisation's own days into the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from thidua.audit import services as audit
from thidua.statutes.errors import CalendarFault
from thidua.statutes.models import CalendarDay, CalendarYear
from thidua.support.actor import Actor
from thidua.support.text import clean


@transaction.atomic
def set_calendar_day(
    *,
    day: date,
    is_working: bool,
    name: str,
    symbol: str,
    signed_on: date,
    actor: Actor,
    at: datetime,
) -> CalendarDay:
    """A day is free, or worked, by a paper; a day that is written already is written anew.

    Raises CalendarFault.
    """
    if not clean(name) or not clean(symbol):
        raise CalendarFault("Cần tên ngày và số, ký hiệu thông báo làm căn cứ.")
    if signed_on > day:
        raise CalendarFault(
            f"Thông báo ký ngày {signed_on:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}. Kiểm tra lại hai ngày."
        )
    values: dict[str, Any] = {
        "is_working": is_working,
        "name": clean(name),
        "symbol": clean(symbol),
        "signed_on": signed_on,
    }
    found = CalendarDay.objects.select_for_update(of=("self",)).filter(day=day).first()
    if found is None:
        return audit.create(
            CalendarDay(day=day, **values), actor=actor, at=at, action="calendar.set_day"
        )
    audit.change(found, actor=actor, at=at, action="calendar.set_day", **values)
    return found


@transaction.atomic
def remove_calendar_day(*, day: CalendarDay, reason: str, actor: Actor, at: datetime) -> None:
    """The day is again as the book says. Raises CalendarFault."""
    if not clean(reason):
        raise CalendarFault("Cần lý do bỏ ngày này khỏi lịch.")
    audit.remove(day, actor=actor, at=at, action="calendar.remove_day", reason=clean(reason))


@transaction.atomic
def announce_year(
    *, year: int, symbol: str, signed_on: date, note: str = "", actor: Actor, at: datetime
) -> CalendarYear:
    """The holidays of a year are written whole, by a paper: from now on days are counted in it.

    Holidays with the same date each year are free by law; Tết and swapped days must be written.
    Raises CalendarFault.
    """
    if not clean(symbol):
        raise CalendarFault("Cần số, ký hiệu thông báo nghỉ lễ, Tết của năm.")
    if CalendarYear.objects.filter(year=year).exists():
        raise CalendarFault(f"Lịch năm {year} đã công bố từ trước. Chỉ cần sửa từng ngày.")
    if not CalendarDay.objects.filter(day__year=year).exists():
        raise CalendarFault(
            f"Chưa nhập ngày nghỉ nào của năm {year}. Nhập Tết Nguyên đán, Giỗ Tổ, ngày nghỉ bù "
            "và ngày hoán đổi trước, rồi công bố."
        )
    row = CalendarYear(year=year, symbol=clean(symbol), signed_on=signed_on, note=clean(note))
    return audit.create(row, actor=actor, at=at, action="calendar.announce_year")


@transaction.atomic
def unannounce_year(*, year: CalendarYear, reason: str, actor: Actor, at: datetime) -> None:
    """The year is again as the book says. Raises CalendarFault."""
    if not clean(reason):
        raise CalendarFault("Cần lý do thu lại lịch của năm.")
    audit.remove(year, actor=actor, at=at, action="calendar.unannounce_year", reason=clean(reason))
