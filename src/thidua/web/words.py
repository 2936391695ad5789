"""How days and numbers are said: dd/mm/yyyy, «Thứ năm», 1.846."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from thidua.support.clock import VIETNAM

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Words of a page: a string, or one that is translated when it is shown.
Label: TypeAlias = "str | _StrPromise"

# Django's own Vietnamese writes «Thứ 4».
WEEKDAYS = (
    _("Thứ hai"),
    _("Thứ ba"),
    _("Thứ tư"),
    _("Thứ năm"),
    _("Thứ sáu"),
    _("Thứ bảy"),
    _("Chủ nhật"),
)
WEEKDAYS_SHORT = (_("T2"), _("T3"), _("T4"), _("T5"), _("T6"), _("T7"), _("CN"))
NOTHING = "–"


def say_day(value: date | datetime | None) -> str:
    """26/10/2017, the day that it was in Vietnam; a dash for none."""
    if value is None:
        return NOTHING
    return f"{_here(value):%d/%m/%Y}"


def say_moment(value: datetime | None) -> str:
    """26/10/2017 15:38, the hour of Vietnam."""
    if value is None:
        return NOTHING
    return f"{_here(value):%d/%m/%Y %H:%M}"


def say_weekday(value: date | datetime) -> str:
    """Thứ năm, 26/10/2017."""
    day = _here(value)
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def say_number(value: float | Decimal | None) -> str:
    """1.846 or 13,9 in Vietnamese, as the language writes them; blank is no zero."""
    if value is None:
        return NOTHING
    return number_format(value, use_l10n=True, force_grouping=True)


def _here(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(VIETNAM)
    return value
