"""`thidua screen`: a workbook of people or collectives, judged against the law of its dates."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from lawengine.explain import Judge
from lawengine.facts import CaseFrame
from thidua.cli.next_act import next_act
from thidua.cli.output import look_ahead, look_for_new, write_json, writing
from thidua.cli.session import (
    AWARD,
    case_options,
    frame_of,
    local_today,
    open_book,
    print_json,
    stop,
)
from thidua.cli.verdicts import Speaker
from thidua.screening.files import Progress, Screened, report_of, screen_files
from thidua.screening.sheets.history_writing import write_template
from thidua.screening.sheets.output import GROUP_SHEETS, count_groups, in_order, write_results
from thidua.screening.sheets.rejects import write_rejects
from thidua.screening.sheets.unreadable import Unreadable

SCHEMA = "thidua/screen/1"
_COLOURS = {
    "eligible": "green",
    "one_short": "yellow",
    "awaiting": "yellow",
    "unknown": "yellow",
    "not_eligible": "red",
    "refused": "magenta",
}


@click.command()
@click.argument("listed", metavar="DANH_SÁCH.xlsx", required=False, type=click.Path(path_type=Path))
@click.option("--history", type=click.Path(path_type=Path), help="Sổ dữ kiện (.xlsx).")
@click.option("--sheet", help="Tên trang tính chứa danh sách.")
@click.option(
    "--award",
    "awards",
    type=AWARD,
    multiple=True,
    help="Xét danh hiệu này cho mọi người, thay cho cột đề nghị.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Tệp kết quả .xlsx hoặc .json (kèm tệp dòng bị loại).",
)
@click.option(
    "--template", type=click.Path(path_type=Path), help="Chỉ ghi một sổ dữ kiện mẫu vào đây."
)
@case_options
def screen(
    listed: Path | None,
    history: Path | None,
    sheet: str | None,
    awards: tuple[str, ...],
    output: Path | None,
    template: Path | None,
    provisional: str | None,
    *,
    as_json: bool,
    **dates: Any,
) -> None:
    """Xét cả danh sách: ai đủ, ai thiếu một điều kiện, ai chờ xác nhận, ai không đủ, vì sao."""
    if template:
        _template(template, alone=not (listed or history or output))
        return
    if listed is None:
        raise click.UsageError("Cần tệp danh sách. Xem mẫu sổ dữ kiện bằng --template.")
    for path in _outputs(output):
        look_ahead(path, (listed, history))
    book, wording = open_book()
    today = local_today()
    frame = frame_of(CaseFrame(), today, provisional=provisional, **dates)
    judge = Judge(book, frame, wording, provisional=provisional is not None)
    try:
        screened = _screen(listed, history, judge, today, awards, sheet)
    except Unreadable as error:
        stop(str(error))
    speaker = Speaker(book, wording, provisional or "")
    if output and output.suffix.lower() == ".xlsx":
        report = report_of(screened, judge, provisional or "")
        with writing(output):
            write_rejects(rejects_path(output), screened.staged)
            write_results(output, report)
    if as_json or (output and output.suffix.lower() == ".json"):
        data = as_data(screened, speaker)
        if output and output.suffix.lower() == ".json":
            with writing(output):
                write_json(output, data)
        if as_json:
            print_json(data)
            return
    show(screened, speaker, output)


def _template(path: Path, *, alone: bool) -> None:
    if not alone:
        raise click.UsageError(
            "--template chỉ ghi sổ mẫu, không xét. Dùng riêng, rồi xét bằng lệnh sau."
        )
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter("Sổ mẫu phải là tệp .xlsx.", param_hint="--template")
    look_for_new(path)
    with writing(path):
        write_template(path)
    click.echo(f"Đã ghi sổ dữ kiện mẫu: {path}")


def _outputs(output: Path | None) -> tuple[Path, ...]:
    """The files that the command will write."""
    if output is None:
        return ()
    if output.suffix.lower() not in (".xlsx", ".json"):
        raise click.BadParameter("Tệp kết quả phải là .xlsx hoặc .json.", param_hint="--output")
    return (output,) if output.suffix.lower() == ".json" else (output, rejects_path(output))


def _screen(
    listed: Path,
    history: Path | None,
    judge: Judge,
    today: date,
    awards: tuple[str, ...],
    sheet: str | None,
) -> Screened:
    """Run with a progress bar on stderr, where somebody is looking."""
    bars: list[Any] = []
    err = sys.stderr

    def start(length: int) -> None:
        bar: Any = click.progressbar(
            length=length, label="Đang xét", file=err, hidden=not err.isatty()
        )
        bars.append(bar.__enter__())

    progress = Progress(start, lambda: bars[0].update(1))
    try:
        return screen_files(
            listed, history, judge, today, awards=awards, sheet=sheet, progress=progress
        )
    finally:
        for bar in bars:
            bar.render_finish()


def rejects_path(output: Path) -> Path:
    """Beside the result: `ket-qua.xlsx` → `ket-qua-dong-loai.xlsx`."""
    return output.with_name(f"{output.stem}-dong-loai.xlsx")


def show(screened: Screened, speaker: Speaker, output: Path | None) -> None:
    """The summary for a person: ledger, counts, what was mended, what needs a look."""
    _show_reading(screened)
    _show_counts(screened, speaker)
    _show_remarks(screened)
    if output:
        click.echo(f"Kết quả: {output}")
        if output.suffix.lower() == ".xlsx":
            click.echo(f"Dòng bị loại, sửa rồi xét lại được: {rejects_path(output)}")
    elif screened.judged:
        click.echo("Danh sách đầy đủ với lý do và căn cứ: thêm -o KET_QUA.xlsx")


def _show_reading(screened: Screened) -> None:
    staged = screened.staged
    click.secho(f"{staged.file} · trang «{staged.sheet}»", bold=True)
    click.echo(f"  {staged.ledger}")
    if screened.history_ledger:
        click.echo(f"  Sổ dữ kiện: {screened.history_ledger}")
    for note in staged.notes:
        click.echo(f"  {note}")
    for offer in staged.offers:
        click.echo(f'  Không lấy {offer.words}; muốn dùng thì thêm --sheet "{offer.name}".')


def _show_counts(screened: Screened, speaker: Speaker) -> None:
    if len(screened.judged) != screened.staged.ledger.accepted:
        click.echo(f"  {len(screened.judged)} đề nghị (một dòng có thể đề nghị nhiều danh hiệu):")
    for group, count in count_groups(one.row for one in screened.judged).items():
        if count:
            number = click.style(str(count).rjust(6), fg=_COLOURS[group], bold=True)
            click.echo(f"  {number}  {GROUP_SHEETS[group].lower()}")
    said: dict[str, None] = {}
    acts: dict[str, None] = {}
    for verdict in (one.verdict for one in screened.judged if one.verdict):
        said |= dict.fromkeys(note["text"] for note in speaker.notes(verdict))
        if verdict.refusal:
            said[speaker.wording.refusal(verdict.refusal)] = None
            acts[next_act(speaker.book, verdict)] = None
    for text in said:
        click.secho(f"  ! {text}", fg="magenta")
    for act in filter(None, acts):
        click.echo(f"  Làm tiếp: {act}")


def _show_remarks(screened: Screened) -> None:
    if screened.repairs:
        click.echo(f"  Đã sửa chữ ở {len(screened.repairs)} chỗ (liệt kê ở trang «Sửa chữ»).")
    for doubt in screened.doubts:
        click.secho(f"  Nghi vấn: {doubt.text}", fg="yellow")
    for problem in screened.problems:
        cell = f"ô {problem.cell}" if problem.cell else f"dòng {problem.row}"
        place = f"trang «{problem.sheet}», {cell}"
        click.secho(f"  Loại: {place}: {problem.reason} {problem.fix}", fg="red")


def as_data(screened: Screened, speaker: Speaker) -> dict[str, Any]:
    """The whole screening as stable JSON (docs/cli.md)."""
    staged = screened.staged
    order = {id(one.row): one for one in screened.judged}
    verdicts = []
    for row in in_order(one.row for one in screened.judged):
        one = order[id(row)]
        data: dict[str, Any] = {"row": row.source_row, "group": row.group}
        if one.verdict and one.facts:
            data |= speaker.as_json(one.verdict, one.facts)
        else:
            data |= {
                "name": row.name,
                "unit": row.unit,
                "award": row.award_id,
                "verdict": "unknown",
                "reasons": row.reasons,
            }
        verdicts.append(data)
    history = screened.history_ledger
    return {
        "schema": SCHEMA,
        "book": speaker.book.digest,
        "file": staged.file,
        "sheet": staged.sheet,
        "ledger": _ledger(staged.ledger),
        "history_ledger": _ledger(history) if history else None,
        "groups": count_groups(one.row for one in screened.judged),
        "verdicts": verdicts,
        "repairs": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "cell": one.cell,
                "kind": one.kind,
                "old": one.old,
                "new": one.new,
            }
            for one in screened.repairs
        ],
        "doubts": [
            {"kind": one.kind, "sheet": one.sheet, "rows": list(one.rows), "text": one.text}
            for one in screened.doubts
        ],
        "rejected": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "cell": one.cell,
                "value": one.value,
                "reason": one.reason,
                "fix": one.fix,
            }
            for one in screened.problems
        ],
        "offers": [{"sheet": one.name, "why": one.why} for one in staged.offers],
        "notes": list(staged.notes),
    }


def _ledger(ledger: Any) -> dict[str, int]:
    return {
        "read": ledger.read,
        "accepted": ledger.accepted,
        "rejected": ledger.rejected,
        "blank": ledger.blank,
    }
