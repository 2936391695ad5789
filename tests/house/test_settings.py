"""Every setting that the code reads is documented, and nothing documented is unread."""

import re


def test_settings_are_documented(repository):
    read = set()
    for path in (repository / "src/thidua").rglob("*.py"):
        read |= set(
            re.findall(r"environ(?:\.get\(|\[)\s*\"(THIDUA_\w+)\"", path.read_text("utf-8"))
        )
    document = (repository / "docs/operate/settings.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(THIDUA_\w+)`", document, re.MULTILINE))
    assert read
    assert documented == read
