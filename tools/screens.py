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
PAGES = 6


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""


def take_screens(site: Path, address: str) -> None:
    # The front page and the first pages of each folder: enough to see a changed look.
    pages = [site / "index.html"]
    for folder in sorted({page.parent for page in site.rglob("*.html")} - {site}):
        pages += sorted(folder.glob("*.html"))[:2]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        for page in pages[:PAGES]:
            path = page.relative_to(site)
            for name, width in WIDTHS.items():
                tab = browser.new_page(viewport={"width": width, "height": 900})
                tab.goto(f"{address}/{path.as_posix()}", wait_until="networkidle")
                target = SCREENS / f"{'-'.join(path.with_suffix('').parts)}-{name}.png"
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
        take_screens(Path(folder), f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


if __name__ == "__main__":
    main()
