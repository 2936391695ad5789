"""What a clerk types wrongly is answered in Vietnamese, with status 2; so is every help page."""

import re

import click
import pytest
from click.testing import CliRunner

from documented import ROOT
from thidua.cli.main import main

FACTS = str(ROOT / "docs/examples/nguyen-thi-minh.yaml")
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Try|required|default)\b"
    r"|\b(Missing|Invalid|No such|PATH|TEXT|INTEGER)\b"
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["law", "shw"], "không có lệnh shw. Có phải show? Xem cách dùng: bin/thidua law --help"),
        (["zzz"], "không có lệnh zzz. Xem cách dùng: bin/thidua --help"),
        (["law", "show"], "thiếu tham số AWARD"),
        (["law", "show", "nope", "--on", "2025-01-01"], "Không có danh hiệu hay hình thức «nope»"),
        (["law", "show", "advanced-worker", "--on", "2025-13-01"], "không có trong lịch"),
        (["law", "show", "advanced-worker", "--on"], "tùy chọn --on cần một giá trị"),
        (["law", "show", "advanced-worker", "more", "--on", "2025-01-01"], "thừa tham số more"),
        (["check", "--zz"], "không có tùy chọn --zz. Xem cách dùng: bin/thidua check --help"),
        (["check", FACTS, "--json=1"], "tùy chọn --json không nhận giá trị."),
        (["check", FACTS, "--period", "x"], "tùy chọn --period: «x» không phải giai đoạn."),
        (["check", FACTS, "--provisional", " "], "tùy chọn --provisional: Cần tên"),
        (
            ["check", FACTS, "--on", "2025-01-31", "--received", "2025-02-28"],
            "tùy chọn --received: Ngày nhận hồ sơ (28/02/2025) sau ngày quyết định (31/01/2025).",
        ),
        (["bonus", "advanced-worker", "--on", "2025-08-01", "--count", "x"], "cần một số nguyên"),
        (["facts", "--schema", "--check", FACTS], "chỉ dùng một trong --schema, --check; mỗi lần"),
        (
            ["facts", "--schema", "--example", "person", "--check", FACTS],
            "chỉ dùng một trong --schema, --example, --check; mỗi lần một việc.",
        ),
        (["law", "get", "nothing", "--on", "2025-01-01"], "chọn một trong"),
    ],
)
def test_a_wrong_command_is_answered_in_vietnamese(words, said):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert said in result.output
    assert result.output.startswith("Lệnh chưa đúng: ")
    assert "tùy chọn tham số" not in result.output
    assert re.search(r"[^.?!] Xem cách dùng", result.output) is None, result.output
    assert ENGLISH.search(result.output) is None, result.output


def test_a_folder_that_is_taken_is_no_wrongly_typed_command(tmp_path):
    (tmp_path / "của tôi.txt").write_text("giữ lại", encoding="utf-8")
    result = CliRunner().invoke(main, ["law", "site", "-o", str(tmp_path)])
    assert result.exit_code == 2
    assert result.output == (
        f"{tmp_path}: thư mục đã có nội dung khác. Chọn thư mục trống hoặc thư mục trang luật cũ.\n"
    )


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
    assert result.output.startswith(" ".join(["Cách dùng: bin/thidua", *path]))
    assert ENGLISH.search(result.output) is None, result.output
