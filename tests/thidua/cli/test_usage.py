"""What a clerk types wrongly is answered in Vietnamese, with status 2; so is every help page."""

import re

import click
import pytest
from click.testing import CliRunner

from thidua.cli.main import main

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Try|required|default)\b"
    r"|\b(Missing|Invalid|No such|PATH|TEXT|INTEGER)\b"
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shw"], "không có lệnh 'shw'"),
        (["law", "show"], "thiếu tham số AWARD"),
        (["law", "show", "nope", "--on", "2025-01-01"], "Không có danh hiệu hay hình thức «nope»"),
        (["law", "show", "advanced-worker", "--on", "2025-13-01"], "không có trong lịch"),
        (["law", "show", "advanced-worker", "--on"], "tùy chọn --on cần một giá trị"),
        (["law", "show", "advanced-worker", "more", "--on", "2025-01-01"], "thừa tham số more"),
        (["check", "--zz"], "không có tùy chọn --zz"),
        (["bonus", "advanced-worker", "--on", "2025-08-01", "--count", "x"], "cần một số nguyên"),
        (["law", "get", "nothing", "--on", "2025-01-01"], "chọn một trong"),
    ],
)
def test_a_wrong_command_is_answered_in_vietnamese(words, said):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert said in result.output
    assert ENGLISH.search(result.output) is None, result.output


def commands(command, path=()):
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


@pytest.mark.parametrize("path", list(commands(main)), ids=" ".join)
def test_every_help_page_is_vietnamese(path):
    result = CliRunner().invoke(main, [*path, "--help"])
    assert result.exit_code == 0
    assert "Cách dùng:" in result.output
    assert ENGLISH.search(result.output) is None, result.output
