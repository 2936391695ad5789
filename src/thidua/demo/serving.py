"""Serve the law site on this machine only."""

from __future__ import annotations

import functools
import http.server
from pathlib import Path
from typing import Any

import click


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
    """Serve until Ctrl-C. Raises click.ClickException when the port is taken."""
    handler = functools.partial(_Pages, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        raise click.ClickException(
            f"Cổng {port} đang bận ({error.strerror}). Chọn cổng khác: bin/thidua demo --port 8001"
        ) from None
    with server:
        click.secho(f"\nSách luật: http://127.0.0.1:{port}  (Ctrl-C để dừng)", bold=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("\nĐã dừng.")
