"""Nota Kesepakatan and PKS become one tree; legal bases point into a register; what was there is carried over.

The old rows wait in temporary tables while the tables are made anew: everything happens in one transaction.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


KEEP = """
CREATE TEMP TABLE old_agreement ON COMMIT DROP AS SELECT * FROM agreements_agreement;
CREATE TEMP TABLE old_pks ON COMMIT DROP AS SELECT * FROM agreements_officeagreement;
CREATE TEMP TABLE old_meeting ON COMMIT DROP AS SELECT * FROM agreements_meeting;
CREATE TEMP TABLE old_basis ON COMMIT DROP AS SELECT * FROM agreements_legalbasis;
CREATE TEMP TABLE old_task ON COMMIT DROP AS SELECT * FROM agreements_followup;
"""

# A signed Nota Kesepakatan with numbers and a term was in force; one without them was signed and no more. The old PKS
# had one number: it stays the region's, and the paper must be completed before it is in force again.
CARRY_OVER = """
INSERT INTO agreements_agreement (id, kind, area_code, title, stage, region_number, branch_number, signed_on, signed_at,
    starts_on, ends_on, term_source, programmes, segments, groups, objects_text, scope, funding, end_reason, source,
    sample, revision, created_at)
SELECT id, 'nota', area_code, title,
    CASE WHEN signed_on IS NULL THEN 'draft'
         WHEN region_number <> '' AND branch_number <> '' AND starts_on IS NOT NULL AND ends_on IS NOT NULL THEN 'in_force'
         ELSE 'signed' END,
    region_number, branch_number, signed_on, '', starts_on, ends_on, '',
    ARRAY(SELECT jsonb_array_elements_text(programmes)), '{}', '{}', objects_text, scope, '', '', source, sample, 1, now()
FROM old_agreement;
INSERT INTO agreements_party (agreement_id, side, "order", organisation, signer_name, signer_position, authority,
    power_number, power_giver, address)
SELECT id, side, 1, organisation, '', '', '', '', '', '' FROM old_agreement
CROSS JOIN LATERAL (VALUES ('region', region_party), ('branch', branch_party)) AS parties(side, organisation)
WHERE organisation <> '';
SELECT setval(pg_get_serial_sequence('agreements_agreement', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM agreements_agreement;
INSERT INTO agreements_agreement (kind, parent_id, office_id, area_code, title, stage, due_on, region_number,
    branch_number, signed_on, signed_at, starts_on, ends_on, term_source, programmes, segments, groups, objects_text,
    scope, funding, end_reason, source, sample, revision, created_at)
SELECT 'pks', a.id, p.office_id, a.area_code, left('PKS ' || o.name, 240), p.stage, p.due_on,
    CASE WHEN row_number() OVER (PARTITION BY a.area_code, p.number ORDER BY p.id) = 1
         AND NOT EXISTS (SELECT FROM old_agreement n WHERE n.area_code = a.area_code AND n.region_number = p.number)
         THEN p.number ELSE '' END,
    '', p.signed_on, '', p.starts_on, p.ends_on, '', ARRAY(SELECT jsonb_array_elements_text(a.programmes)), '{}', '{}',
    p.reaches, '[]', '', '', CASE WHEN p.number <> '' THEN 'Nomor PKS semula: ' || p.number ELSE '' END, p.sample, 1,
    now()
FROM old_pks p JOIN old_agreement a ON a.id = p.agreement_id JOIN accounts_office o ON o.id = p.office_id;
INSERT INTO agreements_meeting (id, area_code, kind, title, held_on, place, agenda, notes, decisions, groups, villages,
    source, agreement_id, sample, revision)
SELECT id, area_code, kind, title, held_on, place, '[]', notes, '[]', '{}', '{}', source, agreement_id, false, 1
FROM old_meeting;
SELECT setval(pg_get_serial_sequence('agreements_meeting', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM agreements_meeting;
INSERT INTO agreements_legalinstrument (area_code, name, about, address, warning, check_note)
SELECT DISTINCT ON (area_code, left(b.as_printed, 80)) coalesce(a.area_code, m.area_code) AS area_code,
    left(b.as_printed, 80), '', '', b.warning, CASE WHEN b.checked THEN 'diperiksa sebelum ada daftar peraturan' ELSE '' END
FROM old_basis b LEFT JOIN old_agreement a ON a.id = b.agreement_id LEFT JOIN old_meeting m ON m.id = b.meeting_id
ORDER BY area_code, left(b.as_printed, 80), b.warning DESC;
INSERT INTO agreements_legalbasis (agreement_id, meeting_id, instrument_id, as_printed)
SELECT b.agreement_id, b.meeting_id, i.id, b.as_printed
FROM old_basis b LEFT JOIN old_agreement a ON a.id = b.agreement_id LEFT JOIN old_meeting m ON m.id = b.meeting_id
JOIN agreements_legalinstrument i ON i.name = left(b.as_printed, 80) AND i.area_code = coalesce(a.area_code, m.area_code);
INSERT INTO agreements_followup (id, kind, meeting_id, agreement_id, side, what, owner_id, due_on, done_on, result, sample)
SELECT id, CASE WHEN meeting_id IS NULL THEN 'work_plan' ELSE 'follow_up' END, meeting_id,
    CASE WHEN meeting_id IS NULL THEN agreement_id END, '', what, owner_id, due_on, done_on,
    CASE WHEN done_on IS NOT NULL AND result = '' THEN 'selesai' ELSE result END, sample
FROM old_task WHERE meeting_id IS NOT NULL OR agreement_id IS NOT NULL;
SELECT setval(pg_get_serial_sequence('agreements_followup', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
FROM agreements_followup;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0001_initial'),
        ('accounts', '0004_offices_that_draw_up_agreements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.DeleteModel('OfficeAgreement'),
        migrations.DeleteModel('FollowUp'),
        migrations.DeleteModel('LegalBasis'),
        migrations.DeleteModel('Meeting'),
        migrations.DeleteModel('Agreement'),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('nota', 'Nota Kesepakatan'), ('pks', 'Perjanjian Kerja Sama')], max_length=4)),
                ('area_code', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=240)),
                ('stage', models.CharField(choices=[('asked', 'Belum mulai'), ('draft', 'Draf'), ('legal_review', 'Telaah hukum'), ('agreed', 'Disepakati'), ('signed', 'Ditandatangani'), ('in_force', 'Berlaku'), ('ended', 'Berakhir')], default='draft', max_length=14)),
                ('due_on', models.DateField(help_text='Until when it should be signed.', null=True)),
                ('region_number', models.CharField(blank=True, max_length=80)),
                ('branch_number', models.CharField(blank=True, max_length=80)),
                ('signed_on', models.DateField(null=True)),
                ('signed_at', models.CharField(blank=True, help_text='Place of signing.', max_length=120)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(help_text='First day after the term (half-open), addenda included.', null=True)),
                ('term_source', models.CharField(blank=True, help_text='Where the term comes from, where the published text does not give it.', max_length=240)),
                ('programmes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, size=None)),
                ('segments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='Occupation groups it is about: codes of bulk.occupations.', size=None)),
                ('objects_text', models.CharField(blank=True, help_text='Whom it is about, in words.', max_length=400)),
                ('scope', models.JSONField(default=list, help_text='Scope items, one sentence each.')),
                ('funding', models.CharField(blank=True, help_text='Who pays what, in words.', max_length=400)),
                ('ended_on', models.DateField(help_text='First day on which it no longer holds, where ended early.', null=True)),
                ('end_reason', models.CharField(blank=True, max_length=240)),
                ('source', models.CharField(blank=True, help_text='Where this is published.', max_length=240)),
                ('sample', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=1, help_text='Raised by every edit: two editors cannot overwrite.')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('branch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='accounts.office')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pks', to='agreements.agreement')),
                ('renews', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='agreements.agreement')),
            ],
        ),
        migrations.CreateModel(
            name='Addendum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='1, 2, ... in the order of their days.')),
                ('region_number', models.CharField(max_length=80)),
                ('branch_number', models.CharField(max_length=80)),
                ('signed_on', models.DateField()),
                ('since', models.DateField(help_text='The first day of the new terms.')),
                ('why', models.CharField(max_length=300)),
                ('before', models.JSONField(help_text='The terms that change, as they were: {field: value}.')),
                ('after', models.JSONField(help_text='The same fields, as they are from `since`.')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addenda', to='agreements.agreement')),
            ],
            options={
                'ordering': ['agreement', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(help_text='The revision that this edit made.')),
                ('fields', models.JSONField(help_text='[field, old, new] of each thing that became another.')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='agreements.agreement')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['revision'],
            },
        ),
        migrations.CreateModel(
            name='Cover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=3)),
                ('segment', models.CharField(max_length=20)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='covers', to='agreements.agreement')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='LegalInstrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(blank=True, max_length=10)),
                ('name', models.CharField(help_text='Kind, number and year: Permendagri 15/2024.', max_length=80)),
                ('about', models.CharField(blank=True, max_length=240)),
                ('address', models.URLField(blank=True, max_length=300)),
                ('warning', models.CharField(blank=True, help_text='What is doubtful about it.', max_length=300)),
                ('checked_on', models.DateField(null=True)),
                ('check_note', models.CharField(blank=True, max_length=300)),
                ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meant', models.ForeignKey(help_text='What was probably meant.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='misprints', to='agreements.legalinstrument')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=10)),
                ('kind', models.CharField(choices=[('fgd', 'FGD'), ('outreach', 'Sosialisasi'), ('monitoring', 'Rapat monev'), ('visit', 'Kunjungan')], max_length=12)),
                ('title', models.CharField(max_length=200)),
                ('held_on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=160)),
                ('agenda', models.JSONField(default=list, help_text='Lines.')),
                ('notes', models.TextField(blank=True)),
                ('decisions', models.JSONField(default=list, help_text='Lines: what was decided, beside who does what.')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='Occupation groups it was meant for.', size=None)),
                ('villages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list, help_text='Villages it was meant for.', size=None)),
                ('source', models.CharField(blank=True, max_length=240)),
                ('sample', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='meetings', to='agreements.agreement')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_printed', models.CharField(max_length=240)),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='legal_bases', to='agreements.agreement')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='agreements.legalinstrument')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='legal_bases', to='agreements.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('follow_up', 'Tindak lanjut'), ('work_plan', 'Rencana kerja'), ('obligation', 'Kewajiban')], default='follow_up', max_length=10)),
                ('side', models.CharField(blank=True, choices=[('region', 'Pemerintah daerah'), ('branch', 'BPJS Ketenagakerjaan'), ('other', 'Pihak lain')], help_text='Whose obligation.', max_length=8)),
                ('what', models.CharField(max_length=240)),
                ('due_on', models.DateField(null=True)),
                ('done_on', models.DateField(null=True)),
                ('result', models.CharField(blank=True, max_length=240)),
                ('sample', models.BooleanField(default=False)),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='agreements.agreement')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='accounts.office')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='agreements.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160)),
                ('filename', models.CharField(max_length=160)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('sealed', models.BinaryField()),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agreement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='agreements.agreement')),
                ('meeting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='agreements.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='MeetingChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('fields', models.JSONField(help_text='[field, old, new] of each thing that became another.')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='agreements.meeting')),
            ],
            options={
                'ordering': ['revision'],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('region', 'Pemerintah daerah'), ('branch', 'BPJS Ketenagakerjaan'), ('other', 'Pihak lain')], max_length=8)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('organisation', models.CharField(max_length=160)),
                ('signer_name', models.CharField(blank=True, max_length=120)),
                ('signer_position', models.CharField(blank=True, max_length=160)),
                ('authority', models.CharField(blank=True, help_text='On what authority they sign: an appointment, or a surat kuasa.', max_length=400)),
                ('power_number', models.CharField(blank=True, help_text='Number of the surat kuasa.', max_length=80)),
                ('power_on', models.DateField(help_text='Its date.', null=True)),
                ('power_giver', models.CharField(blank=True, help_text='Who gave it, e.g. Wali Kota Medan.', max_length=160)),
                ('address', models.CharField(blank=True, max_length=240)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='agreements.agreement')),
            ],
            options={
                'ordering': ['agreement', 'side', 'order'],
            },
        ),
        migrations.CreateModel(
            name='StageChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(blank=True, max_length=14)),
                ('now', models.CharField(max_length=14)),
                ('on', models.DateField(help_text='The day it happened, as the person says.')),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stage_changes', to='agreements.agreement')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.attachment')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['area_code', 'kind'], name='agreement_area'),
        ),
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['office'], name='agreement_office'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('starts_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='agreement_term'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'nota'), ('office__isnull', True), ('parent__isnull', True)), models.Q(('kind', 'pks'), ('office__isnull', False)), _connector='OR'), name='agreement_pks_is_of_an_office'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'in_force'), _negated=True), models.Q(models.Q(('region_number', ''), _negated=True), models.Q(('branch_number', ''), _negated=True), ('ends_on__isnull', False), ('signed_on__isnull', False), ('starts_on__isnull', False)), _connector='OR'), name='agreement_in_force_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['signed', 'in_force']), _negated=True), ('signed_on__isnull', False), _connector='OR'), name='agreement_signed_has_day'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('region_number', ''), _negated=True), fields=('area_code', 'region_number'), name='agreement_region_number_once'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.UniqueConstraint(condition=models.Q(('branch_number', ''), _negated=True), fields=('area_code', 'branch_number'), name='agreement_branch_number_once'),
        ),
        migrations.AddConstraint(
            model_name='addendum',
            constraint=models.UniqueConstraint(fields=('agreement', 'number'), name='addendum_number_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addendum',
            trigger=pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7d335580e8257d4670bc7df326ab77d5e928128', operation='UPDATE OR DELETE', pgid='pgtrigger_immutable_197bc', table='agreements_addendum', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.UniqueConstraint(fields=('agreement', 'revision'), name='change_revision_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='change',
            trigger=pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca6edd4a7a256132e23274cbab9a4165ccdedbd8', operation='UPDATE OR DELETE', pgid='pgtrigger_immutable_c3bdd', table='agreements_change', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cover',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('office'), '='), (models.F('programme'), '='), (models.F('segment'), '='), (models.F('period'), '&&')], name='pks_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='legalinstrument',
            constraint=models.UniqueConstraint(fields=('area_code', 'name'), name='instrument_once'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['area_code', '-held_on'], name='meeting_area'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreement__isnull', True), ('meeting__isnull', False)), models.Q(('agreement__isnull', False), ('meeting__isnull', True)), _connector='OR'), name='task_hangs_on_one'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', True), models.Q(('result', ''), _negated=True), _connector='OR'), name='task_done_has_result'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreement__isnull', False), ('meeting__isnull', True)), models.Q(('agreement__isnull', True), ('meeting__isnull', False)), _connector='OR'), name='attachment_hangs_on_one'),
        ),
        migrations.AddConstraint(
            model_name='meetingchange',
            constraint=models.UniqueConstraint(fields=('meeting', 'revision'), name='meeting_change_revision_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingchange',
            trigger=pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6d5e8a45f7100db239212e9cb25fb288870c70ed', operation='UPDATE OR DELETE', pgid='pgtrigger_immutable_1522c', table='agreements_meetingchange', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('agreement', 'side', 'order'), name='party_place_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stagechange',
            trigger=pgtrigger.compiler.Trigger(name='immutable', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='207862fc259973dc464417306b554cec6f8b4c7e', operation='UPDATE OR DELETE', pgid='pgtrigger_immutable_c3e4e', table='agreements_stagechange', when='BEFORE')),
        ),
        migrations.RunSQL(CARRY_OVER, migrations.RunSQL.noop),
    ]
