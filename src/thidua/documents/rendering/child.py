"""The confined child that reads and fills a Word template: `python -m thidua.documents.rendering.child`.

Standard input is one JSON document `{"template": base64, "fields": [names], "data": {…} | null}`;
standard output another: `{"docx": base64, "lines": [text]}`, `{"names": [names]}` when there is no
data, or `{"refused": code, "detail": text}`. Templates come from people: they can compute nothing,
call nothing, reach nothing but the data that they are given.
"""

from __future__ import annotations

import base64
import contextlib
import difflib
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import docxtpl
from docx import Document
from jinja2 import FunctionLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from thidua.support.archives import Refused, check_entries, refuse_dtd
from thidua.support.confinement import close_doors, limit

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Fields of Word that fetch, run or embed something when the paper is opened.
_FIELDS = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDEAUTO|DDE|LINK|EMBED|DATABASE|MACROBUTTON|RD)\b"
)
_FOLDERS = ("word/embeddings/", "word/activex/", "customui/", "word/attachedtoolbars")
_ALLOWED_FILTERS = ("default", "first", "join", "last", "length", "lower", "title", "upper")


class Paper(ImmutableSandboxedEnvironment):
    """Names, lists and conditions; no call of anything, no attribute that begins with a line."""

    def __init__(self) -> None:
        super().__init__(
            autoescape=True, undefined=StrictUndefined, loader=FunctionLoader(lambda _: None)
        )
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _ALLOWED_FILTERS}

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ARG002 - the signature of the sandbox
        """Nothing may be called."""
        return False


def check(raw: bytes) -> None:
    """Raises Refused for what a template may not hold: macros, objects, links to outside."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = check_entries(archive)
        refuse_dtd(archive)
        lower = {name.lower() for name in names}
        if "word/document.xml" not in lower or "[content_types].xml" not in lower:
            raise Refused("not_a_document")
        for name in sorted(lower):
            if name.endswith(("vbaproject.bin", "vbadata.xml")):
                raise Refused("macro", name)
            if name.startswith(_FOLDERS):
                raise Refused("embedded", name)
        if b"macroenabled" in archive.read("[Content_Types].xml").lower():
            raise Refused("macro", "[Content_Types].xml")
        for name in sorted(names):
            if name.endswith(".rels"):
                _check_links(etree.fromstring(archive.read(name), _parser()))
            elif name.startswith("word/") and name.endswith(".xml"):
                _check_part(etree.fromstring(archive.read(name), _parser()))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _check_links(root: etree._Element) -> None:
    for link in root:
        target = str(link.get("Target", ""))
        kind = str(link.get("Type", "")).rpartition("/")[2]
        if kind in ("aFChunk", "attachedTemplate", "oleObject", "frame", "subDocument"):
            raise Refused("embedded", kind)
        is_outside = link.get("TargetMode") == "External"
        is_plain = kind == "hyperlink" and target.startswith(("http://", "https://", "mailto:"))
        if is_outside and not is_plain:
            raise Refused("external_link", target[:120])


def _check_part(root: etree._Element) -> None:
    for simple in root.iter(f"{_W}fldSimple"):
        _check_field(str(simple.get(f"{_W}instr", "")))
    parts = root.iter(f"{_W}instrText", f"{_W}fldChar")
    said = [(one.text or "") if one.tag == f"{_W}instrText" else " " for one in parts]
    _check_field("".join(said))


def _check_field(said: str) -> None:
    found = _FIELDS.search(said.upper())
    if found:
        raise Refused("field", found.group(1))


def names_of(raw: bytes, known: list[str]) -> list[str]:
    """The names that a template asks for; raises Refused for one that is not known."""
    names = sorted(_template(raw).get_undeclared_template_variables(Paper()))
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            raise Refused("unknown_name", json.dumps([name, near[0] if near else ""]))
    return names


def fill(raw: bytes, data: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The filled paper, and its text line by line."""
    template = _template(raw)
    template.render(dict(data), jinja_env=Paper(), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue(), list(_lines(out.getvalue()))


def _template(raw: bytes) -> docxtpl.DocxTemplate:
    return docxtpl.DocxTemplate(io.BytesIO(raw))


def _lines(raw: bytes) -> Iterator[str]:
    """The text of a paper in reading order: a paragraph a line, the cells of a row side by side."""
    paper = Document(io.BytesIO(raw))
    for part in paper.iter_inner_content():
        rows = getattr(part, "rows", None)
        if rows is None:
            yield str(getattr(part, "text", ""))
            continue
        for row in rows:
            cells = {id(cell._tc): cell.text.replace("\n", " / ") for cell in row.cells}
            yield " | ".join(cells.values())  # merged cells are one


def answer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Check, and fill if there is data."""
    raw = base64.b64decode(asked["template"])
    try:
        check(raw)
        names = names_of(raw, list(asked["fields"]))
        if asked.get("data") is None:
            return {"names": names}
        docx, lines = fill(raw, asked["data"])
    except Refused as refused:
        return {"refused": refused.code, "detail": refused.detail}
    except SecurityError as error:
        return {"refused": "forbidden", "detail": str(error)[:200]}
    except UndefinedError as error:
        return {"refused": "no_value", "detail": str(error)[:200]}
    except TemplateError as error:
        return {"refused": "syntax", "detail": str(error.message or "")[:200]}
    except MemoryError:
        return {"refused": "too_much_memory", "detail": ""}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file does, one clear answer
        return {"refused": "damaged", "detail": type(error).__name__}
    return {"docx": base64.b64encode(docx).decode("ascii"), "lines": lines}


def warm() -> None:
    """Load what python-docx and Jinja load late, while files can still be opened."""
    for text in (
        "{% for a in b %}{{ a.c|join }}{% endfor %}",
        "{{ b.c }}",
        "{{ b",
        "{{ b.__len__ }}",
    ):
        with contextlib.suppress(TemplateError):  # what Jinja says of faults is loaded late too
            Paper().from_string(text).render(b=[])
    out = io.BytesIO()
    Document().save(out)
    docxtpl.DocxTemplate(io.BytesIO(out.getvalue())).render({}, jinja_env=Paper(), autoescape=True)


def main(arguments: list[str]) -> int:
    """The two arguments are memory and seconds."""
    limit(int(arguments[0]), int(arguments[1]))
    warm()
    asked = json.loads(sys.stdin.buffer.read())
    close_doors()
    sys.stdout.buffer.write(json.dumps(answer(asked), ensure_ascii=True).encode())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
