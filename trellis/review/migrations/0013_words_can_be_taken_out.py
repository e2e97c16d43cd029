"""Words that should not be there can be taken out for good of rows that otherwise only grow: a mark takes their place."""

from django.db import migrations

from trellis.core.append_only import protect

TEXTS = {
    "review_ratingchange": ["notes", "reason"],
    "review_noactionchange": ["because"],
    "review_actionchange": ["what", "why", "owner_name", "resources", "success"],
    "review_actionstep": ["note"],
    "review_evidencechange": ["title", "where_kept"],
    "review_roundstep": ["note"],
    "review_childvoice": ["seen"],
}


def forwards(apps, schema_editor):
    for table, texts in TEXTS.items():
        protect(schema_editor.connection, table, texts)


def backwards(apps, schema_editor):
    for table in TEXTS:
        protect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("review", "0012_visits_only_grow")]
    operations = [migrations.RunPython(forwards, backwards)]
