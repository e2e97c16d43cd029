"""What the 8 migrations that it replaces come to, at once, for an installation that has had none of them."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import trellis.core.rules.jobs
import trellis.core.rules.mail
import uuid
from django.conf import settings
from django.db import migrations, models

from trellis.core.append_only import protect, unprotect

ONLY_GROW = {
    "core_auditevent": [],
}


def forwards(apps, schema_editor):
    for table, texts in ONLY_GROW.items():
        protect(schema_editor.connection, table, texts)


def backwards(apps, schema_editor):
    for table in ONLY_GROW:
        unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_audit_only_grows'),
        ('core', '0003_jobs_and_mail'),
        ('core', '0004_stored_files'),
        ('core', '0005_nothing_gets_past_only_grows'),
        ('core', '0006_files_packed_here'),
        ('core', '0007_courses_by_mail'),
        ('core', '0008_reminders_of_sessions'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('chain', models.CharField(blank=True, editable=False, max_length=36)),
                ('number', models.PositiveBigIntegerField(editable=False)),
                ('at', models.DateTimeField(editable=False)),
                ('actor_id', models.UUIDField(editable=False, null=True)),
                ('actor_name', models.CharField(editable=False, max_length=200)),
                ('acting_as', models.CharField(blank=True, editable=False, max_length=200)),
                ('verb', models.CharField(editable=False, max_length=80)),
                ('record_type', models.CharField(editable=False, max_length=80)),
                ('record_id', models.CharField(editable=False, max_length=64)),
                ('change', models.JSONField(default=dict, editable=False)),
                ('address', models.CharField(blank=True, editable=False, max_length=60)),
                ('request_id', models.CharField(blank=True, editable=False, max_length=32)),
                ('previous_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('hash', models.CharField(editable=False, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['record_id', 'at'], name='audit_by_record'), models.Index(fields=['actor_id', 'at'], name='audit_by_actor')],
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='audit_chain_does_not_fork'), models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous_hash', '')), models.Q(('number__gt', 1), models.Q(('previous_hash', ''), _negated=True)), _connector='OR'), name='audit_only_the_first_has_no_predecessor')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('arguments', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('actor_name', models.CharField(max_length=200)),
                ('acting_as', models.CharField(blank=True, max_length=200)),
                ('organisation_id', models.UUIDField(null=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default=trellis.core.rules.jobs.JobState['WAITING'], max_length=10)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('kept', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('result', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('held_by', models.CharField(blank=True, max_length=64)),
                ('held_until', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=300, verbose_name='why it failed, for the person who asked')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='what went wrong, for the operator')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='job_by_state'), models.Index(fields=['asked_by', 'created_at'], name='job_by_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [trellis.core.rules.jobs.JobState['WAITING'], trellis.core.rules.jobs.JobState['RUNNING'], trellis.core.rules.jobs.JobState['DONE'], trellis.core.rules.jobs.JobState['FAILED'], trellis.core.rules.jobs.JobState['CANCELLED']])), name='job_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('state', trellis.core.rules.jobs.JobState['RUNNING']), models.Q(('held_by', ''), _negated=True)), models.Q(models.Q(('state', trellis.core.rules.jobs.JobState['RUNNING']), _negated=True), ('held_by', ''), ('held_until__isnull', True)), _connector='OR'), name='job_is_held_while_it_runs', violation_error_message='A job is held by one worker while it runs, and by none otherwise'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', [trellis.core.rules.jobs.JobState['CANCELLED'], trellis.core.rules.jobs.JobState['DONE'], trellis.core.rules.jobs.JobState['FAILED']])), models.Q(('finished_at__isnull', True), ('state__in', [trellis.core.rules.jobs.JobState['RUNNING'], trellis.core.rules.jobs.JobState['WAITING']])), _connector='OR'), name='job_finished_has_a_time', violation_error_message='A finished job has the time it finished'), models.CheckConstraint(condition=models.Q(models.Q(('state', trellis.core.rules.jobs.JobState['FAILED']), models.Q(('failure', ''), _negated=True)), models.Q(models.Q(('state', trellis.core.rules.jobs.JobState['FAILED']), _negated=True), ('failure', '')), _connector='OR'), name='job_failed_says_why', violation_error_message='A failed job says why')],
            },
        ),
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('account', 'Your sign-in: a new password, a new device'), ('invitation', 'Invitations'), ('job_failed', 'Something you asked for could not be finished'), ('job_done', 'Something long that you asked for is done'), ('action_reminder', 'Your actions that are due or overdue'), ('review_news', 'A review you take part in has moved on'), ('organisation_news', 'Requests and answers about your organisation'), ('training', 'Courses that you attend or teach: places, dates, changes'), ('training_reminder', 'Reminders of your sessions'), ('summary', 'The weekly summary of what you chose to get weekly')], max_length=20)),
                ('wish', models.CharField(choices=[('at_once', 'As it happens'), ('weekly', 'Once a week, on Monday morning'), ('never', 'Not by e-mail')], max_length=10)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mail_preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='mail_preference_one_for_each_kind'), models.CheckConstraint(condition=models.Q(('kind__in', [trellis.core.rules.mail.MailKind['ACCOUNT'], trellis.core.rules.mail.MailKind['INVITATION'], trellis.core.rules.mail.MailKind['JOB_FAILED'], trellis.core.rules.mail.MailKind['JOB_DONE'], trellis.core.rules.mail.MailKind['ACTION_REMINDER'], trellis.core.rules.mail.MailKind['REVIEW_NEWS'], trellis.core.rules.mail.MailKind['ORGANISATION_NEWS'], trellis.core.rules.mail.MailKind['TRAINING'], trellis.core.rules.mail.MailKind['TRAINING_REMINDER'], trellis.core.rules.mail.MailKind['SUMMARY']])), name='mail_preference_kind_is_known'), models.CheckConstraint(condition=models.Q(('wish__in', [trellis.core.rules.mail.Wish['AT_ONCE'], trellis.core.rules.mail.Wish['WEEKLY'], trellis.core.rules.mail.Wish['NEVER']])), name='mail_preference_wish_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SentMail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('address', models.EmailField(max_length=254)),
                ('kind', models.CharField(choices=[('account', 'Your sign-in: a new password, a new device'), ('invitation', 'Invitations'), ('job_failed', 'Something you asked for could not be finished'), ('job_done', 'Something long that you asked for is done'), ('action_reminder', 'Your actions that are due or overdue'), ('review_news', 'A review you take part in has moved on'), ('organisation_news', 'Requests and answers about your organisation'), ('training', 'Courses that you attend or teach: places, dates, changes'), ('training_reminder', 'Reminders of your sessions'), ('summary', 'The weekly summary of what you chose to get weekly')], max_length=20)),
                ('subject', models.CharField(max_length=150)),
                ('reason', models.CharField(max_length=400)),
                ('link', models.CharField(blank=True, max_length=500)),
                ('organisation_id', models.UUIDField(null=True)),
                ('once_key', models.CharField(blank=True, max_length=120)),
                ('state', models.CharField(choices=[('queued', 'On its way'), ('gathered', 'In the next weekly summary'), ('sent', 'Sent'), ('delivered', 'Arrived'), ('undeliverable', 'Did not arrive'), ('failed', 'Could not be sent'), ('kept_back', 'Not sent')], default=trellis.core.rules.mail.MailState['QUEUED'], max_length=14)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('service_id', models.CharField(blank=True, max_length=64, verbose_name='what the mail service calls it')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True, verbose_name='when it was known whether it arrived')),
                ('summary', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gathered', to='core.sentmail')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sent_mail', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='sent_mail_by_state'), models.Index(fields=['organisation_id', 'created_at'], name='sent_mail_by_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [trellis.core.rules.mail.MailKind['ACCOUNT'], trellis.core.rules.mail.MailKind['INVITATION'], trellis.core.rules.mail.MailKind['JOB_FAILED'], trellis.core.rules.mail.MailKind['JOB_DONE'], trellis.core.rules.mail.MailKind['ACTION_REMINDER'], trellis.core.rules.mail.MailKind['REVIEW_NEWS'], trellis.core.rules.mail.MailKind['ORGANISATION_NEWS'], trellis.core.rules.mail.MailKind['TRAINING'], trellis.core.rules.mail.MailKind['TRAINING_REMINDER'], trellis.core.rules.mail.MailKind['SUMMARY']])), name='sent_mail_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', [trellis.core.rules.mail.MailState['QUEUED'], trellis.core.rules.mail.MailState['GATHERED'], trellis.core.rules.mail.MailState['SENT'], trellis.core.rules.mail.MailState['DELIVERED'], trellis.core.rules.mail.MailState['UNDELIVERABLE'], trellis.core.rules.mail.MailState['FAILED'], trellis.core.rules.mail.MailState['KEPT_BACK']])), name='sent_mail_state_is_known'), models.UniqueConstraint(condition=models.Q(('user__isnull', False), models.Q(('once_key', ''), _negated=True)), fields=('user', 'once_key'), name='sent_mail_once_to_a_person', violation_error_message='This person has been told already'), models.UniqueConstraint(condition=models.Q(('user__isnull', True), models.Q(('once_key', ''), _negated=True)), fields=('address', 'once_key'), name='sent_mail_once_to_an_address', violation_error_message='This address has been told already'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), models.Q(('state__in', [trellis.core.rules.mail.MailState['SENT'], trellis.core.rules.mail.MailState['DELIVERED'], trellis.core.rules.mail.MailState['UNDELIVERABLE']]), _negated=True), _connector='OR'), name='sent_mail_sent_has_a_time', violation_error_message='A message that was sent has the time it was sent')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField(db_index=True, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('pptx', 'PowerPoint'), ('odt', 'OpenDocument'), ('ods', 'OpenDocument'), ('odp', 'OpenDocument'), ('csv', 'CSV'), ('txt', 'text'), ('jpg', 'picture'), ('png', 'picture'), ('zip', 'packed')], max_length=10)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('key', models.CharField(editable=False, max_length=60)),
                ('scan', models.CharField(choices=[('not_scanned', 'Not checked for viruses'), ('clean', 'Checked for viruses')], max_length=20)),
                ('stored_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stored_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key',), name='file_key_is_its_own'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='file_has_a_name'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_is_not_empty', violation_error_message='The file is empty'), models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'csv', 'txt', 'jpg', 'png', 'zip'])), name='file_kind_is_on_the_list'), models.CheckConstraint(condition=models.Q(('scan__in', ['not_scanned', 'clean'])), name='file_scan_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at', None), ('removed_by', None)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='file_removed_at_and_by_together')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
