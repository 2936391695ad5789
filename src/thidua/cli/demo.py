"""`thidua demo`: starts the demonstration, which stands above the command line, as a child."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import click


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Thư mục ghi tệp.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Cổng trên 127.0.0.1.",
)
@click.option(
    "--people",
    type=click.IntRange(min=1),
    default=3000,
    show_default=True,
    help="Số người của tổ chức trình diễn.",
)
@click.option("--serve/--no-serve", "keep", default=True, help="Mở hệ thống sau khi dựng.")
def demo(folder: Path, port: int, people: int, *, keep: bool) -> None:
    """Trình diễn: xét danh sách mẫu theo luật 2017, 2025, 2026; dựng một bộ; mở hệ thống."""
    words = ["--folder", str(folder), "--port", str(port), "--people", str(people)]
    words.append("--serve" if keep else "--no-serve")
    child = subprocess.Popen([sys.executable, "-m", "thidua.demo", *words])
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:  # the terminal tells both; the child says how it ended
            continue
