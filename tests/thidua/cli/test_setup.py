"""`thidua setup`: a fresh folder becomes a working organisation from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
THIDUA = Path(sys.executable).with_name("thidua")
SAID = [
    *("--name", "Bộ Ví dụ", "--short-name", "Bộ VD", "--code", "BVD"),
    *("--site-url", "https://thidua.bo.example", "--full-name", "Trần Văn Lý"),
    *("--email", "ly@bo.example", "--mail-host", "smtp.bo.example"),
]


def run(folder, *words, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("THIDUA_", "DJANGO_"))}
    return subprocess.run(
        [THIDUA, *words],
        env={**kept, "THIDUA_DATA_DIR": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
        input="",
    )


def test_a_fresh_folder_becomes_an_organisation_once(tmp_path):
    secret = "chim-en-bay-qua-cau-rong"
    weak = run(tmp_path, "setup", "--local", *SAID, THIDUA_SETUP_PASSWORD="thidua123")
    assert weak.returncode == 1
    assert "Traceback" not in weak.stderr
    done = run(tmp_path, "setup", "--local", *SAID, THIDUA_SETUP_PASSWORD=secret)
    assert done.returncode == 0, done.stderr
    assert "Đăng nhập bằng ly@bo.example" in done.stdout
    asked = "import json; from thidua.organizations.selectors import get_root_name; "
    asked += "from thidua.outbox.selectors import get_server; s = get_server(); "
    asked += "print(json.dumps([get_root_name(), s.host, s.sender_address, s.is_on]))"
    read = run(tmp_path, "manage", "--local", "shell", "-v", "0", "-c", asked)
    assert json.loads(read.stdout) == ["Bộ Ví dụ", "smtp.bo.example", "ly@bo.example", True]
    again = run(tmp_path, "setup", "--local", *SAID, THIDUA_SETUP_PASSWORD=secret)
    assert again.returncode == 1
    assert "đã được thiết lập từ trước" in again.stderr
