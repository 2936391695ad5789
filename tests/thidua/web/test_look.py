"""The vendored libraries and the theme work in a real browser under a strict policy."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Kiểm tra giao diện</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="vendor/fonts.css">
<link rel="stylesheet" href="vendor/bootstrap.min.css">
<link rel="stylesheet" href="theme.css"></head>
<body><main class="container"><h1>Chiến sĩ thi đua cơ sở</h1>
<p>Đủ điều kiện: Nguyễn Thị Ước, <span class="td-num" id="few">1111</span>,
<span class="td-num" id="many">4444</span></p>
<button class="btn btn-primary" type="button">
<svg class="td-ico" aria-hidden="true"><use href="vendor/icons.svg#i-check"></use></svg>
Xét</button>
</main></body></html>
"""


class StrictHandler(SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def do_GET(self):
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
            return
        if self.path != "/":
            super().do_GET()
            return
        content = PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def address(repository):
    folder = repository / "src/thidua/web/static/thidua"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints(page):
    """What the browser complains of: blocked styles, missing files, errors of scripts."""
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("requestfailed", lambda request: heard.append(f"failed: {request.url}"))
    page.on(
        "response",
        lambda answer: (
            answer.status >= 400
            and not answer.url.endswith("favicon.ico")
            and heard.append(f"{answer.status}: {answer.url}")
        ),
    )
    return heard


def test_the_look_works_under_a_strict_policy(page, address, complaints):
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family).sort()"
    )
    assert {name.strip("\"'") for name in loaded} == {"Be Vietnam Pro", "TD Digits"}

    # Columns of numbers stand straight: four ones are as wide as four fours.
    few, many = (page.locator(f"#{name}").bounding_box()["width"] for name in ("few", "many"))
    assert few == pytest.approx(many, abs=0.5)

    icon = page.locator("svg.td-ico use")
    assert icon.evaluate("use => use.getBBox().width") > 5
    button = page.locator("button")
    assert button.evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(37, 69, 127)"
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_look_is_accessible(page, address, theme):
    page.emulate_media(reduced_motion="reduce")  # else colours are measured half way
    page.goto(address, wait_until="networkidle")
    page.evaluate(f"document.documentElement.dataset.bsTheme = '{theme}'")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
