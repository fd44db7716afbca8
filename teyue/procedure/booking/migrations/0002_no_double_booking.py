"""Nobody is reserved twice at once: the database itself refuses on PostgreSQL.

The extension btree_gist is trusted, so the owner of the database may create it. SQLite has no such
constraint and writes one transaction at a time.
"""

from __future__ import annotations

from django.db import migrations

FORBID = """
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    ALTER TABLE booking_reservation ADD CONSTRAINT no_double_booking
    EXCLUDE USING gist (staff_id WITH =, tstzrange(starts, ends) WITH &&)
    WHERE (freed_at IS NULL AND staff_id IS NOT NULL);
    ALTER TABLE booking_reservation ADD CONSTRAINT no_double_sending
    EXCLUDE USING gist (worker_id WITH =, tstzrange(starts, ends) WITH &&)
    WHERE (freed_at IS NULL AND worker_id IS NOT NULL);
"""
ALLOW = "ALTER TABLE booking_reservation DROP CONSTRAINT no_double_booking, DROP CONSTRAINT no_double_sending;"


def forbid(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORBID)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


class Migration(migrations.Migration):
    dependencies = [("booking", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
