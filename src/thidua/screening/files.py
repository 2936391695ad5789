"""A list and a history on disk → everything that a screening says. No Django."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lawengine.explain import Judge
from thidua.screening.judging import Judged, judge_subjects
from thidua.screening.sheets.aliases import load_aliases
from thidua.screening.sheets.cells import Cell
from thidua.screening.sheets.facts import build_subjects
from thidua.screening.sheets.history import read_history
from thidua.screening.sheets.ledger import Doubt, Ledger, Problem, Repair
from thidua.screening.sheets.matching import Matched, match
from thidua.screening.sheets.output import Report
from thidua.screening.sheets.reading import read_workbook
from thidua.screening.sheets.staging import Staged, stage_list


@dataclass(slots=True)
class Screened:
    """What was read and what was found. matched: None without a history."""

    staged: Staged
    matched: Matched | None
    judged: list[Judged]

    @property
    def repairs(self) -> list[Repair]:
        """Repairs of the list, then of the history."""
        more = self.matched.history.remarks.repairs if self.matched else []
        return [*self.staged.remarks.repairs, *more]

    @property
    def doubts(self) -> list[Doubt]:
        """Doubts about the list, the history, and between the two."""
        found = list(self.staged.remarks.doubts)
        if self.matched:
            found += [*self.matched.history.remarks.doubts, *self.matched.doubts]
        return found

    @property
    def problems(self) -> list[Problem]:
        """Rows rejected: of the list, of the history, and history rows that fit nobody surely."""
        found = list(self.staged.remarks.problems)
        if self.matched:
            found += [*self.matched.history.remarks.problems, *self.matched.problems]
        return found

    @property
    def history_ledger(self) -> Ledger | None:
        """The history's own equation."""
        return self.matched.ledger if self.matched else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Called when the number of candidates is known, and after each of them."""

    start: Callable[[int], object]
    step: Callable[[], object]


def screen_files(
    listed: Path,
    history: Path | None,
    judge: Judge,
    today: date,
    *,
    awards: tuple[str, ...] = (),
    sheet: str | None = None,
    progress: Progress | None = None,
) -> Screened:
    """Read, match and judge. Raises `Unreadable` for a workbook that cannot be read."""
    aliases = load_aliases()
    staged = stage_list(read_workbook(listed), aliases, today, sheet=sheet)
    matched = None
    if history is not None:
        matched = match(read_history(read_workbook(history), aliases, today), staged.candidates)
    subjects = build_subjects(staged, aliases, judge.frame.year, matched)
    if progress:
        progress.start(len(subjects))
    step = progress.step if progress else None
    judged = list(judge_subjects(subjects, awards, judge, today, step))
    return Screened(staged, matched, judged)


def report_of(screened: Screened, judge: Judge, provisional_by: str) -> Report:
    """What the result workbook says."""
    frame, staged = judge.frame, screened.staged
    facts: list[tuple[str, Cell]] = [
        ("Tệp danh sách", f"{staged.file}, trang «{staged.sheet}»"),
        ("sha256 của danh sách", staged.digest),
    ]
    if screened.matched:
        facts += [
            ("Tệp sổ dữ kiện", screened.matched.history.file),
            ("sha256 của sổ dữ kiện", screened.matched.history.digest),
        ]
    facts += [
        ("Kỳ thành tích", f"{frame.period_start:%d/%m/%Y} – {frame.period_end:%d/%m/%Y}"),
        ("Ngày nhận hồ sơ", f"{frame.received_on:%d/%m/%Y}"),
        ("Ngày quyết định", f"{frame.decided_on:%d/%m/%Y}"),
        ("Ngày họp hội đồng", f"{frame.meeting_on:%d/%m/%Y}"),
        ("Mã sách luật (sha256)", judge.book.digest),
    ]
    provisional = ""
    if judge.provisional:
        provisional = judge.wording.say["note.provisional"](name=provisional_by)
    return Report(
        results=[one.row for one in screened.judged],
        ledger=staged.ledger,
        facts=facts,
        provisional=provisional,
        repairs=screened.repairs,
        doubts=screened.doubts,
        problems=screened.problems,
        history_ledger=screened.history_ledger,
        notes=[*staged.notes, *(one.words for one in staged.offers)],
    )
