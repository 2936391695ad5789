"""What every command shares: the book, dates on the command line, faults, colours, JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn, TypeVar

import click

from lawbook import load_book, make_wording
from lawengine.book import Book
from lawengine.facts import CaseFrame, make_frame
from lawengine.terms import Frame
from lawengine.wording import Wording

_F = TypeVar("_F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date, written 2024-03-31 or 31/03/2024."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Refuse dates that the calendar does not have."""
        if isinstance(value, date):
            return value
        match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value)
        text = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else value
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self.fail(
                f"«{value}» không có trong lịch. Viết 2024-03-31 hoặc 31/03/2024.", param, ctx
            )


class AwardId(click.ParamType[str]):
    """An award by its id; the shell completes it."""

    name = "danh hiệu"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept the id, or the Vietnamese name written with or without diacritics."""
        from thidua.support.text import fold

        awards = load_book().vocabulary.awards
        if value in awards:
            return str(value)
        wanted = fold(value)
        for award in awards.values():
            if fold(award.vi) == wanted:
                return award.id
        import difflib

        near = difflib.get_close_matches(value, list(awards), n=1)
        hint = f" Gần nhất: {near[0]}." if near else ""
        return self.fail(
            f"Không có danh hiệu hay hình thức «{value}».{hint}"
            " Xem tên bằng `bin/thidua law list`.",
            param,
            ctx,
        )

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's shape
        param: click.Parameter,  # noqa: ARG002 - click's shape
        incomplete: str,
    ) -> list[click.shell_completion.CompletionItem]:
        """Ids that begin so, with their Vietnamese names."""
        return [
            click.shell_completion.CompletionItem(award.id, help=award.vi)
            for award in load_book().vocabulary.awards.values()
            if award.id.startswith(incomplete)
        ]


DAY, AWARD = Day(), AwardId()


def case_options(command: _F) -> _F:
    """--year, --period, --on, --received, --meeting, --provisional, --json."""
    for option in reversed(
        (
            click.option("--year", type=click.IntRange(1945, 2200), help="Năm thành tích."),
            click.option("--period", help="Giai đoạn thành tích, ví dụ 2024-09-01..2025-05-31."),
            click.option("--on", "decided_on", type=DAY, help="Ngày quyết định khen thưởng."),
            click.option(
                "--received", "received_on", type=DAY, help="Ngày cơ quan có thẩm quyền nhận hồ sơ."
            ),
            click.option("--meeting", "meeting_on", type=DAY, help="Ngày họp hội đồng."),
            click.option(
                "--provisional",
                metavar="TÊN",
                help="Đọc tạm theo văn bản cuối cùng đã biết, ghi tên người yêu cầu.",
            ),
            click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON."),
        )
    ):
        command = option(command)
    return command


def frame_of(case: CaseFrame, today: date, **given: Any) -> Frame:
    """The dates of the case: the command line goes before the file."""
    if given.get("provisional") is not None and not given["provisional"].strip():
        raise click.BadParameter("Cần tên người yêu cầu đọc tạm.", param_hint="--provisional")
    start, end, year = case.period_start, case.period_end, case.year
    if given.get("period"):
        from lawengine.facts import closed_period

        try:
            start, end = closed_period(given["period"])
        except ValueError:
            raise click.BadParameter(
                f"«{given['period']}» không phải giai đoạn. Viết 2024-09-01..2025-05-31.",
                param_hint="--period",
            ) from None
        year = end.year
    elif given.get("year"):
        start = end = None
        year = given["year"]
    frame = make_frame(
        CaseFrame(
            year or (end.year if end else None),
            start,
            end,
            given.get("decided_on") or case.decided_on,
            given.get("received_on") or case.received_on,
            given.get("meeting_on") or case.meeting_on,
        ),
        today,
    )
    if frame.received_on > frame.decided_on:
        raise click.BadParameter(
            f"Ngày nhận hồ sơ ({frame.received_on:%d/%m/%Y}) sau ngày quyết định "
            f"({frame.decided_on:%d/%m/%Y}). Kiểm tra lại hai ngày.",
            param_hint="--received",
        )
    return frame


def local_today() -> date:
    """The day on the clock of the person at the keyboard."""
    return date.today()  # noqa: DTZ011 - their own clock, not the server's zone


def open_book() -> tuple[Book, Wording]:
    """The book with its sentences."""
    book = load_book()
    return book, make_wording(book)


def stop(message: str, heading: str = "Không đọc được: ") -> NoReturn:
    """Say what cannot be read (or written), and end with 2."""
    click.secho(heading, fg="red", bold=True, nl=False, err=True)
    click.echo(message, err=True)
    sys.exit(2)


def print_json(data: Any) -> None:
    """Stable JSON: UTF-8, keys in the order written, two spaces."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def day(value: date | None) -> str:
    """dd/mm/yyyy, or a dash."""
    return f"{value:%d/%m/%Y}" if value else "–"


def span(start: date | None, end: date | None) -> str:
    """`từ 01/01/2024 đến 30/09/2026`, open sides left out."""
    said = [f"từ {day(start)}"] if start else []
    if end:
        said.append(f"đến {day(end)}")
    return " ".join(said)
