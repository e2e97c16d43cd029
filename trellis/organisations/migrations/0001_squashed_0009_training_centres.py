"""What the 9 migrations that it replaces come to, at once, for an installation that has had none of them."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import trellis.organisations.rules.claims
import trellis.organisations.rules.groups
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('organisations', '0001_initial'),
        ('organisations', '0002_invitations'),
        ('organisations', '0003_the_register'),
        ('organisations', '0004_claims_and_groups'),
        ('organisations', '0005_claims_passed_on'),
        ('organisations', '0006_imports_tidied'),
        ('organisations', '0007_visits'),
        ('organisations', '0008_words_are_counted'),
        ('organisations', '0009_training_centres'),
    ]

    dependencies = [
        ('accounts', '__first__'),
        ('core', '0008_reminders_of_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='ONS code')),
                ('name', models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterImport',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=255)),
                ('asked_by_name', models.CharField(max_length=200)),
                ('dry_run', models.BooleanField(default=False, verbose_name='nothing is written')),
                ('complete', models.BooleanField(default=False, verbose_name='the file is the whole register')),
                ('all_or_nothing', models.BooleanField(default=False, verbose_name='nothing is written if a row is rejected')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('finished_at', models.DateTimeField(null=True)),
                ('applied', models.BooleanField(default=False, verbose_name='whether the register was changed')),
                ('failure', models.CharField(blank=True, max_length=1000, verbose_name='why the file is not a register')),
                ('added', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('no_longer_listed', models.PositiveIntegerField(default=0)),
                ('tidied_at', models.DateTimeField(null=True, verbose_name='when its file and its rows were removed')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_imports', to='core.storedfile')),
                ('job', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='register_import', to='core.job')),
            ],
            options={
                'indexes': [models.Index(fields=['-started_at'], name='register_import_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('failure', ''), models.Q(('applied', False), ('finished_at__isnull', False)), _connector='OR'), name='register_import_failed_is_finished_and_changed_nothing'), models.CheckConstraint(condition=models.Q(('applied', False), ('dry_run', False), _connector='OR'), name='register_import_dry_run_changes_nothing'), models.CheckConstraint(condition=models.Q(('tidied_at__isnull', True), ('file__isnull', True), _connector='OR'), name='register_import_tidied_has_no_file'), models.CheckConstraint(condition=models.Q(('no_longer_listed', 0), ('complete', True), _connector='OR'), name='register_import_only_a_whole_register_misses_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('backwards', models.CharField(db_index=True, max_length=40)),
                ('providers', models.IntegerField(default=0, verbose_name='how many providers have it')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('providers__gte', 0)), name='search_word_of_no_provider_or_more')],
            },
        ),
        migrations.CreateModel(
            name='LocalAuthority',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='ONS code')),
                ('dfe_code', models.CharField(blank=True, max_length=3, verbose_name='DfE code')),
                ('name', models.CharField(max_length=80)),
                ('opened_on', models.DateField(blank=True, null=True, verbose_name='first day under this code')),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('replaced_by', models.ManyToManyField(related_name='replaces', to='organisations.localauthority')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='organisations.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('name',), name='authority_name_unique_among_those_of_today')],
            },
        ),
        migrations.CreateModel(
            name='ImportedBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(verbose_name='number of rows read before it')),
                ('results', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('register_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to='organisations.registerimport')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('register_import', 'position'), name='imported_batch_once')],
            },
        ),
        migrations.CreateModel(
            name='RejectedLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('line', models.PositiveIntegerField()),
                ('provider_number', models.CharField(blank=True, max_length=20)),
                ('reason', models.CharField(max_length=500)),
                ('register_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejected_lines', to='organisations.registerimport')),
            ],
            options={
                'indexes': [models.Index(fields=['register_import', 'line'], name='rejected_line_by_line')],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='provider number')),
                ('name', models.CharField(blank=True, max_length=255)),
                ('name_key', models.CharField(blank=True, max_length=255, verbose_name='name in plain small letters')),
                ('unnamed', models.BooleanField(default=False, verbose_name='whether its name is not published')),
                ('kind', models.CharField(choices=[('full_day_care', 'Full day care'), ('sessional', 'Sessional care'), ('out_of_school', 'Out of school care'), ('creche', 'Crèche'), ('childcare_on_domestic_premises', 'Childcare on domestic premises'), ('childminder', 'Childminder'), ('home_childcarer', 'Home childcarer'), ('childminder_agency', 'Childminder agency'), ('independent_nursery', 'Independent nursery school'), ('maintained_nursery_school', 'Maintained nursery school'), ('nursery_class', 'Nursery class in a school'), ('other', 'Other')], default='other', max_length=40)),
                ('sector', models.CharField(choices=[('pvi', 'Private, voluntary or independent'), ('maintained', 'Maintained'), ('unknown', 'Not known')], default='unknown', max_length=12)),
                ('provider_type', models.CharField(blank=True, max_length=120)),
                ('provider_subtype', models.CharField(blank=True, max_length=120)),
                ('status', models.CharField(blank=True, max_length=40)),
                ('registered_on', models.DateField(blank=True, null=True)),
                ('address', models.CharField(blank=True, max_length=510)),
                ('town', models.CharField(blank=True, max_length=120)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('postcode_district', models.CharField(blank=True, max_length=4, verbose_name='first part of the postcode')),
                ('authority_name', models.CharField(blank=True, max_length=80, verbose_name='authority as published')),
                ('places', models.PositiveIntegerField(blank=True, null=True)),
                ('early_years_register', models.BooleanField(default=False)),
                ('compulsory_register', models.BooleanField(default=False, verbose_name='compulsory part of the Childcare Register')),
                ('voluntary_register', models.BooleanField(default=False, verbose_name='voluntary part of the Childcare Register')),
                ('no_longer_listed_since', models.DateField(blank=True, null=True)),
                ('authority', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.localauthority')),
                ('region', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.region')),
            ],
            options={
                'indexes': [models.Index(fields=['authority', 'unnamed', 'name_key', 'number'], name='provider_by_authority'), models.Index(fields=['authority', 'kind', 'unnamed', 'name_key', 'number'], name='provider_by_kind'), models.Index(fields=['unnamed', 'name_key', 'number'], name='provider_by_name'), models.Index(fields=['postcode_district', 'postcode'], name='provider_by_postcode')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='provider_has_a_number'), models.CheckConstraint(condition=models.Q(('kind__in', ['full_day_care', 'sessional', 'out_of_school', 'creche', 'childcare_on_domestic_premises', 'childminder', 'home_childcarer', 'childminder_agency', 'independent_nursery', 'maintained_nursery_school', 'nursery_class', 'other'])), name='provider_kind_is_known'), models.CheckConstraint(condition=models.Q(('sector__in', ['pvi', 'maintained', 'unknown'])), name='provider_sector_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('unnamed', True)), models.Q(('unnamed', False), models.Q(('name', ''), _negated=True)), _connector='OR'), name='provider_without_a_name_says_so')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=255)),
                ('kind', models.CharField(choices=[('setting', 'Early years setting'), ('group', 'Group of settings'), ('authority', 'Local authority'), ('centre', 'Training centre'), ('operator', 'Runs this installation')], max_length=12)),
                ('setting_kind', models.CharField(blank=True, choices=[('full_day_care', 'Full day care'), ('sessional', 'Sessional care'), ('out_of_school', 'Out of school care'), ('creche', 'Crèche'), ('childcare_on_domestic_premises', 'Childcare on domestic premises'), ('childminder', 'Childminder'), ('home_childcarer', 'Home childcarer'), ('childminder_agency', 'Childminder agency'), ('independent_nursery', 'Independent nursery school'), ('maintained_nursery_school', 'Maintained nursery school'), ('nursery_class', 'Nursery class in a school'), ('other', 'Other')], max_length=40)),
                ('sector', models.CharField(choices=[('pvi', 'Private, voluntary or independent'), ('maintained', 'Maintained'), ('unknown', 'Not known')], default='unknown', max_length=12)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('authority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='organisations.localauthority')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settings', to='organisations.organisation')),
                ('provider', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisation', to='organisations.provider')),
            ],
            options={
                'indexes': [models.Index(fields=['authority', 'name'], name='organisation_by_authority'), models.Index(fields=['group', 'name'], name='organisation_by_group'), models.Index(fields=['name'], name='organisation_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='organisation_has_a_name', violation_error_message='Enter the name of the organisation'), models.CheckConstraint(condition=models.Q(('kind__in', ['setting', 'group', 'authority', 'centre', 'operator'])), name='organisation_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'setting'), ('setting_kind__in', ['full_day_care', 'sessional', 'out_of_school', 'creche', 'childcare_on_domestic_premises', 'childminder', 'home_childcarer', 'childminder_agency', 'independent_nursery', 'maintained_nursery_school', 'nursery_class', 'other'])), models.Q(models.Q(('kind', 'setting'), _negated=True), ('group__isnull', True), ('provider__isnull', True), ('setting_kind', '')), _connector='OR'), name='organisation_only_settings_have_a_setting_kind', violation_error_message='Select what kind of setting this is'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'authority'), _negated=True), ('authority__isnull', False), _connector='OR'), name='organisation_authority_says_which', violation_error_message='Select the local authority'), models.UniqueConstraint(condition=models.Q(('kind', 'authority')), fields=('authority',), name='organisation_one_for_each_authority', violation_error_message='This local authority is on Trellis already'), models.CheckConstraint(condition=models.Q(('sector__in', ['pvi', 'maintained', 'unknown'])), name='organisation_sector_is_known'), models.UniqueConstraint(condition=models.Q(('kind', 'operator')), fields=('kind',), name='organisation_one_operator', violation_error_message='This installation has its operator already')],
            },
        ),
        migrations.CreateModel(
            name='ProviderWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('provider', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='organisations.provider', to_field='number')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'provider'), name='provider_word_once')],
            },
        ),
        migrations.CreateModel(
            name='ClaimRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('looked_for', models.CharField(blank=True, max_length=40, verbose_name='provider number or postcode')),
                ('setting_name', models.CharField(blank=True, max_length=255, verbose_name='name of the setting')),
                ('setting_kind', models.CharField(blank=True, choices=[('full_day_care', 'Full day care'), ('sessional', 'Sessional care'), ('out_of_school', 'Out of school care'), ('creche', 'Crèche'), ('childcare_on_domestic_premises', 'Childcare on domestic premises'), ('childminder', 'Childminder'), ('home_childcarer', 'Home childcarer'), ('childminder_agency', 'Childminder agency'), ('independent_nursery', 'Independent nursery school'), ('maintained_nursery_school', 'Maintained nursery school'), ('nursery_class', 'Nursery class in a school'), ('other', 'Other')], max_length=40)),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='full name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('position', models.CharField(max_length=80, verbose_name='what they are there')),
                ('message', models.TextField(blank=True, max_length=1000, verbose_name='how they can be recognised')),
                ('state', models.CharField(choices=[('asked', 'Waiting for an answer'), ('approved', 'Approved'), ('refused', 'Refused')], default=trellis.organisations.rules.claims.ClaimState['ASKED'], max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('passed_on_at', models.DateTimeField(null=True, verbose_name='when it went to another authority')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('passed_on_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.localauthority')),
                ('organisation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='organisations.organisation')),
                ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='organisations.provider')),
            ],
            options={
                'indexes': [models.Index(fields=['authority', 'state', 'asked_at'], name='claim_by_authority'), models.Index(fields=['state', 'asked_at'], name='claim_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [trellis.organisations.rules.claims.ClaimState['ASKED'], trellis.organisations.rules.claims.ClaimState['APPROVED'], trellis.organisations.rules.claims.ClaimState['REFUSED']])), name='claim_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', False), ('email', ''), ('name', '')), models.Q(('asked_by__isnull', True), models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True)), _connector='OR'), name='claim_says_who_asks'), models.CheckConstraint(condition=models.Q(('provider__isnull', False), models.Q(('looked_for', ''), _negated=True), models.Q(('setting_name', ''), _negated=True), _connector='OR'), name='claim_says_which_setting'), models.CheckConstraint(condition=models.Q(('setting_kind', ''), ('setting_kind__in', ['full_day_care', 'sessional', 'out_of_school', 'creche', 'childcare_on_domestic_premises', 'childminder', 'home_childcarer', 'childminder_agency', 'independent_nursery', 'maintained_nursery_school', 'nursery_class', 'other']), _connector='OR'), name='claim_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', trellis.organisations.rules.claims.ClaimState['ASKED'])), models.Q(models.Q(('state', trellis.organisations.rules.claims.ClaimState['ASKED']), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='claim_decision_says_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', trellis.organisations.rules.claims.ClaimState['REFUSED']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='claim_refused_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('state', trellis.organisations.rules.claims.ClaimState['APPROVED'])), models.Q(models.Q(('state', trellis.organisations.rules.claims.ClaimState['APPROVED']), _negated=True), ('organisation__isnull', True)), _connector='OR'), name='claim_approved_has_its_setting'), models.CheckConstraint(condition=models.Q(models.Q(('passed_on_at__isnull', True), ('passed_on_by__isnull', True)), models.Q(('passed_on_at__isnull', False), ('passed_on_by__isnull', False)), _connector='OR'), name='claim_passed_on_says_who_and_when'), models.UniqueConstraint(condition=models.Q(('asked_by__isnull', False), ('provider__isnull', False), ('state', trellis.organisations.rules.claims.ClaimState['ASKED'])), fields=('asked_by', 'provider'), name='claim_one_open_for_each_person_and_setting', violation_error_message='You have asked for this setting already'), models.UniqueConstraint(condition=models.Q(('asked_by__isnull', True), ('provider__isnull', False), ('state', trellis.organisations.rules.claims.ClaimState['ASKED'])), fields=('email', 'provider'), name='claim_one_open_for_each_address_and_setting')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('manager', 'Owner or manager'), ('senco', 'SENCO'), ('deputy_senco', 'Deputy SENCO'), ('practitioner', 'Practitioner'), ('childminder', 'Childminder'), ('group_overview', 'Group overview'), ('authority_lead', 'Authority lead'), ('area_senco', 'Area SENCO'), ('peer_reviewer', 'Visiting reviewer'), ('programme_lead', 'Programme lead'), ('centre_administrator', 'Centre administrator'), ('trainer', 'Trainer'), ('system_administrator', 'System administrator')], max_length=24)),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'senco', 'deputy_senco', 'practitioner', 'childminder', 'group_overview', 'authority_lead', 'area_senco', 'peer_reviewer', 'programme_lead', 'centre_administrator', 'trainer', 'system_administrator'])), name='membership_role_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='membership_end_says_who_and_when'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('user', 'organisation'), name='membership_one_live_for_each_person_and_organisation', violation_error_message='This person belongs to the organisation already')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(max_length=150, verbose_name='full name')),
                ('role', models.CharField(choices=[('manager', 'Owner or manager'), ('senco', 'SENCO'), ('deputy_senco', 'Deputy SENCO'), ('practitioner', 'Practitioner'), ('childminder', 'Childminder'), ('group_overview', 'Group overview'), ('authority_lead', 'Authority lead'), ('area_senco', 'Area SENCO'), ('peer_reviewer', 'Visiting reviewer'), ('programme_lead', 'Programme lead'), ('centre_administrator', 'Centre administrator'), ('trainer', 'Trainer'), ('system_administrator', 'System administrator')], max_length=24)),
                ('token_hash', models.CharField(editable=False, max_length=64)),
                ('invited_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'senco', 'deputy_senco', 'practitioner', 'childminder', 'group_overview', 'authority_lead', 'area_senco', 'peer_reviewer', 'programme_lead', 'centre_administrator', 'trainer', 'system_administrator'])), name='invitation_role_is_known'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='invitation_has_a_name', violation_error_message='Enter the person’s full name'), models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email')), models.Q(('email', ''), _negated=True)), name='invitation_email_is_in_small_letters', violation_error_message='Write the e-mail address in small letters'), models.UniqueConstraint(fields=('token_hash',), name='invitation_token_unique'), models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('organisation', 'email'), name='invitation_one_unanswered_for_each_address', violation_error_message='There is an invitation for this address already: send it again'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='invitation_lasts_for_a_while'), models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('accepted_by__isnull', True)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_acceptance_says_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='invitation_withdrawal_says_who_and_when'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_is_not_both_accepted_and_withdrawn')],
            },
        ),
        migrations.CreateModel(
            name='GroupRequest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'Waiting for an answer'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default=trellis.organisations.rules.groups.GroupRequestState['ASKED'], max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('decided_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests_sent', to='organisations.organisation')),
                ('setting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests_received', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [trellis.organisations.rules.groups.GroupRequestState['ASKED'], trellis.organisations.rules.groups.GroupRequestState['ACCEPTED'], trellis.organisations.rules.groups.GroupRequestState['REFUSED'], trellis.organisations.rules.groups.GroupRequestState['WITHDRAWN']])), name='group_request_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', trellis.organisations.rules.groups.GroupRequestState['ASKED'])), models.Q(models.Q(('state', trellis.organisations.rules.groups.GroupRequestState['ASKED']), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='group_request_answer_says_who_and_when'), models.UniqueConstraint(condition=models.Q(('state', trellis.organisations.rules.groups.GroupRequestState['ASKED'])), fields=('group', 'setting'), name='group_request_one_open_for_each_setting', violation_error_message='You have asked this setting already')],
            },
        ),
    ]
