"""`python -m thidua.demo`, started by `bin/thidua demo`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from lawbook import load_book
from thidua.cli.output import reason_of
from thidua.cli.run import refuse_taken_port
from thidua.cli.run import run as serve
from thidua.cli.session import local_today
from thidua.cli.site import build_site
from thidua.demo.installing import FULL, install, show_logins
from thidua.demo.running import LAW, run
from thidua.demo.summary import show


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), default=Path("var/demo"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000)
@click.option("--people", type=click.IntRange(min=1), default=FULL)
@click.option("--serve/--no-serve", "keep", default=True)
def main(folder: Path, port: int, people: int, *, keep: bool) -> None:
    """Run the demonstration."""
    if keep:
        refuse_taken_port("127.0.0.1", port, "bin/thidua demo")
    done = run(folder, local_today())
    show(done)
    report = build_site(load_book(), folder / LAW)
    click.echo(f"  {LAW}/{'':29} sách luật, {report.pages} trang")
    install(folder, people)
    show_logins()
    if keep:
        serve.main(["--port", str(port)], standalone_mode=False)


if __name__ == "__main__":
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        where = error.filename2 or error.filename or ""
        click.echo(
            f"Không ghi được {where}: {reason_of(error)}. Đổi thư mục bằng --folder.",
            err=True,
        )
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nĐã dừng.", err=True)
        sys.exit(130)
