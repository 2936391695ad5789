"""A command that was typed wrongly, said in Vietnamese: what is wrong and where to look."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import click

PROGRAM = "bin/thidua"


def command_of(path: str) -> str:
    """A command path as it is typed in the folder of the project, whatever started the process."""
    return " ".join([PROGRAM, *path.split()[1:]])


def usage_sentence(error: click.ClickException) -> str:
    """One line for an error of click's own; the words of our own parameters stay as they are.

    What is not about how the command was typed (a folder that is taken) says its own words alone.
    """
    if not isinstance(error, click.UsageError):
        return error.message
    reason = _reason(error)
    if not reason.endswith((".", "?", "!")):
        reason += "."
    where = f" Xem cách dùng: {command_of(error.ctx.command_path)} --help" if error.ctx else ""
    return f"Lệnh chưa đúng: {reason}{where}"


def _reason(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f" Có phải {error.possibilities[0]}?" if error.possibilities else ""
        return f"không có tùy chọn {error.option_name}.{near}"
    if isinstance(error, click.BadOptionUsage):
        if "does not take" in error.message:
            return f"tùy chọn {error.option_name} không nhận giá trị."
        return f"tùy chọn {error.option_name} cần một giá trị."
    if isinstance(error, click.MissingParameter):
        return f"thiếu {_name(error)}."
    if isinstance(error, click.BadParameter):
        return f"{_name(error)}: {_bad_value(error)}"
    if error.message.startswith("No such command"):
        nearest = getattr(error, "possibilities", None)
        name = error.message.removeprefix("No such command ").rstrip(".").strip("'")
        return f"không có lệnh {name}." + (f" Có phải {nearest[0]}?" if nearest else "")
    if error.message.startswith("Got unexpected extra argument"):
        return f"thừa tham số {error.message.partition('(')[2].partition(')')[0]}."
    return error.message


def _bad_value(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"chọn một trong: {', '.join(map(str, kind.choices))}."
    if kind is click.INT or isinstance(kind, click.IntRange):
        return "cần một số nguyên trong khoảng cho phép."
    return error.message


def _name(error: click.BadParameter) -> str:
    """What the user typed, as named by click or by our own check of several options together."""
    words = error.param_hint or ""
    if not words and isinstance(error.param, click.Option):
        words = max(error.param.opts, key=len)
    elif not words and error.param is not None:
        words = error.param.human_readable_name or ""
    if not isinstance(words, str):
        words = ", ".join(words)
    return f"{'tùy chọn' if words.startswith('-') else 'tham số'} {words}".rstrip()


class Formatter(click.HelpFormatter):
    """Help pages whose headings and standing lines are Vietnamese too."""

    _SAID: ClassVar = {
        "Options": "Tùy chọn",
        "Commands": "Lệnh",
        "Show the version and exit.": "Xem phiên bản.",
        "Show this message and exit.": "Xem hướng dẫn này.",
    }

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """«Cách dùng: …»."""
        said = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]...", "LỆNH …")
        super().write_usage(command_of(prog), said, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """A heading in Vietnamese."""
        super().write_heading(self._SAID.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Options with their marks in Vietnamese."""
        said = [
            (
                name.replace(" PATH", " TỆP")
                .replace(" TEXT", " CHỮ")
                .replace(" INTEGER RANGE", " SỐ")
                .replace(" INTEGER", " SỐ"),
                self._SAID.get(text, text)
                .replace("[required]", "[bắt buộc]")
                .replace("[default: ", "[mặc định: "),
            )
            for name, text in rows
        ]
        super().write_dl(said, col_max, col_spacing)
