"""Own rules and own days: one of each for the whole organisation, so that no unit owns them."""

from datetime import date

from factories.accounts import AT, SYSTEM
from thidua.statutes import services
from thidua.statutes.models import CalendarDay, CalendarYear, OverlayRule

RULE = """\
award: commemorative-medal
subject: person
effect: sets
in_force: 2024-06-01..2025-12-31
document: {symbol: 13/2024/TT-BTTTT, name: Thông tư về kỷ niệm chương, signed_on: 2024-05-20}
when:
  all:
  - {id: c1, vi: Mười lần Lao động tiên tiến, cite: art-5.cl-1, held: {award: advanced-worker, times: 10}}
"""


def samples(unit, text, world):
    """`overlay` (a draft), `own_day`, `own_year`."""
    del unit, text, world
    if not OverlayRule.objects.exists():
        services.draft_overlay(text=RULE, actor=SYSTEM, at=AT)
        paper = {"symbol": "9/TB", "signed_on": date(2027, 11, 1), "actor": SYSTEM, "at": AT}
        services.set_calendar_day(
            day=date(2028, 1, 26), is_working=False, name="Tết Nguyên đán", **paper
        )
        services.announce_year(year=2028, **paper)
    return {
        "overlay": OverlayRule.objects.get(),
        "own_day": CalendarDay.objects.get(),
        "own_year": CalendarYear.objects.get(),
    }
