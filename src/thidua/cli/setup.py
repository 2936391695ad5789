"""`thidua setup`: asks what a fresh installation must know, and starts the child that writes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import click

from thidua.cli.children import environment, manage


@click.command()
@click.option("--name", prompt="Tên cơ quan", help="Tên đầy đủ của cơ quan.")
@click.option("--short-name", prompt="Tên viết tắt", default="", help="Tên viết tắt.")
@click.option("--code", prompt="Mã cơ quan (ngắn, không dấu)", help="Mã, ví dụ BTTTT.")
@click.option("--kind", default="co-quan", show_default=True, help="Mã loại cơ quan.")
@click.option(
    "--site-url", prompt="Địa chỉ trang (https://…)", default="", help="Địa chỉ trong thư gửi đi."
)
@click.option("--full-name", prompt="Họ và tên người quản trị", help="Người quản trị đầu tiên.")
@click.option("--email", prompt="Địa chỉ thư của người quản trị", help="Tên đăng nhập.")
@click.option("--mail-host", default="", help="Máy chủ thư; có thể đặt sau trên màn hình.")
@click.option("--mail-port", type=click.IntRange(1, 65535), default=587, show_default=True)
@click.option(
    "--mail-security",
    type=click.Choice(["starttls", "tls", "none"]),
    default="starttls",
    show_default=True,
)
@click.option("--mail-username", default="", help="Tên đăng nhập máy chủ thư.")
@click.option("--mail-sender", default="", help="Địa chỉ gửi.")
@click.option(
    "--local", is_flag=True, help="Chỉ dùng trên máy này: không cần tên miền, khóa tự tạo."
)
def setup(  # noqa: PLR0913, PLR0917 - one parameter for each option
    name: str,
    short_name: str,
    code: str,
    kind: str,
    site_url: str,
    full_name: str,
    email: str,
    mail_host: str,
    mail_port: int,
    mail_security: str,
    mail_username: str,
    mail_sender: str,
    *,
    local: bool,
) -> None:
    """Thiết lập lần đầu: cơ quan, người quản trị, máy chủ thư. Hỏi những gì chưa nói.

    Mật khẩu được hỏi, hoặc đọc từ biến THIDUA_SETUP_PASSWORD và THIDUA_SETUP_MAIL_PASSWORD.
    """
    env = environment(local=local)
    migrated = subprocess.run(manage("migrate", "-v", "0"), env=env, check=False)
    if migrated.returncode:
        sys.exit(migrated.returncode)
    said: dict[str, dict[str, object]] = {
        "organisation": {
            "name": name,
            "short_name": short_name,
            "code": code,
            "kind": kind,
            "site_url": site_url,
        },
        "administrator": {
            "full_name": full_name,
            "email": email,
            "password": _password("THIDUA_SETUP_PASSWORD", "Mật khẩu", twice=True),
        },
        "mail": {},
    }
    if mail_host:
        said["mail"] = {
            "host": mail_host,
            "port": mail_port,
            "security": mail_security,
            "username": mail_username,
            "sender_address": mail_sender or email,
            "password": _password("THIDUA_SETUP_MAIL_PASSWORD", "Mật khẩu máy chủ thư")
            if mail_username
            else "",
        }
    done = subprocess.run(manage("set_up"), env=env, input=json.dumps(said), text=True, check=False)
    sys.exit(done.returncode)


def _password(variable: str, words: str, *, twice: bool = False) -> str:
    kept = os.environ.get(variable)
    if kept is not None:
        return kept
    typed: str = click.prompt(
        words, hide_input=True, confirmation_prompt="Gõ lại" if twice else False
    )
    return typed
