import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep who compared which line of the law with the gazette, and what came of it.

    Back: the checks are lost, and the lines they spoke of are marked again.
    """

    dependencies = [
        ('lawbook', '0002_let_decisions_end_and_never_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LawCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Parameter, e.g. jkm.death_grant.', max_length=100)),
                ('start', models.DateField(help_text='First day of the line that was compared.')),
                ('value', models.TextField(help_text='The value of the line as it was compared, as canonical JSON.')),
                ('outcome', models.CharField(choices=[('agrees', 'Sesuai'), ('differs', 'Berbeda')], max_length=10)),
                ('gazette_says', models.TextField(blank=True, help_text='Where it differs: what the gazette says, in words.')),
                ('document', models.CharField(help_text='The document that was read, e.g. LN 2019 No. 231.', max_length=200)),
                ('page', models.CharField(blank=True, max_length=60)),
                ('checked_on', models.DateField(help_text='The day of the comparison.')),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('checked_by_name', models.CharField(help_text='As the person was called that day.', max_length=120)),
            ],
        ),
        migrations.AddField(
            model_name='lawcheck',
            name='checked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='lawcheck',
            index=models.Index(fields=['key', 'start'], name='law_check_line'),
        ),
        migrations.AddConstraint(
            model_name='lawcheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('gazette_says', ''), ('outcome', 'agrees')), models.Q(('outcome', 'differs'), models.Q(('gazette_says', ''), _negated=True)), _connector='OR'), name='law_check_says_how_it_differs'),
        ),
        migrations.AddConstraint(
            model_name='lawcheck',
            constraint=models.CheckConstraint(condition=models.Q(('document', ''), _negated=True), name='law_check_names_its_document'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lawcheck',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='29da4e5e8cd5e03b9f6ac314b30b935ee277e568', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56b42', table='lawbook_lawcheck', when='BEFORE')),
        ),
    ]
