"""What waits, group by group; each group keeps its own in `console/<group>/work.py`."""

from thidua.console.home.work import Work
from thidua.console.statutes.work import WORK as STATUTES

PROVIDERS: tuple[tuple[Work, ...], ...] = (STATUTES,)
