"""Entries are added, never changed and never deleted: triggers on both databases.

On SQLite a later migration that rebuilds the table of entries loses the triggers and must make
them again; a test of both databases finds it out.
"""

from typing import Any

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION register_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'register_entries_stay' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER register_entries_stay BEFORE UPDATE OR DELETE ON register_registerentry
FOR EACH ROW EXECUTE FUNCTION register_entries_stay();
CREATE TRIGGER register_entries_whole BEFORE TRUNCATE ON register_registerentry
FOR EACH STATEMENT EXECUTE FUNCTION register_entries_stay();
"""
SQLITE = """
CREATE TRIGGER register_entries_stay_{event} BEFORE {event} ON register_registerentry
BEGIN SELECT RAISE(ABORT, 'register_entries_stay'); END
"""


def refuse(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(event=event))


def allow(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in ("stay", "whole"):
            schema_editor.execute(f"DROP TRIGGER register_entries_{name} ON register_registerentry")
        schema_editor.execute("DROP FUNCTION register_entries_stay")
    else:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER register_entries_stay_{event}")


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
