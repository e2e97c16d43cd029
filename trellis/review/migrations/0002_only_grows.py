"""The database itself refuses to change or delete what a rating was and how rounds and actions moved."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLES = ["review_ratingchange", "review_roundstep", "review_actionstep"]


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial"), ("core", "0002_audit_only_grows")]
    operations = [migrations.RunPython(forwards, backwards)]
