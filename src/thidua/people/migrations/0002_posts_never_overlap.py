"""Main posts of one person never overlap: an exclusion constraint, or triggers on SQLite.

On SQLite a later migration that rebuilds the table of posts loses the triggers and must make them
again; a test of both databases finds it out.
"""

from typing import Any

from django.db import migrations

POSTGRESQL = """
ALTER TABLE people_post ADD CONSTRAINT person_main_posts_never_overlap
EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    daterange(valid_from, valid_until, '[]') WITH &&
) WHERE (is_main)
"""
SQLITE = """
CREATE TRIGGER people_post_no_overlap_{event} BEFORE {event} ON people_post
WHEN NEW.is_main AND EXISTS (
    SELECT 1 FROM people_post AS other
    WHERE other.person_id = NEW.person_id AND other.is_main AND other.id IS NOT NEW.id
      AND other.valid_from <= coalesce(NEW.valid_until, '9999-12-31')
      AND NEW.valid_from <= coalesce(other.valid_until, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'person_main_posts_never_overlap'); END
"""


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(SQLITE.format(event=event))


def allow(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE people_post DROP CONSTRAINT person_main_posts_never_overlap"
        )
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER people_post_no_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
