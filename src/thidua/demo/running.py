"""The main job, end to end: workbooks, screenings, results, the law site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from lawbook import load_book, make_wording
from lawengine import amounts
from lawengine.book import Book
from lawengine.explain import Judge
from lawengine.wording import Wording
from thidua.demo.season import Demonstration, Season, read_season
from thidua.demo.workbooks import write_known, write_list
from thidua.screening.files import Progress, Screened, report_of, screen_files
from thidua.screening.sheets.output import GROUP_SHEETS, count_groups, write_results
from thidua.screening.sheets.rejects import write_rejects

LIST, KNOWN = "danh-sach.xlsx", "so-du-kien.xlsx"


@dataclass(frozen=True, slots=True)
class Ran:
    """One season: its screening, and the judge that holds its dates."""

    season: Season
    screened: Screened
    judge: Judge


def run(folder: Path, today: date) -> list[Ran]:
    """Write, screen, print; return what was found, season by season."""
    book = load_book()
    wording = make_wording(book)
    demonstration = read_season()
    folder.mkdir(parents=True, exist_ok=True)
    write_list(folder / LIST, demonstration)
    write_known(folder / KNOWN, demonstration)
    click.secho("Mùa thi đua trình diễn", bold=True)
    click.echo(f"  Danh sách   {folder / LIST}")
    click.echo(f"  Sổ dữ kiện  {folder / KNOWN}")
    ran = [_screen(season, folder, book, wording, today) for season in demonstration.seasons]
    for line in _told(demonstration, ran, book):
        click.echo(line)
    return ran


def _screen(season: Season, folder: Path, book: Book, wording: Wording, today: date) -> Ran:
    frame = season.frame
    judge = Judge(book, frame, wording, provisional=bool(season.provisional))
    click.secho(
        f"\n{season.title}: nhận hồ sơ {frame.received_on:%d/%m/%Y}, "
        f"quyết định {frame.decided_on:%d/%m/%Y}",
        bold=True,
    )
    entries = 0

    def step() -> None:
        nonlocal entries
        entries += 1
        if sys.stdout.isatty():
            click.echo(f"\r  đã xét {entries} dòng", nl=False)

    screened = screen_files(
        folder / LIST, folder / KNOWN, judge, today, progress=Progress(lambda _: None, step)
    )
    if sys.stdout.isatty():
        click.echo("\r" + " " * 30 + "\r", nl=False)
    output = folder / season.file
    write_results(output, report_of(screened, judge, season.provisional))
    write_rejects(output.with_name(f"{output.stem}-dong-loai.xlsx"), screened.staged)
    counts = count_groups(one.row for one in screened.judged)
    said = ", ".join(
        f"{count} {GROUP_SHEETS[group].lower()}" for group, count in counts.items() if count
    )
    click.echo(f"  {screened.staged.ledger}; {said}")
    for note in _notes(screened, judge, season):
        click.secho(f"  ! {note}", fg="magenta")
    click.echo(f"  Kết quả     {output}")
    return Ran(season, screened, judge)


def _notes(screened: Screened, judge: Judge, season: Season) -> list[str]:
    wording, said = judge.wording, dict[str, None]()
    for verdict in (one.verdict for one in screened.judged if one.verdict):
        if verdict.choice.provisional:
            said[wording.say["note.provisional"](name=season.provisional)] = None
        elif verdict.refusal:
            said[wording.refusal(verdict.refusal)] = None
        for one in verdict.choice.favourable:
            said[
                wording.say["note.favourable"](
                    pivot=wording.day(one.pivot),
                    instrument=judge.book.instruments[one.instrument].short_vi,
                )
            ] = None
    return list(said)


def _told(demonstration: Demonstration, ran: list[Ran], book: Book) -> Iterator[str]:
    """The same people under two laws, and the money of two dates."""
    first, second = ran[0], ran[1]
    yield "\nCùng một người, hai luật"
    for entry in demonstration.entries:
        for award in entry.expect.get("2017", {}):
            before = _answer(first, entry.name, entry.unit, award)
            after = _answer(second, entry.name, entry.unit, award)
            if before and after and before[0] != after[0]:
                label = book.vocabulary.award_label(award)
                yield f"  {entry.name}, {label}: năm 2017 {before[0]}, năm 2025 {after[0]}"
                why = before[1] if before[0] == "không đủ" else after[1]
                yield f"      {why}"
    yield "\nTiền thưởng theo ngày quyết định"
    for award in ("advanced-worker", "ministry-certificate-of-merit"):
        sums = [
            amounts.bonus(book, award, "person", one.season.frame.decided_on) for one in ran[:2]
        ]
        said = ", ".join(
            f"{one.on:%d/%m/%Y}: {one.each:,} đồng".replace(",", ".") for one in sums if one.each
        )
        yield f"  {book.vocabulary.award_label(award)}: {said}"


def _answer(ran: Ran, name: str, unit: str, award: str) -> tuple[str, str] | None:
    words = {"yes": "đủ", "no": "không đủ", "unknown": "chưa rõ", "refused": "từ chối trả lời"}
    for one in ran.screened.judged:
        if (one.row.name, one.row.unit, one.row.award_id) == (name, unit, award):
            return words[one.row.verdict], (one.row.missing or one.row.reasons or [""])[0]
    return None
