from django.db import migrations, models
from django.db.models import F, Q

#: A paper was in force where a step says so. What was kept as ended outside its term ended with it, or never held.
FILL = """
UPDATE agreements_agreement AS a SET was_in_force = true, ended_on = LEAST(a.ended_on, a.ends_on)
WHERE a.stage = 'ended' AND a.ended_on > a.starts_on AND a.ends_on IS NOT NULL AND EXISTS (
    SELECT FROM agreements_stagechange s
    WHERE s.agreement_id = a.id AND (s.now = 'in_force' OR (s.was = 'in_force' AND s.now = 'ended')));
"""


class Migration(migrations.Migration):
    dependencies = [("agreements", "0002_one_tree_of_agreements")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="once",
            field=models.UUIDField(help_text="Token of the form: sent twice, kept once.", null=True, unique=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="was_in_force",
            field=models.BooleanField(
                default=False, help_text="Of an ended paper: it was in force until then. A draft given up never was."
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=Q(was_in_force=False)
                | Q(ended_on__isnull=True)
                | (Q(ended_on__gt=F("starts_on")) & Q(ended_on__lte=F("ends_on"))),
                name="agreement_ended_within_term",
            ),
        ),
    ]
