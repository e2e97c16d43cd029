"""The database itself refuses to change or delete who read a release and what happened to a request for help."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLES = ["review_releasereading", "review_helpstep"]


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("review", "0006_releases_and_help")]
    operations = [migrations.RunPython(forwards, backwards)]
