import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a decision name its last day, and keep every decision as it was recorded.

    Before: no code changes or deletes a decision. The new column is empty for all.
    Back:   dropping the column forgets the ends that were recorded.
    """

    dependencies = [
        ('lawbook', '0001_take_over_legal_decisions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='legaldecision',
            name='valid_until',
            field=models.DateField(blank=True, help_text='First day on which it no longer holds.', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='legaldecision',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7f7c15f218b6f75af8b7e6f62004e6e89da8f3a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b989', table='programmes_legaldecision', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='legaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='legal_decision_has_days'),
        ),
    ]
