"""Writes the Word templates that are shipped: `python tools/papers.py`.

Sizes, margins, font and the place of page numbers are those of the table `document_format` of
lawbook/formats; tests/thidua/documents/test_shipped.py compares them.
"""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

OUT = Path(__file__).parents[1] / "src/thidua/documents/shipped"
FONT = "Times New Roman"


def new_paper(year: int) -> DocumentObject:
    paper = Document()
    paper.core_properties.author = "Thi Đua"
    section = paper.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(14)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(0)
    if year == 2020:
        section.different_first_page_header_footer = True
        place, align = section.header.paragraphs[0], ALIGN.CENTER
    else:
        place, align = section.footer.paragraphs[0], ALIGN.RIGHT
    place.alignment = align
    add_page_number(place)
    return paper


def add_page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def say(paragraph: Paragraph, text: str, size: int = 14, **look: bool) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    for name, value in look.items():
        setattr(run, name, value)


def line(
    place: DocumentObject, text: str, size: int = 14, align: ALIGN = ALIGN.LEFT, **look: bool
) -> Paragraph:
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    say(paragraph, text, size, **look)
    return paragraph


def cell_line(
    cell: _Cell,
    text: str,
    size: int,
    *,
    first: bool = False,
    align: ALIGN = ALIGN.CENTER,
    **look: bool,
) -> None:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = align
    say(paragraph, text, size, **look)


def head(paper: DocumentObject, *, numbered: bool) -> None:
    table = paper.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    left.width, right.width = Cm(7), Cm(9.5)
    cell_line(left, "{{ co_quan_chu_quan }}", 13, first=True)
    cell_line(left, "{{ co_quan }}", 13, bold=True)
    cell_line(left, "\u00a0" * 16, 8, underline=True)
    cell_line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, first=True, bold=True)
    cell_line(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True, underline=True)
    if numbered:
        cell_line(left, "Số: {{ so_ky_hieu }}", 13)
        cell_line(right, "", 8)
        cell_line(right, "{{ dia_danh }}, {{ ngay_thang }}", 14, italic=True)
    paper.add_paragraph()


def body(paper: DocumentObject, text: str) -> None:
    paragraph = line(paper, text, 14, ALIGN.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_before = Pt(6)


def control(paper: DocumentObject, tag: str) -> None:
    paper.add_paragraph(tag)


def rows(
    paper: DocumentObject,
    heads: Sequence[str],
    widths: Sequence[float],
    name: str,
    cells: Sequence[str],
) -> None:
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell_line(cell, text, 13, first=True, bold=True)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # the head stands on each page
    table.add_row().cells[0].paragraphs[0].add_run(f"{{%tr for dong in {name} %}}")
    row = table.add_row()
    for cell, text in zip(row.cells, cells, strict=True):
        align = ALIGN.CENTER if text in ("stt", "tap_the", "ca_nhan") else ALIGN.LEFT
        cell_line(cell, f"{{{{ dong.{text} }}}}", 13, first=True, align=align)
    table.add_row().cells[0].paragraphs[0].add_run("{%tr endfor %}")
    for one in table.rows:
        for cell, width in zip(one.cells, widths, strict=True):
            cell.width = Cm(width)


def nominees(paper: DocumentObject) -> None:
    rows(
        paper,
        ("STT", "Họ và tên, tên tập thể", "Chức vụ", "Đơn vị", "Hình thức đề nghị"),
        (1.2, 4.6, 3, 3.7, 4),
        "danh_sach",
        ("stt", "ten", "chuc_vu", "don_vi", "hinh_thuc"),
    )


def submission_letter(year: int) -> DocumentObject:
    paper = new_paper(year)
    head(paper, numbered=True)
    line(paper, "TỜ TRÌNH", 14, ALIGN.CENTER, bold=True)
    line(paper, "{{ ve_viec }}", 14, ALIGN.CENTER, bold=True)
    line(paper, "\u00a0" * 20, 8, ALIGN.CENTER, underline=True)
    line(paper, "Kính gửi: {{ kinh_gui }}", 14, ALIGN.CENTER)
    control(paper, "{%p for mot in can_cu %}")
    body(paper, "{{ mot }};")
    control(paper, "{%p endfor %}")
    body(paper, "{{ co_quan }} trình {{ kinh_gui }} xem xét, quyết định khen thưởng như sau:")
    paper.add_paragraph()
    rows(
        paper,
        ("Danh hiệu, hình thức", "Tập thể", "Cá nhân"),
        (10.5, 3, 3),
        "so_luong",
        ("hinh_thuc", "tap_the", "ca_nhan"),
    )
    body(paper, "(Có danh sách kèm theo.)")
    body(paper, "Kính trình {{ kinh_gui }} xem xét, quyết định./.")
    paper.add_paragraph()
    table = paper.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    cell_line(left, "Nơi nhận:", 12, first=True, align=ALIGN.LEFT, bold=True, italic=True)
    for text in ("{%p for noi in noi_nhan %}", "- {{ noi }};", "{%p endfor %}", "- Lưu: VT."):
        cell_line(left, text, 11, align=ALIGN.LEFT)
    cell_line(right, "{%p if quyen_han_ky %}", 14, first=True)
    cell_line(right, "{{ quyen_han_ky }}", 14, bold=True)
    cell_line(right, "{%p endif %}", 14)
    cell_line(right, "{{ chuc_vu_ky }}", 14, bold=True)
    for _ in range(4):
        cell_line(right, "", 14)
    cell_line(right, "{{ nguoi_ky }}", 14, bold=True)
    paper.add_page_break()
    line(paper, "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", 14, ALIGN.CENTER, bold=True)
    line(paper, "(Kèm theo Tờ trình số {{ so_ky_hieu }})", 14, ALIGN.CENTER, italic=True)
    nominees(paper)
    return paper


def nominee_list(year: int) -> DocumentObject:
    paper = new_paper(year)
    head(paper, numbered=False)
    line(paper, "{{ ten_danh_sach | upper }}", 14, ALIGN.CENTER, bold=True)
    line(paper, "({{ kem_theo }})", 14, ALIGN.CENTER, italic=True)
    nominees(paper)
    line(paper, "Danh sách có {{ tong_so }} trường hợp.", 14)
    return paper


if __name__ == "__main__":
    for year in (2011, 2020):
        submission_letter(year).save(OUT / f"submission-letter.{year}.docx")
        nominee_list(year).save(OUT / f"nominee-list.{year}.docx")
