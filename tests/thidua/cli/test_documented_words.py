"""docs/cli.md names every option of every command, and the words of every verdict as they are said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from documented import ROOT
from thidua.cli.main import main
from thidua.screening.sheets.results import GROUP_SHEETS, VERDICTS

PAGE = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^:\n]+).*\n((?:(?!^## ).*\n?)*)", PAGE, re.MULTILINE))


def leaves(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from leaves(found, (*path, name))
    else:
        yield path, command


@pytest.mark.parametrize(
    ("path", "command"),
    list(leaves(main)),
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_every_option_is_documented(path, command):
    section = "".join(text for title, text in SECTIONS.items() if path[0] in title.split(", "))
    assert section, f"docs/cli.md has no section on {path[0]}"
    said = set(re.findall(r"`(-[-a-z]+)[^`]*`", section))
    if path[0] == "law":
        assert f"`{' '.join(path)}" in section
    options = [
        option
        for one in command.params
        if isinstance(one, click.Option)
        for option in (*one.opts, *one.secondary_opts)
        if option not in ("-h", "--help")
    ]
    assert set(options) <= said


def table() -> set[tuple[str, str, str, str]]:
    """check's word, JSON's, the group and the column of `screen`, as the page says them."""
    found = set()
    for line in SECTIONS["Bốn câu trả lời"].splitlines():
        cells = [one.strip(" `") for one in line.strip("|").split("|")]
        if len(cells) == 5 and cells[1] in VERDICTS:
            found.add((cells[0], cells[1], cells[2], cells[3]))
    return found


def test_every_group_has_its_row_in_the_words_of_the_result_workbook():
    rows = table()
    assert {group for _, _, group, _ in rows} == {one.lower() for one in GROUP_SHEETS.values()}
    assert all(VERDICTS[verdict] == column for _, verdict, _, column in rows)


@pytest.mark.parametrize(
    "dates", [("--year", "2025", "--on", "2026-03-10"), ("--year", "2026", "--on", "2027-01-15")]
)
def test_screen_and_check_say_what_the_table_says(dates):
    """The same verdict under its name in `screen`, and each word as `check` prints it."""
    examples = ROOT / "docs/examples"
    words = [
        "screen",
        str(examples / "danh-sach.xlsx"),
        "--history",
        str(examples / "so-du-kien.xlsx"),
    ]
    result = CliRunner().invoke(main, [*words, *dates, "--json"])
    assert result.exit_code == 0, result.output
    known = {(verdict, group) for _, verdict, group, _ in table()}
    for one in json.loads(result.output)["verdicts"]:
        assert (one["verdict"], GROUP_SHEETS[one["group"]].lower()) in known
    facts = str(examples / "nguyen-thi-minh.yaml")
    spoken = {(verdict, word) for word, verdict, _, _ in table()}
    dates = ("--received", dates[-1], *dates)
    found = CliRunner().invoke(main, ["check", facts, *dates, "--json"])
    shown = CliRunner().invoke(main, ["check", facts, *dates]).output
    verdicts = {one["verdict"] for one in json.loads(found.output)["verdicts"]}
    assert verdicts
    for verdict, word in spoken:
        assert (f"  {word} " in shown) == (verdict in verdicts), word
