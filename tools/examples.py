"""Rewrite the outputs of the console examples in the documentation; then read the diff."""

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from documented import DOCUMENTS, ROOT, examples, run


def main() -> None:
    """Run each example in a folder of its own, as the test does, and put in what it prints."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")
        for document in DOCUMENTS:
            path = ROOT / document
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            for one in examples(document):
                head = f"$ {one.command}\n"
                if head not in text:
                    print(f"{document}: wrapped command, mend by hand: {one.command}")
                    continue
                start = text.index(head) + len(head)
                text = (
                    text[:start] + text[start:].replace(one.output, run(one.command, folder), 1)
                    if one.output
                    else text[:start] + run(one.command, folder) + text[start:]
                )
            if text:
                path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
