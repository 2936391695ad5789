"""`python -m thidua.demo`, started by `bin/thidua demo`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from lawbook import load_book
from thidua.cli.site import build_site
from thidua.demo.running import run
from thidua.demo.serving import serve


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=Path("var/demo"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000)
@click.option("--serve/--no-serve", "keep", default=True)
def main(folder: Path, port: int, *, keep: bool) -> None:
    """Run the demonstration."""
    run(folder, date.today())  # noqa: DTZ011 - the clock of the person at the keyboard
    report = build_site(load_book(), folder / "luat")
    click.echo(f"\nĐã ghi sách luật: {report.pages} trang vào {folder / 'luat'}")
    if keep:
        serve(folder / "luat", port)


if __name__ == "__main__":
    main()
