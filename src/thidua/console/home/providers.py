"""What waits, group by group; each group keeps its own in `console/<group>/work.py`."""

from thidua.console.home.work import Work
from thidua.console.jobs.work import WORK as JOBS
from thidua.console.mail.work import WORK as MAIL
from thidua.console.people.work import WORK as PEOPLE
from thidua.console.statutes.work import WORK as STATUTES
from thidua.console.users.work import WORK as USERS

PROVIDERS: tuple[tuple[Work, ...], ...] = (PEOPLE, STATUTES, USERS, MAIL, JOBS)
