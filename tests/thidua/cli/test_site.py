"""The law site: complete, sound links, whole or nothing, and good in a real browser."""

import errno
import re
import threading
import unicodedata
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe

from lawbook import load_book, make_wording
from lawengine.describe import describe
from lawengine.differences import standings
from lawengine.reading import read_file
from thidua.cli.site import FolderTaken, SiteNotWritten, build_site
from thidua.cli.site import build as building
from thidua.cli.site.pages import Site

LANDING = ["index.html", "awards/grassroots-emulation-fighter.html", "coverage.html"]
MORE = [
    "awards/labour-order-third-class.html",
    "help.html",
    "instruments.html",
    "readings.html",
    "regimes.html",
    "tables/index.html",
]


@pytest.fixture(scope="module")
def book():
    return load_book()


@pytest.fixture(scope="module")
def site(tmp_path_factory, book):
    folder = tmp_path_factory.mktemp("site") / "luat"
    report = build_site(book, folder)
    assert report.pages == len(list(folder.rglob("*.html")))
    return folder


class Reader(HTMLParser):
    """What a page links to, its ids, its text, and what a strict policy would block."""

    def __init__(self):
        super().__init__()
        self.links, self.ids, self.words, self.forbidden = [], [], [], []
        self.headings, self.language = [], ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("href", "src"):
            if found.get(name):
                self.links.append((tag, found[name]))
        if "style" in found or tag == "style" or (tag == "script" and "src" not in found):
            self.forbidden.append((tag, found))
        self.forbidden += [(tag, name) for name in found if name.startswith("on")]

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.words))


@pytest.fixture(scope="module")
def pages(site):
    found = {}
    for file in sorted(site.rglob("*.html")):
        reader = Reader()
        reader.feed(file.read_text(encoding="utf-8"))
        found[file.relative_to(site).as_posix()] = reader
    return found


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def test_every_award_has_its_page(book, pages):
    for award in book.vocabulary.awards.values():
        page = pages[f"awards/{award.id}.html"]
        assert award.vi in page.text
        assert ("a", f"awards/{award.id}.html") in pages["index.html"].links


def test_every_internal_link_leads_somewhere(site, pages):
    lost = []
    for path, page in pages.items():
        for tag, link in page.links:
            if link.startswith(("https://", "http://")):
                assert tag == "a", f"{path} fetches {link}"
                continue
            assert not link.startswith(("/", "//")), f"{path}: {link} is not relative"
            target, fragment = urldefrag(urljoin(path, unquote(link)))
            if not (site / target).is_file() or (
                fragment and target in pages and fragment not in pages[target].ids
            ):
                lost.append(f"{path}: {link}")
    assert lost == []


def test_every_leaf_stands_with_citation_source_and_confidence(book, site):
    wording = make_wording(book)
    marks = building.words()["marks"]
    for (award, subject), standard in book.standards.items():
        html = (site / f"awards/{award}.html").read_text(encoding="utf-8")
        for version in standard.versions:
            start = version.in_force.start
            identity = f'id="{subject}-{start.isoformat() if start else "start"}"'
            assert identity in html
            section = html.split(identity, 1)[1].split('<details class="law-version"', 1)[0]
            section = section.split('<section class="law-versions"', 1)[0]
            leaves = re.findall(r'<li class="law-leaf">.*?</li>', section, re.DOTALL)
            said = []
            for one in leaves:
                reader = Reader()
                reader.feed(one)
                said.append((plain(reader.text), reader.links))
            if version.not_encoded:
                reader = Reader()
                reader.feed(section)
                assert plain(version.not_encoded) in plain(reader.text)
            for standing in standings(version):
                leaf = standing.leaf
                needed = [
                    plain(leaf.vi),
                    plain(describe(leaf.condition, wording)),
                    marks[leaf.confidence]["vi"],
                    *(wording.citation(cite, book.instruments) for cite in leaf.cites),
                    *leaf.source,
                    plain(leaf.note),
                ]
                assert any(all(word in text for word in needed) for text, _ in said), (
                    f"{award}/{subject} {version.in_force} {leaf.id}"
                )


def test_every_worked_case_is_shown(book, site):
    cases = building.read_cases(building.FOLDER / "cases", book)
    shown = {
        f"{award.id}:{one}"
        for award in book.vocabulary.awards.values()
        for one in re.findall(
            r'id="ca-([^"]+)"', (site / f"awards/{award.id}.html").read_text(encoding="utf-8")
        )
    }
    assert {f"{one.award}:{one.subject}-{one.id}" for one in cases} <= shown


def test_every_row_of_every_table_is_shown(book, pages):
    for table in book.tables.values():
        text = plain(pages[f"tables/{table.id}.html"].text)
        for row in table.rows:
            assert plain(row.not_encoded or row.vi) in text
            for award in row.awards[:1]:
                assert book.vocabulary.award_label(award) in text


def test_every_article_is_shown_with_its_state(book, tmp_path):
    file = tmp_path / "coverage.yaml"
    file.write_text(
        """coverage:
- {instrument: law-06-2022-qh15, article: "23", state: encoded, where: [advanced-worker, đâu đó]}
- {instrument: law-06-2022-qh15, article: "39-41", state: text_not_seen, note: chưa thấy}
- {instrument: decree-91-2017, article: "10", state: human_judgement}
""",
        encoding="utf-8",
    )
    site = Site(book, make_wording(book), building.words(), [], read_file(file))
    law, decree = site.covered()
    assert (law.name, decree.counts) == ("Luật 06/2022/QH15", {"human_judgement": 1})
    first, second = law.articles
    assert first.where == (("awards/advanced-worker.html", "Lao động tiên tiến"), ("", "đâu đó"))
    assert (second.place, second.state, second.note) == ("Điều 39–41", "text_not_seen", "chưa thấy")


def test_the_page_of_coverage_lists_every_row_of_the_book(site):
    file = building.FOLDER / "coverage.yaml"
    rows = list(read_file(file).child("coverage").items()) if file.exists() else []
    html = (site / "coverage.html").read_text(encoding="utf-8")
    assert html.count('<li><span class="law-dates">') == len(rows)
    assert rows or "chưa kèm" in html


def test_coverage_never_shows_the_name_of_a_file(pages):
    assert not re.search(r"[a-z]+\.yaml|\bformats\b|\bauthority\b", pages["coverage.html"].text)


def test_pages_keep_the_strict_policy_and_their_language(pages):
    for path, page in pages.items():
        assert page.forbidden == [], path
        assert page.language == "vi"
        assert page.headings.count(1) == 1
        assert len(page.ids) == len(set(page.ids)), path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(later - before <= 1 for before, later in steps), path


def test_text_is_composed(site):
    for file in site.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), file.name


def test_an_older_site_is_replaced_whole(tmp_path, book):
    folder = tmp_path / "luat"
    build_site(book, folder, cases=[])
    (folder / "cu.html").write_text("cũ")
    build_site(book, folder, cases=[])
    assert not (folder / "cu.html").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["luat"]


def test_an_empty_folder_is_taken_another_is_not(tmp_path, book):
    (tmp_path / "trong").mkdir()
    build_site(book, tmp_path / "trong", cases=[])
    other = tmp_path / "khac"
    other.mkdir()
    (other / "bao-cao.txt").write_text("giữ lại")
    with pytest.raises(FolderTaken, match="nội dung khác"):
        build_site(book, other, cases=[])
    assert [one.name for one in other.iterdir()] == ["bao-cao.txt"]


def test_a_failure_leaves_nothing_half_written(tmp_path, book, monkeypatch):
    folder = tmp_path / "luat"
    build_site(book, folder, cases=[])
    before = sorted(one.name for one in folder.rglob("*"))

    def fail(_folder):
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(building, "write_assets", fail)
    with pytest.raises(SiteNotWritten, match="ổ đĩa đã đầy"):
        build_site(book, folder, cases=[])
    with pytest.raises(SiteNotWritten, match="ổ đĩa đã đầy"):
        build_site(book, tmp_path / "moi", cases=[])
    assert sorted(one.name for one in folder.rglob("*")) == before
    assert [one.name for one in tmp_path.iterdir()] == ["luat"]


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path, book):
    (tmp_path / "tep").write_text("")
    with pytest.raises(SiteNotWritten) as refused:
        build_site(book, tmp_path / "tep" / "luat", cases=[])
    assert refused.value.message.endswith(
        "không ghi được: đường dẫn đi qua một tệp. Kiểm tra lại đường dẫn."
    )
    assert refused.value.exit_code == 2
    with pytest.raises(FolderTaken):
        build_site(book, tmp_path / "tep", cases=[])


def test_the_same_book_makes_the_same_pages(tmp_path, book):
    build_site(book, tmp_path / "a", cases=[])
    build_site(book, tmp_path / "b", cases=[])
    for file in (tmp_path / "a").rglob("*"):
        if file.is_file():
            twin = tmp_path / "b" / file.relative_to(tmp_path / "a")
            assert twin.read_bytes() == file.read_bytes()


# ------------------------------------------------------------------------------ browser


class StrictHandler(SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints(page, address):
    """What the browser complains of, and what it asks of anybody else."""
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: request.url.startswith(address) or heard.append(f"asks {request.url}"),
    )
    page.on(
        "response",
        lambda answer: answer.status >= 400 and heard.append(f"{answer.status}: {answer.url}"),
    )
    return heard


def visit(page, url, width, scheme="light"):
    page.emulate_media(reduced_motion="reduce", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url, wait_until="networkidle")


def overflow(page):
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", LANDING)
def test_pages_are_accessible(page, address, complaints, path, width, scheme):
    visit(page, f"{address}/{path}", width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert overflow(page) <= 0
    assert complaints == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(244, 244, 241)" if scheme == "light" else "rgb(18, 20, 25)")


@pytest.mark.browser
@pytest.mark.parametrize("path", MORE)
def test_other_pages_fit_a_phone(page, address, complaints, path):
    visit(page, f"{address}/{path}", 390)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert overflow(page) <= 0
    visit(page, f"{address}/{path}", 320)
    assert overflow(page) <= 0
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("typed", ["CSTĐCS", "chien si thi dua co so", "Chiến sỹ thi đua cơ sở"])
def test_the_list_is_filtered_with_and_without_diacritics(page, address, typed):
    visit(page, f"{address}/index.html", 1280)
    page.get_by_label("Tìm trong danh mục").fill(typed)
    shown = page.locator("[data-award]:visible a.law-name").all_inner_texts()
    assert "Chiến sĩ thi đua cơ sở" in shown
    assert len(shown) < 5
    page.get_by_label("Tìm trong danh mục").fill("xyz")
    assert page.get_by_text("Không có danh hiệu nào khớp").is_visible()


@pytest.mark.browser
def test_everything_is_there_without_scripts(browser, site, book):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("[data-award]:visible").count() == len(book.vocabulary.awards)
    assert not page.get_by_label("Tìm trong danh mục").is_visible()
    page.goto((site / "awards/grassroots-emulation-fighter.html").as_uri())
    folded = page.locator("details.law-version:not([open])").first
    folded.locator("summary").first.click()
    assert folded.count() == 0 or page.locator("details.law-version[open]").count() > 1
    context.close()


@pytest.mark.browser
def test_the_keyboard_reaches_everything(page, address):
    visit(page, f"{address}/awards/grassroots-emulation-fighter.html", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Chuyển tới nội dung chính"
    wanted = page.locator("a[href]:visible, summary:visible, button:visible").count()
    reached = set()
    for _ in range(wanted + 5):
        place = page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none"
        if place in reached:
            break
        reached.add(place)
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
    assert len(reached) >= wanted


@pytest.mark.browser
def test_a_link_into_a_folded_part_opens_it(page, address, site):
    path = "awards/grassroots-emulation-fighter.html"
    html = (site / path).read_text(encoding="utf-8")
    folded = re.findall(r'<details class="law-version" id="([^"]+)">', html)[0]
    visit(page, f"{address}/{path}#{folded}", 1280)
    assert page.locator(f"[id='{folded}']").get_attribute("open") is not None


@pytest.mark.browser
def test_paper_shows_every_part(page, address):
    visit(page, f"{address}/awards/grassroots-emulation-fighter.html", 1280)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.emulate_media(media="print")
    assert not page.locator(".td-pnav").is_visible()
    assert page.locator(".law-leaf .td-mark").first.is_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details:not([open])").count() > 0


def test_the_site_knows_no_framework():
    code = Path(building.__file__).parent
    for file in code.glob("*.py"):
        assert "django" not in file.read_text(encoding="utf-8").lower(), file.name
