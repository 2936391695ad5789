"""`thidua audit …`: starts the application, which stands above the command line, as a child."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from thidua.cli.children import environment, manage, run_to_end

_PATH = click.Path(path_type=Path)
_EXTERNAL = click.option(
    "--external",
    type=_PATH,
    metavar="THƯ-MỤC",
    help="Thư mục các bản ngoài (*.txt) và khóa công khai (*.pub).",
)


def _start(*words: str | Path) -> None:
    env = click.get_current_context().obj
    sys.exit(run_to_end(manage("audit", *map(str, words)), env))


@click.group()
@click.option(
    "--local", is_flag=True, help="Chỉ dùng trên máy này: không cần tên miền, khóa tự tạo."
)
@click.pass_context
def audit(context: click.Context, *, local: bool) -> None:
    """Nhật ký chống sửa: kiểm tra, khóa ký, điểm kiểm, kỳ, mã in trên giấy."""
    context.obj = environment(local=local)


@audit.command()
@_EXTERNAL
@click.option(
    "--since", type=_PATH, metavar="TỆP", help="Chỉ xem kỹ từ sau điểm kiểm này; trước đó qua cây."
)
@click.option("--json", "is_json", is_flag=True, help="Kết quả cho phần mềm khác đọc.")
def verify(external: Path | None, since: Path | None, *, is_json: bool) -> None:
    """Kiểm tra toàn bộ: chuỗi, cây, chữ ký, bản ngoài, và dữ liệu so với nhật ký.

    Trả về 0: nguyên vẹn; 1: có chỗ sai (nêu số đầu tiên và đối tượng); 2: không kiểm tra được.
    """
    words: list[str | Path] = ["verify"]
    words += ["--external", external] if external else []
    words += ["--since", since] if since else []
    _start(*words, *(["--json"] if is_json else []))


@audit.command()
def sequence() -> None:
    """Xếp sự kiện đang chờ vào thứ tự chung, ký điểm kiểm, gửi bản ngoài."""
    _start("sequence")


@audit.command()
def checkpoint() -> None:
    """In điểm kiểm mới nhất."""
    _start("checkpoint")


@audit.command("init-key")
@click.option(
    "--name",
    required=True,
    metavar="TÊN",
    help="Tên đứng trong mọi điểm kiểm, ví dụ thidua.bo.gov.vn.",
)
def init_key(name: str) -> None:
    """Tạo khóa ký. Khóa đã có không bao giờ bị ghi đè."""
    _start("init-key", "--name", name)


@audit.command("new-epoch")
@click.option("--reason", required=True, metavar="LÝ-DO", help="Vì sao khép kỳ; ghi lại vĩnh viễn.")
@_EXTERNAL
def new_epoch(reason: str, external: Path | None) -> None:
    """Khép kỳ nhật ký đang mở cùng mọi chỗ sai của nó, mở kỳ mới. Xem docs/operate/audit.md."""
    words: list[str | Path] = ["--external", external] if external else []
    _start("new-epoch", "--reason", reason, *words)


@audit.command()
@click.argument("code", metavar="MÃ")
def code(code: str) -> None:
    """Tra mã 12 ký tự in trên quyết định, biên bản."""
    _start("code", code)
