"""`thidua run`, `migrate`, `manage`: the installation as one tree of child processes."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import NoReturn

import click

from thidua.cli.children import Child, environment, keep, manage, run_to_end

_local = click.option(
    "--local", is_flag=True, help="Chỉ dùng trên máy này: không cần tên miền, khóa tự tạo."
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nghe.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng nghe."
)
@click.option(
    "--web-workers",
    type=click.IntRange(1, 64),
    default=2,
    show_default=True,
    help="Tiến trình web.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Tiến trình làm việc nền dài; luôn có thêm một cho việc ngắn.",
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=0,
    show_default=True,
    help="MiB bộ nhớ nhiều nhất của một tiến trình việc nền (0: không hạn chế).",
)
@click.option(
    "--grace",
    type=click.IntRange(1, 600),
    default=25,
    show_default=True,
    help="Số giây chờ khi dừng.",
)
@_local
def run(
    host: str, port: int, web_workers: int, workers: int, memory: int, grace: int, *, local: bool
) -> None:
    """Chạy hệ thống: web, việc nền và lịch chạy, trong một cây tiến trình; Ctrl C dừng tất cả."""
    env = environment(local=local)
    refuse_taken_port(host, port)
    _refuse_unready(env, local=local)
    work = ["work", "--memory", str(memory)]
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host),
        *("--port", str(port), "--workers", str(web_workers), "--no-ws", "--log-level", "error"),
        *("--backpressure", "64", "--blocking-threads", "8"),
        *("--workers-kill-timeout", "10", "--respawn-failed-workers"),
        "thidua.config.wsgi:application",
    ]
    children = [
        Child("Web", web, env),
        Child("Lịch chạy", manage("schedule"), env),
        Child("Việc ngắn", manage(*work, "--quick"), env),
        *(Child(f"Việc nền {number + 1}", manage(*work), env) for number in range(workers)),
    ]
    keep(children, grace=grace, tell=_teller(host, port))
    click.echo("Đã dừng.")


@click.command()
@_local
def migrate(*, local: bool) -> None:
    """Cập nhật cấu trúc CSDL theo bản cài đặt này; chạy lại được nếu bị ngắt giữa chừng."""
    sys.exit(run_to_end(manage("migrate"), environment(local=local)))


@click.command(context_settings={"ignore_unknown_options": True})
@_local
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage_command(words: tuple[str, ...], *, local: bool) -> None:
    """Chạy một lệnh quản trị của Django, ví dụ: thidua manage check --deploy"""
    sys.exit(run_to_end(manage(*words), environment(local=local)))


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)


def refuse_taken_port(host: str, port: int, command: str = "thidua run") -> None:
    """Raises ClickException, naming `command` with another port, where somebody listens already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            other = port + 1 if port < 65535 else port - 1
            _refuse(
                f"Không nghe được ở {host}:{port} ({error.strerror}). Chọn cổng khác, ví dụ: "
                f"{command} --port {other}"
            )


def _refuse_unready(env: Mapping[str, str], *, local: bool) -> None:
    """Settings are whole, the database is up to date, static files are collected."""
    option = " --local" if local else ""
    done = _quietly(manage("migrate", "--check"), env)
    if "ImproperlyConfigured" in done.stderr:
        _refuse(done.stderr.strip().rpartition("ImproperlyConfigured: ")[2])
    if done.returncode == 1 and not done.stderr.strip():
        _refuse(
            f"CSDL chưa theo kịp bản cài đặt này. Sao lưu CSDL rồi chạy: thidua migrate{option}"
        )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        _refuse(f"Chưa dùng được CSDL: {last}")
    done = _quietly(manage("collectstatic", "--noinput", "-v", "0"), env)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        _refuse(f"Không ghi được tệp tĩnh: {last}")


def _quietly(command: list[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def _teller(host: str, port: int) -> Callable[[], bool]:
    reached = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - read, not bound
    address = f"http://{f'[{reached}]' if ':' in reached else reached}:{port}"

    def tell() -> bool:
        try:
            urllib.request.urlopen(f"{address}/health", timeout=2).close()  # noqa: S310 - http
        except urllib.error.HTTPError as error:
            if error.code == 503:
                return False
        except OSError:
            return False
        click.echo(f"Thi Đua đang chạy ở {address} (Ctrl C để dừng)")
        return True

    return tell
