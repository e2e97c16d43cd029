"""How an application moved is never changed or deleted."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLE = "training_applicationstep"


def forwards(apps, schema_editor):
    protect(schema_editor.connection, TABLE)


def backwards(apps, schema_editor):
    unprotect(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("training", "0003_applications")]
    operations = [migrations.RunPython(forwards, backwards)]
