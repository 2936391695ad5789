"""`thidua bonus`: what an award pays, with its arithmetic and citations."""

from __future__ import annotations

from datetime import date

import click

from lawengine import amounts
from lawengine.book import Book
from lawengine.wording import Wording
from thidua.cli.session import AWARD, DAY, day, open_book, print_json
from thidua.cli.verdicts import UNCHECKED

_SUBJECTS = ("person", "collective", "household")


@click.command()
@click.argument("award", type=AWARD)
@click.option("--on", "when", type=DAY, required=True, help="Ngày quyết định khen thưởng.")
@click.option("--subject", type=click.Choice(_SUBJECTS), help="Cá nhân, tập thể hay hộ gia đình.")
@click.option("--count", type=click.IntRange(1, 1_000_000), default=1, help="Số người, tập thể.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def bonus(award: str, when: date, subject: str | None, count: int, *, as_json: bool) -> None:
    """Mức tiền thưởng: hệ số × lương cơ sở, làm tròn lên, có căn cứ từng bước."""
    book, wording = open_book()
    asked = subject or default_subject(book, award)
    answer = amounts.bonus(book, award, asked, when, count)
    if as_json:
        print_json(answer.as_json())
        return
    label = book.vocabulary.award_label(award)
    kind = book.vocabulary.label("subject_kinds", asked).lower()
    click.secho(f"{label} ({kind}) · quyết định {day(when)}", bold=True)
    _show(answer, book, wording)


def default_subject(book: Book, award: str) -> str:
    """The first kind of recipient that the award has."""
    words = book.vocabulary
    kinds = {
        str(words.words("subject_kinds")[one].extra["of"]) for one in words.awards[award].subjects
    }
    return next(one for one in _SUBJECTS if one in kinds)


def _show(answer: amounts.BonusAnswer, book: Book, wording: Wording) -> None:
    if answer.status == amounts.BY_RANK:
        for one in answer.alternatives:
            click.secho(f"  {one.rank}", fg="cyan")
            _show(one, book, wording)
        return
    labels = {
        **wording.labels["subject_kinds"],
        **wording.labels["owners"],
        **wording.labels["issuers"],
    }
    said = amounts.sentences(answer, wording.say, labels)
    for step, sentence in zip(answer.steps, said, strict=True):
        cites = "; ".join(wording.citation(one, book.instruments) for one in step.cites)
        unchecked = f" [{UNCHECKED}]" if step.confidence == "recalled" else ""
        ground = f"({cites}){unchecked}" if cites else ""
        click.echo(f"  {sentence} {click.style(ground, dim=True)}".rstrip())
    if answer.status in (amounts.PAID, amounts.CEILING) and answer.each is not None:
        most = "Không quá " if answer.status == amounts.CEILING else ""
        total = answer.each if answer.total is None else answer.total
        click.secho(f"  {most}{money(total)} đồng", fg="green", bold=True)
    elif answer.status == amounts.SET_BY_OWNER:
        click.secho("  Bộ, ngành, tỉnh quy định; chưa nạp văn bản nào như vậy.", fg="yellow")
    elif answer.status == amounts.GIFT:
        click.secho("  Tặng phẩm lưu niệm, không kèm tiền thưởng.", fg="yellow")
    else:
        reason = answer.reason or "sách luật không có mức tiền thưởng cho đối tượng này ở ngày đó"
        click.secho(f"  Từ chối trả lời: {reason}.".replace("..", "."), fg="magenta")
    if answer.artefacts:
        click.echo(f"  Kèm theo: {answer.artefacts}")
    for doubt in answer.doubts:
        click.secho(f"  ! {doubt} [{UNCHECKED}]", fg="magenta")


def money(value: int) -> str:
    """1.234.000"""
    return f"{value:,}".replace(",", ".")
