"""`thidua`: the commands. None of them imports Django; `demo` starts a child for what does."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from lawbook import fault_sentence
from lawengine.reading import Fault

_COMMANDS = {
    "check": ("thidua.cli.check", "check"),
    "law": ("thidua.cli.law", "law"),
    "bonus": ("thidua.cli.bonus", "bonus"),
    "screen": ("thidua.cli.screen", "screen"),
    "facts": ("thidua.cli.facts", "facts"),
    "demo": ("thidua.cli.demo", "demo"),
}


class Lazy(click.Group):
    """A group that imports a command only when it is called, so that each starts in a blink."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; a file that cannot be read ends with one Vietnamese line and status 2."""
        try:
            return super().main(*args, **kwargs)
        except Fault as fault:
            from thidua.cli.session import stop

            stop(fault_sentence(fault))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's shape
        """All commands, in the order in which a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(
    cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="thidua", prog_name="thidua")
def main() -> None:
    """Thi Đua: luật thi đua, khen thưởng thành dữ liệu, có căn cứ từng điều, theo từng ngày.

    Gợi ý lệnh khi gõ phím Tab: eval "$(_THIDUA_COMPLETE=bash_source bin/thidua)"
    """
    if not sys.stdout.isatty() and os.environ.get("PYTHONIOENCODING") is None:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8")
