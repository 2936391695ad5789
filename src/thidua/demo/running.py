"""The main job, end to end: workbooks, one screening per season, result workbooks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from lawbook import load_book, make_wording
from lawengine.book import Book
from lawengine.explain import Judge
from lawengine.wording import Wording
from thidua.demo.season import Demonstration, Season, read_season
from thidua.demo.workbooks import write_known, write_list
from thidua.screening.files import Progress, Screened, report_of, screen_files
from thidua.screening.judging import Judged
from thidua.screening.sheets.output import write_results
from thidua.screening.sheets.rejects import write_rejects

LIST, KNOWN, LAW = "danh-sach.xlsx", "so-du-kien.xlsx", "luat"


@dataclass(frozen=True, slots=True)
class Ran:
    """One season: its screening, the judge that holds its dates, and its result workbook."""

    season: Season
    screened: Screened
    judge: Judge
    output: Path

    def find(self, who: tuple[str, str], award: str) -> Judged | None:
        """What was found of somebody (name, unit) for an award."""
        for one in self.screened.judged:
            if ((one.row.name, one.row.unit), one.row.award_id) == (who, award):
                return one
        return None


@dataclass(frozen=True, slots=True)
class Done:
    """Everything that a demonstration wrote and found."""

    folder: Path
    demonstration: Demonstration
    book: Book
    wording: Wording
    seasons: tuple[Ran, ...]


def run(folder: Path, today: date) -> Done:
    """Write the two workbooks, screen every season, write the results. Raises OSError.

    The demonstration reaches into the last season, so its day counts where the clock is behind.
    """
    book = load_book()
    wording = make_wording(book)
    demonstration = read_season()
    day = max(today, *(one.frame.decided_on for one in demonstration.seasons))
    folder.mkdir(parents=True, exist_ok=True)
    write_list(folder / LIST, demonstration)
    write_known(folder / KNOWN, demonstration.entries)
    ran = tuple(_screen(one, folder, book, wording, day) for one in demonstration.seasons)
    return Done(folder, demonstration, book, wording, ran)


def _screen(season: Season, folder: Path, book: Book, wording: Wording, day: date) -> Ran:
    judge = Judge(book, season.frame, wording, provisional=bool(season.provisional))
    screened = _watched(
        season.title,
        lambda progress: screen_files(folder / LIST, folder / KNOWN, judge, day, progress=progress),
    )
    output = folder / season.file
    write_results(output, report_of(screened, judge, season.provisional))
    write_rejects(output.with_name(f"{output.stem}-dong-loai.xlsx"), screened.staged)
    return Ran(season, screened, judge, output)


def _watched(title: str, work: Callable[[Progress], Screened]) -> Screened:
    """Work with a progress line: a bar where somebody is looking, else one line at the start."""
    err, bars = sys.stderr, list[Any]()
    if not err.isatty():
        click.echo(f"Đang xét: {title}", err=True)

    def start(length: int) -> None:
        label = f"Đang xét: {title}".ljust(34)
        bar: Any = click.progressbar(length=length, label=label, file=err, hidden=not err.isatty())
        bars.append(bar.__enter__())

    try:
        return work(Progress(start, lambda: bars[0].update(1)))
    finally:
        for bar in bars:
            bar.render_finish()
