"""`thidua law get`: the procedure of a day, cited; and its two other answers."""

from __future__ import annotations

from datetime import date

import click

from lawengine.book import Book
from lawengine.lookup import NOT_ENCODED, SET_BY_OWNER, Answer, Found, lookup
from lawengine.wording import Wording
from thidua.cli.session import AWARD, DAY, day, open_book, print_json
from thidua.cli.verdicts import UNCHECKED

KINDS = {
    "threshold": "Ngưỡng phiếu và cách bỏ phiếu",
    "quota": "Tỷ lệ, định mức",
    "deadline": "Thời hạn",
    "dossier": "Hồ sơ",
    "authority": "Thẩm quyền quyết định",
    "form": "Mẫu báo cáo",
    "disclosure": "Công khai, lấy ý kiến",
    "revocation": "Hủy bỏ, thu hồi, tước danh hiệu",
}


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("award", type=AWARD, required=False)
@click.option(
    "--on",
    "when",
    type=DAY,
    required=True,
    help="Ngày chọn văn bản (ngày họp, ngày nhận hồ sơ, ngày quyết định).",
)
@click.option(
    "--owner",
    default="",
    help="Bộ, tỉnh có quy định riêng đã nạp (ví dụ «Bộ Khoa học và Công nghệ»).",
)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def get(kind: str, award: str | None, when: date, owner: str, *, as_json: bool) -> None:
    """Thủ tục của ngày đó, có căn cứ; «bộ quy định», «chưa thấy văn bản» là câu trả lời riêng."""
    book, wording = open_book()
    answer = lookup(book, kind, award, when, owner)
    if as_json:
        print_json(answer.as_json())
        return
    label = f" · {book.vocabulary.award_label(award)}" if award else ""
    click.secho(f"{KINDS[kind]}{label} · ngày {day(when)}", bold=True)
    _show(answer, book, wording)


def _show(answer: Answer, book: Book, wording: Wording) -> None:
    for found in answer.rows:
        _tell(found, book, wording, "  ")
    if answer.status == SET_BY_OWNER:
        click.secho("  Bộ, ngành, tỉnh quy định; chưa nạp văn bản nào như vậy.", fg="yellow")
    for found in answer.delegated:
        _tell(found, book, wording, "  ")
    if answer.status == NOT_ENCODED:
        reasons = answer.reasons or ("sách luật không có nội dung này cho ngày đó",)
        for reason in reasons:
            click.secho(f"  Từ chối trả lời: {reason.rstrip('.')}.", fg="magenta")
    for title, rows in _beside(answer, book).items():
        click.secho(f"  {title}", fg="cyan")
        for found in rows:
            _tell(found, book, wording, "    ", named=False)


def _beside(answer: Answer, book: Book) -> dict[str, list[Found]]:
    """What stands beside the answer, under whose rule it is: the award's, everybody's, a body's."""
    whose = (
        book.vocabulary.award_label(answer.award) if answer.award else "từng danh hiệu, hình thức"
    )
    groups: dict[str, list[Found]] = {}
    for found in sorted(answer.more, key=lambda one: (one.row.owner != "", not one.row.awards)):
        owner = f"Quy định riêng của {found.row.owner}" if found.row.owner else ""
        general = "Quy định chung, không riêng của danh hiệu, hình thức nào"
        title = owner or (f"Quy định thêm của {whose}" if found.row.awards else general)
        groups.setdefault(title, []).append(found)
    for found in answer.examples:
        title = f"Quy định riêng của {found.row.owner}, nơi khác chỉ tham khảo"
        groups.setdefault(title, []).append(found)
    return groups


def _tell(found: Found, book: Book, wording: Wording, indent: str, *, named: bool = True) -> None:
    """A row, and under it the papers that it lists. named: begin with the body whose rule it is."""
    owner = f"{found.row.owner}: " if named and found.row.owner else ""
    click.echo(f"{indent}{owner}{line(found, book, wording)}")
    papers = found.row.values.get("papers")
    if isinstance(papers, tuple):
        for number, paper in enumerate(papers, 1):
            click.echo(f"{indent}  {number}. {paper}")


def line(found: Found, book: Book, wording: Wording) -> str:
    """A row as a sentence with its citation and confidence."""
    cites = "; ".join(wording.citation(one, book.instruments) for one in found.row.cites)
    unchecked = f" [{UNCHECKED}]" if found.confidence == "recalled" else ""
    return f"{found.row.vi or found.row.not_encoded} " + click.style(
        f"({cites}){unchecked}", dim=True
    )
