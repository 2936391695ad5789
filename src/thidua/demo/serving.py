"""Serve the law site on this machine only."""

from __future__ import annotations

import functools
import http.server
import signal
from pathlib import Path
from typing import Any

import click

HOST = "127.0.0.1"


class _Pages(http.server.SimpleHTTPRequestHandler):
    """Files of one folder, with the headers that the pages are made for."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing: the summary stays on the screen."""


def serve(folder: Path, port: int) -> None:
    """Serve until Ctrl-C or a polite kill. Raises click.ClickException when the port is taken."""
    handler = functools.partial(_Pages, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        other = port + 1 if port < 65535 else port - 1
        raise click.ClickException(
            f"Cổng {port} đang bận ({error.strerror}). Các tệp đã ghi xong; muốn xem sách luật thì "
            f"chọn cổng khác: bin/thidua demo --port {other}"
        ) from None
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.daemon_threads = True
    with server:
        click.secho(f"\nSách luật: http://{HOST}:{port}  (Ctrl-C để dừng)", bold=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("\nĐã dừng.")
