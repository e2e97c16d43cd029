"""A count is never changed or deleted; and ratings released before say for whom their statements were worded, where, and how large the setting is."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

from trellis.core.append_only import protect, unprotect

TABLE = "review_pooledcount"


def forwards(apps, schema_editor):
    rows, rounds = apps.get_model("review", "ReleasedRating").objects, apps.get_model("review", "Round").objects
    settings = apps.get_model("organisations", "Organisation").objects
    worded = rounds.filter(releases=OuterRef("release")).values("audience")[:1]
    rows.update(audience=Subquery(worded))
    district = settings.filter(pk=OuterRef("organisation")).values(district=F("provider__postcode_district"))[:1]
    known = settings.exclude(provider=None).exclude(provider__postcode_district="")
    rows.filter(organisation__in=known).update(place=Subquery(district))
    rows.filter(organisation__in=settings.filter(provider__places__gt=30)).update(size="large")
    protect(schema_editor.connection, TABLE)


def backwards(apps, schema_editor):
    unprotect(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("review", "0015_pooled_counts"), ("core", "0005_nothing_gets_past_only_grows")]
    operations = [migrations.RunPython(forwards, backwards)]
