"""The database itself refuses to change or delete what was said in and of a visit."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLES = [
    "review_visitstep",
    "review_checklistmark",
    "review_reviewerrating",
    "review_visitnote",
    "review_reportversion",
    "review_recommendation",
    "review_recommendationtaken",
    "review_correction",
    "review_correctionanswer",
    "review_visitfeedback",
]


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("review", "0011_visits"), ("core", "0005_nothing_gets_past_only_grows")]
    operations = [migrations.RunPython(forwards, backwards)]
