"""What the 3 migrations that it replaces come to, at once, for an installation that has had none of them."""

import django.db.models.deletion
import django.utils.timezone
import trellis.qualifications.catalogue.certainty
import trellis.qualifications.catalogue.kinds
import uuid
from django.conf import settings
from django.db import migrations, models

from trellis.core.append_only import protect, unprotect

ONLY_GROW = {
    "qualifications_holdingchange": [],
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
        ('qualifications', '0001_catalogue'),
        ('qualifications', '0002_who_holds_what'),
        ('qualifications', '0003_criteria_from_files'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0009_training_centres'),
    ]

    operations = [
        migrations.CreateModel(
            name='CriteriaSet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60, verbose_name='the same in every edition')),
                ('edition', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=200)),
                ('qualification_key', models.CharField(blank=True, max_length=60, verbose_name='the entry of the catalogue that it belongs to')),
                ('publisher', models.CharField(blank=True, max_length=200)),
                ('licence', models.CharField(blank=True, max_length=2000)),
                ('source', models.CharField(blank=True, max_length=2000)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('loaded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='criteria_sets', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='criteria_set_has_a_title'), models.UniqueConstraint(condition=models.Q(('owner__isnull', True)), fields=('key', 'edition'), name='criteria_set_once_for_everybody'), models.UniqueConstraint(fields=('owner', 'key', 'edition'), name='criteria_set_once_for_each_owner', violation_error_message='There is a set with this title and edition already')],
            },
        ),
        migrations.CreateModel(
            name='ListedQualification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ref', models.CharField(max_length=20, unique=True, verbose_name='reference in the list')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level at which it counts')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='begun from')),
                ('to_date', models.DateField(blank=True, null=True, verbose_name='begun until')),
                ('name', models.CharField(max_length=300)),
                ('awarding_organisation', models.CharField(blank=True, max_length=200)),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='qualification number')),
                ('notes', models.CharField(blank=True, max_length=4000, verbose_name='notes and further requirements')),
                ('questions', models.CharField(blank=True, max_length=500, verbose_name='codes of further questions')),
                ('ratio_requirements', models.CharField(blank=True, max_length=500, verbose_name='codes of ratio requirements')),
                ('search_key', models.CharField(max_length=700)),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'name', 'ref'], name='listed_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ref', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='listed_qualification_has_a_name'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 8)), name='listed_qualification_level_is_one_to_eight'), models.CheckConstraint(condition=models.Q(('from_date__isnull', True), ('to_date__isnull', True), ('to_date__gte', models.F('from_date')), _connector='OR'), name='listed_qualification_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=60, verbose_name='the same in every edition')),
                ('edition', models.CharField(max_length=200)),
                ('edition_from', models.DateField(blank=True, null=True)),
                ('edition_to', models.DateField(blank=True, null=True)),
                ('title', models.CharField(max_length=200)),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('kind', models.CharField(choices=[(trellis.qualifications.catalogue.kinds.Kind['AWARD'], 'Award'), (trellis.qualifications.catalogue.kinds.Kind['CERTIFICATE'], 'Certificate'), (trellis.qualifications.catalogue.kinds.Kind['DIPLOMA'], 'Diploma'), (trellis.qualifications.catalogue.kinds.Kind['UNIT'], 'Unit'), (trellis.qualifications.catalogue.kinds.Kind['COURSE'], 'Course'), (trellis.qualifications.catalogue.kinds.Kind['WORKSHOP'], 'Workshop')], max_length=12)),
                ('guided_hours', models.PositiveIntegerField(blank=True, null=True)),
                ('total_hours', models.PositiveIntegerField(blank=True, null=True, verbose_name='hours in all')),
                ('credits', models.PositiveIntegerField(blank=True, null=True)),
                ('number', models.CharField(blank=True, max_length=10, verbose_name='qualification number')),
                ('awarding_organisation', models.CharField(blank=True, max_length=200)),
                ('mandatory', models.BooleanField(default=False, verbose_name='whether somebody must have it')),
                ('in_ratios', models.BooleanField(default=False, verbose_name='whether it counts by itself in the staff:child ratios')),
                ('format', models.CharField(choices=[(trellis.qualifications.catalogue.kinds.Format['FACE_TO_FACE'], 'Face to face'), (trellis.qualifications.catalogue.kinds.Format['ONLINE_LIVE'], 'Online, at a set time'), (trellis.qualifications.catalogue.kinds.Format['OWN_TIME'], 'Online, in your own time'), (trellis.qualifications.catalogue.kinds.Format['BLENDED'], 'Partly face to face, partly online')], max_length=14)),
                ('cost', models.PositiveIntegerField(blank=True, null=True, verbose_name='in whole pounds')),
                ('funding', models.CharField(choices=[(trellis.qualifications.catalogue.kinds.Funding['FREE'], 'Free for everybody'), (trellis.qualifications.catalogue.kinds.Funding['GOVERNMENT'], 'Places paid by the government, as long as there are some'), (trellis.qualifications.catalogue.kinds.Funding['AUTHORITY'], 'Often paid by the local authority'), (trellis.qualifications.catalogue.kinds.Funding['SETTING'], 'Paid by the setting or by oneself'), (trellis.qualifications.catalogue.kinds.Funding['ASK'], 'Not known: ask')], max_length=12)),
                ('next_start', models.DateField(blank=True, null=True)),
                ('example', models.BooleanField(default=False, verbose_name='made up, to show what such a thing looks like')),
                ('withdrawn', models.BooleanField(default=False, verbose_name='whether the file does not have it any more')),
                ('checked_on', models.DateField(verbose_name='when somebody last went through the file')),
                ('content', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('leads_to', models.ManyToManyField(blank=True, related_name='led_to_by', to='qualifications.qualification')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'title'], name='qualification_in_order')],
                'constraints': [models.UniqueConstraint(fields=('key', 'edition'), name='qualification_once_for_each_edition'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='qualification_has_a_title'), models.CheckConstraint(condition=models.Q(('kind__in', ['award', 'certificate', 'diploma', 'unit', 'course', 'workshop'])), name='qualification_kind_is_known'), models.CheckConstraint(condition=models.Q(('format__in', ['face-to-face', 'online-live', 'own-time', 'blended'])), name='qualification_format_is_known'), models.CheckConstraint(condition=models.Q(('funding__in', ['free', 'government', 'authority', 'setting', 'ask'])), name='qualification_funding_is_known'), models.CheckConstraint(condition=models.Q(('level__isnull', True), models.Q(('level__gte', 1), ('level__lte', 8)), _connector='OR'), name='qualification_level_is_one_to_eight', violation_error_message='A level is a number from 1 to 8'), models.CheckConstraint(condition=models.Q(('total_hours__isnull', True), models.Q(('kind__in', ['award', 'certificate', 'diploma']), _negated=True), models.Q(('kind', 'award'), ('total_hours__lte', 120)), models.Q(('kind', 'certificate'), ('total_hours__gt', 120), ('total_hours__lte', 369)), models.Q(('kind', 'diploma'), ('total_hours__gt', 369)), _connector='OR'), name='qualification_hours_fit_its_kind', violation_error_message='An award takes up to 120 hours in all, a certificate up to 369, a diploma 370 and more'), models.CheckConstraint(condition=models.Q(('total_hours__isnull', True), ('guided_hours__isnull', True), ('guided_hours__lte', models.F('total_hours')), _connector='OR'), name='qualification_guided_within_all_hours', violation_error_message='There are more guided hours than hours in all'), models.CheckConstraint(condition=models.Q(('edition_from__isnull', True), ('edition_to__isnull', True), ('edition_to__gte', models.F('edition_from')), _connector='OR'), name='qualification_edition_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='CriteriaImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('title', models.CharField(max_length=200)),
                ('edition', models.CharField(max_length=200)),
                ('publisher', models.CharField(max_length=200)),
                ('qualification_key', models.CharField(blank=True, max_length=60)),
                ('all_or_nothing', models.BooleanField(default=False, verbose_name='nothing is taken if a row is rejected')),
                ('rows', models.JSONField(default=list)),
                ('rejected', models.JSONField(default=list)),
                ('emptied', models.BooleanField(default=False, verbose_name='whether its words were removed')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('read_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qualifications.criteriaset')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-read_at'], name='criteria_import_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('into__isnull', True), ('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('emptied', True), ('into__isnull', False), ('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='criteria_import_taken_says_who_when_and_into_what'), models.CheckConstraint(condition=models.Q(('emptied', False), ('rows', []), _connector='OR'), name='criteria_import_emptied_has_no_words')],
            },
        ),
        migrations.CreateModel(
            name='CriteriaUnit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=500)),
                ('note', models.CharField(blank=True, max_length=2000)),
                ('source', models.CharField(blank=True, max_length=2000)),
                ('certainty', models.CharField(blank=True, choices=[(trellis.qualifications.catalogue.certainty.Certainty['SEEN'], 'Read in a public copy'), (trellis.qualifications.catalogue.certainty.Certainty['REPORTED'], 'Told by others; the source itself was not seen'), (trellis.qualifications.catalogue.certainty.Certainty['RECALLED'], 'From memory; check before you rely on it'), (trellis.qualifications.catalogue.certainty.Certainty['INFERRED'], 'Our own reading'), (trellis.qualifications.catalogue.certainty.Certainty['EXAMPLE'], 'An example, made up by us; not a real offer')], max_length=10)),
                ('position', models.PositiveIntegerField()),
                ('set', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='qualifications.criteriaset')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('set', 'code'), name='criteria_unit_once_in_a_set'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='criteria_unit_has_a_title'), models.CheckConstraint(condition=models.Q(('certainty__in', ['', 'seen', 'reported', 'recalled', 'inferred', 'example'])), name='criteria_unit_certainty_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person_name', models.CharField(blank=True, max_length=150, verbose_name='name of somebody without an account')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('achieved_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('evidence', models.CharField(blank=True, choices=[('original', 'The original certificate'), ('copy', 'A copy of the certificate'), ('confirmed', 'A confirmation of the awarding organisation or the centre')], max_length=10)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='organisations.organisation')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL)),
                ('listed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='qualifications.listedqualification')),
                ('qualification', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='qualifications.qualification')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'ended_at'], name='holding_of_an_organisation'), models.Index(fields=['organisation', 'expires_on'], name='holding_by_expiry')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('person_name', ''), ('user__isnull', False)), models.Q(('user__isnull', True), models.Q(('person_name', ''), _negated=True)), models.Q(('ended_at__isnull', False), ('person_name', ''), ('user__isnull', True)), _connector='OR'), name='holding_is_of_one_person', violation_error_message='Choose a person, or enter the name of somebody without an account'), models.CheckConstraint(condition=models.Q(models.Q(('listed__isnull', True), ('qualification__isnull', False)), models.Q(('listed__isnull', False), ('qualification__isnull', True)), _connector='OR'), name='holding_is_of_one_qualification', violation_error_message='Choose one qualification'), models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('expires_on__gt', models.F('achieved_on')), _connector='OR'), name='holding_runs_out_after_it_was_gained', violation_error_message='It cannot run out before it was gained'), models.CheckConstraint(condition=models.Q(models.Q(('evidence', ''), ('seen_by__isnull', True), ('seen_on__isnull', True)), models.Q(('evidence__in', ['original', 'copy', 'confirmed']), ('seen_by__isnull', False), ('seen_on__isnull', False)), _connector='OR'), name='holding_evidence_says_who_saw_it_and_when', violation_error_message='Say what was seen, by whom and when'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='holding_end_says_who_and_when'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organisation', 'user', 'qualification'), name='holding_once_of_the_catalogue', violation_error_message='This is written down already'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organisation', 'user', 'listed'), name='holding_once_of_the_list', violation_error_message='This is written down already')],
            },
        ),
        migrations.CreateModel(
            name='QualificationAudience',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[(trellis.qualifications.catalogue.kinds.Audience['SENCO'], 'SENCOs, and people about to be one'), (trellis.qualifications.catalogue.kinds.Audience['PRACTITIONER'], 'Practitioners and key persons'), (trellis.qualifications.catalogue.kinds.Audience['MANAGER'], 'Managers and owners'), (trellis.qualifications.catalogue.kinds.Audience['CHILDMINDER'], 'Childminders'), (trellis.qualifications.catalogue.kinds.Audience['TRAINER'], 'Trainers, assessors and advisers'), (trellis.qualifications.catalogue.kinds.Audience['PARENT'], 'Parents and carers')], max_length=14)),
                ('qualification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='qualifications.qualification')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('qualification', 'audience'), name='qualification_audience_once'), models.CheckConstraint(condition=models.Q(('audience__in', ['senco', 'practitioner', 'manager', 'childminder', 'trainer', 'parent'])), name='qualification_audience_is_known')],
            },
        ),
        migrations.CreateModel(
            name='HoldingChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('achieved_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('evidence', models.CharField(blank=True, choices=[('original', 'The original certificate'), ('copy', 'A copy of the certificate'), ('confirmed', 'A confirmation of the awarding organisation or the centre')], max_length=10)),
                ('seen_on', models.DateField(blank=True, null=True)),
                ('ended', models.BooleanField(default=False, verbose_name='whether it was taken out')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='qualifications.holding')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('holding', 'number'), name='holding_change_once_for_each_version', violation_error_message='Somebody else has just changed this. Look at it again')],
            },
        ),
        migrations.CreateModel(
            name='LearningOutcome',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=500)),
                ('position', models.PositiveIntegerField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='qualifications.criteriaunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'code'), name='learning_outcome_once_in_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='learning_outcome_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=20)),
                ('text', models.CharField(max_length=2000)),
                ('source', models.CharField(blank=True, max_length=2000)),
                ('certainty', models.CharField(blank=True, choices=[(trellis.qualifications.catalogue.certainty.Certainty['SEEN'], 'Read in a public copy'), (trellis.qualifications.catalogue.certainty.Certainty['REPORTED'], 'Told by others; the source itself was not seen'), (trellis.qualifications.catalogue.certainty.Certainty['RECALLED'], 'From memory; check before you rely on it'), (trellis.qualifications.catalogue.certainty.Certainty['INFERRED'], 'Our own reading'), (trellis.qualifications.catalogue.certainty.Certainty['EXAMPLE'], 'An example, made up by us; not a real offer')], max_length=10)),
                ('position', models.PositiveIntegerField()),
                ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='qualifications.learningoutcome')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('outcome', 'code'), name='criterion_once_in_an_outcome'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='criterion_has_a_text'), models.CheckConstraint(condition=models.Q(('certainty__in', ['', 'seen', 'reported', 'recalled', 'inferred', 'example'])), name='criterion_certainty_is_known')],
            },
        ),
        migrations.CreateModel(
            name='CrosswalkLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qualifications.criterion')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='qualifications.criterion')),
                ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('organisation', 'one', 'other'), name='crosswalk_link_once', violation_error_message='These two are linked already'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='crosswalk_link_has_one_direction'), models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False)), _connector='OR'), name='crosswalk_link_removal_says_who_and_when')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
