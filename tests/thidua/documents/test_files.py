"""Files: what is taken in, under which name, and where facts say that they come from."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from thidua.audit.models import Event
from thidua.documents import services
from thidua.documents.errors import FileRefused
from thidua.documents.models import Location, StoredFile
from thidua.documents.selectors import find_damaged, find_orphans, get_file_for, read_content
from thidua.documents.services.checking import clean_name
from thidua.support.actor import ANONYMOUS, Actor, Grant, Role

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n..."


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def docx(*more):
    parts = [("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")]
    return zipped([*parts, *more])


@pytest.fixture
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def test_a_file_is_kept_as_it_came(root, clerk, at):
    file = services.store_file(raw=PDF, name="Biên bản họp.pdf", actor=clerk, at=at)
    file.refresh_from_db()
    assert (file.name, file.kind, file.size) == ("Biên bản họp.pdf", "pdf", len(PDF))
    assert (file.uploaded_by_id, file.uploaded_by_name) == (7, "Trần Thị Mai")
    assert read_content(file) == PDF
    path = root / file.content.name
    assert "Biên" not in str(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="URL"):
        file.content.url  # noqa: B018 - no address leads to a file


def test_its_event_holds_no_name_and_no_key_in_clear(root, clerk, at):
    file = services.store_file(raw=PDF, name="Kỷ luật ông X.pdf", actor=clerk, at=at)
    event = Event.objects.get(stream=f"documents.storedfile:{file.pk}")
    assert event.action == "file.store"
    assert "luật" not in event.payload.encode().decode("unicode_escape")
    assert file.key not in event.payload


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00\x03", "unknown_kind"),
        (b"\x7fELF\x02\x01\x01\x00", "unknown_kind"),
        (b"PK\x03\x04 cut", "damaged"),
        (zipped([("a.txt", "x")]), "unknown_kind"),
        (docx(("word/vbaProject.bin", b"\xd0\xcf")), "macro"),
        (docx(("../../etc/passwd", "x")), "unsafe_part"),
        (docx(("word/big.bin", bytes(40 * 2**20))), "too_large_inside"),
        (docx(("word/a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')), "dtd"),
        (docx(*((f"word/{n}", "") for n in range(5001))), "too_many_parts"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (PDF + bytes(2**20), "too_big"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_bad_file_is_refused_whole(root, clerk, at, raw, code):
    with pytest.raises(FileRefused) as caught:
        services.store_file(raw=raw, name="a.pdf", actor=clerk, at=at, most_bytes=2**20)
    assert caught.value.code == code
    assert str(caught.value)[0].isupper()
    assert not StoredFile.objects.exists()
    assert list(find_orphans()) == []


def test_two_parts_of_one_name_are_refused(root, clerk, at):
    with pytest.warns(UserWarning, match="Duplicate"):
        raw = docx(("word/document.xml", "<other/>"))
    with pytest.raises(FileRefused) as caught:
        services.store_file(raw=raw, name="a.docx", actor=clerk, at=at)
    assert caught.value.code == "duplicate_part"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (docx(), "docx"),
        (zipped([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>")]), "xlsx"),
        (zipped([("mimetype", "application/vnd.oasis.opendocument.text")]), "odt"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
        ("Họ tên;Đơn vị\n".encode(), "text"),
        ("Họ tên".encode("utf-16"), "text"),
    ],
)
def test_the_kind_is_read_from_the_content(root, clerk, at, raw, kind):
    assert services.store_file(raw=raw, name="a.exe", actor=clerk, at=at).kind == kind


def test_only_wanted_kinds_are_taken(root, clerk, at):
    with pytest.raises(FileRefused, match=r"\.docx"):
        services.store_file(raw=PDF, name="mau.docx", actor=clerk, at=at, kinds=("docx",))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\mai\Tờ trình.docx", "Tờ trình.docx"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("dòng\r\nmới.pdf", "dòngmới.pdf"),
        ("...", "tep"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("Bie\u0302n.pdf", "Biên.pdf"),
    ],
)
def test_names_are_safe_to_show(given, kept):
    assert clean_name(given) == kept


def test_who_may_fetch_a_file_by_itself(root, clerk, officer, at):
    file = services.store_file(raw=PDF, name="a.pdf", actor=clerk, at=at)
    other = Actor(9, "Khác", (Grant(Role.UNIT_CLERK, 2), Grant(Role.ADMINISTRATOR, 1)))
    assert get_file_for(clerk, file.key) == file
    for actor, key in (
        (other, file.key),
        (officer, file.key),
        (ANONYMOUS, file.key),
        (clerk, str(file.pk)),
    ):
        with pytest.raises(Http404):
            get_file_for(actor, key)


def test_a_failed_write_leaves_no_file(root, clerk, at):
    nobody = Actor(7, "x" * 300, clerk.grants)  # longer than the column: the row is refused
    try:
        with transaction.atomic():
            services.store_file(raw=PDF, name="a.pdf", actor=nobody, at=at)
    except Exception:  # noqa: BLE001 - SQLite does not check lengths
        assert list(find_orphans()) == []
    else:
        assert len(StoredFile.objects.all()) == 1


def test_a_rolled_back_act_leaves_an_orphan_that_is_named(root, clerk, at):
    with transaction.atomic():
        services.store_file(raw=PDF, name="a.pdf", actor=clerk, at=at)
        transaction.set_rollback(True)
    assert len(list(find_orphans())) == 1
    assert not StoredFile.objects.exists()


def test_bit_rot_is_named(root, clerk, at):
    _whole, rotten, gone = (
        services.store_file(raw=PDF + bytes([n + 65]), name=f"{n}.pdf", actor=clerk, at=at)
        for n in range(3)
    )
    path = Path(root / rotten.content.name)
    raw = bytearray(path.read_bytes())
    raw[3] ^= 1
    path.write_bytes(raw)
    (root / gone.content.name).unlink()
    assert list(find_damaged()) == [(rotten, "changed"), (gone, "gone")]


def test_a_fact_says_where_it_comes_from(root, clerk, at):
    file = services.store_file(raw=PDF, name="so.pdf", actor=clerk, at=at)
    place = services.create_location(actor=clerk, at=at, file=file, page=3)
    assert place.words == "so.pdf, trang 3"
    sheet = services.create_location(actor=clerk, at=at, file=file, sheet="2017", row=4, cell="C4")
    assert sheet.words == "so.pdf, trang tính «2017», ô C4"
    spoken = services.create_location(actor=clerk, at=at, note="Người kê khai cung cấp")
    assert spoken.words == "Người kê khai cung cấp"
    assert Event.objects.filter(action="location.create").count() == 3


def test_a_hundred_places_are_a_handful_of_statements(
    root, clerk, at, django_assert_max_num_queries
):
    file = services.store_file(raw=PDF, name="so.pdf", actor=clerk, at=at)
    rows = [Location(file=file, sheet="1", row=n) for n in range(1, 101)]
    with django_assert_max_num_queries(12):
        made = services.create_locations(locations=rows, actor=clerk, at=at)
    assert [one.row for one in made] == list(range(1, 101))


@pytest.mark.parametrize("where", [{}, {"page": 3}, {"note": "x", "page": 0}])
def test_a_place_that_says_nothing_is_refused(clerk, at, where):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.create_location(actor=clerk, at=at, **where)
