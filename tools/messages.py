"""Keeps the catalogues of translations: `make messages` updates src/thidua/locale.

`en` holds the English of all our own texts, which are Vietnamese in the source. `vi` holds the
Vietnamese of what libraries say to our users and have not translated themselves. New texts come in
empty; tests/house/test_messages.py fails until somebody has translated them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path

import polib

REPOSITORY = Path(__file__).parents[1]
ROOM = REPOSITORY / "src/thidua"
LOCALE = ROOM / "locale"
# Packages whose texts reach our users, with their names on the index; and files that do not.
LIBRARIES = {
    "allauth": "django-allauth",
    "axes": "django-axes",
    "django": "django",
    "django_filters": "django-filter",
    "django_tables2": "django-tables2",
}
UNSEEN = (
    # No admin of Django, no pages for developers, no apps that are not installed.
    *(
        "*/admin.py",
        "*/apps.py",
        "*/models.py",
        "*/managers.py",
        "*/management/*",
        "*/migrations/*",
    ),
    "django/conf/global_settings.py",  # names of languages that are not offered
    *(f"django/contrib/{app}/*" for app in ("admin", "admindocs", "contenttypes", "flatpages")),
    *(
        f"django/contrib/{app}/*"
        for app in ("gis", "postgres", "redirects", "sites", "syndication")
    ),
    *("django/core/management/*", "django/views/*", "django/test/*", "django/db/*"),
    *("django/core/paginator.py", "django/forms/renderers.py"),
    *("allauth/headless/*", "allauth/idp/*", "allauth/socialaccount/providers/*"),
    *("allauth/templates/*", "allauth/app_settings.py"),
    *("django_filters/rest_framework/*", "django_filters/templates/*", "django_filters/conf.py"),
    "django_tables2/templates/*",
)
# Said again in our own voice, although Django has a translation.
RESAID = {"This field is required."}
HEADER = {
    "Project-Id-Version": "thidua",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "vi": "nplurals=1; plural=0;"}


def extract(folder: Path) -> list[polib.POEntry]:
    """All texts that Python files and templates of a folder mark, found by Django's own command."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("locale", "*.pyc", "static"))
        (copy / "locale").mkdir()
        environment = {
            name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
        }
        subprocess.run(
            [
                *(sys.executable, "-m", "django", "makemessages", "--locale", "en"),
                *("--extension", "html,txt,py", "--no-obsolete", "--no-wrap", "--verbosity", "0"),
            ],
            cwd=copy,
            env=environment,
            check=True,
            capture_output=True,
        )
        made = copy / "locale/en/LC_MESSAGES/django.po"
        return list(polib.pofile(str(made))) if made.exists() else []


def find_library(name: str) -> Path:
    """The folder of an installed library."""
    files = metadata.files(LIBRARIES[name]) or ()
    file = next(file for file in files if str(file) == f"{name}/__init__.py")
    return Path(str(file.locate())).parent


def is_unseen(place: str) -> bool:
    """Does a text of this file never reach our users?"""
    return any(fnmatch(place, pattern) for pattern in UNSEEN)


def said_by_libraries() -> Iterator[polib.POEntry]:
    """Texts of libraries that our users may meet and that have no Vietnamese of their own."""
    for name in LIBRARIES:
        folder = find_library(name)
        known = {
            (entry.msgctxt, entry.msgid)
            for file in folder.rglob("locale/vi/LC_MESSAGES/django.po")
            for entry in polib.pofile(str(file)).translated_entries()
        }
        for entry in extract(folder):
            places = [f"{name}/{path.removeprefix('./')}" for path, _line in entry.occurrences]
            is_seen = any(not is_unseen(place) for place in places)
            is_known = (entry.msgctxt, entry.msgid) in known and entry.msgid not in RESAID
            if is_seen and not is_known:
                yield entry


def wanted(language: str) -> list[polib.POEntry]:
    """The texts that a catalogue must hold, without translations, in a settled order."""
    entries = extract(ROOM) if language == "en" else said_by_libraries()
    plain: dict[tuple[str, str], polib.POEntry] = {}
    for entry in entries:
        plain[entry.msgctxt or "", entry.msgid] = polib.POEntry(
            msgid=entry.msgid,
            msgctxt=entry.msgctxt,
            msgid_plural=entry.msgid_plural,
            flags=[flag for flag in entry.flags if flag.endswith("-format")],
        )
    return [plain[key] for key in sorted(plain)]


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def merge(language: str, entries: list[polib.POEntry]) -> polib.POFile:
    """The catalogue with exactly these texts; what was translated stays."""
    path = path_of(language)
    old = polib.pofile(str(path), wrapwidth=0) if path.exists() else []
    done = {(entry.msgctxt, entry.msgid): entry for entry in old}
    made = polib.POFile(wrapwidth=0)
    made.metadata = {**HEADER, "Language": language, "Plural-Forms": PLURALS[language]}
    for entry in entries:
        kept = done.get((entry.msgctxt, entry.msgid))
        if kept is not None and bool(kept.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = kept.msgstr, kept.msgstr_plural
        elif entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(2 if language == "en" else 1), "")
        made.append(entry)
    return made


def main() -> None:
    """Update both catalogues and compile them."""
    for language in ("en", "vi"):
        path = path_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = merge(language, wanted(language))
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        print(
            f"{language}: {len(catalogue)} câu, {len(catalogue.untranslated_entries())} chưa dịch"
        )


if __name__ == "__main__":
    main()
