"""The copies of libraries that pages use are the ones that were fetched, and they are shipped."""

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def static(repository):
    return repository / "src/thidua/web/static/thidua"


def test_vendored_files_have_the_listed_sums(static):
    vendor = static / "vendor"
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (vendor / "SHA256SUMS").read_text("utf-8").splitlines()
    )
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert found == listed
    assert "bootstrap.min.css" in found


def test_every_library_has_its_licence(static):
    licences = {
        path.name.split(".")[1]: path.read_text("utf-8")
        for path in (static / "vendor").glob("LICENSE.*.txt")
    }
    assert set(licences) == {"bootstrap", "be-vietnam-pro", "inter", "lucide"}
    assert "MIT" in licences["bootstrap"]
    assert "SIL Open Font License" in licences["be-vietnam-pro"]
    assert "SIL Open Font License" in licences["inter"]
    assert "ISC" in licences["lucide"]


def test_style_sheets_fetch_nothing_from_outside(static):
    for path in static.rglob("*.css"):
        text = path.read_text("utf-8")
        assert "sourceMappingURL" not in text, path
        for address in re.findall(r"url\(([^)]*)\)", text):
            inside = address.strip("\"'")
            if inside.startswith(("data:", "#")):
                continue
            assert (path.parent / inside).is_file(), f"{path.name}: {inside}"
        assert not re.search(r"@import\s", text), path


def test_the_sprite_holds_icons_with_a_prefix(static):
    sprite = (static / "vendor/icons.svg").read_text("utf-8")
    names = re.findall(r'<symbol id="([^"]+)"', sprite)
    assert len(names) == len(set(names)) > 50
    assert all(name.startswith("i-") for name in names)


def test_the_wheel_ships_the_book_and_the_assets(repository, tmp_path):
    source = tmp_path / "source"
    shutil.copytree(
        repository / "src", source / "src", ignore=shutil.ignore_patterns("*.egg-info", "*.pyc")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(repository / name, source)
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"),
            *("--no-build-isolation", "--wheel-dir", tmp_path, source),
        ],
        check=True,
        capture_output=True,
    )
    names = set(zipfile.ZipFile(next(tmp_path.glob("thidua-*.whl"))).namelist())
    missing = [
        path.relative_to(repository / "src").as_posix()
        for pattern in (
            "lawbook/**/*.yaml",
            "lawbook/**/*.md",
            "lawengine/**/*.json",
            "thidua/**/*.yaml",
            "thidua/**/*.docx",
            "thidua/**/static/**/*",
            "thidua/**/templates/**/*",
            "thidua/**/guide/*.md",
            "*/py.typed",
            "**/*.py",
        )
        for path in (repository / "src").glob(pattern)
        if path.is_file() and path.relative_to(repository / "src").as_posix() not in names
    ]
    assert missing == []
