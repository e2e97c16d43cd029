"""The database itself refuses to change or delete audit events."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect


def forwards(apps, schema_editor):
    protect(schema_editor.connection, "core_auditevent")


def backwards(apps, schema_editor):
    unprotect(schema_editor.connection, "core_auditevent")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
