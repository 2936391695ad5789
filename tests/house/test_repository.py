"""What may not stand in any committed file, and what must."""

import re
import subprocess
import tomllib
import unicodedata

import pytest

# Written in pieces, so that this file does not find itself.
INDEX_OPTIONS = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "fil" + "e:/"]
INDEX_HOSTS = [
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
    "deb.debian" + ".org",
    "conda.ana" + "conda.org",
]
FORBIDDEN = INDEX_OPTIONS + INDEX_HOSTS
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home/\w+|work|Users/\w+)/")


def find_forbidden(text: str) -> list[str]:
    return [word for word in FORBIDDEN if word in text] + MACHINE_PATH.findall(text)


@pytest.fixture(scope="module")
def committed(repository):
    """Path → text of every text file that git would commit."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=True,
    ).stdout.decode()
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = repository / name
        if not path.is_file():  # taken away, not committed yet
            continue
        try:
            texts[name] = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a font, a workbook
    assert "pyproject.toml" in texts
    return texts


def test_no_package_index_and_no_path_of_one_machine(committed):
    found = {
        name: words
        for name, text in committed.items()
        if "/vendor/" not in name and (words := find_forbidden(text))
    }
    assert found == {}


@pytest.mark.parametrize("word", [*FORBIDDEN, "/ho" + "me/an/x", "/wo" + "rk/x"])
def test_a_planted_index_or_path_is_caught(word):
    assert find_forbidden(f"see {word} for more")


def test_every_requirement_is_pinned_and_hashed(repository):
    files = sorted((repository / "requirements").glob("*.txt"))
    assert [file.name for file in files] == ["base.txt", "bench.txt", "build.txt", "test.txt"]
    for file in files:
        # A requirement runs over the lines that its backslashes join.
        text = file.read_text("utf-8").replace("\\\n", " ")
        wanted = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
        assert wanted
        for line in wanted:
            assert re.match(r"^[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_requirements_are_made_from_pyproject(repository):
    """Every dependency that pyproject.toml asks for is pinned in the file of its group."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    groups = {"base": project["project"]["dependencies"], **project["dependency-groups"]}
    for group, wanted in groups.items():
        pinned = (repository / f"requirements/{group}.txt").read_text("utf-8").lower()
        for requirement in wanted:
            name = re.match(r"[\w.-]+", requirement)[0].lower()
            assert re.search(rf"^{re.escape(name)}==", pinned, re.MULTILINE), requirement


def test_every_dependency_says_why_it_is_there(repository):
    lines = (repository / "pyproject.toml").read_text("utf-8").splitlines()
    inside, commented, unexplained = False, False, []
    for line in lines:
        text = line.strip()
        if re.match(r"(dependencies|build|test|bench) = \[$", text):
            inside, commented = True, False
        elif text == "]":
            inside = False
        elif inside and text.startswith("#"):
            commented = True
        elif inside and not commented:
            unexplained.append(text)
    assert unexplained == []


def test_vietnamese_text_is_composed(committed):
    """NFC everywhere but in cases that are about decomposed text, which escape it."""
    assert [
        name for name, text in committed.items() if not unicodedata.is_normalized("NFC", text)
    ] == []


def test_ci_runs_the_command_of_the_readme(repository):
    assert "exec make test" in (repository / ".ci/run").read_text("utf-8")
    assert "make test" in (repository / "README.md").read_text("utf-8")


def test_make_help_names_every_target(repository):
    made = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    targets = {line.split()[1] for line in made.splitlines()}
    assert targets >= {
        *("help", "demo", "test", "check", "fmt", "bench", "nightly", "screens", "vendor"),
    }


def test_no_file_is_a_drawer_for_everything(committed):
    drawers = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}
    assert [name for name in committed if name.rpartition("/")[2] in drawers] == []
