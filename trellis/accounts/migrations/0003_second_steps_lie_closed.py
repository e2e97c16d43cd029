"""The secrets of one-time codes and recovery codes, closed with the key of the installation."""

from django.db import migrations

from trellis.core.secrets_at_rest import is_sealed, seal, unseal

SECRETS = ("secret", "seed")
BELONGS_TO = "accounts.second_step"


def change_each(apps, change):
    """Write each secret anew as `change` says."""
    for row in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        row.data |= {name: change(row.data[name]) for name in SECRETS if name in row.data}
        row.save(update_fields=["data"])


def forwards(apps, schema_editor):
    change_each(apps, lambda kept: kept if is_sealed(kept) else seal(kept, belongs_to=BELONGS_TO))


def backwards(apps, schema_editor):
    change_each(apps, lambda kept: unseal(kept, belongs_to=BELONGS_TO))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_where_people_are_signed_in"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]
