"""On PostgreSQL no unit bears two names, stands under two units or is in two blocs on one day.

A key is written as a range of one number, so that no extension is needed beside dates. SQLite knows
no such constraint; there each writing transaction is alone, and the services check.
"""

from django.db import migrations

TABLES = {
    "organizations_unitname": "unit_id",
    "organizations_unitlink": "child_id",
    "organizations_blocmembership": "unit_id",
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, key in TABLES.items():
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist ("
            f"int8range({key}, {key}, '[]') WITH &&, "
            "daterange(valid_from, valid_until, '[]') WITH &&)"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap")


class Migration(migrations.Migration):
    dependencies = (("organizations", "0002_blocs_and_corrections"),)
    operations = (migrations.RunPython(guard, unguard),)
