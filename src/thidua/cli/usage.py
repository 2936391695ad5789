"""A command that was typed wrongly, said in Vietnamese: what is wrong and where to look."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import click


def usage_sentence(error: click.ClickException) -> str:
    """One line for an error of click's own; the words of our own parameters stay as they are."""
    where = ""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        where = f" Xem cách dùng: {error.ctx.command_path} --help"
    return f"Lệnh chưa đúng: {_reason(error)}{where}"


def _reason(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f" Có phải {error.possibilities[0]}?" if error.possibilities else ""
        return f"không có tùy chọn {error.option_name}.{near}"
    if isinstance(error, click.BadOptionUsage):
        return f"tùy chọn {error.option_name} cần một giá trị."
    if isinstance(error, click.MissingParameter):
        return f"thiếu {_name(error.param)}."
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)}: {_bad_value(error)}"
    if error.message.startswith("No such command"):
        return f"không có lệnh {error.message.removeprefix('No such command ')}"
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


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "tham số"
    if isinstance(param, click.Option):
        return f"tùy chọn {max(param.opts, key=len)}"
    return f"tham số {param.human_readable_name}"


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
        super().write_usage(prog, said, prefix or "Cách dùng: ")

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
