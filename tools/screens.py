"""Takes pictures of the law site on a desk and on a phone: `make screens` writes docs/screens/."""

import subprocess
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).parents[1]
SCREENS = REPOSITORY / "docs/screens"
WIDTHS = {"desk": 1280, "phone": 390}
HEIGHT = 1400
# Page, and the folded part to show (its id), if any.
PAGES = (
    ("index.html", ""),
    ("awards/grassroots-emulation-fighter.html", ""),
    ("awards/labour-order-third-class.html", "person-2017-10-01"),
    ("coverage.html", ""),
    ("help.html", ""),
    ("instruments.html", ""),
    ("readings.html", ""),
    ("regimes.html", ""),
    ("tables/dossiers.html", ""),
    ("tables/index.html", ""),
)


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""


def take_screens(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        for path, part in PAGES:
            for name, width in WIDTHS.items():
                tab = browser.new_page(viewport={"width": width, "height": HEIGHT})
                tab.goto(f"{address}/{path}#{part}".rstrip("#"), wait_until="networkidle")
                page = Path(path).with_suffix("")
                target = (
                    SCREENS / f"{'-'.join([*page.parts, *([part] if part else [])])}-{name}.png"
                )
                tab.screenshot(path=target)
                print(target.relative_to(REPOSITORY))
                tab.close()
        browser.close()


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([REPOSITORY / "bin/thidua", "law", "site", "-o", folder], check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take_screens(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


if __name__ == "__main__":
    main()
