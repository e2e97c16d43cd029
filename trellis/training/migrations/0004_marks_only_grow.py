"""A mark is never changed or deleted: a correction is a further version."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLE = "training_mark"


def forwards(apps, schema_editor):
    protect(schema_editor.connection, TABLE)


def backwards(apps, schema_editor):
    unprotect(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("training", "0003_attendance"), ("core", "0005_nothing_gets_past_only_grows")]
    operations = [migrations.RunPython(forwards, backwards)]
