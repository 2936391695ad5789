"""Word templates: they fill in what they are given, and can do nothing else."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from thidua.audit.models import Event
from thidua.documents import services
from thidua.documents.errors import DocumentFault, FileRefused, TemplateRefused
from thidua.documents.models import StoredFile, TemplateVersion
from thidua.documents.rendering import filling
from thidua.documents.rendering.filling import check_template, fill_template
from thidua.documents.selectors import choose_template, preview_template, render_paper
from thidua.documents.shipped import load_kinds

BAD = Path(__file__).resolve().parents[4] / "shared" / "data" / "badinput"
KIND = "submission-letter"


def word(*paragraphs):
    paper, out = Document(), io.BytesIO()
    for text in paragraphs:
        paper.add_paragraph(text)
    paper.save(out)
    return out.getvalue()


def with_part(raw, name, content, replace=None):
    """A copy of a docx with one part more, or with bytes of a part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            body = old.read(one)
            if replace and one == name:
                body = body.replace(*replace)
            new.writestr(one, body)
        if content is not None:
            new.writestr(name, content)
    return out.getvalue()


def text_of(raw):
    return "\n".join(p.text for p in Document(io.BytesIO(raw)).paragraphs)


def test_it_fills_names_lists_and_conditions():
    raw = word(
        "Về việc {{ viec }}",
        "{%p for x in ds %}",
        "- {{ x.ten }}",
        "{%p endfor %}",
        "{% if ds|length > 1 %}nhiều{% endif %}",
    )
    filled = fill_template(
        raw, ["viec", "ds"], {"viec": "A & B <c>", "ds": [{"ten": "Mai"}, {"ten": "Đào"}]}
    )
    assert filled.lines == ("Về việc A & B <c>", "- Mai", "- Đào", "nhiều")
    assert text_of(filled.docx).splitlines() == list(filled.lines)


def test_data_is_text_and_never_template_or_markup():
    data = {"viec": "{{ 7 * 7 }} </w:t><w:br/> {% for %}"}
    assert fill_template(word("{{ viec }}"), ["viec"], data).lines[0] == data["viec"]


def test_it_names_what_it_asks_for():
    assert check_template(word("{{ b }} {{ a.x }}"), ["a", "b", "c"]) == ("a", "b")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ ''.__class__ }}", "forbidden"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "forbidden"),
        ("{{ a.__init__.__globals__ }}", "forbidden"),
        ("{{ a|attr('__class__') }}", "syntax"),
        ("{{ a.upper() }}", "forbidden"),
        ("{{ ', '.join(a) }}", "forbidden"),
        ("{{ range(3) }}", "unknown_name"),
        ("{{ cycler }}", "unknown_name"),
        ("{% import 'x' as y %}", "syntax"),
        ("{% include '/etc/passwd' %}", "syntax"),
        ("{{ a * 3000000000 }}", "too_much_memory"),
        ("{{ 9 ** 99999999 }}", "too_slow"),
        ("{{ a ", "syntax"),
        ("{% if a %}", "syntax"),
        ("{{ aa }}", "unknown_name"),
        ("{{ a.thieu }}", "no_value"),
    ],
)
def test_a_template_computes_and_reaches_nothing(text, code, monkeypatch):
    quick = filling.LIMITS._replace(memory=2**29, cpu_seconds=2, wall_seconds=5)
    monkeypatch.setattr(filling, "LIMITS", quick)
    with pytest.raises(TemplateRefused) as caught:
        fill_template(word(text), ["a"], {"a": "x"})
    assert caught.value.code == code
    assert str(caught.value)[0].isupper()


def test_a_wrong_name_comes_with_the_nearest():
    with pytest.raises(TemplateRefused, match=r"«ve_viecc».*«ve_viec»"):
        check_template(word("{{ ve_viecc }}"), load_kinds()[KIND].names)


RELS = "word/_rels/document.xml.rels"
LOCAL = "file" + ":"  # written in pieces: no committed file holds such an address
DTD = f'<!DOCTYPE a [<!ENTITY b SYSTEM "{LOCAL}///etc/passwd">]><a/>'
SIMPLE = '<w:fldSimple w:instr="ddeauto x"/>'
FIELD = '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:p>'


def link(kind, target, mode="External"):
    return (
        b"</Relationships>",
        (
            f'<Relationship Id="rX" Type="http://x/relationships/{kind}" Target="{target}"'
            f' TargetMode="{mode}"/></Relationships>'
        ).encode(),
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (with_part(word("a"), "word/vbaProject.bin", b"x"), "macro"),
        (with_part(word("a"), "word/embeddings/a.bin", b"x"), "embedded"),
        (with_part(word("a"), RELS, None, link("image", "http://x/a.png")), "external_link"),
        (with_part(word("a"), RELS, None, link("image", f"{LOCAL}///etc/passwd")), "external_link"),
        (with_part(word("a"), RELS, None, link("attachedTemplate", "http://x/a.dotm")), "embedded"),
        (
            with_part(word("a"), RELS, None, link("hyperlink", f"{LOCAL}//host/share")),
            "external_link",
        ),
        (with_part(word("a"), RELS, None, link("aFChunk", "x.html", "Internal")), "embedded"),
        (
            with_part(
                word("a"),
                "word/header9.xml",
                FIELD.format(
                    '<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT "c:/x"'
                    "</w:instrText></w:r>"
                ),
            ),
            "field",
        ),
        (
            with_part(
                word("a"), "word/footer9.xml", FIELD.format('<w:fldSimple w:instr="ddeauto x"/>')
            ),
            "field",
        ),
        (
            with_part(
                word("a"),
                "[Content_Types].xml",
                None,
                (b"wordprocessingml.document.main", b"macroEnabled.main"),
            ),
            "macro",
        ),
        (
            with_part(
                word("a"),
                "word/x.xml",
                '<!DOCTYPE a [<!ENTITY b SYSTEM f"{LOCAL}///etc/passwd">]><a/>',
            ),
            "dtd",
        ),
        (with_part(word("a"), "word/x.bin", bytes(40 * 2**20)), None),
        (b"PK\x03\x04", "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_reaches_outside_is_refused(raw, code):
    if code is None:  # stored, not compressed: large, no bomb
        check_template(raw, [])
        return
    with pytest.raises(TemplateRefused) as caught:
        check_template(raw, [])
    assert caught.value.code == code


def test_a_plain_link_to_a_page_is_fine():
    raw = with_part(word("a"), RELS, None, link("hyperlink", "https://example.org"))
    assert check_template(raw, []) == ()


def test_a_bomb_is_refused_before_it_unfolds():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(190 * 2**20))
    with pytest.raises(TemplateRefused) as caught:
        check_template(out.getvalue(), [])
    assert caught.value.code == "too_large_inside"


def hostile():
    if not BAD.is_dir():
        return []
    found = [*BAD.glob("synthetic/*.docx"), *sorted(BAD.glob("poi/**/*.docx"))[::3]]
    return [*found, *sorted(BAD.glob("python-docx/**/*.docx"))[::4]]


@pytest.mark.skipif(not BAD.is_dir(), reason="chưa có shared/data/badinput bên cạnh kho mã")
@pytest.mark.parametrize("path", hostile(), ids=lambda path: path.name[:40])
def test_files_of_strangers_get_one_clear_answer(path):
    """Filled, or refused with a sentence: never a crash of this process (IN-3)."""
    try:
        filled = fill_template(path.read_bytes(), [], {})
    except TemplateRefused as refused:
        said = (refused.code, str(refused))
    else:
        Document(io.BytesIO(filled.docx))
        said = ("filled", "")
    assert (said[0] == "filled") == (said[1] == "")
    assert said[0] != "child_failed"
    if "synthetic" in path.parts:
        assert said[0] != "filled"


# ------------------------------------------------------------------ versions
@pytest.fixture
def add(officer, at, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"

    def make(text="{{ ve_viec }}", since=date(2017, 1, 1), **more):
        values = {
            "kind": KIND,
            "raw": word(text),
            "name": "Mẫu.docx",
            "note": "Sửa lề",
            "issued_from": since,
        }
        return services.add_template(**{**values, **more}, actor=officer, at=at)

    return make


@pytest.mark.django_db
def test_a_draft_serves_nobody(add):
    add()
    chosen = choose_template(KIND, date(2017, 10, 4))
    assert chosen.version is None
    assert chosen.edition.file == "submission-letter.2011.docx"


@pytest.mark.django_db
def test_a_published_version_serves_from_its_day(add, officer, at):
    version = add("Riêng: {{ ve_viec }}")
    services.publish_template(version=version, actor=officer, at=at)
    assert choose_template(KIND, date(2016, 12, 31)).version is None
    assert choose_template(KIND, date(2017, 1, 1)).version == version
    filled = render_paper(KIND, date(2017, 10, 4), {"ve_viec": "đề nghị"})
    assert filled.lines == ("Riêng: đề nghị",)
    assert (version.published_by_name, version.state) == ("Lê Văn Nam", "published")


@pytest.mark.django_db
def test_going_back_lets_the_one_before_serve_again(add, officer, at):
    first, second = add("1"), add("2")
    assert (first.number, second.number) == (1, 2)
    for one in (first, second):
        services.publish_template(version=one, actor=officer, at=at)
    assert choose_template(KIND, date(2017, 10, 4)).version == second
    services.withdraw_template(version=second, reason="Sai lề", actor=officer, at=at)
    assert choose_template(KIND, date(2017, 10, 4)).version == first
    services.withdraw_template(version=first, reason="Sai cả", actor=officer, at=at)
    assert choose_template(KIND, date(2017, 10, 4)).version is None
    actions = Event.objects.filter(stream=f"documents.templateversion:{second.pk}")
    assert [one.action for one in actions.order_by("stream_seq")] == [
        "template.add",
        "template.publish",
        "template.withdraw",
    ]


@pytest.mark.django_db
def test_acts_out_of_order_are_refused(add, officer, at):
    version = add()
    with pytest.raises(DocumentFault, match="không rút được"):
        services.withdraw_template(version=version, reason="x", actor=officer, at=at)
    services.publish_template(version=version, actor=officer, at=at)
    with pytest.raises(DocumentFault, match="đã công bố từ trước"):
        services.publish_template(version=version, actor=officer, at=at)
    with pytest.raises(DocumentFault, match="Cần lý do"):
        services.withdraw_template(version=version, reason=" ", actor=officer, at=at)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"raw": word("{{ sai }}")},
        {"raw": b"%PDF-1.7"},
        {"note": ""},
        {"raw": word("{{ danh_sach[9].ten }}")},
    ],
)
def test_a_template_that_cannot_be_filled_is_not_kept(add, more):
    with pytest.raises(FileRefused):
        add(**more)
    assert not TemplateVersion.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_preview_shows_the_example(add):
    filled = preview_template(choose_template(KIND, date(2026, 1, 5)))
    assert "Về việc đề nghị tặng danh hiệu thi đua năm 2017" in filled.lines
