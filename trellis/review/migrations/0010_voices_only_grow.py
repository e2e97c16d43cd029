"""The database itself refuses to change or delete what was said alone, agreed, and seen of children."""

from django.db import migrations

from trellis.core.append_only import protect, unprotect

TABLES = [
    "review_ownratingchange",
    "review_agreement",
    "review_agreement_people",
    "review_childvoice",
    "review_childvoicewithdrawal",
]


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("review", "0009_voices"), ("core", "0002_audit_only_grows")]
    operations = [migrations.RunPython(forwards, backwards)]
