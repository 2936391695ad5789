"""Writes the site: first beside its place, then moved there whole."""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click
import yaml

from lawbook import FOLDER, make_wording
from lawengine.book import Book
from lawengine.cases import Case, read_cases
from lawengine.reading import read_file
from thidua.cli.output import reason_of
from thidua.cli.site.look import environment, with_icons, words, write_assets
from thidua.cli.site.pages import Page, Site

MARK = "book.json"


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was written. differing: worked cases that the book answers otherwise than written."""

    pages: int
    awards: int
    cases: int
    differing: int


class SiteNotWritten(click.ClickException):
    """The site could not be written; what was there is as it was. The command ends with 2."""

    exit_code = 2

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")

    def show(self, file: IO[Any] | None = None) -> None:
        """One line, without click's English heading."""
        click.echo(self.message, file=file, err=file is None)


class FolderTaken(SiteNotWritten):
    """The folder holds something that is not a law site: nothing there is touched."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder,
            "thư mục đã có nội dung khác. Chọn thư mục trống hoặc thư mục trang luật cũ.",
        )


def build_site(book: Book, folder: Path, cases: Iterable[Case] | None = None) -> SiteReport:
    """Write the whole book as static pages into a folder; an older site there is replaced.

    cases: the worked cases to show; by default those of the book. The pages are written into a
    folder beside it and moved when complete, so a failure leaves what was there. Raises
    `FolderTaken` where the folder holds other things, `SiteNotWritten` where the disk refuses,
    and the faults of the cases.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or not _ours(folder)):
        raise FolderTaken(folder)
    site = Site(
        book,
        make_wording(book),
        {**words(), "aliases": _aliases()},
        read_cases(FOLDER / "cases", book) if cases is None else cases,
        read_file(FOLDER / "coverage.yaml") if (FOLDER / "coverage.yaml").exists() else None,
    )
    try:
        count = _write_whole(site, folder)
    except OSError as error:
        raise SiteNotWritten(folder, f"không ghi được: {reason_of(error)}.") from error
    return SiteReport(
        count,
        len(book.vocabulary.awards),
        len(site.results),
        sum(1 for one in site.results if one.differs),
    )


def _write_whole(site: Site, folder: Path) -> int:
    """Write beside the folder, then put the whole in its place."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        count = _write(site, made)
        made.chmod(0o755)
        _move(made, folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return count


def _ours(folder: Path) -> bool:
    return (folder / MARK).is_file() or not any(folder.iterdir())


def _aliases() -> dict[str, list[str]]:
    """Other spellings of the awards, for the filter of the front page."""
    file = FOLDER / "aliases.yaml"
    found = yaml.safe_load(file.read_text(encoding="utf-8"))["awards"] if file.exists() else {}
    return {award: list(one.get("spellings", ())) for award, one in found.items()}


def _write(site: Site, folder: Path) -> int:
    templates = environment()
    templates.globals.update(site.helpers())
    count = 0
    for page in site.pages():
        target = folder / page.path
        target.parent.mkdir(exist_ok=True)
        target.write_text(_html(templates, page), encoding="utf-8")
        count += 1
    assets = folder / "assets"
    assets.mkdir()
    write_assets(assets)
    about: dict[str, Any] = {"book": site.book.digest, "pages": count}
    (folder / MARK).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return count


def _html(templates: Any, page: Page) -> str:
    root = "../" * page.path.count("/")
    html = templates.get_template(page.template).render(root=root, here=page.path, **page.context)
    return unicodedata.normalize("NFC", with_icons(html))


def _move(made: Path, folder: Path) -> None:
    """Put the new folder in place of the old one; put the old one back if that fails."""
    if not folder.exists():
        made.rename(folder)
        return
    old = made.with_name(made.name + ".old")
    folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old)
