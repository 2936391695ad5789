"""An installation of its own for the demonstration: SQLite in its folder, tables, organisation."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from thidua.support.clock import now
from thidua.support.roles import ROLES

# Known to all: the demonstration holds invented people and listens on this machine only.
PASSWORD = "thi-dua-trinh-dien"  # noqa: S105
SETTINGS = "thidua.config.settings.demo"
FULL = 3000


def install(folder: Path, people: int) -> None:
    """Make the tables and, the first time, the organisation of about `people` people.

    Says what it does on the error stream, with the seconds since it began.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["THIDUA_DATA_DIR"] = str(folder.resolve())
    os.environ.pop("THIDUA_DATABASE_URL", None)
    began = time.monotonic()

    def say(what: str, count: int) -> None:
        number = f"{count:,}".replace(",", ".")
        click.echo(f"{time.monotonic() - began:6.0f} giây  {number:>8} {what}", err=True)

    import django
    from django.core.management import call_command

    django.setup()
    from thidua.demo.building import Building, build
    from thidua.organizations.models import Unit

    click.echo("Đang dựng tổ chức trình diễn", err=True)
    call_command("migrate", verbosity=0)
    if Unit.objects.exists():
        say("đơn vị đã có từ lần trước", Unit.objects.count())
        return
    build(Building(at=now(), say=say, password=PASSWORD, scale=people / FULL))


def show_logins() -> None:
    """Each role, with the address that logs in as it."""
    from thidua.demo.careers import read

    click.echo("\nĐăng nhập vào tổ chức trình diễn (mật khẩu chung: " + PASSWORD + ")")
    for one in read("organization.yaml")["logins"]:
        click.echo(f"  {one['email']:34} {ROLES[one['role']].label}, {one['unit']}")
    sys.stdout.flush()
