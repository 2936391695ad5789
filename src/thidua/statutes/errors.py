"""What can go wrong with the law and the organisation's own rules."""

from __future__ import annotations

from datetime import date


class StatuteFault(Exception):
    """A write that is refused; `str()` is a sentence for the person who asked for it."""


class OverlayFault(StatuteFault):
    """A text of an own rule that cannot stand: line and path say where, the sentence how to mend it."""

    def __init__(self, sentence: str, *, line: int | None = None, path: str = "") -> None:
        self.sentence, self.line, self.path = sentence, line, path
        super().__init__(sentence)


class StepOutOfOrder(StatuteFault):
    """An act that the state of the rule, or the person, does not allow."""


class CalendarFault(StatuteFault):
    """A day of the calendar that cannot be written as asked."""


class YearNotCovered(StatuteFault):
    """The calendar of a year is not known, so nothing is counted in it; the reason says why."""

    def __init__(self, year: int, reason: str) -> None:
        self.year, self.reason = year, reason
        super().__init__(
            f"Chưa có lịch làm việc năm {year}: {reason} Người giữ lịch nhập thông báo nghỉ lễ, Tết "
            f"của năm {year} rồi tính lại."
        )

    def __reduce__(self) -> tuple[type[YearNotCovered], tuple[int, str]]:
        """Made again from its parts, as between processes."""
        return type(self), (self.year, self.reason)


def not_a_working_question(start: date, until: date) -> StatuteFault:
    """Days are counted forward only."""
    return StatuteFault(
        f"Ngày cuối {until:%d/%m/%Y} trước ngày đầu {start:%d/%m/%Y}. Đổi chỗ hai ngày."
    )
