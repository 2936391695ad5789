"""Refreshes the libraries that pages use: `make vendor`, by name, from the registry npm knows.

What is fetched is committed with its licences and a list of sums (SHA256SUMS); a test compares
them. Neither the demonstration nor the tests call npm.
"""

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

STATIC = Path(__file__).parents[1] / "src/thidua/web/static/thidua"
VENDOR = STATIC / "vendor"

FACES = [
    f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "latin-ext", "vietnamese")
    for weight in (400, 500, 600, 700)
]
# Package → {path inside it: name here}.
FILES = {
    "bootstrap@5.3.9": {
        "dist/css/bootstrap.min.css": "bootstrap.min.css",
        "LICENSE": "LICENSE.bootstrap.txt",
    },
    "@fontsource/be-vietnam-pro@5.3.0": {
        **{f"files/{face}": f"fonts/{face}" for face in FACES},
        "LICENSE": "LICENSE.be-vietnam-pro.txt",
    },
    "@fontsource/inter@5.3.0": {
        "files/inter-latin-400-normal.woff2": "fonts/td-digits-400.woff2",
        "files/inter-latin-600-normal.woff2": "fonts/td-digits-600.woff2",
        "LICENSE": "LICENSE.inter.txt",
    },
    "lucide-static@1.62.0": {"LICENSE": "LICENSE.lucide.txt"},
}
# The icons that pages use, by their names in lucide.
ICONS = """
activity alarm-clock archive arrow-left arrow-right arrow-up-right award badge badge-check ban
bell bell-ring book-check book-open book-x bookmark building-2 calendar calendar-clock
calendar-days chart-column check chevron-down chevron-left chevron-right chevron-up circle
circle-alert circle-check circle-dashed circle-help circle-minus circle-slash circle-x
clipboard-check clock copy corner-down-left database download ellipsis-vertical equal
external-link eye file-check-2 file-cog file-down file-input file-pen-line file-plus-2
file-signature file-spreadsheet file-text file-warning filter flag folder-open git-merge globe
hand hash history hourglass house id-card inbox info key-round keyboard landmark languages link
list list-checks loader lock lock-keyhole log-out mail mail-check mail-x medal megaphone menu
message-circle-question-mark messages-square minus monitor moon network pen-line pencil-line play
plug plus power printer quote refresh-cw rocket rows-3 scale search search-check search-x send
settings share-2 shield-check sparkles stamp star sun sun-moon trash-2 triangle-alert undo-2
upload user-check user-cog user-plus user-round user-round-search user-x users users-round
volume-2 vote wand-sparkles wifi-off x zap
""".split()  # noqa: SIM905 - a hundred words read better without quotes

# Which letters each file holds, as the packages' own style sheets say.
RANGES = {
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,"
    "U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,"
    "U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,"
    "U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
# Be Vietnam Pro has no tabular figures: columns of numbers take their digits from another face.
DIGITS = "U+30-39,U+2C,U+2E,U+25,U+2B,U+2212"


def fetch(package: str, into: Path) -> tarfile.TarFile:
    """The package as npm packs it."""
    done = subprocess.run(
        ["npm", "pack", "--silent", package],  # noqa: S607 - npm is found where it is installed
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    )
    packed = (into / done.stdout.split()[-1]).read_bytes()
    return tarfile.open(fileobj=io.BytesIO(packed))


def read(archive: tarfile.TarFile, path: str) -> bytes:
    member = archive.extractfile(f"package/{path}")
    if member is None:
        raise FileNotFoundError(path)
    return member.read()


def write(name: str, content: bytes) -> None:
    path = VENDOR / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def without_source_map(css: bytes) -> bytes:
    """A style sheet that names a map which is not shipped breaks the collecting of static files."""
    return re.sub(rb"\n?/\*# sourceMappingURL=.*?\*/", b"", css)


def make_sprite(icons: tarfile.TarFile) -> bytes:
    """One file with the icons used; shown by `<use href="icons.svg#i-check">`."""
    symbols = []
    for name in ICONS:
        svg = read(icons, f"icons/{name}.svg").decode()
        drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        if drawing is None:
            raise ValueError(name)
        shapes = re.sub(r"\s+", " ", drawing[1]).replace("> <", "><").strip()
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    head = '<svg xmlns="http://www.w3.org/2000/svg">'
    return "\n".join([head, *symbols, "</svg>\n"]).encode()


def make_fonts_css() -> bytes:
    rules = [
        "@font-face{font-family:'Be Vietnam Pro';font-style:normal;font-display:swap;"
        f"font-weight:{weight};src:url(fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2) "
        f"format('woff2');unicode-range:{letters}}}"
        for weight in (400, 500, 600, 700)
        for subset, letters in RANGES.items()
    ]
    rules += [
        "@font-face{font-family:'TD Digits';font-style:normal;font-display:swap;"
        f"font-weight:{weights};src:url(fonts/td-digits-{face}.woff2) "
        f"format('woff2');unicode-range:{DIGITS}}}"
        for weights, face in (("400 500", 400), ("600 700", 600))
    ]
    return "\n".join([*rules, ""]).encode()


def list_sums() -> str:
    """`sha256sum -c SHA256SUMS` understands it."""
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file())
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDOR).as_posix()}\n"
        for path in files
        if path.name != "SHA256SUMS"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for package, files in FILES.items():
            print(package, file=sys.stderr)
            with fetch(package, Path(folder)) as archive:
                for path, name in files.items():
                    content = read(archive, path)
                    write(name, without_source_map(content) if name.endswith(".css") else content)
                if package.startswith("lucide"):
                    write("icons.svg", make_sprite(archive))
    write("fonts.css", make_fonts_css())
    (VENDOR / "SHA256SUMS").write_text(list_sums(), encoding="utf-8")


if __name__ == "__main__":
    main()
