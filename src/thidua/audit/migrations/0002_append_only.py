"""Events cannot be changed or deleted, nor their places: not by a bug; a person with the keys of
the database can, and is found by `thidua audit verify`."""

from django.db import migrations

REFUSED = "audit rows are append-only"
# Table → what is refused. A hidden value may be erased, never exchanged.
GUARDED = {
    "audit_event": ("UPDATE", "DELETE", "TRUNCATE"),
    "audit_sequenced": ("UPDATE", "DELETE", "TRUNCATE"),
    "audit_checkpoint": ("UPDATE", "DELETE", "TRUNCATE"),
    "audit_epoch": ("UPDATE", "DELETE", "TRUNCATE"),
    "audit_hiddenvalue": ("UPDATE", "TRUNCATE"),
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"""CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"""
        )
    for table, acts in GUARDED.items():
        for act in acts:
            name = f"{table}_no_{act.lower()}"
            if schema_editor.connection.vendor == "postgresql":
                # By row: an update that meets no row (`loaddata` begins so) is none.
                each = "STATEMENT" if act == "TRUNCATE" else "ROW"
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION audit_append_only()"
                )
            elif act != "TRUNCATE":  # SQLite has no such statement
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
                )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_append_only() CASCADE")
        return
    for table, acts in GUARDED.items():
        for act in acts:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act.lower()}")


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(guard, unguard),)
