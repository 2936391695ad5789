"""`thidua`: the commands. None of them imports Django; `demo` starts a child for what does."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from lawbook import fault_sentence
from lawengine.reading import Fault
from thidua.cli.usage import Formatter, usage_sentence

# All contexts of this process write help with it; click has no door for a whole program.
click.Context.formatter_class = Formatter

_COMMANDS = {
    "check": ("thidua.cli.check", "check"),
    "law": ("thidua.cli.law", "law"),
    "bonus": ("thidua.cli.bonus", "bonus"),
    "screen": ("thidua.cli.screen", "screen"),
    "facts": ("thidua.cli.facts", "facts"),
    "demo": ("thidua.cli.demo", "demo"),
    "setup": ("thidua.cli.setup", "setup"),
    "run": ("thidua.cli.run", "run"),
    "migrate": ("thidua.cli.run", "migrate"),
    "manage": ("thidua.cli.run", "manage_command"),
    "audit": ("thidua.cli.audit", "audit"),
}


class Lazy(click.Group):
    """A group that imports a command only when it is called, so that each starts in a blink."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; what cannot be read or understood ends with one Vietnamese line and status 2."""
        try:
            sys.exit(super().main(*args, **{**kwargs, "standalone_mode": False}) or 0)
        except Fault as fault:
            from thidua.cli.session import stop

            stop(fault_sentence(fault))
        except click.Abort:
            click.echo("Đã dừng.", err=True)
            sys.exit(1)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            click.echo(usage_sentence(error), err=True)
            sys.exit(error.exit_code)

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
