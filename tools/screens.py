"""Takes pictures of the law site and of the console: `make screens` writes docs/screens/.

The console shows the demonstration organisation, a tenth of it, in a database of its own.
"""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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


# Who opens which page of the console; the name of the picture is that of the page.
CONSOLE = (
    ("chuyenvien", "/", "home"),
    ("chuyenvien", "/chuc-nang/", "menu"),
    ("chuyenvien", "/tim/?q=minh", "search"),
    ("chuyenvien", "/huong-dan/home/", "guide"),
    ("chuyenvien", "/luat/danh-hieu/grassroots-emulation-fighter/?ngay=01/12/2024", "statute"),
    ("chuyenvien", "/nguoi/?sort=full_name", "people"),
    ("chuyenvien", "/nguoi/25/", "person"),
    ("chuyenvien", "/mau-van-ban/", "templates"),
    ("chuyenvien", "/lich-lam-viec/", "calendar"),
    ("quantri", "/tai-khoan-can-bo/", "users"),
    ("quantri", "/don-vi/", "units"),
)
DARK = ("home",)
PASSWORD = "chụp màn hình minh họa"  # noqa: S105 - of a database that is gone with the run
BUILD = """
import os
import django
django.setup()
from django.core.management import call_command
from thidua.demo.building import Building, build
from thidua.support.clock import now
call_command("migrate", verbosity=0)
build(Building(at=now(), say=lambda *_: None, password=os.environ["DEMO_PASSWORD"], scale=0.1))
"""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """Say nothing."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def take_law_site(address: str) -> None:
    with open_browser() as browser:
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


@contextmanager
def run_console(folder: str) -> Iterator[str]:
    """The console over a fresh demonstration, until the block ends; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "thidua.config.settings.dev",
        "THIDUA_DATA_DIR": folder,
        "THIDUA_SECOND_FACTOR": "0",
        "DEMO_PASSWORD": PASSWORD,
    }
    subprocess.run([sys.executable, "-c", BUILD], env=environment, check=True)
    command = ["-m", "thidua.config", "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [sys.executable, *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(address)


def take_console(address: str) -> None:
    with open_browser() as browser:
        for login in dict.fromkeys(who for who, _path, _name in CONSOLE):
            context = browser.new_context(viewport={"width": 1280, "height": HEIGHT})
            tab = context.new_page()
            tab.goto(f"{address}/tai-khoan/dang-nhap/")
            tab.locator("input[name=login]").fill(f"{login}@thidua.example")
            tab.locator("input[name=password]").fill(PASSWORD)
            tab.locator("main button[type=submit]").first.click()
            tab.wait_for_url(f"{address}/")
            for path, name in ((path, name) for who, path, name in CONSOLE if who == login):
                for scheme in ("light", "dark") if name in DARK else ("light",):
                    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    for size, width in WIDTHS.items():
                        tab.set_viewport_size({"width": width, "height": HEIGHT})
                        answer = tab.goto(f"{address}{path}", wait_until="networkidle")
                        if answer is None or answer.status != 200:
                            raise RuntimeError(f"{path}: {answer and answer.status}")
                        end = f"{size}-dark" if scheme == "dark" else size
                        target = SCREENS / f"console-{name}-{end}.png"
                        tab.screenshot(path=target)
                        print(target.relative_to(REPOSITORY))
            context.close()


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        run_console(folder) as address,
    ):
        take_console(address)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([REPOSITORY / "bin/thidua", "law", "site", "-o", folder], check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take_law_site(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


if __name__ == "__main__":
    main()
