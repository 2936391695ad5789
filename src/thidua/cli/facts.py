"""`thidua facts`: the schema of a facts file and examples to start from."""

from __future__ import annotations

from pathlib import Path

import click

from lawbook import FOLDER
from lawengine.facts_schema import document
from thidua.cli.session import local_today, open_book, print_json

_EXAMPLES = {path.stem: path for path in sorted((FOLDER / "examples").glob("*.yaml"))}


@click.command()
@click.option("--schema", is_flag=True, help="In JSON Schema của tệp dữ kiện.")
@click.option("--example", type=click.Choice(list(_EXAMPLES)), help="In một tệp mẫu.")
@click.option(
    "--check", "file", type=click.Path(path_type=Path), help="Chỉ soát một tệp dữ kiện, không xét."
)
def facts(*, schema: bool, example: str | None, file: Path | None) -> None:
    """Lược đồ và mẫu của tệp dữ kiện mà `thidua check` đọc."""
    asked = [
        name
        for name, given in (("--schema", schema), ("--example", example), ("--check", file))
        if given
    ]
    if len(asked) > 1:
        raise click.UsageError(f"chỉ dùng một trong {', '.join(asked)}; mỗi lần một việc.")
    if schema:
        book, _ = open_book()
        print_json(document(book.vocabulary))
    elif example:
        click.echo(_EXAMPLES[example].read_text(encoding="utf-8"), nl=False)
    elif file:
        _check(file)
    else:
        click.echo(click.get_current_context().get_help())


def _check(file: Path) -> None:
    from lawengine.facts import make_frame, read_document, read_subject
    from lawengine.reading import read_file

    book, _ = open_book()
    today = local_today()
    case, nodes = read_document(read_file(file), book.vocabulary)
    frame = make_frame(case, today)
    count = len([read_subject(node, book.vocabulary, frame, today) for node in nodes])
    click.echo(f"Đọc được {count} đối tượng, không có lỗi.")
