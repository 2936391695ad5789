"""`thidua law`: read the book, ask the procedure of a day, compare dates, verify, make the site."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from lawbook import FOLDER
from lawengine.book import Book, Group, Leaf, Standard, Tree, Version
from lawengine.differences import comparable, differences
from lawengine.reading import read_file
from lawengine.wording import Wording
from thidua.cli.procedure import get
from thidua.cli.session import AWARD, DAY, day, local_today, open_book, print_json, span
from thidua.cli.verdicts import UNCHECKED


@click.group()
def law() -> None:
    """Đọc sách luật: danh hiệu, tiêu chuẩn theo ngày, thủ tục, khác nhau giữa hai ngày."""


@law.command("list")
@click.option("--on", "when", type=DAY, help="Chỉ trạng thái của ngày này (mặc định: hôm nay).")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def list_awards(when: date | None, *, as_json: bool) -> None:
    """Liệt kê danh hiệu, hình thức và trạng thái của tiêu chuẩn."""
    book, _ = open_book()
    when = when or local_today()
    rows = [_state(book, standard, when) for standard in book.standards.values()]
    if as_json:
        print_json({"on": when.isoformat(), "standards": rows})
        return
    click.secho(f"Tiêu chuẩn ngày {day(when)}", bold=True)
    for row in rows:
        colour = {"judged": "green", "refused": "magenta"}[row["state"]]
        state = {"judged": "xét được", "refused": "từ chối"}[row["state"]]
        label = f"{row['label']} ({row['subject_label'].lower()})"
        click.echo(f"  {click.style(state.ljust(9), fg=colour)} {row['award'].ljust(42)} {label}")
    if all(row["state"] == "refused" for row in rows):
        click.echo(
            "\nSách luật chưa có văn bản cho ngày này; xem ngày khác bằng --on, "
            "ví dụ --on 2026-09-30."
        )


def _state(book: Book, standard: Standard, when: date) -> dict[str, str]:
    version = standard.on(when)
    words = book.vocabulary
    return {
        "award": standard.award,
        "label": words.award_label(standard.award),
        "subject": standard.subject,
        "subject_label": words.label("subject_kinds", standard.subject),
        "state": "judged" if version and version.when else "refused",
        "reason": version.not_encoded if version else "",
    }


@law.command()
@click.argument("award", type=AWARD)
@click.option("--on", "when", type=DAY, help="Chỉ bản của ngày này; bỏ trống: mọi bản.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def show(award: str, when: date | None, *, as_json: bool) -> None:
    """Tiêu chuẩn của một danh hiệu, từng điều kiện với căn cứ và mức đối chiếu."""
    book, wording = open_book()
    standards = [one for (name, _), one in book.standards.items() if name == award]
    if as_json:
        print_json(
            {
                "award": award,
                "standards": [
                    {
                        "subject": one.subject,
                        "versions": [_version_json(version) for version in _versions(one, when)],
                    }
                    for one in standards
                ],
            }
        )
        return
    click.secho(book.vocabulary.award_label(award), bold=True)
    for standard in standards:
        kind = book.vocabulary.label("subject_kinds", standard.subject)
        versions = _versions(standard, when)
        if not versions:
            click.echo(f"\n{kind}: sách luật không có ngày {day(when)}.")
        for version in versions:
            text = book.instruments[version.instrument].short_vi
            period = span(version.in_force.start, version.in_force.end)
            click.secho(f"\n{kind} · {text} · {period}", fg="cyan")
            if version.not_encoded:
                click.secho(f"  Từ chối trả lời: {version.not_encoded}", fg="magenta")
                for leaf in version.known:
                    click.echo(f"  đã biết: {_leaf_line(leaf, book, wording)}")
            if version.when is not None:
                _show_tree(version.when, book, wording, 1)


def _versions(standard: Standard, when: date | None) -> list[Version]:
    return [one for one in standard.versions if when is None or when in one.in_force]


def _show_tree(tree: Tree, book: Book, wording: Wording, depth: int) -> None:
    pad = "  " * depth
    if isinstance(tree, Leaf):
        click.echo(f"{pad}{tree.id}. {_leaf_line(tree, book, wording)}")
        return
    titles = {"all": "Đủ các điều kiện:", "any": "Có một trong:", "not": "Không rơi vào:"}
    click.echo(f"{pad}{tree.vi or titles[tree.word]}")
    for part in tree.parts:
        _show_tree(part, book, wording, depth + 1)


def _leaf_line(leaf: Leaf, book: Book, wording: Wording) -> str:
    cites = "; ".join(wording.citation(one, book.instruments) for one in leaf.cites)
    unchecked = f" [{UNCHECKED}]" if leaf.confidence == "recalled" else ""
    return f"{leaf.vi} " + click.style(f"({cites}){unchecked}", dim=True)


def _version_json(version: Version) -> dict[str, Any]:
    return {
        "from": version.in_force.start,
        "until": version.in_force.end,
        "instrument": version.instrument,
        "confidence": version.confidence,
        "not_encoded": version.not_encoded or None,
        "known": [_leaf_json(leaf) for leaf in version.known],
        "when": _tree_json(version.when) if version.when is not None else None,
    }


def _tree_json(tree: Tree) -> dict[str, Any]:
    if isinstance(tree, Group):
        return {tree.word: [_tree_json(part) for part in tree.parts]}
    return _leaf_json(tree)


def _leaf_json(leaf: Leaf) -> dict[str, Any]:
    return {
        "id": leaf.id,
        "kind": leaf.kind,
        "law": leaf.vi,
        "confidence": leaf.confidence,
        "cites": [one.as_json() for one in leaf.cites],
        "source": list(leaf.source),
    }


@law.command()
@click.option("--award", type=AWARD, help="Chỉ danh hiệu này.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def verify(award: str | None, *, as_json: bool) -> None:
    """Soát sách luật với chính nó, chạy các ca chuẩn, nêu tên ca còn thiếu."""
    from lawengine.cases import missing, run_all
    from lawengine.checks import flaws

    book, wording = open_book()
    found = [one for one in flaws(book) if award in (None, one.where.split("/")[0])]
    results = run_all(FOLDER / "cases", book, wording)
    lacking = [one for one in missing(results, book) if award in (None, one.award)]
    results = [one for one in results if award in (None, one.case.award)]
    wrong = [one for one in results if one.differs]
    said = [f"{one.where}: {wording.say['flaw.' + one.code](**one.parts)}" for one in found]
    said += [f"{one.case.award} ca {one.case.id}: {'; '.join(one.differs)}" for one in wrong]
    asked = [
        f"{one.award}/{one.subject} {one.version.in_force}: thiếu ca {one.kind}"
        + (f" cho điều kiện {one.leaf}" if one.leaf else "")
        + (f" ngày {day(one.day)}" if one.day else "")
        for one in lacking
    ]
    if as_json:
        print_json({"cases": len(results), "faults": said, "missing": asked, "book": book.digest})
    else:
        for line in said:
            click.secho(f"  lỗi    {line}", fg="red")
        for line in asked:
            click.secho(f"  thiếu  {line}", fg="yellow")
        click.secho(
            f"{len(book.standards)} tiêu chuẩn, {len(results)} ca: {len(said)} lỗi, "
            f"{len(asked)} ca còn thiếu.",
            bold=True,
            fg="red" if said or asked else "green",
        )
    sys.exit(1 if said or asked else 0)


@law.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="Thư mục ghi trang."
)
def site(output: Path) -> None:
    """Ghi sách luật thành trang tĩnh, xem được không cần máy chủ."""
    from thidua.cli.site import build_site

    book, _ = open_book()
    report = build_site(book, output)
    click.echo(f"Đã ghi {report.pages} trang vào {output}. Mở {output / 'index.html'}.")


@law.command()
@click.argument("award", type=AWARD)
@click.argument("first", type=DAY)
@click.argument("second", type=DAY)
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def diff(award: str, first: date, second: date, *, as_json: bool) -> None:
    """Tiêu chuẩn khác nhau thế nào giữa hai ngày."""
    book, wording = open_book()
    found = []
    for (name, subject), standard in book.standards.items():
        before, after = standard.on(first), standard.on(second)
        if name == award and before and after:
            found.append((subject, before, after))
    if as_json:
        print_json(
            {
                "award": award,
                "from": first,
                "to": second,
                "standards": [
                    {
                        "subject": subject,
                        "comparable": comparable(before, after),
                        "changes": [
                            {
                                "kind": one.kind,
                                "aspects": list(one.aspects),
                                "before": _leaf_json(one.before.leaf) if one.before else None,
                                "after": _leaf_json(one.after.leaf) if one.after else None,
                            }
                            for one in differences(before, after)
                        ],
                    }
                    for subject, before, after in found
                ],
            }
        )
        return
    title = f"{book.vocabulary.award_label(award)} · {day(first)} → {day(second)}"
    click.secho(title, bold=True)
    if not found:
        click.echo("  Sách luật không có cả hai ngày này.")
    for subject, before, after in found:
        _show_changes(subject, before, after, book, wording)


_CHANGES = {
    "same": (" ", "white"),
    "changed": ("~", "yellow"),
    "added": ("+", "green"),
    "removed": ("-", "red"),
}


def _show_changes(
    subject: str, before: Version, after: Version, book: Book, wording: Wording
) -> None:
    click.secho(f"\n{book.vocabulary.label('subject_kinds', subject)}", fg="cyan")
    for version in (before, after):
        if version.not_encoded:
            click.secho(
                f"  {span(version.in_force.start, version.in_force.end)}: từ chối trả lời: "
                f"{version.not_encoded}",
                fg="magenta",
            )
    if before is after:
        click.echo("  Cùng một bản, không có gì khác.")
        return
    if not comparable(before, after):
        click.echo("  Không so được hai bản vì có bản chưa thấy nội dung.")
        return
    for change in differences(before, after):
        mark, colour = _CHANGES[change.kind]
        standing = change.after or change.before
        if standing is None:
            continue
        click.echo(click.style(f"  {mark} ", fg=colour) + _leaf_line(standing.leaf, book, wording))
        if change.kind == "changed" and change.before and "words" in change.aspects:
            click.echo(click.style(f"      trước đây: {change.before.leaf.vi}", dim=True))


@law.command()
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def coverage(*, as_json: bool) -> None:
    """Từng điều của từng văn bản: đã nạp, cần người xét, ngoài phạm vi, hay chưa thấy."""
    rows = read_file(FOLDER / "coverage.yaml").child("coverage")
    if as_json:
        print_json({"coverage": rows.value})
        return
    book, _ = open_book()
    last = ""
    for row in rows.items():
        instrument = row.child("instrument").text()
        if instrument != last:
            click.secho(f"\n{book.instruments[instrument].short_vi}", bold=True)
            last = instrument
        state, colour = _STATES[row.child("state").choice(_STATES)]
        where = ", ".join(str(one) for one in row.child("where").value or [])
        note = str(row.child("note").value or "")
        article = str(row.child("article").value)
        tail = " · ".join(part for part in (where, note) if part)
        click.echo(f"  Điều {article.ljust(8)} {click.style(state.ljust(16), fg=colour)} {tail}")


_STATES = {
    "encoded": ("đã nạp", "green"),
    "human_judgement": ("cần người xét", "yellow"),
    "out_of_scope": ("ngoài phạm vi", "white"),
    "text_not_seen": ("chưa thấy", "magenta"),
}


law.add_command(get)
