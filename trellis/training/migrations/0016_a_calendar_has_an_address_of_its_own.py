"""The address of a learner’s calendar is another one than that of their dates.

What there is stands in e-mails as the link to their dates, and stays that; their calendar gets one beside it.
"""

import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from trellis.core.secrets_at_rest import seal
from trellis.core.tokens import token_hash


def forwards(apps, schema_editor):
    feeds = apps.get_model("training", "Feed").objects
    feeds.filter(place__isnull=False).update(purpose="dates")
    for place_id in list(feeds.filter(purpose="dates").values_list("place", flat=True)):
        token, calendar = secrets.token_urlsafe(32), feeds.model(place_id=place_id, purpose="calendar")
        calendar.token_hash = token_hash(token)
        calendar.token_sealed = seal(token, belongs_to=f"feed {calendar.pk}")
        calendar.save()


def backwards(apps, schema_editor):
    apps.get_model("training", "Feed").objects.filter(place__isnull=False, purpose="calendar").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0015_a_learner_chooses_a_visit_by_their_link'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='feed',
            name='purpose',
            field=models.CharField(choices=[('calendar', 'A calendar'), ('dates', 'The dates of a learner without an account')], default='calendar', max_length=10),
        ),
        migrations.AlterField(
            model_name='feed',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='training.place'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('place', 'purpose'), name='feed_once_for_each_place_and_purpose'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('purpose', 'calendar'), models.Q(('place__isnull', False), ('purpose', 'dates')), _connector='OR'), name='feed_of_dates_is_of_a_place'),
        ),
        # Last: PostgreSQL changes no table in which rows have just changed.
        migrations.RunPython(forwards, backwards),
    ]
