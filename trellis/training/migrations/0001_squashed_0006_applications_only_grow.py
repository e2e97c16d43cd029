"""What the 6 migrations that it replaces come to, at once, for an installation that has had none of them."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from trellis.core.append_only import protect, unprotect

ONLY_GROW = {
    "training_mark": [],
    "training_applicationstep": [],
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
        ('training', '0001_initial'),
        ('training', '0002_calendar_feeds'),
        ('training', '0003_attendance'),
        ('training', '0004_marks_only_grow'),
        ('training', '0005_applications'),
        ('training', '0006_applications_only_grow'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('organisations', '0009_training_centres'),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=150)),
                ('qualification_title', models.CharField(blank=True, max_length=200)),
                ('funder', models.CharField(blank=True, max_length=150)),
                ('partners', models.TextField(blank=True)),
                ('for_professionals', models.BooleanField(default=True)),
                ('for_parents', models.BooleanField(default=False)),
                ('grant_from', models.DateField(blank=True, null=True)),
                ('grant_to', models.DateField(blank=True, null=True)),
                ('target_started', models.PositiveIntegerField(blank=True, null=True)),
                ('target_completed', models.PositiveIntegerField(blank=True, null=True)),
                ('minimum_attendance', models.PositiveSmallIntegerField(default=80)),
                ('minimum_guided_minutes', models.PositiveIntegerField(default=2040)),
                ('who_is_eligible', models.TextField(blank=True)),
                ('second_cohort_months', models.PositiveSmallIntegerField(default=24)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('authorities', models.ManyToManyField(blank=True, related_name='+', to='organisations.localauthority')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='organisations.organisation')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regions', models.ManyToManyField(blank=True, related_name='+', to='organisations.region')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='programme_has_a_title', violation_error_message='Enter the title of the programme'), models.UniqueConstraint(fields=('centre', 'title'), name='programme_title_once_for_each_centre', violation_error_message='There is a programme with this title already'), models.CheckConstraint(condition=models.Q(('for_professionals', True), ('for_parents', True), _connector='OR'), name='programme_is_for_somebody', violation_error_message='Choose for whom the programme is'), models.CheckConstraint(condition=models.Q(('grant_from__isnull', True), ('grant_to__isnull', True), ('grant_to__gte', models.F('grant_from')), _connector='OR'), name='programme_grant_ends_after_it_begins', violation_error_message='The last day of the grant must be after the first'), models.CheckConstraint(condition=models.Q(('minimum_attendance__lte', 100)), name='programme_attendance_is_a_share', violation_error_message='The least attendance is from 0 to 100 per cent'), models.CheckConstraint(condition=models.Q(('second_cohort_months__gt', 0)), name='programme_second_cohort_is_due_some_day', violation_error_message='The second cohort is due after one month at the earliest')],
            },
        ),
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('kind', models.CharField(choices=[('bank_holiday', 'Bank holiday'), ('school_holiday', 'School holiday')], max_length=16)),
                ('name', models.CharField(max_length=100)),
                ('source', models.CharField(max_length=200)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed_days', to='organisations.localauthority')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('authority__isnull', True), ('kind', 'bank_holiday')), models.Q(('authority__isnull', False), ('kind', 'school_holiday')), _connector='OR'), name='closed_day_is_of_england_or_of_an_authority'), models.UniqueConstraint(condition=models.Q(('authority__isnull', True)), fields=('on',), name='closed_day_once_for_england'), models.UniqueConstraint(condition=models.Q(('authority__isnull', False)), fields=('authority', 'on'), name='closed_day_once_for_each_authority'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='closed_day_says_its_source')],
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('title', models.CharField(max_length=120)),
                ('template', models.CharField(blank=True, max_length=60)),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('access_notes', models.TextField(blank=True)),
                ('online_link', models.URLField(blank=True, max_length=500)),
                ('least_places', models.PositiveSmallIntegerField(default=1)),
                ('most_places', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('cadence', models.CharField(choices=[('weekly', 'Every week'), ('fortnightly', 'Every two weeks')], max_length=12)),
                ('paid_by', models.CharField(choices=[('grant', 'The grant of the programme'), ('authority', 'The authority'), ('self', 'The settings or learners themselves')], default='grant', max_length=10)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open for applications'), ('running', 'Running'), ('finished', 'Finished'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('cancelled_because', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='organisations.localauthority')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('delivered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cohorts', to='training.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', '-starts_on'], name='cohort_of_programme'), models.Index(fields=['centre', '-starts_on'], name='cohort_of_centre'), models.Index(fields=['authority', '-starts_on'], name='cohort_of_authority')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='cohort_has_a_title', violation_error_message='Enter a title'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'open', 'running', 'finished', 'cancelled'])), name='cohort_status_is_known'), models.CheckConstraint(condition=models.Q(('cadence__in', ['weekly', 'fortnightly'])), name='cohort_cadence_is_known'), models.CheckConstraint(condition=models.Q(('paid_by__in', ['grant', 'authority', 'self'])), name='cohort_funding_is_known'), models.CheckConstraint(condition=models.Q(('least_places__gt', 0), ('most_places__gte', models.F('least_places'))), name='cohort_has_room_for_its_least', violation_error_message='The most places cannot be fewer than the least'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='cohort_approval_says_who_and_when'), models.CheckConstraint(condition=models.Q(('delivered_by', models.F('centre')), ('approved_at__isnull', False), ('status__in', ['planned', 'cancelled']), _connector='OR'), name='cohort_of_an_authority_is_approved', violation_error_message='The centre approves first that the authority delivers this cohort'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), models.Q(('cancelled_because', ''), _negated=True)), models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_because', '')), _connector='OR'), name='cohort_cancelled_says_why', violation_error_message='Say why the cohort is cancelled')],
            },
        ),
        migrations.CreateModel(
            name='AdmissionRule',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=40)),
                ('value', models.SmallIntegerField()),
                ('from_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('source', models.CharField(max_length=300)),
                ('certainty', models.CharField(choices=[('published', 'Published by the funder or the awarding organisation'), ('agreed', 'Agreed in the contract, or decided by the centre'), ('assumed', 'Assumed: check it before you rely on it')], max_length=10)),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='admission_rules', to='training.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', 'key', '-from_on', '-set_at'], name='admission_rule_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('source', ''), _negated=True), ('certainty__in', ['published', 'agreed', 'assumed'])), name='admission_rule_says_why_and_whence', violation_error_message='Say why, and where the rule is from')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=150)),
                ('email', models.EmailField(max_length=254)),
                ('setting_name', models.CharField(blank=True, max_length=255)),
                ('role', models.CharField(choices=[('senco', 'SENCO'), ('deputy_senco', 'Deputy SENCO'), ('about_to_be', 'About to become SENCO'), ('manager', 'Owner or manager'), ('practitioner', 'Practitioner'), ('childminder', 'Childminder'), ('other', 'Something else')], default='senco', max_length=16)),
                ('status', models.CharField(choices=[('taken', 'Has a place'), ('completed', 'Completed'), ('withdrawn', 'Withdrew')], default='taken', max_length=10)),
                ('placed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.localauthority')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='training.cohort')),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.provider')),
                ('setting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='learners', to='organisations.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'name'], name='place_by_name'), models.Index(fields=['email'], name='place_by_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True)), name='place_says_who', violation_error_message='Enter the name and the e-mail address'), models.CheckConstraint(condition=models.Q(('role__in', ['senco', 'deputy_senco', 'about_to_be', 'manager', 'practitioner', 'childminder', 'other'])), name='place_role_is_known'), models.CheckConstraint(condition=models.Q(('status__in', ['taken', 'completed', 'withdrawn'])), name='place_status_is_known'), models.UniqueConstraint(condition=models.Q(('status', 'withdrawn'), _negated=True), fields=('cohort', 'email'), name='place_one_live_for_each_address_and_cohort', violation_error_message='Somebody with this e-mail address has a place in this cohort already'), models.UniqueConstraint(condition=models.Q(('user__isnull', False), models.Q(('status', 'withdrawn'), _negated=True)), fields=('cohort', 'user'), name='place_one_live_for_each_person_and_cohort', violation_error_message='This person has a place in this cohort already')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('contract_on', models.DateField()),
                ('due_on', models.DateField()),
                ('status', models.CharField(choices=[('promised', 'Promised'), ('planned', 'Planned'), ('running', 'Running'), ('met', 'Met'), ('excused', 'Excused')], default='promised', max_length=10)),
                ('excused_because', models.TextField(blank=True)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.localauthority')),
                ('cohort', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meets', to='training.cohort')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='training.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['due_on'], name='duty_by_due_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['promised', 'planned', 'running', 'met', 'excused'])), name='duty_status_is_known'), models.UniqueConstraint(fields=('programme', 'authority'), name='duty_once_for_each_programme_and_authority', violation_error_message='This authority has a duty from this programme already'), models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('contract_on'))), name='duty_is_due_after_the_contract', violation_error_message='The duty is due after the contract'), models.CheckConstraint(condition=models.Q(models.Q(('cohort__isnull', False), ('status__in', ['planned', 'running', 'met'])), models.Q(('cohort__isnull', True), ('status__in', ['promised', 'excused'])), _connector='OR'), name='duty_names_its_cohort_once_planned', violation_error_message='Choose the cohort that is planned'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'excused'), models.Q(('excused_because', ''), _negated=True)), models.Q(models.Q(('status', 'excused'), _negated=True), ('excused_because', '')), _connector='OR'), name='duty_excused_says_why', violation_error_message='Say why the authority is excused')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('taught', 'Taught session'), ('guest_speaker', 'Guest speaker'), ('setting_visit', 'Visit to a setting'), ('special_school_visit', 'Visit to a special school'), ('study_time', 'Personal study time'), ('tutorial', 'Tutorial'), ('catch_up', 'Catch-up'), ('celebration', 'Celebration and presentations')], max_length=24)),
                ('title', models.CharField(blank=True, max_length=150)),
                ('on', models.DateField()),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('access_notes', models.TextField(blank=True)),
                ('online_link', models.URLField(blank=True, max_length=500)),
                ('speaker', models.CharField(blank=True, max_length=150)),
                ('materials', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('moved', 'Moved'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('cancelled_because', models.TextField(blank=True)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.cohort')),
            ],
            options={
                'indexes': [models.Index(fields=['on', 'cohort'], name='session_by_day')],
                'constraints': [models.UniqueConstraint(fields=('cohort', 'number'), name='session_number_once_for_each_cohort', violation_error_message='This cohort has a session with this number already'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='session_number_counts_from_one'), models.CheckConstraint(condition=models.Q(('kind__in', ['taught', 'guest_speaker', 'setting_visit', 'special_school_visit', 'study_time', 'tutorial', 'catch_up', 'celebration'])), name='session_kind_is_known'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'moved', 'cancelled'])), name='session_status_is_known'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='session_ends_after_it_starts', violation_error_message='A session ends after it starts'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'cancelled'), models.Q(('cancelled_because', ''), _negated=True)), models.Q(models.Q(('status', 'cancelled'), _negated=True), ('cancelled_because', '')), _connector='OR'), name='session_cancelled_says_why', violation_error_message='Say why the session is cancelled')],
            },
        ),
        migrations.CreateModel(
            name='TrainerAssignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainers', to='training.cohort')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teaches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('cohort', 'user'), name='trainer_teaches_a_cohort_once', violation_error_message='They teach this cohort already'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='trainer_end_says_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=60)),
                ('starts', models.TimeField()),
                ('ends', models.TimeField()),
                ('planned_minutes', models.PositiveSmallIntegerField()),
                ('guided_minutes', models.PositiveSmallIntegerField(default=0)),
                ('criteria', models.JSONField(blank=True, default=list)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='training.session')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('session', 'position'), name='part_position_once_for_each_session'), models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='part_has_a_label', violation_error_message='Enter what this part is called'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='part_ends_after_it_starts', violation_error_message='A part of a day ends after it starts'), models.CheckConstraint(condition=models.Q(('guided_minutes__lte', models.F('planned_minutes')), ('planned_minutes__gt', 0)), name='part_has_no_more_guided_than_planned', violation_error_message='No more minutes can be guided than are planned')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('applied', 'Applied'), ('accepted', 'Accepted'), ('started', 'Started'), ('retained_1', 'Retained, first time'), ('retained_2', 'Retained, second time'), ('completed', 'Completed'), ('withdrawn', 'Withdrew')], max_length=12)),
                ('on', models.DateField()),
                ('evidence', models.CharField(blank=True, max_length=500)),
                ('reason', models.CharField(blank=True, choices=[('time', 'Time or capacity'), ('staffing', 'Staffing or ratio'), ('sickness', 'Sickness'), ('left_setting', 'Left the setting'), ('change_of_role', 'Change of role'), ('personal', 'Personal'), ('content', 'The content'), ('other', 'Something else')], max_length=16)),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_because', models.CharField(blank=True, max_length=500)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='training.place')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['applied', 'accepted', 'started', 'retained_1', 'retained_2', 'completed', 'withdrawn'])), name='milestone_kind_is_known'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('place', 'kind'), name='milestone_one_live_of_each_kind', violation_error_message='This is noted already'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'withdrawn'), ('reason__in', ['time', 'staffing', 'sickness', 'left_setting', 'change_of_role', 'personal', 'content', 'other'])), models.Q(models.Q(('kind', 'withdrawn'), _negated=True), ('reason', '')), _connector='OR'), name='milestone_withdrawn_says_why', violation_error_message='Say why they withdrew'), models.CheckConstraint(condition=models.Q(models.Q(('voided_at__isnull', True), ('voided_because', ''), ('voided_by__isnull', True)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('voided_because', ''), _negated=True)), _connector='OR'), name='milestone_void_says_who_when_and_why', violation_error_message='Say why it is void')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_hash', models.CharField(editable=False, max_length=64)),
                ('token_sealed', models.CharField(editable=False, max_length=200)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('cohort', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed', to='training.cohort')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed', to='training.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('token_hash',), name='feed_address_is_its_own'), models.CheckConstraint(condition=models.Q(models.Q(('cohort__isnull', True), ('place__isnull', True), ('user__isnull', False)), models.Q(('cohort__isnull', True), ('place__isnull', False), ('user__isnull', True)), models.Q(('cohort__isnull', False), ('place__isnull', True), ('user__isnull', True)), _connector='OR'), name='feed_belongs_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=150)),
                ('email', models.EmailField(max_length=254)),
                ('setting_name', models.CharField(blank=True, max_length=255)),
                ('in_england', models.BooleanField(blank=True, null=True)),
                ('role', models.CharField(blank=True, choices=[('senco', 'SENCO'), ('deputy_senco', 'Deputy SENCO'), ('about_to_be', 'About to become SENCO'), ('manager', 'Owner or manager'), ('practitioner', 'Practitioner'), ('childminder', 'Childminder'), ('other', 'Something else')], max_length=16)),
                ('role_from', models.DateField(blank=True, null=True)),
                ('level_3', models.CharField(blank=True, choices=[('held', 'Yes'), ('studying', 'I am studying for it'), ('unsure', 'I am not sure'), ('no', 'No')], max_length=10)),
                ('level_3_title', models.CharField(blank=True, max_length=200)),
                ('years', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('earlier', models.CharField(blank=True, choices=[('none', 'None yet'), ('short', 'Short courses or training from the authority'), ('holds_award', 'I hold a Level 3 award for SENCOs in early years settings')], max_length=12)),
                ('funded_before', models.BooleanField(blank=True, null=True)),
                ('paid_by', models.CharField(blank=True, choices=[('grant', 'The grant of the programme'), ('authority', 'The authority'), ('self', 'The settings or learners themselves')], max_length=10)),
                ('beside', models.CharField(blank=True, choices=[('', 'It does not matter'), ('together', 'In the same cohort'), ('apart', 'In different cohorts')], max_length=10)),
                ('manager_name', models.CharField(blank=True, max_length=150)),
                ('manager_email', models.EmailField(blank=True, max_length=254)),
                ('answered', models.JSONField(default=list)),
                ('status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Sent, the setting has not answered'), ('manager_agreed', 'The setting agrees'), ('manager_refused', 'The setting does not agree'), ('eligible', 'Eligible'), ('not_eligible', 'Not eligible'), ('needs_information', 'Needs information'), ('offered', 'Offered a place'), ('accepted', 'Accepted the place'), ('declined', 'Declined the place'), ('expired', 'The offer ran out'), ('waiting', 'On the waiting list'), ('withdrawn', 'Withdrawn')], default='draft', max_length=18)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('priority', models.IntegerField(default=0)),
                ('priority_because', models.JSONField(default=list)),
                ('passed_over', models.CharField(blank=True, max_length=200)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.localauthority')),
                ('booked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('listed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.provider')),
                ('setting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to=settings.AUTH_USER_MODEL)),
                ('wanted', models.ManyToManyField(blank=True, related_name='+', to='training.cohort')),
                ('place', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='application', to='training.place')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='training.programme')),
            ],
            options={
                'indexes': [models.Index(fields=['programme', '-sent_at', 'id'], name='application_of_programme'), models.Index(fields=['status', 'programme'], name='application_by_status'), models.Index(fields=['email'], name='application_by_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True)), models.Q(('email', ''), ('forgotten_at__isnull', False), ('name', '')), _connector='OR'), name='application_says_who_until_forgotten', violation_error_message='Enter the name and the e-mail address'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'manager_agreed', 'manager_refused', 'eligible', 'not_eligible', 'needs_information', 'offered', 'accepted', 'declined', 'expired', 'waiting', 'withdrawn'])), name='application_status_is_known'), models.CheckConstraint(condition=models.Q(('role__in', ['', 'senco', 'deputy_senco', 'about_to_be', 'manager', 'practitioner', 'childminder', 'other'])), name='application_role_is_known'), models.CheckConstraint(condition=models.Q(('sent_at__isnull', False), ('status__in', ['draft', 'withdrawn']), _connector='OR'), name='application_on_its_way_was_sent'), models.CheckConstraint(condition=models.Q(('listed_by__isnull', False), models.Q(('status', 'waiting'), _negated=True), _connector='OR'), name='application_waiting_was_listed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('place__isnull', False), ('status', 'accepted')), models.Q(models.Q(('status', 'accepted'), _negated=True), ('place__isnull', True)), _connector='OR'), name='application_accepted_has_its_place'), models.UniqueConstraint(condition=models.Q(models.Q(('status__in', ['withdrawn', 'accepted']), _negated=True), ('forgotten_at__isnull', True)), fields=('programme', 'email'), name='application_one_at_a_time_for_each_address', violation_error_message='Somebody with this e-mail address is applying already')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('status', models.CharField(choices=[('present', 'Present'), ('late', 'Late'), ('left_early', 'Left early'), ('apologised', 'Apologised beforehand'), ('absent', 'Absent'), ('cancelled', 'Cancelled by us'), ('unmarked', 'Not marked')], max_length=10)),
                ('missed_minutes', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, choices=[('sickness', 'Sickness'), ('ratio', 'Ratio or cover'), ('time', 'Time or capacity'), ('staffing', 'Staffing'), ('left_setting', 'Left the setting'), ('change_of_role', 'Change of role'), ('personal', 'Personal'), ('content', 'The content'), ('other', 'Something else')], max_length=16)),
                ('source', models.CharField(choices=[('register', 'The register'), ('code', 'The code on the wall'), ('apology', 'An apology beforehand'), ('csv', 'A file'), ('offline', 'The register, without a connection')], default='register', max_length=8)),
                ('because', models.CharField(blank=True, max_length=200)),
                ('client_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('batch', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='training.part')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='training.place')),
            ],
            options={
                'indexes': [models.Index(fields=['part', 'place'], name='mark_of_part')],
                'constraints': [models.UniqueConstraint(fields=('place', 'part', 'version'), name='mark_once_for_each_version'), models.UniqueConstraint(fields=('client_id',), name='mark_sent_twice_is_one'), models.CheckConstraint(condition=models.Q(('version__gt', 0)), name='mark_version_counts_from_one'), models.CheckConstraint(condition=models.Q(('status__in', ['present', 'late', 'left_early', 'apologised', 'absent', 'cancelled', 'unmarked'])), name='mark_status_is_known'), models.CheckConstraint(condition=models.Q(('source__in', ['register', 'code', 'apology', 'csv', 'offline'])), name='mark_source_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('missed_minutes__gt', 0), ('status__in', ['late', 'left_early'])), models.Q(models.Q(('status__in', ['late', 'left_early']), _negated=True), ('missed_minutes', 0)), _connector='OR'), name='mark_minutes_are_of_late_or_early', violation_error_message='Enter how many minutes they missed'), models.CheckConstraint(condition=models.Q(('reason', ''), models.Q(('reason__in', ['sickness', 'ratio', 'time', 'staffing', 'left_setting', 'change_of_role', 'personal', 'content', 'other']), ('status__in', ['late', 'left_early', 'apologised', 'absent'])), _connector='OR'), name='mark_reason_is_of_what_was_missed', violation_error_message='A reason belongs to somebody who missed something'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('because', ''), _negated=True), _connector='OR'), name='mark_correction_says_why', violation_error_message='Say why marks are corrected'), models.CheckConstraint(condition=models.Q(('by__isnull', False), ('source', 'apology'), _connector='OR'), name='mark_says_who')],
            },
        ),
        migrations.CreateModel(
            name='CatchUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('open', 'To catch up'), ('done', 'Caught up'), ('ended', 'Not caught up')], default='open', max_length=8)),
                ('method', models.CharField(blank=True, choices=[('other_cohort', 'The session of another cohort'), ('one_to_one', 'One to one with the trainer'), ('recording', 'A recording with a task'), ('webcast', 'A webcast')], max_length=16)),
                ('minutes', models.PositiveSmallIntegerField(default=0)),
                ('supervised', models.BooleanField(default=False)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catch_ups', to='training.part')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='catch_ups', to='training.place')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.session')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'status'], name='catch_up_of_learner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'ended'), _negated=True), fields=('place', 'part'), name='catch_up_once_for_each_missed_part'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'done', 'ended'])), name='catch_up_status_is_known'), models.CheckConstraint(condition=models.Q(('method', ''), ('method__in', ['other_cohort', 'one_to_one', 'recording', 'webcast']), _connector='OR'), name='catch_up_method_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'done'), _negated=True), models.Q(('minutes__gt', 0), models.Q(('method', ''), _negated=True), ('closed_by__isnull', False)), _connector='OR'), name='catch_up_done_is_signed_off', violation_error_message='Say how they caught up, for how many minutes'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'ended'), models.Q(('because', ''), _negated=True)), models.Q(('status', 'ended'), _negated=True), _connector='OR'), name='catch_up_ended_says_why', violation_error_message='Say why it is not caught up'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='catch_up_closed_says_when'), models.CheckConstraint(condition=models.Q(('session__isnull', True), ('method', 'other_cohort'), _connector='OR'), name='catch_up_session_is_of_another_cohort')],
            },
        ),
        migrations.CreateModel(
            name='WallCode',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ends_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wall_codes', to='training.part')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('part',), name='wall_code_one_open_for_each_part'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at'))), name='wall_code_ends_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='AccessNeeds',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='needs', serialize=False, to='training.application')),
                ('access', models.TextField(blank=True)),
                ('adjustments', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('access', ''), _negated=True), models.Q(('adjustments', ''), _negated=True), _connector='OR'), name='access_needs_say_something')],
            },
        ),
        migrations.CreateModel(
            name='AdmissionDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('decision', models.CharField(choices=[('eligible', 'Eligible'), ('not_eligible', 'Not eligible'), ('needs_information', 'Needs information')], max_length=18)),
                ('code', models.CharField(max_length=40)),
                ('sentence', models.CharField(max_length=300)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='training.application')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['eligible', 'not_eligible', 'needs_information']), models.Q(('code', ''), _negated=True), models.Q(('sentence', ''), _negated=True)), name='admission_decision_has_code_and_sentence', violation_error_message='Say why')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationKey',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opens_for', models.CharField(choices=[('applicant', 'The applicant'), ('manager', 'The manager of the setting')], max_length=10)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('until', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='training.application')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('opens_for__in', ['applicant', 'manager'])), name='application_key_opens_for_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ApplicationStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('from_status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Sent, the setting has not answered'), ('manager_agreed', 'The setting agrees'), ('manager_refused', 'The setting does not agree'), ('eligible', 'Eligible'), ('not_eligible', 'Not eligible'), ('needs_information', 'Needs information'), ('offered', 'Offered a place'), ('accepted', 'Accepted the place'), ('declined', 'Declined the place'), ('expired', 'The offer ran out'), ('waiting', 'On the waiting list'), ('withdrawn', 'Withdrawn')], max_length=18)),
                ('to_status', models.CharField(choices=[('draft', 'Being written'), ('submitted', 'Sent, the setting has not answered'), ('manager_agreed', 'The setting agrees'), ('manager_refused', 'The setting does not agree'), ('eligible', 'Eligible'), ('not_eligible', 'Not eligible'), ('needs_information', 'Needs information'), ('offered', 'Offered a place'), ('accepted', 'Accepted the place'), ('declined', 'Declined the place'), ('expired', 'The offer ran out'), ('waiting', 'On the waiting list'), ('withdrawn', 'Withdrawn')], max_length=18)),
                ('who', models.CharField(choices=[('applicant', 'The applicant'), ('manager', 'The manager of the setting'), ('centre', 'The centre'), ('rules', 'The rules of the programme'), ('clock', 'Trellis itself')], max_length=10)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='training.application')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'at'], name='step_of_application')],
                'constraints': [models.CheckConstraint(condition=models.Q(('who__in', ['applicant', 'manager', 'centre', 'rules', 'clock'])), name='application_step_says_who'), models.CheckConstraint(condition=models.Q(models.Q(('who', 'centre'), _negated=True), ('by__isnull', False), _connector='OR'), name='application_step_of_the_centre_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ManagerAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('release', models.BooleanField()),
                ('cover', models.BooleanField()),
                ('ratio', models.BooleanField()),
                ('observation', models.BooleanField()),
                ('because', models.CharField(blank=True, max_length=500)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='training.application')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('cover', True), ('observation', True), ('ratio', True), ('release', True)), models.Q(('because', ''), _negated=True), _connector='OR'), name='manager_answer_agrees_to_all_or_says_why_not', violation_error_message='Confirm all four, or say why it is not possible')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('until', models.DateField()),
                ('status', models.CharField(choices=[('open', 'Not answered yet'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Ran out'), ('taken_back', 'Ended because the application was withdrawn')], default='open', max_length=10)),
                ('by_itself', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='training.application')),
                ('cohort', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='training.cohort')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['cohort', 'status'], name='offer_of_cohort')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['open', 'accepted', 'declined', 'expired', 'taken_back'])), name='offer_status_is_known'), models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('application',), name='offer_one_open_for_each_application', violation_error_message='They have an offer already'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='offer_that_ended_says_when')],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
