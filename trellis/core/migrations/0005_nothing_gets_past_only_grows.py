"""Tables that only grow refuse to be emptied and to have rows replaced, too: each that is protected by now."""

from django.db import migrations

from trellis.core.append_only import protect, protected_tables


def forwards(apps, schema_editor):
    for table in protected_tables(schema_editor.connection):
        protect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("core", "0004_stored_files")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
