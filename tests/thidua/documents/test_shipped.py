"""The templates that come with the product look as the book of the law says for their dates."""

import io
import re
from datetime import date

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from lawbook import load_book
from thidua.documents.rendering.filling import fill_template
from thidua.documents.shipped import load_kinds

EDITIONS = [
    pytest.param(kind, edition, id=edition.file)
    for kind in load_kinds().values()
    for edition in kind.editions
]
BEFORE = date(2020, 3, 4)


def day_of(edition):
    return edition.issued_from or BEFORE


def said(edition, element):
    rows = load_book().tables["document_format"].on(day_of(edition))
    return next((row.text("style") for row in rows if row.text("element") == element), None)


def between(millimetres, text):
    low, high = map(int, re.search(r"(\d+)-(\d+)", text).groups())
    return low <= round(millimetres) <= high


@pytest.mark.parametrize(("kind", "edition"), EDITIONS)
def test_the_example_fills_every_field(kind, edition):
    filled = fill_template(edition.read(), kind.names, kind.sample)
    text = "\n".join(filled.lines)
    assert "{{" not in text
    for field in kind.fields:
        if isinstance(field.sample, str):
            assert field.sample.lower() in text.lower(), field.name
    assert "Trần Thị Mai" in text


@pytest.mark.parametrize(("kind", "edition"), EDITIONS)
def test_paper_font_and_margins_are_those_of_the_law(kind, edition):
    paper = Document(io.BytesIO(edition.read()))
    section = paper.sections[0]
    assert "A4" in said(edition, "paper")
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    normal = paper.styles["Normal"].font
    if margins := said(edition, "margins"):
        top, left, right = re.search(r"dưới (\S+); trái (\S+); phải (\S+)", margins).groups()
        assert between(section.top_margin.mm, top)
        assert between(section.bottom_margin.mm, top)
        assert between(section.left_margin.mm, left)
        assert between(section.right_margin.mm, right)
        assert normal.name in said(edition, "font")
    else:
        assert "chưa đối chiếu" in edition.note
    if body := said(edition, "body"):
        assert between(normal.size.pt, body)


@pytest.mark.parametrize(("kind", "edition"), EDITIONS)
def test_page_numbers_stand_where_the_law_wants_them(kind, edition):
    section = Document(io.BytesIO(edition.read())).sections[0]
    rule = said(edition, "page_number")
    if "giữa lề trên" in rule:
        place, align = section.header, ALIGN.CENTER
        assert section.different_first_page_header_footer
        assert "PAGE" not in section.first_page_header._element.xml
    else:
        assert rule.startswith("cuối trang, bên phải")
        place, align = section.footer, ALIGN.RIGHT
    assert "PAGE" in place._element.xml
    assert place.paragraphs[0].alignment == align
    assert between(place.paragraphs[0].runs[0].font.size.pt, rule)


@pytest.mark.parametrize(("kind", "edition"), EDITIONS)
def test_the_head_is_written_as_the_law_wants(kind, edition):
    if edition.issued_from is None:
        pytest.skip("Thông tư 01/2011/TT-BNV: phần này chưa có trong lawbook/formats")
    head = Document(io.BytesIO(edition.read())).tables[0]
    runs = {
        run.text: run
        for row in head.rows
        for cell in row.cells
        for p in cell.paragraphs
        for run in p.runs
    }
    name, motto = runs["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], runs["Độc lập - Tự do - Hạnh phúc"]
    assert between(name.font.size.pt, said(edition, "national_name"))
    assert between(motto.font.size.pt, said(edition, "motto"))
    assert name.bold
    assert motto.bold
    assert motto.underline
    assert runs["{{ co_quan }}"].bold
    assert not runs["{{ co_quan_chu_quan }}"].bold


@pytest.mark.parametrize("kind", load_kinds().values(), ids=lambda kind: kind.code)
def test_editions_cover_every_day_newest_first(kind):
    starts = [one.issued_from for one in kind.editions]
    assert starts[-1] is None
    assert starts[:-1] == sorted(starts[:-1], reverse=True)
    assert kind.edition_on(date(1990, 1, 1)) == kind.editions[-1]
    assert kind.edition_on(BEFORE) == kind.editions[-1]
    assert kind.edition_on(date(2020, 3, 5)) == kind.editions[0]


def test_abbreviations_are_those_of_the_book():
    rows = load_book().tables["document_type_abbreviations"].on(date(2020, 3, 5))
    known = {row.text("abbreviation") for row in rows} | {""}
    assert {kind.abbreviation for kind in load_kinds().values()} <= known
